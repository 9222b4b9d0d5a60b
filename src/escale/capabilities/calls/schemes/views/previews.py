"""What the draft gives: the public page, the form, the pieces, as they would be now."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes import actions, panels, queries
from escale.capabilities.calls.schemes.forms.life import ShareForm
from escale.capabilities.calls.schemes.models import PreviewLink, Scheme
from escale.capabilities.calls.schemes.policy import State
from escale.capabilities.calls.schemes.views import public
from escale.capabilities.calls.schemes.views.drafted import desk_trail, drafted, obtained, person_of
from escale.rules.refusal import Refused, Unknown
from escale.rules.scheme import trial
from escale.ui.routes import Request

VIEWS = ("page", "form", "pieces")


def preview(request: Request, key: str) -> HttpResponse:
    """The public page, the form or the pieces of what is being written, right or not."""
    draft = drafted(request, key)
    context = _context(request, draft.scheme, draft.tree, reverse("scheme-preview", args=[key]))
    context |= {"trail": desk_trail(draft.scheme), "problems": len(draft.problems)}
    return render(request, "schemes/preview.html", context)


def shared(request: Request, secret: str) -> HttpResponse:
    """The same for whoever holds the secret link, while it works."""
    link = PreviewLink.objects.filter(digest=actions.digest(secret)).select_related("scheme__edition").first()
    if link is None or not link.works(request.at) or link.scheme.state == State.ARCHIVED:
        raise Unknown
    tree, _rev = queries.draft_of(link.scheme)
    context = _context(request, link.scheme, tree, reverse("scheme-shared", args=[secret]))
    response = render(
        request, "schemes/preview.html", {**context, "trail": [], "until": link.expires_at, "problems": 0}
    )
    response["X-Robots-Tag"], response["Referrer-Policy"], response["Cache-Control"] = (
        "noindex",
        "no-referrer",
        "no-store",
    )
    return response


def _context(request: Request, scheme: Scheme, tree: dict[str, Any], address: str) -> dict[str, Any]:
    edition = trial.load(queries.shown_document(tree))
    shown = request.GET.get("view", "page")
    shown = shown if shown in VIEWS else "page"
    return {
        **public.described(request, scheme, edition), "attachments": queries.attachments(scheme),
        "view": shown, "is_preview": True, "tabs": panels.preview_tabs(address, shown),
        "form": panels.form_shown(edition.document), "pieces": panels.pieces_shown(edition.document),
    }  # fmt: skip


def links(request: Request, key: str) -> HttpResponse:
    """The secret links of a draft: those that work, until when; a new one is shown once."""
    scheme = obtained(request, key)
    fresh = request.session.pop(f"preview-{scheme.key}", "")
    context = {
        "scheme": scheme, "trail": desk_trail(scheme), "form": ShareForm(), "rows": scheme.preview_links.select_related("by"),
        "fresh": f"{settings.ESCALE_BASE_URL}{reverse('scheme-shared', args=[fresh])}" if fresh else "",
        "at": request.at,
    }  # fmt: skip
    return render(request, "schemes/links.html", context)


def share(request: Request, key: str) -> HttpResponse:
    """A new secret link."""
    scheme = obtained(request, key, "share-preview")
    form = ShareForm(request.POST)
    if not form.is_valid():
        raise Refused("no_duration", _("Choisissez pendant combien de temps le lien sert."))
    secret = actions.share_preview(scheme, days=form.cleaned_data["days"], by=person_of(request), at=request.at)
    request.session[f"preview-{scheme.key}"] = secret
    return HttpResponseRedirect(reverse("scheme-links", args=[key]), status=303)


def revoke(request: Request, key: str, number: int) -> HttpResponse:
    """A link stops working."""
    scheme = obtained(request, key, "revoke-preview")
    if number >= 2**62 or not scheme.preview_links.filter(pk=number).exists():
        raise Unknown
    actions.revoke_preview(scheme, number, by=person_of(request), at=request.at)
    return HttpResponseRedirect(reverse("scheme-links", args=[key]), status=303)
