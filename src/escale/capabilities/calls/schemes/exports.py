"""Calls in a calendar: when they open, when they close. What is known of a person around calls."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from escale.capabilities.calls.schemes.models import Question, Scheme, Subscriber
from escale.foundation.people.models import Person
from escale.foundation.people.takeout import Takeout
from escale.rules.scheme.format.words import PARIS


def calendar(schemes: Iterable[Scheme], at: datetime) -> bytes:
    """An iCalendar file: one event an opening and one a closing for each wave, in Europe/Paris."""
    out = Calendar()
    out.add("prodid", "-//Escale//Appels//FR")
    out.add("version", "2.0")
    out.add("x-wr-calname", _("Appels de la Région"))
    for scheme in schemes:
        for rank, window in enumerate(scheme.timing.periods):
            for mark, name, instant in zip(("opens", "closes"), (_("Ouverture"), _("Clôture")), window, strict=True):
                if instant is not None:
                    out.add_component(_event(scheme, f"{mark}-{rank}", name, instant, at))
    out.add_missing_timezones()
    return bytes(out.to_ical())


def _event(scheme: Scheme, mark: str, name: str, instant: datetime, at: datetime) -> Event:
    event, local = Event(), instant.astimezone(PARIS)
    event.add("uid", f"{scheme.key}-{mark}@escale")
    event.add("dtstamp", at)
    event.add("dtstart", local.replace(second=0, microsecond=0))
    event.add("dtend", local.replace(second=0, microsecond=0) + timedelta(minutes=1))
    event.add("summary", f"{name} : {scheme.title}")
    event.add("url", f"{settings.ESCALE_BASE_URL}{scheme.get_absolute_url()}")
    return event


def of_person(takeout: Takeout, person: Person, at: datetime) -> None:
    """The questions that wait for an answer under the person's address, the openings that it is to be told."""
    asked = Question.objects.filter(email__iexact=person.email).order_by("pk")
    takeout.tell("questions", list(asked.values("scheme__title", "text", "state", "asked_at")))
    told = Subscriber.objects.filter(email__iexact=person.email).order_by("pk")
    takeout.tell("ouvertures", list(told.values("scheme__title", "asked_at", "confirmed_at", "told_for")))
