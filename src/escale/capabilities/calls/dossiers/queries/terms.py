"""Until when: the closing that a draft must meet, the day it expires, the answer that a filed dossier awaits."""

from datetime import datetime, timedelta
from typing import Any

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.schemes import queries as schemes
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.editions.models import Edition
from escale.rules.figures import PARIS
from escale.rules.period import months_after

#: How long a draft waits untouched when its call does not say (``clocks.draft_days``).
DRAFT_DAYS = 365
#: How long before they happen a closing is recalled and an expiry announced, in days.
REMINDERS = (15, 3)
EXPIRY_NOTICE = 15


def draft_days(edition: Edition) -> int:
    """Days that a draft of this edition may stay untouched."""
    return int(call_of(edition).document.get("clocks", {}).get("draft_days") or DRAFT_DAYS)


def expiry(dossier: Dossier) -> datetime:
    """When a draft expires: so many days after its last change."""
    touched = dossier.sheet.changed_at or dossier.created_at
    return days_from(touched, draft_days(dossier.edition))


def days_from(at: datetime, days: int) -> datetime:
    """The same hour in Paris ``days`` days later (or earlier): a night when clocks change has no effect."""
    local = at.astimezone(PARIS)
    return (local.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=PARIS)


def closing(scheme: Scheme, at: datetime) -> datetime | None:
    """When the window open at ``at`` closes, prolongations counted; None when none is open or it never closes."""
    if scheme.edition is None or scheme.phase(at) != "open":
        return None
    window = schemes.ready(scheme).calendar.window_at(at)
    return window.closes if window else None


def answer_due(document: dict[str, Any], filed_at: datetime) -> dict[str, datetime]:
    """What the call promises of its own delays: ``complete`` (is it complete?) and ``decision``, where it says so."""
    clocks, day = document.get("clocks", {}), filed_at.astimezone(PARIS)
    found = {}
    if days := clocks.get("completeness_days"):
        found["complete"] = days_from(filed_at, int(days))
    if months := clocks.get("decision_months"):
        last = months_after(day.date(), int(months))
        found["decision"] = day.replace(year=last.year, month=last.month, day=last.day)
    return found
