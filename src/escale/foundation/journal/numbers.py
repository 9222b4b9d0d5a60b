"""Numbers without two alike: one row a series, locked for the length of the caller's transaction."""

from django.db import transaction

from escale.foundation.journal.models import Counter


def following(series: str) -> int:
    """The next number of the series, from 1. Numbers of transactions that failed are used again."""
    with transaction.atomic():
        Counter.objects.bulk_create([Counter(series=series)], ignore_conflicts=True)
        row = Counter.objects.select_for_update().get(pk=series)
        row.value += 1
        row.save(update_fields=["value"])
        return row.value


def hold(series: str) -> None:
    """Locks the series until the end of the caller's transaction, taking no number: others wait for what it decides."""
    Counter.objects.bulk_create([Counter(series=series)], ignore_conflicts=True)
    Counter.objects.select_for_update().get(pk=series)
