"""What the draft gives: the public page, the form, the pieces, as they would be now."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes import panels, queries
from escale.capabilities.calls.schemes.views import public
from escale.capabilities.calls.schemes.views.drafted import drafted
from escale.rules.scheme import trial
from escale.ui.routes import Request

VIEWS = ("page", "form", "pieces")


def preview(request: Request, key: str) -> HttpResponse:
    """The public page, the form or the pieces of what is being written, right or not."""
    draft = drafted(request, key)
    edition = trial.load(queries.shown_document(draft.tree))
    trail = [(_("Appels du service"), reverse("schemes")), (draft.scheme.title, reverse("scheme", args=[key]))]
    shown = request.GET.get("view", "page")
    shown = shown if shown in VIEWS else "page"
    context: dict[str, Any] = {
        **public.described(request, draft.scheme, edition),
        "trail": trail, "view": shown, "problems": len(draft.problems),
        "tabs": panels.preview_tabs(reverse("scheme-preview", args=[key]), shown),
        "form": panels.form_shown(edition.document), "pieces": panels.pieces_shown(edition.document),
    }  # fmt: skip
    return render(request, "schemes/preview.html", context)
