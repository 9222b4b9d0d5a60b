"""Which dossiers the desk is asked for: scope, filters, words; the keys of the first of them, found from the rarest.

A word, or an answer, is a *trail*: the rows of an index that bear it, each pointing to a dossier. Two dense trails that
seldom cross would make a database that starts from the list of dossiers try them all. So the shortest of the trails and of
the list is measured (never beyond ``FAR``), walked, and each dossier on it is tried against the others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from escale.capabilities.calls.dossiers.actions.indexing import words_of
from escale.capabilities.calls.dossiers.models import AnswerIndex, Dossier, Word
from escale.capabilities.calls.instruction.models import Absence
from escale.capabilities.calls.instruction.queries.asking import GROUPS, Ask, number
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person

#: Beyond this many rows a trail is long enough not to be the one to walk.
FAR = 20_000


@dataclass(frozen=True)
class Trail:
    """``walked`` from its beginning, by its index. ``tried``: the same rows, to be asked of one dossier; said so that a
    database without statistics finds them by the dossier, never along the whole range.
    """

    walked: "QuerySet[Any]"
    tried: "QuerySet[Any]"

    def passes(self, dossier: str) -> Exists:
        """Whether it passes by the dossier of the outer row, whose key is in that field."""
        return Exists(self.tried.filter(dossier=OuterRef(dossier)))


@dataclass(frozen=True)
class Narrowed:
    """``handled``: what the person handles, conflicts taken out, in the scope, call, state and hands asked for.
    ``reach``: at least all those, by columns that an index counts alone. ``trails``: what else they must bear.
    """

    handled: "QuerySet[Dossier]"
    reach: "QuerySet[Dossier]"
    trails: list[Trail]

    def dossiers(self) -> "QuerySet[Dossier]":
        """All that answer, unordered."""
        return self.handled.filter(*(one.passes("pk") for one in self.trails))

    def first_keys(self, most: int) -> list[int]:
        """The keys of at most ``most`` of them, in no order."""
        shortest = self._shortest() if self.trails else None
        if shortest is None:
            return list(self.dossiers().order_by().values_list("pk", flat=True)[:most])
        others = [one.passes("dossier") for one in self.trails if one is not shortest]
        walked = shortest.walked.filter(*others, Exists(self.handled.filter(pk=OuterRef("dossier"))))
        return list(walked.order_by().values_list("dossier", flat=True).distinct()[:most])

    def _shortest(self) -> Trail | None:
        """The trail to walk; None when the list of dossiers is shorter."""
        *long, rows = _lengths([*(one.walked for one in self.trails), self.reach])
        best = min(range(len(long)), key=lambda n: long[n])
        return self.trails[best] if long[best] < rows else None


def narrowed(ask: Ask, person: Person, at: datetime, services: set[int] | None = None) -> Narrowed:
    """What is asked of the desk. ``services``: the person's, when they are known."""
    own = organisations.services_of(person, at) if services is None else services
    if ask.service:
        own = own & {int(ask.service)} if ask.service.isdecimal() and len(ask.service) < 19 else set()
    hands = _hands(ask, person, at)
    handled = Dossier.objects.handled_by(person, at, own).filter(hands)
    if ask.state:
        states = GROUPS.get(ask.state, [ask.state])
        handled = handled.filter(state=ask.state) if len(states) == 1 else handled.filter(state__in=states)
    reach = Dossier.objects.filter(hands) if hands else Dossier.objects.filter(service__in=sorted(own))
    return Narrowed(handled, reach, _trails(ask, sorted(own)))


def _hands(ask: Ask, person: Person, at: datetime) -> Q:
    """The call and the officers asked for, on columns of the dossier alone: their indexes answer."""
    asked = Q()
    if ask.scope == "mine":
        replaced = Absence.objects.holding(at).filter(replacement=person).values("person")
        # A list of keys, not an alternative of two columns: the index of officers answers it.
        asked &= Q(officer__in=Person.objects.filter(Q(pk=person.pk) | Q(pk__in=replaced)).values("pk"))
    if ask.scheme:
        asked &= Q(scheme__in=Scheme.objects.filter(key=ask.scheme).values("pk"))
    if ask.officer == "none":
        asked &= Q(officer__isnull=True)
    elif ask.officer == "me":
        asked &= Q(officer=person)
    elif ask.officer:
        asked &= Q(officer=int(ask.officer)) if ask.officer.isdecimal() and len(ask.officer) < 19 else Q(pk__in=[])
    return asked


def _trails(ask: Ask, services: list[int]) -> list[Trail]:
    """One for each word searched (any word that begins so), in these services, and each answer filtered."""
    words = words_of([ask.q])[:8]
    if ask.q and not words:
        nothing = Word.objects.none()
        return [Trail(nothing, nothing)]
    return [*(_bearing(word, services) for word in words), *_answering(ask.answers)]


def _lengths(asked: Sequence["QuerySet[Any]"]) -> list[int]:
    """How many rows each has, up to ``FAR``. One query."""
    parts: list[str] = []
    values: list[Any] = []
    for rows in asked:
        try:
            sql, params = rows.order_by().values("pk")[:FAR].query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) counted)")
        values += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return list(cursor.fetchone())


def _bearing(word: str, services: list[int]) -> Trail:
    rows, past = Word.objects.filter(word__gte=word), _past(word)
    rows = rows.filter(word__lt=past) if past else rows
    return Trail(rows.filter(service__in=services), rows)


def _past(word: str) -> str:
    """The first text that no longer begins with ``word``, in an order that every collation shares; empty for none."""
    kept = word.rstrip("z")
    if not kept:
        return ""
    last = kept[-1]
    return kept[:-1] + ("a" if last == "9" else chr(ord(last) + 1))


def _answering(answers: Iterable[tuple[str, str]]) -> Iterator[Trail]:
    """One for each code: the answers that are (``code``), are at least (``code.min``), at most (``code.max``) this."""
    bounds: dict[str, dict[str, str]] = {}
    for name, text in answers:
        code, _point, bound = name.rpartition(".")
        if bound in ("min", "max"):
            bounds.setdefault(code, {})[bound] = text
        else:
            rows = AnswerIndex.objects.filter(code=name, text=text)
            yield Trail(rows, rows)
    for code, texts in bounds.items():
        yield _ranging(AnswerIndex.objects.filter(code=code), texts)


def _ranging(rows: "QuerySet[AnswerIndex]", texts: dict[str, str]) -> Trail:
    tried = rows
    for bound, text in texts.items():
        day = day_of(text)
        column, limit = ("number", number(text)) if day is None else ("day", day)
        if limit is None:
            return Trail(rows.none(), rows.none())
        tried = tried.filter(
            (GreaterThanOrEqual if bound == "min" else LessThanOrEqual)(Coalesce(column, column), limit)
        )
        rows = rows.filter(**{f"{column}__{'gte' if bound == 'min' else 'lte'}": limit})
    return Trail(rows, tried)


def day_of(text: str) -> date | None:
    """A day typed as 2026-03-31, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
