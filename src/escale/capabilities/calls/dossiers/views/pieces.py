"""Pieces: the page, handing in, taking away, opening a file."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers import panels
from escale.capabilities.calls.dossiers.actions import drafts
from escale.capabilities.calls.dossiers.models import Dossier, Piece
from escale.capabilities.calls.dossiers.queries import lists, readiness
from escale.capabilities.calls.dossiers.queries.readiness import PIECES
from escale.capabilities.calls.dossiers.views.dossiers import see_other
from escale.foundation.documents.answers import serve
from escale.foundation.documents.kinds import extensions
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn


def pieces(request: SignedIn, number: str) -> HttpResponse:
    """What must be joined, by this applicant, and why."""
    dossier: Dossier = obtain(lists.whole(), request, "read", number=number)
    if dossier.state != "draft":
        return see_other(dossier.get_absolute_url())
    return _page(request, dossier, {}, 200)


def attach(request: SignedIn, number: str, code: str) -> HttpResponse:
    """Hands in one file for a piece."""
    dossier: Dossier = obtain(lists.whole(), request, "attach", number=number)
    upload = request.FILES.get("file")
    if upload is None:
        return _page(request, dossier, {code: _("Choisissez le fichier à joindre.")}, 422)
    drafts.attach(dossier, code, upload, by=request.user, at=request.at)
    return see_other(f"{dossier.get_absolute_url()}{PIECES}/#field-piece-{code}")


def detach(request: SignedIn, number: str, code: str, version: int) -> HttpResponse:
    """Takes a file away."""
    dossier: Dossier = obtain(lists.whole(), request, "attach", number=number)
    piece = get_object_or_404(dossier.pieces, code=code, version=version)
    drafts.detach(piece, by=request.user, at=request.at)
    return see_other(f"{dossier.get_absolute_url()}{PIECES}/#field-piece-{code}")


def open_file(request: SignedIn, number: str, code: str, version: int) -> HttpResponseBase:
    """A file of the dossier: whoever reads the dossier now may open it."""
    dossier: Dossier = obtain(lists.whole(), request, "read", number=number)
    found = Piece.objects.select_related("document").filter(dossier=dossier)
    return serve(get_object_or_404(found, code=code, version=version).document, request, shown=True)


def _page(request: SignedIn, dossier: Dossier, errors: dict[str, str], status: int) -> HttpResponse:
    ready = readiness.prepare(dossier, request.at)
    context = {
        "dossier": dossier,
        "ready": ready,
        "rows": [row | {"error": errors.get(row["spec"]["code"], "")} for row in panels.pieces(ready)],
        "errors": [(f"field-piece-{code}", sentence) for code, sentence in errors.items()],
        "steps": panels.steps(dossier, ready, PIECES),
        "accept": ",".join(extensions()),
    }
    return render(request, "dossiers/pieces.html", context, status=status)
