"""The ranking as one strip a call: its cut line, its envelopes, its hypotheses side by side."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from escale.capabilities.calls.committee.models import Sitting
from escale.capabilities.calls.committee.queries import envelopes, simulating, sittings
from escale.capabilities.calls.committee.queries.ranking import Place, rankings
from escale.capabilities.calls.committee.queries.simulating import OUTCOMES, Told
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.people.models import Person
from escale.rules.allocation import Line, Outcome


@dataclass(frozen=True)
class Row:
    """A dossier of the strip: its place, what the simulation gives it (None: not for this person's eyes)."""

    place: Place
    line: Line | None
    words: str
    cut: bool = False
    note: str = ""


@dataclass(frozen=True)
class Strip:
    """The ranking of one call. ``told`` None: the person has an interest in one of its dossiers, and figures would tell of it."""

    scheme: Scheme
    rows: list[Row]
    told: Told | None
    saved: int = 0


def strips(sitting: Sitting, person: Person, at: datetime) -> list[Strip]:
    """One strip a call. Positions are counted as if what the person may not see were not there; then no figure of the
    envelope is shown either.
    """
    items = list(sittings.items_of(sitting, person, at))
    whole = len(items) == sitting.items.count()
    ranked = rankings(items, at)
    found = []
    for scheme in envelopes.schemes_of(sitting):
        places = ranked.get(scheme.pk, [])
        told = simulating.session_told(sitting, scheme, places) if whole else None
        if places:
            found.append(Strip(scheme, rows(places, told), told, len(simulating.saved(sitting, scheme))))
    return found


def rows(places: list[Place], told: Told | None) -> list[Row]:
    """The strip's rows; the cut line stands under the last one before money lacks."""
    lines: list[Line | None] = list(told.lines) if told else [None] * len(places)
    return [
        Row(
            place, line, str(OUTCOMES[line.outcome]) if line else "", told is not None and told.cut_after == n,
            line.reason if line and line.outcome not in (Outcome.FUNDED, Outcome.SET_ASIDE) else "",
        )
        for n, (place, line) in enumerate(zip(places, lines, strict=True), 1)
    ]  # fmt: skip


def compared(sitting: Sitting, scheme: Scheme, at: datetime) -> dict[str, Any]:
    """The hypotheses of a call side by side: columns, and a row a dossier with what each gives it."""
    places = rankings(list(sittings.all_items(sitting)), at).get(scheme.pk, [])
    known = simulating.saved(sitting, scheme)
    columns = [simulating.told(scheme, places, one.settings, name=one.name, key=one.pk, kept=one.kept) for one in known]
    lines = [
        (place, [(column.lines[n], str(OUTCOMES[column.lines[n].outcome])) for column in columns])
        for n, place in enumerate(places)
    ]
    return {"sitting": sitting, "scheme": scheme, "columns": columns, "lines": lines}


def axes_of(sitting: Sitting, scheme: Scheme) -> dict[str, list[tuple[str, str]]]:
    """What quotas may be about: the call's kinds of projects, the départements of its dossiers."""
    document = call_of(scheme.edition).document if scheme.edition else {}
    kinds = [(one["code"], one["label"]) for one in document.get("project_types", [])]
    where = sitting.items.filter(dossier__scheme=scheme).values_list(
        "dossier__organisation__commune__departement", flat=True
    )
    return {"category": kinds, "territory": [(code, code) for code in sorted(set(where)) if code]}
