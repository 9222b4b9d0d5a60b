"""Who has a place nearby: the survey's figures added up by territory, the uncovered, the worst off."""

from dataclasses import dataclass

from django.db.models import CharField, QuerySet

from escale.capabilities.planner.models import Reach, Survey
from escale.foundation.prepared import Prepared, Slot
from escale.foundation.territory.models import Commune, Grouping, Population

THRESHOLDS = (10, 15, 20, 30)


@dataclass(frozen=True)
class CommuneReach:
    """One commune: its people, minutes to the nearest place (None: more than two hours) and which one."""

    code: str
    name: str
    departement: str
    lon: float
    lat: float
    people: int
    minutes: float | None
    place: str

    def within(self, limit: float) -> bool:
        """The nearest place is at most ``limit`` minutes away."""
        return self.minutes is not None and self.minutes <= limit


@dataclass(frozen=True)
class Share:
    """A territory: its people and how many of them are within each threshold."""

    label: str
    people: int
    within: tuple[int, ...]

    @property
    def percents(self) -> list[float]:
        """Shares in percent, rounded down to a tenth: 99.96 is not 100."""
        return [int(1000 * one / self.people) / 10 if self.people else 0.0 for one in self.within]


@dataclass(frozen=True)
class Ask:
    """What the visitor asks: network, minutes, département and grouping (empty: all)."""

    network: str = "open"
    minutes: int = 20
    departement: str = ""
    grouping: str = ""


def survey(network: str) -> Survey | None:
    """The last measure of a network."""
    return Survey.objects.filter(network=network).first()


def communes(found: Survey, asked: Ask) -> list[CommuneReach]:
    """The communes of the territory asked for, by name, in three queries whatever their number."""
    rows = Reach.objects.filter(survey=found)
    if asked.departement:
        rows = rows.filter(commune__departement=asked.departement)
    if asked.grouping:
        rows = rows.filter(commune__groupings=asked.grouping)
    people = dict(Population.objects.order_by("year").values_list("commune_id", "inhabitants"))
    fields = ("commune_id", "commune__name", "commune__departement", "commune__lon", "commune__lat")
    return [
        CommuneReach(code, name, departement, lon, lat, people.get(code, 0), minutes, place)
        for code, name, departement, lon, lat, minutes, place in rows.order_by(
            "commune__folded", "commune_id"
        ).values_list(*fields, "minutes", "place")
    ]


def everyone() -> list[CommuneReach]:
    """Every commune at its place with its people, nothing measured: what a scenario is drawn on."""
    people = dict(Population.objects.order_by("year").values_list("commune_id", "inhabitants"))
    rows = Commune.objects.order_by("folded", "code").values_list("code", "name", "departement", "lon", "lat")
    return [
        CommuneReach(code, name, departement, lon, lat, people.get(code, 0), None, "")
        for code, name, departement, lon, lat in rows
    ]


def share(label: str, rows: list[CommuneReach]) -> Share:
    """How many people of these communes are within each threshold."""
    within = tuple(sum(one.people for one in rows if one.within(limit)) for limit in THRESHOLDS)
    return Share(label, sum(one.people for one in rows), within)


def by_departement(rows: list[CommuneReach], names: dict[str, str]) -> list[Share]:
    """One line a département, the least covered within twenty minutes first."""
    codes = sorted({one.departement for one in rows})
    lines = [share(names.get(code, code), [one for one in rows if one.departement == code]) for code in codes]
    return sorted(lines, key=lambda one: one.percents[2])


def uncovered(rows: list[CommuneReach], minutes: float) -> list[CommuneReach]:
    """Communes farther than ``minutes``, those with most people first."""
    far = [one for one in rows if not one.within(minutes) and one.people]
    return sorted(far, key=lambda one: (-one.people, one.code))


def worst_off(rows: list[CommuneReach], count: int = 10) -> list[CommuneReach]:
    """Those who go farthest; beyond an hour first, then by minutes and people."""
    someone = [one for one in rows if one.people]
    return sorted(someone, key=lambda one: (-(one.minutes or 1e9), -one.people, one.code))[:count]


def groupings() -> list[tuple[str, str]]:
    """(SIREN, name) of the groupings, by name."""
    return list(Grouping.objects.order_by("name", "siren").values_list("siren", "name"))


def departements() -> list[str]:
    """Codes of the départements that hold communes."""
    return list(Commune.objects.order_by("departement").values_list("departement", flat=True).distinct())


def minutes_to_nearest(commune: str) -> str | None:
    """Minutes from a commune to the nearest open place, as decimal text: the fact of the schemes.

    None when nobody measured; the two hours looked for when no place is nearer: that is then a least value.
    """
    row = _NEAREST.first(commune=commune)
    if row is None:
        return None
    return f"{row[1] if row[0] is None else row[0]:g}"


def _nearest() -> "QuerySet[Reach, tuple[float | None, float]]":
    rows = Reach.objects.filter(survey__network="open", commune_id=Slot("commune", CharField())).order_by("pk")
    return rows.values_list("minutes", "survey__document__looked_for")[:1]


_NEAREST: Prepared[Reach, tuple[float | None, float]] = Prepared(_nearest)
