"""Which labelled places to visit first: a risk made of reasons that are shown, never a hidden score."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.capabilities.label.models import Label, Step
from escale.capabilities.label.queries import board, diagnosis, people
from escale.foundation.people.models import Person
from escale.rules.figures import shown_day
from escale.rules.period import after, months_after
from escale.rules.shape.scalar import Rate

#: What each reason weighs. Published with the list: see docs/guides/label.md.
ALERT, LATE_STEP, NEVER, LONG_AGO, PREMISES, UNCHECKED, FIRST = 3, 3, 2, 1, 2, 1, 2


@dataclass(frozen=True)
class Candidate:
    """A labelled place, its points of risk and why; ``chosen``: it is in this year's sample."""

    label: Label
    points: int
    reasons: list[str]
    chosen: bool


def sample(person: Person, at: datetime, referential: str) -> tuple[list[Candidate], int]:
    """The valid labels of a referential, the most at risk first, and how many its sample asks this year.

    Equal points are ordered by a digest of the year and the number: the same for everybody, not the same each year.
    Places whose visit is planned already are left out.
    """
    rows = list(board.labels(person, at, board.Asked(referential, "valid")))
    known = board.facts(rows)
    late = dict(_late(rows, at))
    size = _size(rows)
    found = []
    for label in rows:
        if label.pk in known["coming"]:
            continue
        reasons = _reasons(label, known, late.get(label.pk, 0), at)
        found.append((sum(points for points, _why in reasons), label, [why for _points, why in reasons]))
    year = people.paris(at).year
    found.sort(key=lambda one: (-one[0], hashlib.sha256(f"{year} {one[1].number}".encode()).hexdigest()))
    done = sum(1 for day in known["last"].values() if day is not None and day.year == year) + len(known["coming"])
    left = max(0, size - done)
    return [Candidate(label, points, why, rank < left) for rank, (points, label, why) in enumerate(found)], size


def _size(rows: list[Label]) -> int:
    if not rows:
        return 0
    spec = diagnosis.READY.of(rows[0].edition).document.get("visits", {})
    return ceil(Rate().parse(spec["sample"]) * len(rows)) if "sample" in spec else 0


def _late(rows: list[Label], at: datetime) -> list[tuple[int, int]]:
    late = Step.objects.filter(label__in=[one.pk for one in rows], done_at__isnull=True, due_on__lt=people.paris(at))
    counted: dict[int, int] = {}
    for pk in late.values_list("label", flat=True):
        counted[pk] = counted.get(pk, 0) + 1
    return list(counted.items())


def _reasons(label: Label, known: dict[str, dict[int, Any]], late: int, at: datetime) -> list[tuple[int, str]]:
    today, told = people.paris(at), []
    if n := known["alerts"].get(label.pk, 0):
        words = ngettext(
            "{n} engagement n’est plus rempli d’après la fiche",
            "{n} engagements ne sont plus remplis d’après la fiche",
            n,
        )
        told.append((ALERT * n, words.format(n=n)))
    if late:
        words = ngettext("{n} correction en retard", "{n} corrections en retard", late)
        told.append((LATE_STEP * late, words.format(n=late)))
    last = known["last"].get(label.pk)
    if last is None:
        told.append((NEVER, _("jamais visité")))
        first = diagnosis.READY.of(label.edition).document.get("visits", {}).get("first_within")
        if first and today > after(people.paris(label.since), first):
            told.append(
                (
                    FIRST,
                    _("la première visite était due avant le {day}").format(
                        day=shown_day(after(people.paris(label.since), first))
                    ),
                )
            )
    elif last < months_after(today, -24):
        told.append((LONG_AGO, _("dernière visite le {day}").format(day=shown_day(last))))
    ends = label.place.premises_until
    if ends is not None and ends < people.paris(label.until):
        told.append(
            (PREMISES, _("les locaux sont quittés le {day}, avant la fin du label").format(day=shown_day(ends)))
        )
    checked = label.place.checked_on
    if checked is None or checked < months_after(today, -12):
        told.append((UNCHECKED, _("fiche non vérifiée depuis un an")))
    return told
