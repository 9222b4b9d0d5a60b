"""The desk's list: order, one page by key; a count that stops at a thousand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from escale.capabilities.calls.dossiers.models import AnswerIndex, Dossier
from escale.capabilities.calls.instruction.queries import narrowing
from escale.capabilities.calls.instruction.queries.asking import SORTS, Ask, number
from escale.capabilities.calls.instruction.queries.narrowing import day_of
from escale.foundation.people.models import Person

PAGE, MOST_COUNTED = 50, 1000
#: Columns that every filed dossier has.
ALWAYS = ("filed_at", "number", "applicant", "title")


@dataclass
class Page:
    """One page: the dossiers, what each column ``answer.<code>`` shows, the mark of the next page, the count."""

    dossiers: list[Dossier]
    after: str
    count: int
    answers: dict[tuple[int, str], list[str]] = field(default_factory=dict)

    @property
    def more_than_counted(self) -> bool:
        return self.count > MOST_COUNTED


def page(
    ask: Ask, person: Person, at: datetime, size: int = PAGE, services: set[int] | None = None,
    compared: Mapping[str, str] | None = None,
) -> Page:  # fmt: skip
    """One page of what answers, in order, from the key on. ``compared``: the typed column of answers, when known.

    A thousand at most are put in order as they were found; beyond, the index of the order is walked: one in a hundred
    answers at worst. Either way the time does not follow the number of dossiers.
    """
    asked = narrowing.narrowed(ask, person, at, services)
    first = asked.first_keys(MOST_COUNTED + 1)
    few = len(first) <= MOST_COUNTED
    if few:
        rows = _few(Dossier.objects.filter(pk__in=first), ask, size + 1, compared)
    else:
        rows = ordered(asked.dossiers(), ask, size + 1, compared)
    more = rows[size - 1 : size] if len(rows) > size else []
    page = Page([one for one, _value in rows[:size]], "", len(first))
    if more:
        dossier, value = more[0]
        page.after = f"{'' if value is None else _said(value)}~{dossier.pk}"
    page.answers = shown(ask, page.dossiers)
    return page


def exported(ask: Ask, person: Person, at: datetime, most: int) -> list[Dossier]:
    """The first dossiers that answer, in order, ``most`` at most."""
    return [one for one, _value in ordered(narrowing.narrowed(ask, person, at).dossiers(), ask, most)]


def ordered(
    base: "QuerySet[Dossier]", ask: Ask, most: int, compared: Mapping[str, str] | None = None
) -> list[tuple[Dossier, Any]]:
    """The first dossiers in the asked order after the key, each with its value; those without one come last."""
    base, answered = base.select_related("scheme", "officer"), _answered(ask, compared)
    value, last = _key(ask)
    rows: list[tuple[Dossier, Any]] = []
    if last is None or value:
        rows = (
            _by_answer(base, ask, answered, value, last, most) if answered else _by_column(base, ask, value, last, most)
        )
    if len(rows) < most and SORTS.get(ask.key) not in ALWAYS:
        blank = _without(base, ask, answered).order_by("-pk" if ask.descends else "pk")
        beyond = Q(pk__lt=last) if ask.descends else Q(pk__gt=last)
        blank = blank.filter(beyond) if last is not None and not value else blank
        rows += [(one, None) for one in blank[: most - len(rows)]]
    return rows


def _few(
    base: "QuerySet[Dossier]", ask: Ask, most: int, compared: Mapping[str, str] | None
) -> list[tuple[Dossier, Any]]:
    """As ``ordered``, when the dossiers are few: all are put in order at once, those without a value last."""
    answered = _answered(ask, compared)
    column = answered or SORTS[ask.key]
    held = AnswerIndex.objects.filter(dossier=OuterRef("pk"), code=ask.answer_code, rank=0).order_by("pk")
    rows = base.select_related("scheme", "officer").annotate(
        sorted_by=Subquery(held.values(column)[:1]) if answered else F(column)
    )
    value, last = _key(ask)
    if last is not None:
        rows = rows.filter(_after(ask, (_bound if answered else _typed)(column, value) if value else None, last))
    order = F("sorted_by").desc(nulls_last=True) if ask.descends else F("sorted_by").asc(nulls_last=True)
    return [(one, one.sorted_by) for one in rows.order_by(order, "-pk" if ask.descends else "pk")[:most]]


def _after(ask: Ask, bound: Any, last: int) -> Q:
    sign = "lt" if ask.descends else "gt"
    tie, blank = Q(**{f"pk__{sign}": last}), Q(sorted_by__isnull=True)
    if bound is None:
        return blank & tie
    return Q(**{f"sorted_by__{sign}": bound}) | (Q(sorted_by=bound) & tie) | blank


def _answered(ask: Ask, compared: Mapping[str, str] | None) -> str:
    """The typed column of the answer that orders the list; empty when a column of the dossier does."""
    return ((compared or {}).get(ask.answer_code) or _column_of(ask.answer_code)) if ask.answer_code else ""


def _key(ask: Ask) -> tuple[str, int | None]:
    """The value and the dossier after which the page begins; None for the first page."""
    value, _mark, pk = ask.after.rpartition("~")
    return value, int(pk) if pk.isdecimal() and len(pk) < 19 else None


def _bound(column: str, value: str) -> Any:
    """The key's value in the type of this column of answers."""
    return number(value) if column == "number" else _typed(column, value)


def _by_column(
    base: "QuerySet[Dossier]", ask: Ask, value: str, last: int | None, most: int
) -> list[tuple[Dossier, Any]]:
    column = SORTS[ask.key]
    bound = _typed(column, value) if value else None
    rows = base.filter(**{f"{column}__isnull": False})
    if bound is not None and last is not None:
        rows = _beyond(rows, column, "pk", bound, last, ask.descends)
    sign = "-" if ask.descends else ""
    return [(one, getattr(one, column)) for one in rows.order_by(f"{sign}{column}", f"{sign}pk")[:most]]


def _by_answer(
    base: "QuerySet[Dossier]", ask: Ask, column: str, value: str, last: int | None, most: int
) -> list[tuple[Dossier, Any]]:
    rows = AnswerIndex.objects.filter(code=ask.answer_code, rank=0, **{f"{column}__isnull": False})
    rows = rows.filter(Exists(base.filter(pk=OuterRef("dossier_id"))))
    bound = _bound(column, value)
    if bound is not None and last is not None:
        rows = _beyond(rows, column, "dossier_id", bound, last, ask.descends)
    sign = "-" if ask.descends else ""
    rows = rows.select_related("dossier__scheme", "dossier__officer").order_by(f"{sign}{column}", f"{sign}dossier_id")
    return [(one.dossier, getattr(one, column)) for one in rows[:most]]


def _beyond(rows: Any, column: str, pk: str, bound: Any, last: int, descends: bool) -> Any:
    """After the key: a range on the sorted column, which its index walks, then the tie by number."""
    if descends:
        return rows.filter(**{f"{column}__lte": bound}).exclude(**{column: bound, f"{pk}__gte": last})
    return rows.filter(**{f"{column}__gte": bound}).exclude(**{column: bound, f"{pk}__lte": last})


def _without(base: "QuerySet[Dossier]", ask: Ask, column: str) -> "QuerySet[Dossier]":
    if not column:
        return base.filter(**{f"{SORTS[ask.key]}__isnull": True})
    given = AnswerIndex.objects.filter(
        dossier=OuterRef("pk"), code=ask.answer_code, rank=0, **{f"{column}__isnull": False}
    )
    return base.exclude(Exists(given))


def _column_of(code: str) -> str:
    """In which typed column an answer is compared: what one of its rows holds."""
    first = AnswerIndex.objects.filter(code=code).order_by("text", "dossier").first()
    if first is None or first.number is not None:
        return "number"
    return "day" if first.day is not None else "text"


def shown(ask: Ask, dossiers: Iterable[Dossier]) -> dict[tuple[int, str], list[str]]:
    codes = [one.removeprefix("answer.") for one in ask.columns if one.startswith("answer.")]
    shown: dict[tuple[int, str], list[str]] = {}
    if codes:
        rows = AnswerIndex.objects.filter(dossier__in=[one.pk for one in dossiers], code__in=codes).order_by("rank")
        for row in rows:
            shown.setdefault((row.dossier_id, row.code), []).append(row.text)
    return shown


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _typed(column: str, text: str) -> Any:
    """The key's value in the type of its column; None when it cannot be one."""
    if column in ("filed_at", "due_at"):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        return moment if moment.tzinfo else None
    if column == "day":
        return day_of(text)
    if column in ("spending_cents", "aid_cents"):
        return int(text) if text.lstrip("-").isdecimal() and len(text) < 19 else None
    return text
