"""A place as the rules of a label see it: facts by name, rows, the weeks in which it is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from escale.rules.hours import DAY, Closure, Regime, Span, Week, days_a_week, minutes_a_week
from escale.rules.label.format.place import PLACE
from escale.rules.money import cents_of
from escale.rules.period import days_after
from escale.rules.places import EQUIPMENT, KINDS, MEASURES, NEEDS, PUBLICS, ROLES, SERVICES, SPACES
from escale.rules.scheme.case import Case, departement_of, loose, number
from escale.rules.scheme.facts import Facts
from escale.rules.shape.problem import Problem
from escale.rules.shape.reading import read

#: Maps of the file whose codes are facts: ``equipment.printer``.
MAPS = ("equipment", "measures", "access", "declarations", "notes", "findings", "network")
#: Lists of the file that are facts themselves.
LISTS = ("services", "publics")
#: Facts of the place that have a fixed name → how sentences name them.
FACTS = {
    "at": "Date de la vérification",
    "place.name": "Nom du lieu",
    "place.kinds": "Sortes de lieu",
    "place.carrier": "Structure porteuse",
    "place.legal_form": "Forme juridique de la structure porteuse",
    "place.commune": "Commune",
    "place.departement": "Département",
    "place.opened_on": "Ouverture du lieu",
    "place.closed_on": "Fermeture définitive",
    "place.premises": "Titre d’occupation",
    "place.premises_until": "Fin de l’occupation des locaux",
    "place.visited_on": "Dernière visite",
    "place.hours_per_week": "Heures d’ouverture par semaine",
    "place.days_per_week": "Jours d’ouverture par semaine",
    "services": "Services",
    "publics": "Publics",
    "documents": "Documents",
    "spaces": "Espaces",
    "staff": "Personnes qui accueillent",
    "tariffs": "Tarifs",
    "territory.zones": "Zones",
}
#: The site's own codes in words, by ``=code``.
LABELS = FACTS | {
    f"={code}": label
    for words in (KINDS, SERVICES, PUBLICS, SPACES, EQUIPMENT, NEEDS, ROLES)
    for code, label in words.items()
}
LABELS |= {f"={code}": label for code, (label, _unit, _most) in MEASURES.items()}
#: Columns of the rows of a place.
COLUMNS = frozenset(
    ["kind", "name", "capacity", "units", "floor_m2", "role", "fte", "named", "what", "unit", "price", "code", "dated_on",
     "valid_until"]
)  # fmt: skip


#: Totals over rows that are facts by themselves; every other ``staff.CODE`` or ``spaces.CODE`` counts one role or kind.
TOTALS = frozenset(["staff.fte", "spaces.capacity", "spaces.floor_m2"])


class Said(dict[str, Any]):
    """Facts by name. A code that a known list does not hold is no, or none; nothing else is ever made up."""

    def get(self, name: str, default: Any = None) -> Any:
        """The fact, or what the list it belongs to says of it."""
        head, _point, code = name.partition(".")
        if name in self or not code or head not in self:
            return super().get(name, default)
        if head in LISTS:
            return code in self[head]
        return 0 if head in ("spaces", "staff") and name not in TOTALS else default


@dataclass(frozen=True)
class Place:
    """One place on one day: its facts, its weeks (None: hours unknown), its closures."""

    facts: Facts
    weeks: Mapping[Regime, Week] | None
    closures: tuple[Closure, ...]
    at: date


def read_place(tree: Any) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The canonical document of a place file, or None, and the problems in the order of the file."""
    if isinstance(tree, dict) and isinstance(tree.get("carrier"), str):
        tree = {**tree, "carrier": {"name": tree["carrier"]}}
    document, problems = read(PLACE, tree)
    return (None if problems else document), problems


def place(document: dict[str, Any], weeks: Mapping[Regime, Week] | None, at: date) -> Place:
    """A canonical place made ready; ``weeks`` are its ``hours`` once read, by regime."""
    flat: dict[str, Any] = Said(at=at)
    for name in ("name", "commune", "opened_on", "closed_on", "visited_on"):
        if name in document:
            flat[f"place.{name}"] = _day(document[name]) if name.endswith("_on") else document[name]
    if "commune" in document:
        flat["place.departement"] = departement_of(document["commune"])
    carrier, premises = document.get("carrier", {}), document.get("premises", {})
    flat |= {
        f"place.{to}": carrier[name]
        for name, to in (("name", "carrier"), ("legal_form", "legal_form"))
        if name in carrier
    }
    if "title" in premises:
        flat["place.premises"] = premises["title"]
    if "until" in premises:
        flat["place.premises_until"] = _day(premises["until"])
    for name, to in (
        ("kinds", "place.kinds"),
        ("zones", "territory.zones"),
        ("services", "services"),
        ("publics", "publics"),
    ):
        if name in document:
            flat[to] = tuple(document[name])
    for name in MAPS:
        flat |= {f"{name}.{code}": _figure(value) for code, value in document.get(name, {}).items()}
    rows = _rows(document)
    if "documents" in rows:
        flat["documents"] = tuple(row["code"] for row in rows["documents"] if row.get("valid_until", at) >= at)
    flat |= _counted(rows)
    if weeks:
        effective = regimes(weeks).values()
        flat["place.hours_per_week"] = _plain(Fraction(min(minutes_a_week(one) for one in effective), 60))
        flat["place.days_per_week"] = min(days_a_week(one) for one in effective)
    case = Case(None, None, flat, None, None, None, frozenset(), None, rows)
    return Place(Facts(case, (), LABELS), weeks, _closures(document), at)


def regimes(weeks: Mapping[Regime, Week]) -> dict[Regime, Week]:
    """The weeks that really hold: the ordinary one, or those of school time and of the holidays."""
    normal = weeks.get(Regime.NORMAL)
    if Regime.SCHOOL not in weeks and Regime.HOLIDAYS not in weeks:
        return {Regime.NORMAL: normal} if normal is not None else {}
    found = {one: weeks.get(one, normal) for one in (Regime.SCHOOL, Regime.HOLIDAYS)}
    return {one: week for one, week in found.items() if week is not None}


def clipped(one: Week, weekdays: frozenset[int], after: int, before: int) -> Week:
    """A week seen through some weekdays and a window of the day, in minutes; past midnight belongs to the evening."""
    end = before if before < DAY else 2 * DAY
    return tuple(
        tuple(
            Span(max(span.start, after), min(span.end, end))
            for span in spans
            if max(span.start, after) < min(span.end, end)
        )
        if day in weekdays
        else ()
        for day, spans in enumerate(one)
    )


def _rows(document: dict[str, Any]) -> dict[str, tuple[dict[str, Any], ...]]:
    out: dict[str, tuple[dict[str, Any], ...]] = {}
    for name in ("spaces", "staff", "tariffs", "documents"):
        if name in document:
            out[name] = tuple(_row(row) for row in document[name])
    out["spaces"] = tuple({"units": 1, **row} for row in out["spaces"]) if "spaces" in out else ()
    return out if "spaces" in document else {name: rows for name, rows in out.items() if name != "spaces"}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    out = dict(row)
    for name in ("capacity", "units", "floor_m2", "fte"):
        if name in row:
            out[name] = number(row[name])
    for name in ("dated_on", "valid_until"):
        if name in row:
            out[name] = _day(row[name])
    if "price" in row:
        out["price"] = _plain(Fraction(cents_of(str(row["price"])), 100))
    return out


def _counted(rows: dict[str, tuple[dict[str, Any], ...]]) -> dict[str, Any]:
    """How many people, spaces and prices there are, in all and by role or kind, and the totals that are known."""
    out: dict[str, Any] = {}
    for name, code, each in (("staff", "role", ""), ("spaces", "kind", "units"), ("tariffs", "", "")):
        if name not in rows:
            continue
        out[name] = sum(row[each] if each else 1 for row in rows[name])
        for row in rows[name] if code else ():
            fact = f"{name}.{row[code]}"
            out[fact] = out.get(fact, 0) + (row[each] if each else 1)
    for total in TOTALS:
        name, _point, column = total.partition(".")
        values = [row.get(column) for row in rows.get(name, ())]
        if name in rows and None not in values:
            units = [row["units"] if column == "capacity" else 1 for row in rows[name]]
            out[total] = sum(value * count for value, count in zip(values, units, strict=True) if value is not None)
    return out


def _closures(document: dict[str, Any]) -> tuple[Closure, ...]:
    return tuple(
        Closure(
            _day(row["from"]),
            days_after(_day(row["to"]), 1) if "to" in row else date.max,
            row.get("reason", ""),
            row.get("ordered_by_government", False),
        )
        for row in document.get("closures", [])
    )


def _plain(value: Fraction) -> int | Fraction:
    return int(value) if value.denominator == 1 else value


def _day(text: Any) -> date:
    return date.fromisoformat(str(text))


def _figure(value: Any) -> Any:
    return value if isinstance(value, bool | int) else loose(value)
