"""The desk's list: scope, filters, search, order, one page by key; a count that stops at a thousand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from escale.capabilities.calls.dossiers.actions.indexing import words_of
from escale.capabilities.calls.dossiers.models import AnswerIndex, Dossier, Word
from escale.capabilities.calls.instruction.models import Absence
from escale.capabilities.calls.instruction.queries.asking import GROUPS, SORTS, Ask, number
from escale.foundation.organisations import queries as organisations
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


def found(ask: Ask, person: Person, at: datetime, services: set[int] | None = None) -> "QuerySet[Dossier]":
    """All dossiers that answer, unordered. Begins with what the person handles, conflicts taken out."""
    if ask.service:
        own = organisations.services_of(person, at) if services is None else services
        services = own & {int(ask.service)} if ask.service.isdecimal() and len(ask.service) < 19 else set()
    dossiers = Dossier.objects.handled_by(person, at, services)
    if ask.scope == "mine":
        # A list of keys, not an alternative: the index of officers answers it.
        replaced = _replaced(person, at).values_list("person", flat=True)
        dossiers = dossiers.filter(officer__in=[person.pk, *replaced])
    if ask.scheme:
        dossiers = dossiers.filter(scheme__key=ask.scheme)
    if ask.state:
        states = GROUPS.get(ask.state, [ask.state])
        dossiers = dossiers.filter(state=ask.state) if len(states) == 1 else dossiers.filter(state__in=states)
    if ask.officer:
        dossiers = dossiers.filter(_officer(ask.officer, person))
    for name, text in ask.answers:
        dossiers = dossiers.filter(pk__in=_answering(name, text))
    return dossiers


def page(
    ask: Ask, person: Person, at: datetime, size: int = PAGE, services: set[int] | None = None,
    compared: Mapping[str, str] | None = None,
) -> Page:  # fmt: skip
    """One page of what answers, in order, from the key on. ``compared``: the typed column of answers, when known."""
    base = searched(found(ask, person, at, services), ask.q)
    rows = ordered(base, ask, size + 1, compared)
    counted = base.order_by().values("pk")[: MOST_COUNTED + 1].count()
    more = rows[size - 1 : size] if len(rows) > size else []
    page = Page([one for one, _value in rows[:size]], "", counted)
    if more:
        dossier, value = more[0]
        page.after = f"{'' if value is None else _said(value)}~{dossier.pk}"
    page.answers = shown(ask, page.dossiers)
    return page


def ordered(
    base: "QuerySet[Dossier]", ask: Ask, most: int, compared: Mapping[str, str] | None = None
) -> list[tuple[Dossier, Any]]:
    """The first dossiers in the asked order after the key, each with its value; those without one come last."""
    base, answered = base.select_related("scheme", "officer"), ""
    if ask.answer_code:
        answered = (compared or {}).get(ask.answer_code) or _column_of(ask.answer_code)
    value, _mark, pk = ask.after.rpartition("~")
    last = int(pk) if pk.isdecimal() and len(pk) < 19 else None
    rows: list[tuple[Dossier, Any]] = []
    if last is None or value:
        rows = (
            _by_answer(base, ask, answered, value, last, most) if answered else _by_column(base, ask, value, last, most)
        )
    if len(rows) < most and SORTS.get(ask.key) not in ALWAYS:
        blank = _without(base, ask, answered).order_by("-pk")
        blank = blank.filter(pk__lt=last) if last is not None and not value else blank
        rows += [(one, None) for one in blank[: most - len(rows)]]
    return rows


def searched(dossiers: "QuerySet[Dossier]", q: str) -> "QuerySet[Dossier]":
    """Those that bear, for every word of ``q`` once folded, a word that begins so."""
    words = words_of([q])[:8]
    if not words:
        return dossiers.none() if q else dossiers
    for word in words:
        rows, past = Word.objects.filter(word__gte=word), _past(word)
        rows = rows.filter(word__lt=past) if past else rows
        dossiers = dossiers.filter(pk__in=rows.values("dossier"))
    return dossiers


def _past(word: str) -> str:
    """The first text that no longer begins with ``word``, in an order that every collation shares; empty for none."""
    kept = word.rstrip("z")
    if not kept:
        return ""
    last = kept[-1]
    return kept[:-1] + ("a" if last == "9" else chr(ord(last) + 1))


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
    bound = number(value) if column == "number" else _typed(column, value)
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
    """In which typed column an answer is compared: what its first row holds."""
    first = AnswerIndex.objects.filter(code=code).order_by("-id").first()
    if first is None or first.number is not None:
        return "number"
    return "day" if first.day is not None else "text"


def _answering(name: str, text: str) -> "QuerySet[AnswerIndex, Any]":
    """The dossiers whose answer is (``code``), is at least (``code.min``) or at most (``code.max``) this."""
    code, _point, bound = name.rpartition(".")
    rows = AnswerIndex.objects.all()
    if bound not in ("min", "max"):
        return rows.filter(Q(code=name, text=text)).values("dossier")
    lookup, figure, day = "gte" if bound == "min" else "lte", number(text), _day(text)
    if day is not None:
        return rows.filter(code=code, **{f"day__{lookup}": day}).values("dossier")
    if figure is None:
        return rows.none().values("dossier")
    return rows.filter(code=code, **{f"number__{lookup}": figure}).values("dossier")


def _officer(text: str, person: Person) -> Q:
    if text == "none":
        return Q(officer__isnull=True)
    if text == "me":
        return Q(officer=person)
    return Q(officer=int(text)) if text.isdecimal() and len(text) < 19 else Q(pk__in=[])


def _replaced(person: Person, at: datetime) -> "QuerySet[Absence, Any]":
    return Absence.objects.holding(at).filter(replacement=person).values("person")


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
        return _day(text)
    if column in ("spending_cents", "aid_cents"):
        return int(text) if text.lstrip("-").isdecimal() and len(text) < 19 else None
    return text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
