"""The daily seal: one digest over the head of every subject as it stood at the end of a day in Paris."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from escale.foundation.journal import chain
from escale.foundation.journal.models import Entry, Seal

PARIS = ZoneInfo("Europe/Paris")
#: A day is sealed this long after its end: what was being written at midnight has then been written.
GRACE = timedelta(hours=1)


def heads_at_end_of(day: date, last_entry: int) -> list[tuple[str, str, int, str]]:
    """(kind, number, length, head) of every subject with an entry before the day was over, sorted.

    Only entries up to ``last_entry`` (their primary key) are looked at.
    """
    over = datetime.combine(day + timedelta(days=1), time(), PARIS)
    covered = Entry.objects.filter(at__lt=over, pk__lte=last_entry)
    newest = covered.values("subject").annotate(last=Max("n")).order_by("subject")
    lengths = dict(newest.values_list("subject", "last"))
    rows = covered.order_by("pk").values_list("subject", "subject__kind", "subject__number", "n", "hash")
    return sorted((kind, number, n, head) for pk, kind, number, n, head in rows.iterator() if lengths[pk] == n)


def seal_due(*, at: datetime) -> list[Seal]:
    """Makes the seals of all days that are over and not sealed yet. Safe to do twice, by two workers too."""
    today = (at - GRACE).astimezone(PARIS).date()
    newest = Seal.objects.order_by("-day").first()
    first = Entry.objects.order_by("at").values_list("at", flat=True).first()
    if first is None:
        return []
    day = newest.day + timedelta(days=1) if newest else first.astimezone(PARIS).date()
    made = []
    while day < today:
        made.append(_seal(day, newest.digest if newest else "", at))
        newest, day = made[-1], day + timedelta(days=1)
    return made


def _seal(day: date, previous: str, at: datetime) -> Seal:
    last_entry = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    heads = heads_at_end_of(day, last_entry)
    with transaction.atomic():
        row, _made = Seal.objects.get_or_create(
            day=day,
            defaults={
                "subjects": len(heads),
                "last_entry": last_entry,
                "digest": chain.seal_digest(day=day.isoformat(), heads=heads, previous=previous),
                "previous": previous,
                "made_at": at,
            },
        )
    return row
