"""One call for its service: where it is, what may be done to it now, and the acts of its life."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes import actions, panels
from escale.capabilities.calls.schemes.queries import parts
from escale.capabilities.calls.schemes.views.drafted import drafted, obtained, person_of
from escale.ui.routes import Request


def show(request: Request, key: str) -> HttpResponse:
    """The overview: the parts in words, what is to be mended, where the call is, what may be done."""
    draft, person = drafted(request, key), person_of(request)
    edit = reverse("scheme-edit", args=[key])
    context: dict[str, Any] = {
        "scheme": draft.scheme, "edit": edit, "groups": parts.parts(draft.tree, draft.problems),
        "problems": parts.pointed(draft.tree, draft.problems),
        "links": {name: reverse(f"scheme-{name}", args=[key]) for name in ("preview", "bench")},
        "facts": panels.standing(draft.scheme, request.at),
        "acts": panels.acts(draft.scheme, len(draft.problems), by=person, at=request.at),
        "around": panels.around(draft.scheme), "history": panels.history(draft.scheme),
        "trail": [(_("Appels du service"), reverse("schemes"))],
        "lead": _("Chaque partie a sa page. Rien n’est public avant qu’une autre personne l’ait publié."),
    }  # fmt: skip
    return render(request, "schemes/overview.html", context)


def submit(request: Request, key: str) -> HttpResponse:
    """Asks a second person to read."""
    return _step(request, key, "submit-for-review")


def send_back(request: Request, key: str) -> HttpResponse:
    """Gives the draft back to its writers."""
    return _step(request, key, "send-back")


def _step(request: Request, key: str, act: str) -> HttpResponse:
    scheme = obtained(request, key, act)
    actions.move(scheme, act, by=person_of(request), at=request.at)
    return HttpResponseRedirect(reverse("scheme", args=[key]), status=303)


def publish(request: Request, key: str) -> HttpResponse:
    """Freezes the draft and shows it to all."""
    scheme = obtained(request, key)
    actions.publish_draft(scheme, by=person_of(request), at=request.at)
    return HttpResponseRedirect(scheme.get_absolute_url(), status=303)
