"""What an import would change: each line against the places that are known, before anything is written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.directory.models import Resemblance
from escale.capabilities.directory.queries import columns, sources
from escale.capabilities.directory.queries.communes import Communes
from escale.capabilities.directory.queries.incoming import Incoming, Reader, Refusal, hours_of
from escale.capabilities.directory.queries.kinds import Kinds
from escale.foundation.places import queries as places
from escale.foundation.places import standard
from escale.foundation.places.models import Origin, Place
from escale.foundation.territory.names import fold
from escale.foundation.territory.queries import great_circle_m

FORMATS = ("auto", "mediation-numerique", "generic")
#: Two lines within this many metres and at the same street number are perhaps one place.
SAME_SPOT_M = 120
#: Who said a value decides: what the people of a place wrote is not overwritten by a file.
BY_HAND = "page"
#: Words of kinds that are listed, the most frequent first.
MOST_WORDS = 60


@dataclass
class Change:
    """A known place that the line would change: field → (before, after); ``kept``: what its people wrote and stays."""

    line: Incoming
    place: Place
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


@dataclass
class Likeness:
    """A line that looks like a known place (or an earlier line of the file): a person decides."""

    line: Incoming
    place: Place | None
    earlier: int
    because: str


@dataclass
class Preview:
    """All that an import would do. ``left``: headings of the file that nothing here corresponds to."""

    format: str
    created: list[Incoming] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    duplicates: list[Likeness] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)


def preview(
    path: Path, asked: str = "auto", source: str = "", *, chosen: Mapping[str, str] | None = None,
    kinds: Kinds | None = None,
) -> Preview:  # fmt: skip
    """Reads the file and compares. Raises ``sources.Unreadable`` when it cannot be taken as a whole.

    ``chosen``: our field → heading, as a person said it, instead of what is recognised; ``kinds``: their words.
    """
    found, kinds = sources.read(path), kinds or Kinds()
    fields, left = _columns(found.headings, chosen)
    checker = standard.schema()
    follows = set(checker.required) <= set(found.headings)
    if asked == "mediation-numerique" and not follows:
        missing = [name for name in checker.required if name not in found.headings]
        raise sources.Unreadable(_("colonnes du standard absentes : {names}.").format(names=", ".join(missing)))
    if "name" not in fields or not {"commune", "insee"} & set(fields):
        raise sources.Unreadable(
            _(
                "il faut au moins le nom du lieu et sa commune (nom ou code Insee). Colonnes lues : {names}. "
                "Renommez-les par exemple « nom » et « commune »."
            ).format(names=", ".join(found.headings)[:400])
        )
    strict = follows and asked != "generic"
    told = Preview("mediation-numerique" if strict else "generic", left=left, headings=found.headings, columns=fields)
    if strict and not kinds.otherwise:
        kinds.otherwise = "digital_mediation"  # what the standard describes, by its own name
    reader = Reader(fields, source or path.stem, Communes(), checker if strict else None, kinds)
    short = _("Cette ligne n’a pas le même nombre de colonnes que l’en-tête.")
    told.refused = [Refusal(line, "wrong_width", short) for line in found.short]
    lines: list[Incoming] = []
    for line, row in found.rows:
        read = reader.read(line, row)
        if isinstance(read, Refusal):
            told.refused.append(read)
        else:
            lines.append(read)
    told.words = dict(kinds.met.most_common(MOST_WORDS))
    _compare(told, lines)
    told.refused.sort(key=lambda one: one.line)
    return told


def _columns(headings: list[str], chosen: Mapping[str, str] | None) -> tuple[dict[str, str], list[str]]:
    """field → heading, as a person said or as recognised, and the headings that are left."""
    if not chosen:
        return columns.understood(headings)
    fields = {name: heading for name, heading in chosen.items() if heading in headings}
    return fields, [heading for heading in headings if heading not in fields.values()]


def _compare(told: Preview, lines: list[Incoming]) -> None:
    known = Known()
    for line in lines:
        place = known.by_reference(line)
        if place is not None and place.state == "closed":
            words = _("Ce lieu est fermé pour de bon dans l’annuaire : rouvrez-le d’abord, s’il a rouvert.")
            told.refused.append(Refusal(line.line, "closed_place", words))
        elif place is not None:
            change = changes(line, place, known.hours(place))
            if change.fields:
                told.changed.append(change)
            else:
                told.unchanged += 1
        elif like := known.like(line):
            told.duplicates.append(like)
        else:
            told.created.append(line)
            known.add(line)


def changes(line: Incoming, place: Place, hours: object) -> Change:
    """What the line says differently. An empty cell says nothing; what was written by hand stays."""
    change = Change(line, place)
    for name, value in line.values.items():
        before = getattr(place, name)
        if before == value:
            continue
        if place.origins.get(name, {}).get("source") == BY_HAND:
            change.kept.append(name)
        else:
            change.fields[name] = (before, value)
    if line.hours:
        read = hours_of(line.hours)
        holidays = line.holidays if line.holidays is not None else read.open_on_public_holidays
        known = {(one.first, one.until) for one in place.closures.all()}
        if (dict(read.weeks), holidays) != hours or set(read.closures) - known:
            if place.origins.get("hours", {}).get("source") == BY_HAND:
                change.kept.append("hours")
            else:
                change.fields["hours"] = ("", line.hours)
    return change


class Known:
    """The places that are there, in memory for the length of one import, and the new lines of the file."""

    def __init__(self) -> None:
        living = (
            Place.objects.exclude(state="merged")
            .select_related("commune")
            .prefetch_related("weeks__openings", "closures")
        )
        self.places = {place.pk: place for place in living}
        self.refs = {(one.source, one.ref): one.place_id for one in Origin.objects.all()}
        self.slugs = {place.slug: place.pk for place in self.places.values()}
        self.pending = {(one.source, one.ref): one.place_id for one in Resemblance.objects.filter(state="pending")}
        self.traits: dict[tuple[str, ...], tuple[int | None, int]] = {}
        self.points: dict[tuple[str, str], list[tuple[float, float, int | None, int]]] = {}
        for place in self.places.values():
            self._note(traits(place.name, place.commune_id, place.pivot), place.pk, 0)
            self._spot(place.commune_id, place.address, place.lon, place.lat, place.pk, 0)

    def by_reference(self, line: Incoming) -> Place | None:
        """The place that this source already calls so, or whose own address is the line's identifier."""
        key = self.refs.get((line.source, line.ref))
        if key is None:
            slug = self.slugs.get(line.ref)
            key = slug if slug is not None and self.places[slug].commune_id == line.commune.pk else None
        return self.places.get(key) if key is not None else None

    def hours(self, place: Place) -> object:
        """The hours of a known place, to compare."""
        return places.weeks(place), place.open_on_public_holidays

    def like(self, line: Incoming) -> Likeness | None:
        """A place, or an earlier line, that this one looks like, and why."""
        if (line.source, line.ref) in self.pending:
            return Likeness(line, self.places.get(self.pending[line.source, line.ref]), 0, _("déjà à décider"))
        values = line.values
        for trait in traits(values["name"], line.commune.pk, values.get("pivot", "")):
            if trait in self.traits:
                key, earlier = self.traits[trait]
                why = _("même nom dans la même commune") if trait[0] == "name" else _("même SIRET dans la même commune")
                return Likeness(line, self.places.get(key) if key else None, earlier, why)
        lon, lat = values.get("lon"), values.get("lat")
        for other_lon, other_lat, key, earlier in self.points.get(
            _door(line.commune.pk, values.get("address", "")), ()
        ):
            if lon is None or lat is None or great_circle_m(lon, lat, other_lon, other_lat) <= SAME_SPOT_M:
                return Likeness(
                    line, self.places.get(key) if key else None, earlier, _("même adresse, au même endroit")
                )
        return None

    def add(self, line: Incoming) -> None:
        """A new line: the following ones are compared with it too."""
        values = line.values
        self._note(traits(values["name"], line.commune.pk, values.get("pivot", "")), None, line.line)
        self._spot(line.commune.pk, values.get("address", ""), values.get("lon"), values.get("lat"), None, line.line)

    def _note(self, found: Iterable[tuple[str, ...]], key: int | None, line: int) -> None:
        for trait in found:
            self.traits.setdefault(trait, (key, line))

    def _spot(
        self, commune: str, address: str, lon: float | None, lat: float | None, key: int | None, line: int
    ) -> None:
        door = _door(commune, address)
        if door[1] and lon is not None and lat is not None:
            self.points.setdefault(door, []).append((lon, lat, key, line))


def traits(name: str, commune: str, pivot: str) -> list[tuple[str, ...]]:
    """What two descriptions of one place share: the name or the SIRET, in one commune."""
    found: list[tuple[str, ...]] = [("name", fold(name), commune)]
    return [*found, ("pivot", pivot, commune)] if pivot else found


def _door(commune: str, address: str) -> tuple[str, str]:
    folded = fold(address)
    return commune, folded if re.match(r"\d", folded) else ""
