"""Pieces: the page, handing in one or several files, sorting, taking away, opening a file."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers import panels
from escale.capabilities.calls.dossiers.actions import pieces as actions
from escale.capabilities.calls.dossiers.models import Dossier, Piece
from escale.capabilities.calls.dossiers.queries import lists, readiness, team
from escale.capabilities.calls.dossiers.queries.readiness import PIECES
from escale.capabilities.calls.dossiers.views.dossiers import see_other
from escale.capabilities.calls.schemes.queries import around as schemes
from escale.foundation.documents import previews
from escale.foundation.documents.answers import serve
from escale.foundation.documents.checks import megabytes
from escale.foundation.documents.kinds import extensions
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires.reading import clean
from escale.rules.refusal import Refused
from escale.ui.routes import wants_json


def pieces(request: SignedIn, number: str) -> HttpResponse:
    """What must be joined, by this applicant, and why."""
    dossier: Dossier = obtain(lists.WHOLE, request, "read", number=number)
    if dossier.state != "draft":
        return see_other(dossier.get_absolute_url())
    return _page(request, dossier, [], 200)


def attach(request: SignedIn, number: str, code: str) -> HttpResponse:
    """Hands in one file for a piece."""
    dossier: Dossier = obtain(lists.WHOLE, request, "attach", number=number)
    upload = request.FILES.get("file")
    if upload is None:
        return _none(request, dossier, code)
    try:
        made = actions.attach(dossier, code, upload, by=request.user, at=request.at)
    except Refused as refused:
        if wants_json(request) or refused.code == "gone":
            raise
        return _page(request, dossier, [(code, refused)], 409)
    return _kept(request, dossier, made)


def deposit(request: SignedIn, number: str) -> HttpResponse:
    """Hands in several files at once: each goes to the piece that its name tells, or waits to be sorted."""
    dossier: Dossier = obtain(lists.WHOLE, request, "attach", number=number)
    files = [*request.FILES.getlist("files"), *request.FILES.getlist("file")]
    if not files:
        return _none(request, dossier, "")
    refused: list[tuple[str, Refused]] = []
    for upload in files:
        try:
            made = actions.deposit(dossier, upload, by=request.user, at=request.at)
        except Refused as one:
            if wants_json(request):
                raise
            refused.append(("", one))
    if refused:
        return _page(request, dossier, refused, 409)
    return _kept(request, dossier, made)


def reuse(request: SignedIn, number: str, code: str) -> HttpResponse:
    """Hands in the organisation's standing document for a piece."""
    dossier: Dossier = obtain(lists.WHOLE, request, "attach", number=number)
    return _kept(request, dossier, actions.reuse(dossier, code, by=request.user, at=request.at))


def sort(request: SignedIn, number: str, version: int) -> HttpResponse:
    """Says which piece a waiting file is."""
    dossier: Dossier = obtain(lists.WHOLE, request, "attach", number=number)
    piece = get_object_or_404(_known(dossier), code=actions.UNSORTED, version=version)
    made = actions.sort(piece, str(clean(request.POST.get("code", ""))), by=request.user, at=request.at)
    return see_other(f"{dossier.get_absolute_url()}{PIECES}/#field-piece-{made.code}")


def detach(request: SignedIn, number: str, code: str, version: int) -> HttpResponse:
    """Takes a file away."""
    dossier: Dossier = obtain(lists.WHOLE, request, "attach", number=number)
    piece = get_object_or_404(_known(dossier), code=Piece.code_of(code), version=version)
    actions.detach(piece, by=request.user, at=request.at)
    return see_other(f"{dossier.get_absolute_url()}{PIECES}/#field-piece-{code}")


def open_file(request: SignedIn, number: str, code: str, version: int) -> HttpResponseBase:
    """A file of the dossier, for whoever reads the dossier at this very request: saved to disk, or shown in the
    browser with ``?voir``, a HEIC photo then as a JPEG.
    """
    dossier: Dossier = obtain(lists.WHOLE, request, "read", number=number)
    document = get_object_or_404(_known(dossier), code=Piece.code_of(code), version=version).document
    shown = "voir" in request.GET
    if shown and document.kind in previews.CONVERTED:
        document = previews.preview(document, at=request.at)
    return serve(document, request, shown=shown)


def _known(dossier: Dossier) -> Any:
    return Piece.objects.filter(dossier=dossier).select_related("document__preview", "dossier__edition")


def _none(request: SignedIn, dossier: Dossier, code: str) -> HttpResponse:
    sentence = _("Choisissez le fichier à joindre.")
    if wants_json(request):
        return JsonResponse({"error": {"code": "no_file", "message": sentence}}, status=422)
    return _page(request, dossier, [(code, Refused("no_file", sentence))], 422)


def _kept(request: SignedIn, dossier: Dossier, made: Piece) -> HttpResponse:
    if not wants_json(request):
        return see_other(f"{dossier.get_absolute_url()}{PIECES}/#field-piece-{made.slug}")
    document = made.document
    labels = {spec["code"]: spec["label"] for spec in readiness.call_of(dossier.edition).document.get("pieces", [])}
    said = {
        "code": made.code, "version": made.version, "name": document.name, "size": document.size,
        "sha256": document.sha256, "label": labels.get(made.code, ""),
    }  # fmt: skip
    return JsonResponse(said)


def _page(request: SignedIn, dossier: Dossier, refused: Iterable[tuple[str, Refused]], status: int) -> HttpResponse:
    ready = readiness.prepare(dossier, request.at)
    said = list(refused)
    errors = {code: one.message for code, one in said}
    rows = panels.pieces(ready, schemes.attachments(dossier.scheme))
    context = {
        "dossier": dossier,
        "ready": ready,
        "rows": [row | {"error": errors.get(row["spec"]["code"], "")} for row in rows],
        "unsorted": [piece for piece in ready.pieces if not piece.code],
        "options": [("", _("Choisissez la pièce")), *((row["spec"]["code"], row["spec"]["label"]) for row in rows)],
        "refused": [(one.code, one.message) for _code, one in said],
        "steps": panels.steps(dossier, ready, PIECES),
        "accept": ",".join(extensions()),
        "limit": settings.ESCALE_UPLOAD_MAX_BYTES,
        "limit_words": megabytes(settings.ESCALE_UPLOAD_MAX_BYTES),
    }
    context |= team.context(dossier, PIECES, dossier.hats_of(request.user, request.at))
    return render(request, "dossiers/pieces.html", context, status=status)
