"""Figures of a call: received, complete, supported, amounts, territory, delays; for all, or for its officers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import Coalesce

from escale.capabilities.calls.dossiers.models import Dossier, Party
from escale.capabilities.calls.dossiers.policy import FILED, State
from escale.capabilities.calls.dossiers.wording import DOSSIER
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal.models import Entry
from escale.foundation.people.models import Person

#: The decision is known, may be told to all, and is a yes: without money (None) or with some.
SUPPORTED = Q(state=State.NOTIFIED) & ~Q(voted_cents=0)
#: Under this many dossiers a figure could tell of one applicant: it is not published.
LEAST_PUBLISHED = 3


@dataclass
class Figures:
    """Counts, sums in cents (None: not published, too few), days on average, places as (lon, lat)."""

    received: int
    complete: int
    supported: int
    spending_cents: int | None
    aid_cents: int | None
    proposed_cents: int | None
    advised_cents: int | None
    voted_cents: int | None
    days_to_complete: int | None
    days_to_examined: int | None
    days_to_voted: int | None
    days_to_notified: int | None
    departements: list[tuple[str, int]]
    places: list[tuple[float, float]]
    states: list[tuple[str, int]]


def of(scheme: Scheme, at: datetime, person: Person | None = None) -> Figures:
    """The figures; with ``person``, all that this officer may see, else what is published."""
    everything = Dossier.objects.filter(scheme=scheme, state__in=FILED)
    dossiers = (
        everything if person is None else everything.filter(pk__in=Dossier.objects.handled_by(person, at).values("pk"))
    )
    told = dossiers.aggregate(
        received=Count("pk"), complete=Count("pk", filter=Q(completed_at__isnull=False)),
        supported=Count("pk", filter=SUPPORTED), spending=Sum("spending_cents"), aid=Sum("aid_cents"),
        proposed=Sum("proposed_cents"), advised=Sum("advised_cents"),
        # Accepted by silence: nobody voted, what was proposed stands.
        voted=Sum(Coalesce("voted_cents", "proposed_cents"), filter=SUPPORTED) if person is None else Sum("voted_cents"),
        wait=Avg(ExpressionWrapper(F("completed_at") - F("filed_at"), output_field=DurationField())),
    )  # fmt: skip
    few = person is None and told["received"] < LEAST_PUBLISHED
    shown = dossiers if person else dossiers.filter(SUPPORTED)
    return Figures(
        told["received"], told["complete"], told["supported"], None if few else told["spending"],
        None if few else told["aid"],
        None if person is None else told["proposed"], None if person is None else told["advised"],
        None if person is None and told["supported"] < LEAST_PUBLISHED else told["voted"],
        None if few or told["wait"] is None else told["wait"].days,
        None if few else _days_until("examine", dossiers), None if few else _days_until("vote", dossiers),
        None if few else _days_until("notify", dossiers),
        [] if few else _departements(dossiers), _places(shown), [] if person is None else _states(dossiers),
    )  # fmt: skip


def _days_until(act: str, dossiers: Any) -> int | None:
    """Days from the filing to the last time that ``act`` was done, on average, from the journal."""
    rows = Entry.objects.filter(act=act, subject__in=dossiers.values("subject")).order_by("subject", "n")
    done = dict(rows.values_list("subject_id", "at"))
    filed = dict(dossiers.filter(subject__in=list(done)).values_list("subject_id", "filed_at"))
    waits = [(done[key] - since).days for key, since in filed.items() if since]
    return sum(waits) // len(waits) if waits else None


def _departements(dossiers: Any) -> list[tuple[str, int]]:
    rows = dossiers.values("organisation__commune__departement").annotate(n=Count("pk"))
    return list(
        rows.order_by("-n", "organisation__commune__departement").values_list("organisation__commune__departement", "n")
    )


def _places(dossiers: Any) -> list[tuple[float, float]]:
    rows = Party.objects.filter(dossier__in=dossiers.values("pk"), commune__isnull=False)
    found: Iterable[tuple[float, float]] = (
        rows.order_by("commune").values_list("commune__lon", "commune__lat").distinct()
    )
    return list(found)


def _states(dossiers: Any) -> list[tuple[str, int]]:
    rows = dict(dossiers.values("state").annotate(n=Count("pk")).order_by("state").values_list("state", "n"))
    return [(str(DOSSIER.states[state]), rows[state]) for state in State if state in rows]
