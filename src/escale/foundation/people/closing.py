"""Closing an account: personal data blanked, traces kept; what belongs to organisations stays theirs."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.module_loading import import_string

from escale.foundation.people import mailing
from escale.foundation.people.models import Person, Proof, Session
from escale.rules.refusal import Refused

#: Between the mail that warns and the closing of an account that nobody uses.
WARNING = timedelta(days=30)
BATCH = 500
type Closer = Callable[[Person, bool, datetime], None]


def close(person: Person, *, at: datetime, by_clock: bool = False) -> None:
    """Closes the account for good and tells its address a last time.

    Every service first lets go of the person (``settings.ESCALE_CLOSING``) and may refuse, with what to do before.
    The address is freed: signing in with it later makes a new account.
    """
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        if not row.is_active:
            return
        closers: list[Closer] = import_string(settings.ESCALE_CLOSING)
        for let_go in closers:
            let_go(row, by_clock, at)
        mailing.write(row.email, "people/account_closed", {"name": row.get_full_name()}, at=at, language=row.language)
        Proof.objects.filter(Q(email=row.email) | Q(person=row)).delete()
        Session.objects.filter(person=row).delete()
        row.email, row.name, row.phone = f"ferme-{row.key.hex}@escale.invalid", "", ""
        row.set_unusable_password()
        row.is_active, row.closed_at = False, at
        row.save(update_fields=["email", "name", "phone", "password", "is_active", "closed_at"])


def close_unused(before: datetime, at: datetime) -> int:
    """Warns whoever has not signed in since ``before``, and closes what was warned thirty days ago and stayed unused.

    An account that may not be closed (the only owner left beside colleagues) stays. Gives how many were closed.
    """
    used = Person.objects.filter(is_active=True).annotate(used_at=Coalesce("last_login", "created_at"))
    unused = used.filter(used_at__lt=before).order_by("pk")
    for person in unused.filter(warned_at__isnull=True)[:BATCH]:
        context = {
            "name": person.get_full_name(),
            "days": WARNING.days,
            "link": f"{settings.ESCALE_BASE_URL}/connexion/",
        }
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).update(warned_at=at)
            mailing.write(person, "people/account_unused", context, at=at)
    closed = 0
    for person in unused.filter(warned_at__lte=at - WARNING)[:BATCH]:
        try:
            close(person, at=at, by_clock=True)
            closed += 1
        except Refused:
            continue
    return closed
