"""Cases kept with a draft: what they must give is checked before publishing."""

from datetime import datetime
from typing import Any

from django.db import transaction

from escale.capabilities.calls.schemes.models import SampleCase, Scheme
from escale.foundation.journal import record
from escale.foundation.people.models import Person


def keep_case(
    scheme: Scheme, name: str, case: dict[str, Any], *, verdict: str, total_cents: int | None, by: Person, at: datetime,
) -> SampleCase:  # fmt: skip
    """Keeps a case under its name, in place of the one that had it."""
    with transaction.atomic():
        record.perform(scheme, "keep-case", by=by, at=at, note=name)
        values = {"case": case, "verdict": verdict, "total_cents": total_cents, "by": by, "at": at}
        sample, _made = SampleCase.objects.update_or_create(scheme=scheme, name=name, defaults=values)
    return sample


def drop_case(scheme: Scheme, sample: SampleCase, *, by: Person, at: datetime) -> None:
    """A case is kept no more."""
    with transaction.atomic():
        record.perform(scheme, "drop-case", by=by, at=at, note=sample.name)
        sample.delete()
