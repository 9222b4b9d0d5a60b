"""Papers before the filing: the empty form to print, the draft as PDF."""

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from escale.capabilities.calls.dossiers.actions import papers
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists, readiness
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import Unknown
from escale.ui.routes import Request


def empty_form(request: Request, key: str) -> HttpResponse:
    """The form of a call, empty, to print and fill by hand. Kept by the edition's digest and the language alone."""
    scheme = get_object_or_404(Scheme.objects.public().select_related("edition", "service"), key=key)
    if scheme.edition is None:
        raise Unknown
    call = call_of(scheme.edition)
    kept = f"form-{scheme.edition.sha256}-{papers.form_digest(call)}-{get_language()}"
    made = cache.get(kept)
    if made is None:
        made = papers.form_paper(scheme, call)
        cache.set(kept, made, None)
    return _pdf(made, f"formulaire-{scheme.key}.pdf")


def draft(request: SignedIn, number: str) -> HttpResponse:
    """A draft as it stands, with what is missing; it proves nothing."""
    dossier: Dossier = obtain(lists.WHOLE, request, "read", number=number)
    if dossier.state != "draft":
        raise Unknown
    made = papers.draft_paper(dossier, readiness.prepare(dossier, request.at), at=request.at)
    return _pdf(made, f"brouillon-{dossier.number}.pdf")


def _pdf(made: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
