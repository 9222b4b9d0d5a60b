"""The place file: its document, and its hours read from OpenStreetMap's words."""

from collections.abc import Mapping
from typing import Any

from escale.foundation.places import osm
from escale.rules.hours import Regime, Week
from escale.rules.label.place import read_place
from escale.rules.shape.problem import Problem


def read(tree: Any) -> tuple[dict[str, Any] | None, dict[Regime, Week] | None, list[Problem]]:
    """The canonical document of a place, its weeks by regime (None: hours unknown), and every problem."""
    document, problems = read_place(tree)
    if document is None:
        return None, None, problems
    if "hours" not in document:
        return document, None, []
    weeks: dict[Regime, Week] = {}
    for rank, one in enumerate(document["hours"]):
        found = osm.read(one["osm"])
        problems += [Problem("wrong_hours", text, ["hours", rank, "osm"]) for text in found.problems]
        weeks |= _weeks(Regime(one.get("regime", "normal")), found.weeks)
    return (None if problems else document), weeks, problems


def _weeks(regime: Regime, found: Mapping[Regime, Week]) -> dict[Regime, Week]:
    """What the text of one regime says of it; a text that tells school time and holidays apart says both."""
    if regime is Regime.NORMAL:
        return dict(found)
    week = found.get(regime, found.get(Regime.NORMAL))
    return {} if week is None else {regime: week}
