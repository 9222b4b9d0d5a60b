"""Saving what was typed: nothing lost, nothing overwritten unseen, in as many queries for one answer as for all.

A change says which revision its author saw. When someone else wrote meanwhile, nothing is overwritten: the
outcome holds both texts. Saving never asks an answer to be valid; filing does.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import BigAutoField, CharField, F, Max
from django.utils.translation import gettext as _

from escale.foundation.people.models import Person
from escale.foundation.prepared import Prepared, Slot, insert, update
from escale.foundation.questionnaires.models import Answer, Row, Sheet
from escale.foundation.questionnaires.questions import ROW, Block, Form, Place
from escale.foundation.questionnaires.reading import LONGEST_OF_ALL, Typed, clean, is_blank
from escale.rules.refusal import Refused


@dataclass(frozen=True)
class Change:
    """What someone typed at a place. ``base``: the revision they saw (None: they do not say).

    ``shown``: the text they had before them, when known: what they left as it was is not a change.
    """

    place: Place
    typed: Typed
    base: int | None = None
    shown: Typed | None = None


@dataclass(frozen=True)
class Conflict:
    """Two texts for one place: ``mine`` was not saved, ``theirs`` stands at revision ``rev``.

    ``base``: the revision that the author of ``mine`` had seen; ``own``: the same person wrote both.
    """

    place: Place
    mine: Typed
    theirs: Typed
    rev: int
    by: str
    at: datetime
    base: int = 0
    own: bool = False


@dataclass
class Outcome:
    """What became of each change. ``revs``: the revision that now stands, for all but the ``gone``.

    ``gone``: the question is no longer asked or its row was removed. ``too_long``: kept out entirely.
    """

    revs: dict[Place, int] = field(default_factory=dict)
    written: list[Place] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    gone: list[Place] = field(default_factory=list)
    too_long: list[Place] = field(default_factory=list)


def new_key() -> str:
    """A row's key: ten letters and digits that nobody will draw twice in a form."""
    return secrets.token_hex(5)


def save(sheet: Sheet, form: Form, changes: Iterable[Change], *, by: Person | None, at: datetime) -> Outcome:
    """Writes the changes that may be written and says what became of each. The sheet stays locked until
    the caller's transaction ends. Five queries, one more when rows are new, whatever the number.
    """
    outcome = Outcome()
    with transaction.atomic(savepoint=False):
        locked = _LOCKED.first(sheet=sheet.pk)
        asked = [(change, clean(change.typed)) for change in changes]
        standing = {Place(one.code, one.row): one for one in _stored(sheet, {one.place.code for one, _typed in asked})}
        in_rows = any(change.place.row for change, _typed in asked)
        rows = {(row.block, row.key): row for row in _ROWS.rows(sheet=sheet.pk)} if in_rows else {}
        fresh: dict[tuple[str, str], Row] = {}
        writes: dict[Place, Answer] = {}
        for change, typed in asked:
            if not _has_place(sheet, form, change.place, rows, fresh):
                outcome.gone.append(change.place)
            elif _length(typed) > LONGEST_OF_ALL:
                outcome.too_long.append(change.place)
            else:
                _settle(sheet, change, typed, standing.get(change.place), writes, outcome, by, at)
        _write(sheet, fresh, writes, at, 1 + (locked or 0))
    return outcome


_SHEET = Slot("sheet", BigAutoField())
_LOCKED: Prepared[Sheet, int] = Prepared(
    lambda: Sheet.objects.select_for_update().filter(pk=_SHEET).order_by().values_list("rev", flat=True)
)
_ONE: Prepared[Answer, Answer] = Prepared(
    lambda: Answer.objects.filter(sheet=_SHEET, code=Slot("code", CharField())).select_related("by").order_by()
)
_ROWS: Prepared[Row, Row] = Prepared(lambda: Row.objects.filter(sheet=_SHEET))


def _stored(sheet: Sheet, codes: set[str]) -> Iterable[Answer]:
    """What stands for these questions; one question is by far the commonest."""
    if len(codes) == 1:
        return _ONE.rows(sheet=sheet.pk, code=next(iter(codes)))
    return Answer.objects.filter(sheet=sheet, code__in=codes).select_related("by")


def _settle(
    sheet: Sheet, change: Change, typed: Typed, standing: Answer | None, writes: dict[Place, Answer],
    outcome: Outcome, by: Person | None, at: datetime,
) -> None:  # fmt: skip
    rev, theirs = (standing.rev, standing.typed) if standing else (0, "")
    same = typed == theirs or (is_blank(typed) and is_blank(theirs) and not standing)
    untouched = change.shown is not None and typed == change.shown
    if same or (change.base is not None and change.base != rev and untouched):
        outcome.revs[change.place] = rev
    elif change.base is None or change.base == rev:
        writes[change.place] = Answer(
            sheet=sheet, code=change.place.code, row=change.place.row, typed=typed, rev=rev + 1, by=by, at=at
        )
        outcome.revs[change.place] = rev + 1
        outcome.written.append(change.place)
    else:
        who = standing.by.get_full_name() if standing and standing.by else ""
        when = standing.at if standing else at
        outcome.revs[change.place] = rev
        own = standing is not None and by is not None and standing.by_id == by.pk
        outcome.conflicts.append(Conflict(change.place, typed, theirs, rev, who, when, change.base, own))


def _length(typed: Typed) -> int:
    return len(typed) if isinstance(typed, str) else sum(len(one) for one in typed)


def _has_place(
    sheet: Sheet, form: Form, place: Place, rows: dict[tuple[str, str], Row], fresh: dict[tuple[str, str], Row]
) -> bool:
    """Whether the place exists; a row that a browser made by itself is welcomed while the block has room."""
    if form.question(place) is None:
        return False
    if not place.row:
        return True
    block = form.items[place.code.partition(".")[0]]
    known = rows.get((block.code, place.row)) or fresh.get((block.code, place.row))
    if known is not None:
        return known.removed_at is None
    standing = [row for (code, _key), row in (rows | fresh).items() if code == block.code]
    if not isinstance(block, Block) or not ROW.match(place.row):
        return False
    if sum(row.removed_at is None for row in standing) >= block.most:
        return False
    position = 1 + max((row.position for row in standing), default=0)
    fresh[(block.code, place.row)] = Row(sheet=sheet, block=block.code, key=place.row, position=position)
    return True


def _write(
    sheet: Sheet, fresh: dict[tuple[str, str], Row], writes: dict[Place, Answer], at: datetime, rev: int
) -> None:  # fmt: skip
    if fresh:
        Row.objects.bulk_create(fresh.values())
    if writes:
        names = ("sheet", "code", "row", "typed", "rev", "by", "at")
        values = [(sheet.pk, one.code, one.row, one.typed, one.rev, one.by_id, at) for one in writes.values()]
        insert(Answer, names, values, unique=("sheet", "code", "row"))
        sheet.rev, sheet.changed_at = rev, at
        update(sheet, ("rev", "changed_at"))


def touch(sheet: Sheet) -> None:
    """Says that rows, or what stands beside the answers, changed too: who read the sheet before must read it again."""
    Sheet.objects.filter(pk=sheet.pk).update(rev=F("rev") + 1)


def add_row(sheet: Sheet, block: Block, *, key: str = "") -> Row:
    """A new empty row at the end of a block. Raises ``Refused`` (block_full)."""
    with transaction.atomic():
        Sheet.objects.select_for_update().get(pk=sheet.pk)
        rows = Row.objects.filter(sheet=sheet, block=block.code)
        if rows.filter(removed_at__isnull=True).count() >= block.most:
            sentence = _("« {label} » compte déjà {most} lignes, le maximum. Retirez-en une pour en ajouter.")
            raise Refused("block_full", sentence.format(label=block.label, most=block.most), most=block.most)
        last = rows.aggregate(last=Max("position"))["last"] or 0
        touch(sheet)
        return Row.objects.create(sheet=sheet, block=block.code, key=key or new_key(), position=last + 1)


def remove_row(sheet: Sheet, block: Block, key: str, *, by: Person | None, at: datetime) -> None:
    """Takes a row away; its answers are kept so that ``restore_row`` brings them back."""
    rows = Row.objects.filter(sheet=sheet, block=block.code, key=key, removed_at__isnull=True)
    rows.update(removed_at=at, removed_by=by)
    touch(sheet)


def remove_rows(sheet: Sheet, block: Block, *, by: Person | None, at: datetime) -> None:
    """Takes every row of a block away; each can be brought back."""
    Row.objects.filter(sheet=sheet, block=block.code, removed_at__isnull=True).update(removed_at=at, removed_by=by)
    touch(sheet)


def restore_row(sheet: Sheet, block: Block, key: str) -> None:
    """Brings a removed row back to its place. Raises ``Refused`` (block_full)."""
    with transaction.atomic():
        Sheet.objects.select_for_update().get(pk=sheet.pk)
        rows = Row.objects.filter(sheet=sheet, block=block.code)
        if rows.filter(removed_at__isnull=True).exclude(key=key).count() >= block.most:
            sentence = _("« {label} » compte déjà {most} lignes, le maximum : retirez-en une d’abord.")
            raise Refused("block_full", sentence.format(label=block.label, most=block.most), most=block.most)
        rows.filter(key=key).update(removed_at=None, removed_by=None)
        touch(sheet)


def move_row(sheet: Sheet, block: Block, key: str, *, up: bool) -> None:
    """Exchanges a row with its neighbour; nothing happens at the ends."""
    with transaction.atomic():
        Sheet.objects.select_for_update().get(pk=sheet.pk)
        rows = list(Row.objects.filter(sheet=sheet, block=block.code, removed_at__isnull=True))
        rank = next((n for n, row in enumerate(rows) if row.key == key), None)
        other = None if rank is None else rank + (-1 if up else 1)
        if rank is None or other is None or not 0 <= other < len(rows):
            return
        for n, row in enumerate(rows, 1):
            row.position = n
        rows[rank].position, rows[other].position = rows[other].position, rows[rank].position
        Row.objects.bulk_update(rows, ["position"])
        touch(sheet)
