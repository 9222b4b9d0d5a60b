"""Acts that change a published call without touching its edition: each an amendment with its reason."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes.actions.publishing import date
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.editions import actions as editions
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.rules.figures import shown_instant
from escale.rules.refusal import Refused
from escale.rules.scheme import trial
from escale.rules.scheme.amending import layered
from escale.rules.scheme.document import read_scheme
from escale.rules.scheme.format.words import moment


def amend(
    scheme: Scheme, act: str, payload: dict[str, Any], *, reason: str, by: Person | None, at: datetime,
    reference: str = "",
) -> None:  # fmt: skip
    """Does ``act`` with its reason and layers ``payload`` on the edition; the lists follow in the same transaction.

    Raises ``Refused`` when a new closing does not move in the direction of the act, or when a corrected
    text could not have been published.
    """
    with transaction.atomic():
        record.lock(scheme)
        record.check(scheme, act, by=by, at=at)
        _check(scheme, payload, at)
        record.perform(scheme, act, by=by, at=at, note=reason, data=payload)
        assert scheme.edition is not None
        # A call is held back and opened as a whole: drafts begun on an older version too.
        whole = payload["kind"] in ("suspend", "resume")
        for edition in scheme.series.editions.all() if whole else [scheme.edition]:
            editions.amend(edition, payload, reason=reason, by=by, at=at, act=reference)
        date(scheme)
        scheme.save(update_fields=["opens_at", "closes_at", "windows", "late_goes_on"])


def change(scheme: Scheme, act: str, *, reason: str, by: Person, at: datetime, reference: str = "") -> None:
    """Suspends or resumes: the public reads why on the page of the call."""
    amend(scheme, act, {"kind": act}, reason=reason, by=by, at=at, reference=reference)


def _check(scheme: Scheme, payload: dict[str, Any], at: datetime) -> None:
    assert scheme.edition is not None
    kind, amendments = payload["kind"], tuple(one.payload for one in scheme.edition.amendments.all())
    document = json.loads(scheme.edition.document)
    if kind in ("prolong", "close"):
        _check_closing(trial.load(document, amendments), payload, at)
    elif kind in ("erratum", "envelope"):
        _amended, problems = read_scheme(layered(document, (*amendments, payload)))
        if problems:
            sentence = _("Ce changement ne peut pas être publié : {why}")
            raise Refused("not_publishable", sentence.format(why=problems[0].message))


def _check_closing(edition: trial.Edition, payload: dict[str, Any], at: datetime) -> None:
    """A prolongation closes later than now foreseen, an early end sooner; neither in the past."""
    windows = edition.calendar.windows
    window = next((one for one in windows if one.code == payload.get("wave")), windows[-1])
    until = moment(payload["until"], end=True)
    if window.closes is None and payload["kind"] == "prolong":
        raise Refused("no_deadline", _("L’appel est ouvert sans date limite : il n’y a rien à prolonger."))
    foreseen = shown_instant(window.closes) if window.closes else ""
    if payload["kind"] == "prolong" and window.closes and until <= window.closes:
        sentence = _("L’appel ferme déjà le {when} : indiquez une date plus tardive.")
        raise Refused("not_later", sentence.format(when=foreseen))
    if payload["kind"] == "close" and window.closes and until >= window.closes:
        sentence = _("L’appel ferme le {when} : indiquez une date plus proche.")
        raise Refused("not_sooner", sentence.format(when=foreseen))
    if until < at:
        raise Refused("in_the_past", _("Cette date est passée : indiquez une date à venir."))
