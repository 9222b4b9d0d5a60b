"""The mails that someone received, in their takeout."""

from datetime import datetime

from django.db.models import Q

from escale.foundation.people.models import Person
from escale.foundation.people.takeout import Takeout
from escale.foundation.post.models import Mail


def of_person(takeout: Takeout, person: Person, at: datetime) -> None:
    """Every mail kept for the person or their address; a sign-in code was never kept."""
    mails = Mail.objects.filter(Q(person=person) | Q(to=person.email)).filter(holds_secret=False).order_by("pk")
    takeout.tell("courriels", list(mails.values("to", "subject", "text", "written_at", "sent_at", "status")))
