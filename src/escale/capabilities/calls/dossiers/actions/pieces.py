"""Handing in files: for one piece, or several at once that are then sorted; taking away keeps the history."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier, Piece
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.dossiers.queries.reuse import reusable
from escale.capabilities.calls.dossiers.queries.sorting import piece_for
from escale.foundation.documents import actions as documents
from escale.foundation.documents.models import Document
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.foundation.questionnaires import saving
from escale.rules.refusal import Refused

#: The code of a file that nobody has sorted yet.
UNSORTED = ""
MOST_FILES = 300


def attach(dossier: Dossier, code: str, upload: File, *, by: Person, at: datetime) -> Piece:
    """Hands in a file for a piece of the call: the next version, which replaces the one before."""
    _asked(dossier, code)
    record.check(dossier, "attach", by=by, at=at)
    _has_room(dossier)
    document = documents.store(upload, by=by, at=at)
    with transaction.atomic():
        _lock(dossier, by, at)
        return place(dossier, code, document, by=by, at=at)


def deposit(dossier: Dossier, upload: File, *, by: Person, at: datetime) -> Piece:
    """Hands in a file whose name tells which piece it is; when it does not, the file waits to be sorted."""
    record.check(dossier, "attach", by=by, at=at)
    _has_room(dossier)
    document = documents.store(upload, by=by, at=at)
    with transaction.atomic():
        _lock(dossier, by, at)
        given = set(Piece.objects.filter(dossier=dossier, removed_at__isnull=True).values_list("code", flat=True))
        code = piece_for(document.name, call_of(dossier.edition).document.get("pieces", []), given)
        return place(dossier, code, document, by=by, at=at)


def reuse(dossier: Dossier, code: str, *, by: Person, at: datetime) -> Piece:
    """Hands in the organisation's standing document for a piece. Raises ``Refused`` (gone) when none is valid now."""
    specs = [spec for spec in call_of(dossier.edition).document.get("pieces", []) if spec["code"] == code]
    with transaction.atomic():
        _lock(dossier, by, at)
        given = list(Piece.objects.filter(dossier=dossier, code=code, removed_at__isnull=True))
        offer = reusable(dossier, specs, given, at).offers.get(code)
        if offer is None:
            raise Refused("gone", _("Ce document n’est plus valable pour cette pièce : joignez un fichier."))
        return place(dossier, code, offer.document, by=by, at=at)


def sort(piece: Piece, code: str, *, by: Person, at: datetime) -> Piece:
    """Says which piece an unsorted file is. Raises ``Refused`` (gone) when it was sorted or removed meanwhile."""
    _asked(piece.dossier, code)
    with transaction.atomic():
        _lock(piece.dossier, by, at)
        waiting = Piece.objects.filter(pk=piece.pk, code=UNSORTED, removed_at__isnull=True)
        if not waiting.update(removed_at=at, removed_by=by):
            raise Refused("gone", _("Ce fichier a déjà été classé ou retiré : rechargez la page."))
        return place(piece.dossier, code, piece.document, by=by, at=at)


def detach(piece: Piece, *, by: Person, at: datetime) -> None:
    """Takes a piece away; its file is kept in the history."""
    with transaction.atomic():
        _lock(piece.dossier, by, at)
        Piece.objects.filter(pk=piece.pk, removed_at__isnull=True).update(removed_at=at, removed_by=by)
        saving.touch(piece.dossier.sheet)


def place(dossier: Dossier, code: str, document: Document, *, by: Person, at: datetime) -> Piece:
    """Makes ``document`` the next version of a piece, in the caller's transaction; unsorted files stand side by side."""
    pieces = Piece.objects.filter(dossier=dossier, code=code)
    last = pieces.aggregate(last=Max("version"))["last"] or 0
    if code != UNSORTED:
        pieces.filter(removed_at__isnull=True).update(removed_at=at, removed_by=by)
    saving.touch(dossier.sheet)
    return Piece.objects.create(dossier=dossier, code=code, version=last + 1, document=document, by=by, at=at)


def _lock(dossier: Dossier, by: Person, at: datetime) -> None:
    record.lock(dossier)
    record.check(dossier, "attach", by=by, at=at)


def _asked(dossier: Dossier, code: str) -> None:
    if code not in {spec["code"] for spec in call_of(dossier.edition).document.get("pieces", [])}:
        raise Refused("gone", _("Cette pièce n’est plus demandée : rechargez la page."))


def _has_room(dossier: Dossier) -> None:
    if Piece.objects.filter(dossier=dossier).count() >= MOST_FILES:
        sentence = _(
            "Ce dossier a déjà reçu {most} fichiers, versions comprises : appelez le service avant d’en joindre."
        )
        raise Refused("too_many_files", sentence.format(most=MOST_FILES))
