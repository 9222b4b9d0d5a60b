"""Personal data whose time is over: purged each day by rule, each purge a line of the Region's journal."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from escale.foundation.journal import record
from escale.foundation.journal.models import Counter
from escale.foundation.organisations.actions.members import leave_closed
from escale.foundation.organisations.actions.region import end_mandate, region
from escale.foundation.organisations.models import Invitation, Mandate
from escale.foundation.people.models import Person
from escale.rules.figures import PARIS

#: A rule: what was finished before the first instant goes at the second; gives how many.
type Rule = Callable[[datetime, datetime], int]
SERIES = "purge-day"


def purge_due(at: datetime) -> dict[str, int]:
    """Purges once a day of Paris, whoever asks first; gives what was purged by rule."""
    today = at.astimezone(PARIS).toordinal()
    Counter.objects.bulk_create([Counter(series=SERIES)], ignore_conflicts=True)
    if not Counter.objects.filter(series=SERIES, value__lt=today).update(value=today):
        return {}
    return purge(at)


def purge(at: datetime) -> dict[str, int]:
    """Applies every rule of ``settings.ESCALE_RETENTION`` (days by rule, 0: for ever). What was purged is written
    in the Region's journal: the rule, the day before which, how many; never whom.
    """
    rules: dict[str, Rule] = import_string(settings.ESCALE_PURGE)
    done: dict[str, int] = {}
    for name, rule in rules.items():
        days = settings.ESCALE_RETENTION[name]
        if days <= 0:
            continue
        before = at - timedelta(days=days)
        with transaction.atomic():
            count = rule(before, at)
            if count:
                data = {"rule": name, "before": before.date().isoformat(), "count": count}
                record.perform(region(at), "purge", by=None, at=at, data=data)
        done[name] = count
    return done


def forget_invitations(before: datetime, at: datetime) -> int:
    """Blanks the address of invitations that were answered or expired, sent before ``before``."""
    old = Invitation.objects.filter(invited_at__lt=before).exclude(state="pending").exclude(email="")
    return old.update(email="")


def let_go(person: Person, by_clock: bool, at: datetime) -> None:
    """A closed account leaves its organisations and its mandates. Refused for the last owner beside colleagues and
    for the last administrator.
    """
    leave_closed(person, by_clock=by_clock, at=at)
    held = Mandate.objects.filter(person=person).exclude(until__lte=at).select_related("person", "service")
    for mandate in held.order_by("pk"):
        end_mandate(mandate, at=at, by=None)
