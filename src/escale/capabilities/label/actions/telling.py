"""Writing to a place's people about its label."""

from datetime import datetime
from typing import Any

from django.conf import settings

from escale.capabilities.label.models import Label
from escale.capabilities.label.queries import people
from escale.foundation.post.actions import write
from escale.rules.figures import shown_day, shown_instant


def tell(label: Label, letter: str, *, at: datetime, key: str = "", leads: bool = False, **more: Any) -> None:
    """One mail a person: the place's people, the heads of service too with ``leads``. ``key``: once for ever."""
    told = people.keepers(label.place, at) + (people.leads(at) if leads else [])
    context = {
        "place": label.place.name, "title": label.referential.title, "act": label.act_reference,
        "since": shown_day(people.paris(label.since)), "until": shown_instant(people.last_instant(label.until)),
        "base_url": settings.ESCALE_BASE_URL, "path": label.get_absolute_url(), "check": f"/verifier/{label.code}/", **more,
    }  # fmt: skip
    for person in {one.pk: one for one in told}.values():
        write(person, f"label/{letter}", context, about=label.subject, at=at, key=f"{key}-{person.pk}" if key else "")
