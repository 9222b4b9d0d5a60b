"""Drafts: the schemes a person prepares, what is being written of each, and what is wrong with it."""

import json
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes.models import Scheme
from escale.capabilities.calls.schemes.policy import QuestionState, State
from escale.capabilities.calls.schemes.queries.dialect import DIALECT
from escale.foundation.editions import typed
from escale.foundation.editions.differences import Difference, differences
from escale.foundation.editions.models import Draft, DraftStep, Edition
from escale.foundation.editions.saying import Saying
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person
from escale.rules.figures import shown_instant
from escale.rules.scheme.format.whole import SCHEME
from escale.rules.scheme.format.words import INSTANT
from escale.rules.shape.places import places
from escale.rules.shape.reading import read
from escale.rules.shape.scalar import Day


def services_of(person: Person, at: datetime) -> "QuerySet[Service]":
    """The services in which the person prepares schemes."""
    return Service.objects.filter(pk__in=organisations.services_of(person, at)).order_by("name")


def prepared_by(person: Person, at: datetime) -> "QuerySet[Scheme]":
    """The schemes of the person's services, those in preparation first; ``asked``: questions that wait."""
    mine = Scheme.objects.filter(service__in=organisations.services_of(person, at)).exclude(state=State.ARCHIVED)
    written = Exists(Draft.objects.filter(series=OuterRef("series")))
    asked = Count("questions", filter=Q(questions__state=QuestionState.ASKED))
    return mine.annotate(written=written, asked=asked).select_related("service").order_by("state", "title", "pk")


def draft_of(scheme: Scheme) -> tuple[dict[str, Any], int]:
    """What is being written and its revision; the document in force, revision 0, when nothing is."""
    draft = Draft.objects.filter(series=scheme.series_id).first()
    if draft is not None:
        return draft.document, draft.rev
    return (json.loads(scheme.edition.document) if scheme.edition else {}), 0


def steps_of(scheme: Scheme) -> list[DraftStep]:
    """The saves that can be undone, the last first."""
    return list(DraftStep.objects.filter(draft__series=scheme.series_id).select_related("by").defer("document"))


def years_later(tree: dict[str, Any], years: int) -> dict[str, Any]:
    """The same draft, its dates ``years`` later: calendar, waves and years of the budget that it names."""
    out: dict[str, Any] = json.loads(json.dumps(tree))
    for steps, kind, value in places(SCHEME, read(SCHEME, out)[0] or {}):
        if kind is INSTANT or isinstance(kind, Day):
            typed.put(out, steps, _later(str(value), years))
        elif steps[-2:-1] == ["years"] and isinstance(value, int):
            typed.put(out, steps, value + years)
    return out


def _later(text: str, years: int) -> str:
    year, month_day, rest = text[:4], text[4:10], text[10:]
    return f"{int(year) + years}{'-02-28' if month_day == '-02-29' else month_day}{rest}"


def compared_with(scheme: Scheme) -> tuple[dict[str, Any] | None, str]:
    """The document that a draft is compared with, and its name: the version in force, else the call it was made from."""
    if scheme.edition is not None:
        name = _("la version en vigueur, publiée le {when}").format(when=shown_instant(scheme.edition.published_at))
        return json.loads(scheme.edition.document), name
    draft = Draft.objects.filter(series=scheme.series_id).select_related("origin").first()
    if draft is None or draft.origin is None:
        return None, ""
    document = json.loads(draft.origin.document)
    return document, _("l’appel « {title} » dont il part").format(title=document["title"])


def changes(before: dict[str, Any], tree: dict[str, Any]) -> list[Difference]:
    """What a draft changes of a document, in words; the address and the service are not compared."""
    after = read(SCHEME, json.loads(json.dumps(tree)))[0] or {}
    return differences(SCHEME, before, after, saying=Saying(DIALECT, tree), leaving=("schema", "key", "service"))


def editions_told(scheme: Scheme) -> list[tuple[Edition, list[Difference]]]:
    """Every published version, the newest first, and what each changed of the one before it."""
    found: list[tuple[Edition, list[Difference]]] = []
    before: dict[str, Any] | None = None
    for edition in scheme.series.editions.order_by("n"):
        document = json.loads(edition.document)
        found.append((edition, changes(before, document) if before is not None else []))
        before = document
    return found[::-1]
