"""Writing a scheme and publishing it: begin, save, hand over, freeze."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes.models import Scheme
from escale.capabilities.calls.schemes.policy import State
from escale.capabilities.calls.schemes.queries import cases
from escale.foundation.editions import actions as editions
from escale.foundation.editions.models import Draft, Edition
from escale.foundation.journal import record
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person
from escale.foundation.territory.names import fold
from escale.rules.refusal import Refused
from escale.rules.scheme import trial
from escale.rules.scheme.document import read_scheme
from escale.rules.scheme.format.whole import SCHEMA
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
            if scheme.state == State.SUSPENDED:
                _hold_back(scheme, edition)
            _describe(scheme, document)
            scheme.edition = edition
            date(scheme)
            scheme.save()
            record.perform(
                scheme, publishing_act(scheme), by=by, at=at, data={"edition": edition.n, "sha256": edition.sha256}
            )
    return scheme, edition, created


def _hold_back(scheme: Scheme, edition: Edition) -> None:
    """The version that replaces a suspended one is suspended by the same act, for the same reason."""
    assert scheme.edition is not None
    acts = [one for one in scheme.edition.amendments.all() if one.payload.get("kind") == "suspend"]
    if acts and not edition.amendments.filter(payload__kind="suspend").exists():
        last = acts[-1]
        editions.amend(edition, last.payload, reason=last.reason, by=last.by, at=last.at, act=last.act)


def publishing_act(scheme: Scheme) -> str:
    """A suspended call stays suspended when its text is replaced; only resuming opens it again."""
    return "replace" if scheme.state == State.SUSPENDED else "publish"


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
    scheme.theme_labels = {fold(one["label"]): one["label"] for one in document.get("themes", [])}
    scheme.perimeter = who.get("perimeter") or {}
    scheme.departements = _bars(scheme.perimeter.get("departements", []))
    scheme.service = Service.objects.filter(key=document.get("service", "")).first()
    labels = [one["label"] for one in [*document.get("themes", []), *document.get("project_types", [])]]
    scheme.words = fold(" ".join([scheme.title, scheme.summary, *labels, *document.get("tags", [])]))


def _bars(words: Any) -> str:
    listed = list(words)
    return f"|{'|'.join(listed)}|" if listed else ""


def date(scheme: Scheme) -> None:
    """Opening and closing as amended, for lists; pages ask the edition itself."""
    assert scheme.edition is not None
    payloads = tuple(one.payload for one in scheme.edition.amendments.all())
    ready = trial.load(json.loads(scheme.edition.document), payloads)
    scheme.opens_at, scheme.closes_at = ready.calendar.opens, ready.calendar.closes
    windows = [[one.isoformat() if one else None for one in (w.opens, w.closes)] for w in ready.calendar.windows]
    scheme.windows = windows if len(windows) > 1 else []
    scheme.late_goes_on = ready.calendar.next_wave


def begin(
    *, key: str, title: str, service: Service, tree: dict[str, Any], by: Person, at: datetime,
    origin: Edition | None = None,
) -> Scheme:  # fmt: skip
    """A scheme in preparation, with its draft; ``origin``: the edition it was made from. Refused when the key is taken."""
    with transaction.atomic():
        if Scheme.objects.filter(key=key).exists():
            sentence = _("L’adresse « {key} » est déjà prise par un autre appel : choisissez-en une autre.")
            raise Refused("key_taken", sentence.format(key=key))
        scheme = Scheme(key=key, series=editions.series_of(KIND, key), title=title, service=service)
        record.begin(scheme, number=key, title=title, address=scheme.get_absolute_url(), by=by, at=at)
        editions.save_draft(scheme.series, _own(scheme, tree), rev=0, by=by, at=at, origin=origin)
    return scheme


def save(scheme: Scheme, tree: dict[str, Any], *, rev: int, by: Person, at: datetime) -> Draft:
    """Keeps the draft as typed, right or not. Refused when someone else saved since ``rev``."""
    with transaction.atomic():
        record.lock(scheme)
        record.check(scheme, "edit", by=by, at=at)
        before = json.loads(scheme.edition.document) if scheme.edition else None
        draft = editions.save_draft(scheme.series, _own(scheme, tree), rev=rev, by=by, at=at, before=before)
        if scheme.edition_id is None:
            Scheme.objects.filter(pk=scheme.pk).update(title=str(tree.get("title") or scheme.key)[:200])
    return draft


def undo(scheme: Scheme, *, rev: int, by: Person, at: datetime) -> Draft:
    """Brings the draft back to what it was before its last save, step after step."""
    with transaction.atomic():
        record.lock(scheme)
        record.check(scheme, "edit", by=by, at=at)
        draft = editions.undo_draft(scheme.series, rev=rev, by=by, at=at)
        if scheme.edition_id is None:
            Scheme.objects.filter(pk=scheme.pk).update(title=str(draft.document.get("title") or scheme.key)[:200])
    return draft


def move(scheme: Scheme, act: str, *, by: Person, at: datetime, note: str = "") -> None:
    """Asks for a reading, sends back, puts away: a step without other effect."""
    record.perform(scheme, act, by=by, at=at, note=note)


def publish_draft(scheme: Scheme, *, by: Person, at: datetime) -> Edition:
    """Freezes the draft, read by someone who wrote none of it; refused while a point is to be mended."""
    with transaction.atomic():
        record.lock(scheme)
        record.check(scheme, publishing_act(scheme), by=by, at=at)
        draft = Draft.objects.select_for_update().filter(series=scheme.series_id).first()
        if draft is None:
            raise Refused("no_draft", _("Rien n’est en préparation : modifiez d’abord l’appel."))
        if draft.writers.filter(pk=by.pk).exists():
            raise Refused("second_pair_of_eyes", _own_words())
        document, problems = read_scheme(draft.document)
        if document is None:
            sentence = _("{n} points sont à revoir avant de publier. Le premier : {why}")
            raise Refused("not_ready", sentence.format(n=len(problems), why=problems[0].message))
        if said := _differing(scheme, document):
            raise Refused("cases_differ", said)
        _scheme, edition, _created = publish(document, by=by, at=at)
        draft.delete()
    return edition


def _own(scheme: Scheme, tree: dict[str, Any]) -> dict[str, Any]:
    """The draft with what its screens never change: format, address, service."""
    assert scheme.service is not None
    return {**tree, "schema": SCHEMA, "key": scheme.key, "service": scheme.service.key}


def why_not_publish(scheme: Scheme, problems: int, *, by: Person) -> str:
    """Why the person cannot publish the draft as it stands; empty when nothing is against it."""
    if not Draft.objects.filter(series=scheme.series_id).exists():
        return _("Rien n’est en préparation : modifiez d’abord l’appel.")
    if problems:
        return _("{n} points sont à revoir avant de publier.").format(n=problems)
    if Draft.objects.filter(series=scheme.series_id, writers=by).exists():
        return _own_words()
    document = read_scheme(Draft.objects.get(series=scheme.series_id).document)[0]
    return _differing(scheme, document) if document is not None else ""


def _differing(scheme: Scheme, document: dict[str, Any]) -> str:
    """Which kept case no longer gives what is expected; empty when all do."""
    found = [one for one in cases.kept(scheme.samples.all(), trial.load(document)) if not one.same]
    if not found:
        return ""
    first, sentence = (
        found[0],
        _("Le cas d’essai « {name} » donne {now} (attendu : {expected}). Corrigez l’appel, ou le cas."),
    )
    return sentence.format(name=first.sample.name, now=first.now, expected=first.expected)


def _own_words() -> str:
    return _("Vous avez écrit dans cette version : une personne du service qui n’y a rien écrit la relit et la publie.")
