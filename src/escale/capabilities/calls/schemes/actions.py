"""Writes of schemes: publish a document, prolong, close early, suspend."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.editions import actions as editions
from escale.foundation.editions.models import Edition
from escale.foundation.journal import record
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person
from escale.foundation.territory.names import fold
from escale.rules.scheme import trial
from escale.rules.scheme.document import read_scheme
from escale.rules.shape.problem import Problem

KIND = "scheme"


def publish(document: dict[str, Any], *, by: Person | None, at: datetime) -> tuple[Scheme, Edition, bool]:
    """Freezes a canonical document and makes it the edition in force. True when the edition is new."""
    with transaction.atomic():
        edition, created = editions.publish(KIND, document, by=by, at=at)
        scheme = Scheme.objects.filter(key=document["key"]).first()
        if scheme is None:
            scheme = Scheme(key=document["key"], series=edition.series, title=document["title"])
            number, address = scheme.key, scheme.get_absolute_url()
            record.begin(scheme, number=number, title=scheme.title, address=address, by=by, at=at)
        if created or scheme.edition_id != edition.pk:
            _describe(scheme, document)
            scheme.edition = edition
            _date(scheme)
            scheme.save()
            record.perform(scheme, "publish", by=by, at=at, data={"edition": edition.n, "sha256": edition.sha256})
    return scheme, edition, created


def amend(
    scheme: Scheme,
    act: str,
    payload: dict[str, Any],
    *,
    reason: str,
    by: Person | None,
    at: datetime,
    reference: str = "",
) -> None:
    """Prolongs or closes early by an act with its reason; the lists follow in the same transaction."""
    with transaction.atomic():
        record.perform(scheme, act, by=by, at=at, note=reason, data=payload)
        assert scheme.edition is not None
        editions.amend(scheme.edition, payload, reason=reason, by=by, at=at, act=reference)
        _date(scheme)
        scheme.save(update_fields=["opens_at", "closes_at"])


def read(tree: Any) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The canonical document of a tree, and its problems."""
    return read_scheme(tree)


def _describe(scheme: Scheme, document: dict[str, Any]) -> None:
    """Copies what lists show and filters ask."""
    who = document.get("who", {})
    forms = who.get("legal_forms", [])
    scheme.title, scheme.summary, scheme.kind = document["title"], document["summary"], document["kind"]
    scheme.funds, scheme.audiences = _bars(document.get("funds", [])), _bars(forms)
    scheme.themes = _bars(one["code"] for one in document.get("themes", []))
    scheme.departements = _bars((who.get("perimeter") or {}).get("departements", []))
    scheme.service = Service.objects.filter(key=document.get("service", "")).first()
    labels = [one["label"] for one in [*document.get("themes", []), *document.get("project_types", [])]]
    scheme.words = fold(" ".join([scheme.title, scheme.summary, *labels, *document.get("tags", [])]))


def _bars(words: Any) -> str:
    listed = list(words)
    return f"|{'|'.join(listed)}|" if listed else ""


def _date(scheme: Scheme) -> None:
    """Opening and closing as amended, for lists; pages ask the edition itself."""
    assert scheme.edition is not None
    payloads = tuple(one.payload for one in scheme.edition.amendments.all())
    ready = trial.load(json.loads(scheme.edition.document), payloads)
    scheme.opens_at, scheme.closes_at = ready.calendar.opens, ready.calendar.closes
