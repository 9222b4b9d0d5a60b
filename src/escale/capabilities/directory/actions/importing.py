"""Doing what a preview said: new places, changes that a file may make, resemblances left to a person."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from escale.capabilities.directory.actions import indexing
from escale.capabilities.directory.models import Resemblance
from escale.capabilities.directory.queries.incoming import Incoming, hours_of
from escale.capabilities.directory.queries.preview import Change, Likeness, Preview
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.foundation.places.actions import hours as place_hours
from escale.foundation.places.actions import places
from escale.foundation.places.models import Closure, OldAddress, Origin, Place, Standing, Week
from escale.foundation.prepared import put_many

BATCH = 1000


def apply(found: Preview, *, by: Person | None, at: datetime) -> None:
    """Writes the preview in batches, each whole in its own transaction: others write meanwhile, and a file that is
    cut short is taken up again by importing it again, since what is in by then is found unchanged.
    """
    with transaction.atomic():
        taken = {*Place.objects.values_list("slug", flat=True), *OldAddress.objects.values_list("slug", flat=True)}
    made: dict[int, Place] = {}
    for lines in _cut(found.created, BATCH):
        with transaction.atomic():
            places = create_many(lines, taken, at=at)
            indexing.index([place.pk for place in places])
        made |= dict(zip((one.line for one in lines), places, strict=True))
    for changes in _cut(found.changed, BATCH // 5):
        with transaction.atomic():
            for change in changes:
                change_place(change, by=by, at=at)
    for alike in _cut(found.duplicates, BATCH):
        with transaction.atomic():
            known = set(Resemblance.objects.values_list("source", "ref"))
            for like in alike:
                if (like.line.source, like.line.ref) not in known:
                    keep_resemblance(like, made, at=at)


def _cut[T](whole: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


def create_many(lines: Iterable[Incoming], taken: set[str], *, at: datetime) -> list[Place]:
    """New places, listed at once when they have an address and a kind; their journals begin with the file's name."""
    found = list(lines)
    made = [_new(line, taken, at) for line in found]
    whole = [bool(place.kinds and place.address) for place in made]
    for ready in (True, False):
        some = [(place, place.slug, place.name, f"/lieux/{place.slug}/") for place, is_whole in zip(made, whole, strict=True)
                if is_whole is ready]  # fmt: skip
        record.begin_many(some, by=None, at=at, then=("publish",) if ready else ())
    put_many([Standing(place=place, kind="known", since=at, source=place.source) for place in made])
    origins = [Origin(place=p, source=one.source, ref=one.ref, seen_at=at) for p, one in zip(made, found, strict=True)]
    put_many(origins)
    _open([(place, one.hours) for place, one in zip(made, found, strict=True) if one.hours])
    return made


def _new(line: Incoming, taken: set[str], at: datetime) -> Place:
    place = Place(**line.values, source=line.source)
    place.slug = places.free_slug(place.name, line.commune, taken)
    taken.add(place.slug)
    place.origins = _said([*line.values, *(["hours"] if line.hours else [])], line.source, at)
    if line.hours:
        place.open_on_public_holidays = (
            line.holidays if line.holidays is not None else hours_of(line.hours).open_on_public_holidays
        )
    return place


def _open(pairs: list[tuple[Place, str]]) -> None:
    weeks, texts = [], []
    for place, text in pairs:
        for regime, week in hours_of(text).weeks.items():
            weeks.append(Week(place=place, regime=regime.value))
            texts.append(week)
    put_many(weeks)
    closed = [(place, days) for place, text in pairs for days in hours_of(text).closures]
    made = [Closure(place=place, first=first, until=until) for place, (first, until) in closed]
    Closure.objects.bulk_create(made, ignore_conflicts=True)
    rows = [row for week, said in zip(weeks, texts, strict=True) for row in place_hours.opening_rows(week, said)]
    put_many(rows)


def change_place(change: Change, *, by: Person | None, at: datetime) -> None:
    """What the file says differently, with its name as the source of each value."""
    place, line = change.place, change.line
    act = "import"
    with transaction.atomic():
        places.begin_write(place, act, by=by, at=at)
        values = {name: after for name, (_before, after) in change.fields.items() if name != "hours"}
        for name, value in values.items():
            setattr(place, name, value)
        place.origins = {**place.origins, **_said(change.fields, line.source, at)}
        if "hours" in change.fields:
            read = hours_of(line.hours)
            Week.objects.filter(place=place).delete()
            _open([(place, line.hours)])
            place.open_on_public_holidays = line.holidays if line.holidays is not None else read.open_on_public_holidays
        Origin.objects.update_or_create(source=line.source, ref=line.ref, defaults={"place": place, "seen_at": at})
        fields = [*values, "origins", "open_on_public_holidays"]
        places.end_write(place, act, by=by, at=at, fields=fields, told=list(change.fields), note=line.source)


def keep_resemblance(like: Likeness, made: dict[int, Place], *, at: datetime) -> None:
    """The line waits for a person of the Region."""
    line, place = like.line, like.place or made.get(like.earlier)
    if place is None:
        return
    row = Resemblance(
        place=place, source=line.source, ref=line.ref, because=like.because, found_at=at,
        record={"values": _plain(line.values), "hours": line.hours, "line": line.line,
                "holidays": line.holidays},
    )  # fmt: skip
    number = f"{place.pk}-{line.line}-{int(at.timestamp())}"
    record.begin(row, number=number, title=place.name, address="/lieux/ressemblances/", by=None, at=at)


def _said(names: Iterable[str], source: str, at: datetime) -> dict[str, Any]:
    return {name: {"source": source, "on": at.date().isoformat()} for name in names}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
