"""Obtaining a thing: nobody holds one without having passed the check."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from escale.foundation.journal.models import Stateful, Worn
from escale.foundation.people.models import Person
from escale.foundation.prepared import Prepared
from escale.rules.policy import Verdict
from escale.rules.refusal import NoHat, Refused, Unknown
from escale.ui.routes import Request


def obtain[T: Stateful](things: "QuerySet[T] | Prepared[T, T]", request: Request, act: str, **lookup: Any) -> T:
    """The one thing of ``lookup`` on which the signed-in person may do ``act`` now. A prepared query has its slots
    filled from ``lookup``.

    Raises ``Unknown`` (404) when there is none or the person may not read it, ``NoHat`` (403) when the
    person reads it but has no hat for the act, ``Refused`` (409) when the state or a check says no.
    """
    person, at = request.user, request.at
    thing = things.first(**lookup) if isinstance(things, Prepared) else things.filter(**lookup).first()
    if thing is None or not isinstance(person, Person):
        raise Unknown
    hats = Worn(thing.hats_of(person, at))
    thing.worn = (person.pk, at, hats)
    if "read" in thing.POLICY.acts and not _verdict(thing, "read", hats, at):
        raise Unknown
    answer = _verdict(thing, act, hats, at)
    if not answer.has_hat:
        raise NoHat
    if answer.refusal is not None:
        raise Refused(answer.refusal.code, answer.refusal.message, **answer.refusal.figures)
    return thing


def _verdict(thing: Stateful, act: str, hats: Worn, at: datetime) -> Verdict:
    return thing.POLICY.verdict(act, hats=hats, thing=thing, at=at, words=thing.WORDING)
