"""The envelopes of a call: what the call says, as acts changed it, less what votes already took."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from escale.capabilities.calls.committee.models import Item, Share, Sitting, VoteLine
from escale.capabilities.calls.committee.policy import VoteState
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.schemes.models import Scheme
from escale.rules import allocation
from escale.rules.money import cents_of, share_out


@dataclass(frozen=True)
class Purse:
    """One envelope, in cents: ``amount_cents`` as the call says now, ``taken_cents`` by recorded votes."""

    code: str
    label: str
    amount_cents: int
    taken_cents: int
    reserve_cents: int
    funder: str
    budget_line: str
    wave: str
    project_types: tuple[str, ...]
    departements: tuple[str, ...]

    @property
    def available_cents(self) -> int:
        """What votes left in it, the reserve included."""
        return self.amount_cents - self.taken_cents

    def rule(self, amount_cents: int | None = None, reserve_cents: int | None = None) -> allocation.Envelope:
        """As the simulation reads it, with another amount or reserve when a hypothesis says so."""
        return allocation.Envelope(
            self.code, self.available_cents if amount_cents is None else amount_cents,
            frozenset(self.project_types), frozenset(self.departements),
            self.reserve_cents if reserve_cents is None else reserve_cents,
            frozenset([self.wave]) if self.wave else frozenset(),
        )  # fmt: skip


def purses(scheme: Scheme) -> list[Purse]:
    """The envelopes of a call in its order. Three queries."""
    document = call_of(scheme.edition).document if scheme.edition else {}
    rows: list[dict[str, Any]] = document.get("envelopes", [])
    taken = taken_by(scheme) if rows else {}
    names = {one["code"]: one["label"] for one in (document.get("aid") or {}).get("funders", [])}
    return [
        Purse(
            one["code"], one["label"], cents_of(str(one["amount"])), taken.get(one["code"], 0),
            cents_of(str(one.get("reserve", "0"))), names.get(one.get("funder", ""), one.get("funder", "")),
            one.get("budget_line", ""), one.get("wave", ""), tuple(one.get("project_types", [])),
            tuple(one.get("departements", [])),
        )
        for one in rows
    ]  # fmt: skip


def taken_by(scheme: Scheme) -> dict[str, int]:
    """By envelope: what recorded votes took, less what came back (in proportion of each award's parts)."""
    rows = Share.objects.filter(line__vote__state=VoteState.RECORDED, line__dossier__scheme=scheme)
    found = dict(rows.values("envelope").annotate(n=Sum("cents")).order_by("envelope").values_list("envelope", "n"))
    lines = VoteLine.objects.filter(vote__state=VoteState.RECORDED, dossier__scheme=scheme, releases__isnull=False)
    for line in lines.distinct().prefetch_related("shares", "releases").order_by("pk"):
        shares = list(line.shares.all())
        back = share_out(sum(one.cents for one in line.releases.all()), [one.cents for one in shares])
        for share, cents in zip(shares, back, strict=True):
            found[share.envelope] = found.get(share.envelope, 0) - cents
    return found


def schemes_of(sitting: Sitting) -> list[Scheme]:
    """The calls whose dossiers the sitting looks at, by title."""
    keys = Item.objects.filter(sitting=sitting).values("dossier__scheme")
    return list(Scheme.objects.filter(pk__in=keys).select_related("edition").order_by("title", "pk"))


def figures(sitting: Sitting) -> dict[str, dict[str, int]]:
    """What each envelope of the sitting's calls has to give now, in cents: key of the call → code → cents."""
    return {
        scheme.key: {purse.code: purse.available_cents for purse in purses(scheme)} for scheme in schemes_of(sitting)
    }


@dataclass(frozen=True)
class Moved:
    """An envelope that is no longer what the session works with (None: it was, or is, not there)."""

    call: str
    label: str
    before_cents: int | None
    after_cents: int | None


def moved(sitting: Sitting) -> list[Moved]:
    """What changed since the session took its figures; empty before it opens, and once it is over: a vote that
    draws on the envelope afterwards is no surprise to it.
    """
    if sitting.state != "open":
        return []
    found = []
    for scheme in schemes_of(sitting):
        now = {purse.code: purse for purse in purses(scheme)}
        seen: dict[str, int] = sitting.figures.get(scheme.key, {})
        for code in sorted({*now, *seen}):
            before, purse = seen.get(code), now.get(code)
            after = purse.available_cents if purse else None
            if before != after:
                found.append(Moved(scheme.title, purse.label if purse else code, before, after))
    return found
