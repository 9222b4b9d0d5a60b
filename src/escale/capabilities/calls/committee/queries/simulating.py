"""What-ifs on the envelopes of a call: the rules' simulation on the committee's own ranking."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Simulation, Sitting
from escale.capabilities.calls.committee.queries.envelopes import Purse, purses
from escale.capabilities.calls.committee.queries.ranking import Place
from escale.capabilities.calls.dossiers.models import DossierVersion
from escale.capabilities.calls.schemes.models import Scheme
from escale.rules.allocation import Beyond, Candidate, Line, Outcome, Partial, Quota, Result, Settings, simulate

OUTCOMES = {
    Outcome.FUNDED: _("financé"),
    Outcome.PARTIAL: _("financé en partie"),
    Outcome.WAITING: _("liste d’attente"),
    Outcome.UNFUNDED: _("hors enveloppe"),
    Outcome.BELOW_MINIMUM: _("sous la note minimale"),
    Outcome.SET_ASIDE: _("hors classement"),
}


@dataclass(frozen=True)
class Sharing:
    """An envelope after the simulation, in cents."""

    purse: Purse
    given_cents: int
    reserve_cents: int
    spent_cents: int
    left_cents: int

    @property
    def percent(self) -> int:
        """How much of what could be shared is, from 0 to 100."""
        base = self.given_cents - self.reserve_cents
        return min(100, self.spent_cents * 100 // base) if base > 0 else 0


@dataclass(frozen=True)
class Told:
    """The simulation of one call: a line a place, in the same order; ``cut_after``: the rank after which money lacks."""

    name: str
    key: int | None
    kept: bool
    lines: tuple[Line, ...]
    sharings: tuple[Sharing, ...]
    cut_after: int | None
    spent_cents: int
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def funded(self) -> int:
        """How many get money."""
        return sum(1 for line in self.lines if line.amount_cents)


#: As a hypothesis that nobody changed: strict order, the last one in part, nobody on the waiting list.
USUAL: dict[str, Any] = {"partial": "last", "beyond": "stop", "ties": True, "waiting": 0, "envelopes": {}, "quotas": []}


def told(
    scheme: Scheme, places: Sequence[Place], settings: dict[str, Any], *, name: str = "", key: int | None = None,
    kept: bool = False,
) -> Told:  # fmt: skip
    """Simulates a call with these settings on its ranking."""
    how, known = {**USUAL, **settings}, purses(scheme)
    changed: dict[str, dict[str, int]] = how["envelopes"]
    rules = [purse.rule(**changed.get(purse.code, {})) for purse in known]
    by_kind = any(one.project_types for one in known) or any(one["axis"] == "category" for one in how["quotas"])
    result = simulate(candidates(scheme, places, by_kind=by_kind), rules, _settings(how))
    sharings = tuple(_sharing(purse, rule, result) for purse, rule in zip(known, rules, strict=True))
    return Told(name, key, kept, result.lines, sharings, result.cut_after, result.spent_cents, how)


def candidates(scheme: Scheme, places: Sequence[Place], *, by_kind: bool = True) -> list[Candidate]:
    """The dossiers as the rules read them: category the kind of project, territory the département. ``by_kind``: whether
    kinds of projects matter (they are read from what was filed).
    """
    kinds = kinds_of(places) if by_kind else {}
    return [
        Candidate(
            one.item.dossier.number, one.amount_cents, one.position, kinds.get(one.item.dossier_id, ""),
            one.item.dossier.organisation.commune.departement, 0, one.retained, one.out, one.item.dossier.wave,
        )
        for one in places
    ]  # fmt: skip


def kinds_of(places: Sequence[Place]) -> dict[int, str]:
    """By dossier: the kind of project that was filed last. One query."""
    rows = DossierVersion.objects.filter(dossier__in=[one.item.dossier_id for one in places]).order_by("dossier", "n")
    documents = dict(rows.values_list("dossier_id", "document"))
    return {key: json.loads(text)["case"].get("project_type") or "" for key, text in documents.items()}


def saved(sitting: Sitting, scheme: Scheme) -> list[Simulation]:
    """The hypotheses kept for a call, the session's own first."""
    rows = Simulation.objects.filter(sitting=sitting, scheme=scheme).select_related("by")
    return list(rows.order_by("-kept", "pk"))


def session_told(sitting: Sitting, scheme: Scheme, places: Sequence[Place]) -> Told:
    """What the session works with: the hypothesis it keeps, else the usual one."""
    own = next((one for one in saved(sitting, scheme) if one.kept), None)
    if own is None:
        return told(scheme, places, {})
    return told(scheme, places, own.settings, name=own.name, key=own.pk, kept=True)


def _settings(how: dict[str, Any]) -> Settings:
    quotas = tuple(Quota(one["axis"], one["value"], one.get("cents"), one.get("count")) for one in how["quotas"])
    return Settings(Partial(how["partial"]), Beyond(how["beyond"]), bool(how["ties"]), int(how["waiting"]), quotas)


def _sharing(purse: Purse, rule: Any, result: Result) -> Sharing:
    base = max(0, rule.amount_cents - rule.reserve_cents)
    left = result.left_cents[purse.code]
    return Sharing(purse, rule.amount_cents, rule.reserve_cents, base - left, left)
