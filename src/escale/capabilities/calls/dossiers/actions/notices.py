"""What is announced to those who fill drafts: a closing near, a closing moved, a text amended, an expiry. Once each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from escale.capabilities.calls.dossiers.actions import life
from escale.capabilities.calls.dossiers.models import Dossier, Notice
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.dossiers.queries import lists, readiness, terms
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.editions.models import Edition
from escale.foundation.journal.models import Entry
from escale.foundation.organisations import queries as organisations
from escale.foundation.post import actions as post
from escale.rules.refusal import Refused


def due(at: datetime) -> None:
    """Everything that the clock owes to drafts at ``at``. Safe to do again, by several machines at once."""
    remind(at)
    announce_expiries(at)
    expire(at)


def remind(at: datetime) -> int:
    """Recalls a closing 15 and 3 days before it to those who fill; gives how many drafts were told.

    A draft begun after that day, or told of a prolongation since, is not told late; when the site was down, only the
    nearer reminder is sent.
    """
    told = 0
    drafts = Dossier.objects.filter(state=State.DRAFT)
    for scheme in Scheme.objects.filter(pk__in=drafts.values("scheme")).select_related("edition").order_by("pk"):
        closes = terms.closing(scheme, at)
        passed = [days for days in terms.REMINDERS if closes and terms.days_from(closes, -days) <= at]
        if closes is None or not passed:
            continue
        day = min(passed)
        due = terms.days_from(closes, -day)
        told_since = Notice.objects.filter(kind="prolonged", about_at__gt=due).values("dossier")
        mine = drafts.filter(scheme=scheme, created_at__lt=due).exclude(pk__in=told_since)
        for dossier in _not_told(mine, f"reminder-{day}", closes):
            told += _tell(dossier, f"reminder-{day}", closes, "dossiers/reminder", _missing(dossier, at), at)
    return told


def announce_expiries(at: datetime) -> int:
    """Says 15 days before that a draft nobody touched will expire."""
    told = 0
    for dossier in _untouched(at, less=terms.EXPIRY_NOTICE):
        when = terms.expiry(dossier)
        if not Notice.objects.filter(dossier=dossier, kind="expiry", about_at=when).exists():
            told += _tell(dossier, "expiry", when, "dossiers/expiry", {"day": when}, at)
    return told


def expire(at: datetime) -> int:
    """Ends the drafts that waited for too long, and says so."""
    ended = 0
    for dossier in _untouched(at):
        when = terms.expiry(dossier)
        try:
            with transaction.atomic():
                life.expire(dossier, at=at)
                _tell(dossier, "expired", when, "dossiers/expired", {"days": terms.draft_days(dossier.edition)}, at)
        except Refused:  # someone wrote in it, or another machine ended it, just now
            continue
        ended += 1
    return ended


def tell_prolongation(entry: Entry, at: datetime) -> int:
    """Tells those who fill a draft of the call that it closes later, with the reason."""
    scheme = Scheme.objects.select_related("edition").get(subject=entry.subject_id)
    if scheme.closes_at is None:
        return 0
    context = {"until": scheme.closes_at, "reason": entry.note}
    drafts = _not_told(Dossier.objects.filter(state=State.DRAFT, scheme=scheme), "prolonged", entry.at)
    return sum(_tell(one, "prolonged", entry.at, "dossiers/prolonged", context, at) for one in drafts)


def tell_amended(entry: Entry, at: datetime) -> int:
    """Tells those who fill a draft on an older text that the call has a newer one to look at."""
    scheme = Scheme.objects.get(subject=entry.subject_id)
    older = Dossier.objects.filter(state=State.DRAFT, scheme=scheme).exclude(edition=scheme.edition_id)
    drafts = _not_told(older, "amended", entry.at)
    return sum(_tell(one, "amended", entry.at, "dossiers/amended", {}, at) for one in drafts)


def _not_told(drafts: "QuerySet[Dossier]", kind: str, about: datetime) -> "QuerySet[Dossier]":
    known = Notice.objects.filter(kind=kind, about_at=about).values("dossier")
    found = lists.whole().filter(pk__in=drafts.values("pk")).exclude(pk__in=known)
    return found.order_by("pk")


def _untouched(at: datetime, less: int = 0) -> Iterable[Dossier]:
    """Drafts whose last change is as old as their text lets them wait, less some days."""
    drafts = lists.whole().filter(state=State.DRAFT)
    old = Q(pk__in=[])
    for edition in Edition.objects.filter(pk__in=drafts.values("edition")).order_by("pk"):
        limit = terms.days_from(at, less - terms.draft_days(edition))
        old |= Q(edition=edition, touched__lte=limit)
    touched = Coalesce("sheet__changed_at", "created_at")
    return drafts.annotate(touched=touched).filter(old).order_by("pk")


def _missing(dossier: Dossier, at: datetime) -> dict[str, Any]:
    gaps = readiness.prepare(dossier, at).gaps
    return {"missing": [gap.sentence for gap in gaps[:5]], "more": max(0, len(gaps) - 5)}


def _tell(
    dossier: Dossier, kind: str, about: datetime, letter: str, context: dict[str, Any], at: datetime
) -> bool:  # fmt: skip
    """One notice: its row, then a mail to each who fills, in one transaction. False when it was told already."""
    with transaction.atomic():
        row = Notice(dossier=dossier, kind=kind, about_at=about, at=at)
        before = Notice.objects.filter(dossier=dossier, kind=kind, about_at=about).exists()
        Notice.objects.bulk_create([row], ignore_conflicts=True)
        if before:
            return False
        known = {
            "number": dossier.number,
            "call": dossier.scheme.title,
            "organisation": dossier.organisation.name,
            "about": about,
            "path": dossier.get_absolute_url(),
            **context,
        }
        for member in organisations.members_of(dossier.organisation, at).filter(role__in=("owner", "editor")):
            key = f"{kind}-{dossier.number}-{about.isoformat()}-{member.person_id}"
            post.write(member.person, letter, known, about=dossier.subject, at=at, key=key)
    return True
