"""The bench: a case tried on what is being written."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes.views import public
from escale.capabilities.calls.schemes.views.drafted import drafted
from escale.ui.routes import Request


def bench(request: Request, key: str) -> HttpResponse:
    """Tries a case on the draft: verdict, criteria, lines of the aid."""
    draft = drafted(request, key)
    edition = draft.loaded()
    trail = [(_("Appels du service"), reverse("schemes")), (draft.scheme.title, reverse("scheme", args=[key]))]
    return public.tried(request, draft.scheme, edition, money="aid" in edition.document, trail=trail)
