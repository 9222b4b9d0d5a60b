"""Obtaining a thing: nobody holds one without having passed the check."""

from typing import Any

from django.db.models import QuerySet

from escale.foundation.journal import record
from escale.foundation.journal.models import Stateful
from escale.foundation.people.models import Person
from escale.rules.refusal import NoHat, Unknown
from escale.ui.routes import Request


def obtain[T: Stateful](things: "QuerySet[T]", request: Request, act: str, **lookup: Any) -> T:
    """The one thing of ``lookup`` on which the signed-in person may do ``act`` now.

    Raises ``Unknown`` (404) when there is none or the person may not read it, ``NoHat`` (403) when the
    person reads it but has no hat for the act, ``Refused`` (409) when the state or a check says no.
    """
    person, at = request.user, request.at
    thing = things.filter(**lookup).first()
    if thing is None or not isinstance(person, Person):
        raise Unknown
    if "read" in thing.POLICY.acts and not record.verdict(thing, "read", by=person, at=at):
        raise Unknown
    answer = record.verdict(thing, act, by=person, at=at)
    if not answer.has_hat:
        raise NoHat
    if not answer.allowed:
        record.check(thing, act, by=person, at=at)
    return thing
