"""Asking the applicant to correct: only what is asked is unlocked, the clock waits, both versions are kept."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.actions import filing
from escale.capabilities.calls.dossiers.models import Dossier, Piece
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.instruction.actions.clock import remember, settle
from escale.capabilities.calls.instruction.actions.telling import tell
from escale.capabilities.calls.instruction.models import Correction, CorrectionItem
from escale.capabilities.calls.instruction.queries import correcting
from escale.foundation.documents import actions as documents
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.foundation.questionnaires import saving
from escale.foundation.questionnaires.questions import Block
from escale.foundation.questionnaires.saving import Change, Outcome
from escale.rules.refusal import Refused


def ask(
    dossier: Dossier, items: list[tuple[str, str, str]], *, message: str, due_at: datetime, by: Person, at: datetime
) -> Correction:
    """Asks again for ``items`` (answer|piece, code, sentence) before ``due_at``. The legal clock is suspended."""
    with transaction.atomic():
        settle(dossier, at=at)
        _check_items(dossier, items)
        if due_at <= at:
            raise Refused("impossible_dates", _("La date limite de réponse est passée : laissez au moins un jour."))
        version = lists.latest_version(dossier)
        assert version is not None
        n = (Correction.objects.filter(dossier=dossier).aggregate(last=Max("n"))["last"] or 0) + 1
        codes = [f"{kind}:{code}" for kind, code, _sentence in items]
        record.perform(dossier, "correct", by=by, at=at, data={"n": n, "items": codes})
        asked = Correction(
            dossier=dossier, n=n, message=message, asked_by=by, asked_at=at, due_at=due_at, before=version
        )  # fmt: skip
        number = f"{dossier.number}-C{n}"
        record.begin(
            asked, number=number, title=dossier.title or number, address=asked.get_absolute_url(), by=by, at=at
        )
        CorrectionItem.objects.bulk_create(
            [CorrectionItem(correction=asked, kind=kind, code=code, sentence=why) for kind, code, why in items]
        )
        remember(dossier)
        labels = [item.label for item in correcting.items(asked)]
        words = {"message": message, "due": due_at, "labels": labels}
        tell(dossier, "correction", words, at=at, key=f"correction-{number}", path=asked.get_absolute_url())
    return asked


def fill(asked: Correction, changes: Iterable[Change], *, by: Person, at: datetime) -> Outcome:
    """Saves what is typed in what is unlocked; any other place is left out."""
    codes = {item.code for item in correcting.unlocked(asked, correcting.ready_of(asked)).items}
    listed = [change for change in changes if change.place.code.partition(".")[0] in codes]
    with transaction.atomic():
        record.lock(asked)
        record.check(asked, "fill", by=by, at=at)
        return saving.save(asked.dossier.sheet, call_of(asked.dossier.edition).form, listed, by=by, at=at)


def change_row(asked: Correction, verb: str, code: str, key: str, *, by: Person, at: datetime) -> None:
    """``add``, ``remove``, ``restore``, ``up`` or ``down`` a row of a block that is unlocked."""
    block = call_of(asked.dossier.edition).form.items.get(code)
    if not isinstance(block, Block) or not asked.items.filter(kind="answer", code=code).exists():
        raise Refused("gone", _("Cette partie n’est pas à compléter : rechargez la page."))
    sheet = asked.dossier.sheet
    with transaction.atomic():
        record.lock(asked)
        record.check(asked, "fill", by=by, at=at)
        match verb:
            case "add":
                saving.add_row(sheet, block)
            case "remove":
                saving.remove_row(sheet, block, key, by=by, at=at)
            case "restore":
                saving.restore_row(sheet, block, key)
            case "up" | "down":
                saving.move_row(sheet, block, key, up=verb == "up")


def attach(asked: Correction, code: str, upload: File, *, by: Person, at: datetime) -> Piece:
    """Hands in a piece that is asked again: the next version; the one before is kept."""
    if not asked.items.filter(kind="piece", code=code).exists():
        raise Refused("gone", _("Cette pièce n’est pas demandée : rechargez la page."))
    record.check(asked, "fill", by=by, at=at)
    document = documents.store(upload, by=by, at=at)
    with transaction.atomic():
        record.lock(asked)
        record.check(asked, "fill", by=by, at=at)
        pieces = Piece.objects.filter(dossier=asked.dossier, code=code)
        last = pieces.aggregate(last=Max("version"))["last"] or 0
        pieces.filter(removed_at__isnull=True).update(removed_at=at, removed_by=by)
        return Piece.objects.create(dossier=asked.dossier, code=code, version=last + 1, document=document, by=by, at=at)


def answer(asked: Correction, *, by: Person, at: datetime) -> None:
    """Sends the corrections: a new version is frozen beside the first, the legal clock runs again."""
    with transaction.atomic():
        settle(asked.dossier, at=at)
        record.lock(asked)
        asked.untouched = correcting.untouched(asked)  # type: ignore[attr-defined]  # read by the policy's check
        record.check(asked, "answer", by=by, at=at)
        after = filing.supply(asked.dossier, by=by, at=at)
        record.perform(asked, "answer", by=by, at=at, data={"version": after.n, "sha256": after.sha256})
        Correction.objects.filter(pk=asked.pk).update(after=after, ended_at=at)
        asked.after, asked.ended_at = after, at
        remember(asked.dossier)


def settle_answer(asked: Correction, *, by: Person, at: datetime) -> None:
    """The service has read the answer."""
    record.perform(asked, "settle", by=by, at=at)


def cancel(asked: Correction, *, by: Person, at: datetime) -> None:
    """Takes the request back: the clock runs again."""
    with transaction.atomic():
        settle(asked.dossier, at=at)
        record.perform(asked, "cancel", by=by, at=at)
        Correction.objects.filter(pk=asked.pk).update(ended_at=at)
        remember(asked.dossier)


def _check_items(dossier: Dossier, items: list[tuple[str, str, str]]) -> None:
    if not items:
        raise Refused("nothing_asked", _("Cochez au moins une réponse ou une pièce à compléter."))
    known = set(correcting.choices(dossier))
    for kind, code, _sentence in items:
        if (kind, code) not in known:
            raise Refused(
                "gone", _("Une réponse ou une pièce cochée n’existe pas dans ce dossier : rechargez la page.")
            )
