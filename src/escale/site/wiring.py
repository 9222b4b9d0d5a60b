"""Where the services meet: explicit ordered tables, no signals, no start-up magic."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from escale.foundation.documents import exports as document_exports
from escale.foundation.documents import retention as document_retention
from escale.foundation.journal.models import Entry
from escale.foundation.organisations import actions as organisations
from escale.foundation.organisations import exports as organisation_exports
from escale.foundation.organisations import queries as mandates
from escale.foundation.people import closing, doors, takeout
from escale.foundation.people.models import Person
from escale.foundation.places import queries as places
from escale.foundation.places.models import Place
from escale.foundation.places.policy import PLACE
from escale.foundation.post import exports as mail_exports
from escale.foundation.post import retention as mail_retention
from escale.ui.routes import Request


def _of(path: str) -> Callable[[Entry], None]:
    """A follower of a capability that may be off, found when it is first needed."""
    return lambda entry: import_string(path)(entry)


#: (thing, act) → what follows in the same transaction: each enqueues a task that is safe to run twice.
AFTER: dict[tuple[str, str], list[Callable[[Entry], None]]] = {}
if "directory" in settings.ESCALE_CAPABILITIES:
    # Every act on a place remakes its row of the public search, in the same transaction.
    AFTER |= {("place", name): [_of("escale.capabilities.directory.actions.indexing.follow")] for name in PLACE.acts}

#: fact of the schemes → who tells it of a commune (its official code); None when it is not known.
FACTS: dict[str, Callable[[str], object | None]] = {}
#: Facts that a service tells of what an organisation carries, by its SIRET; what is not known is absent.
CARRIED: list[Callable[[str], dict[str, object]]] = [places.facts_of_carrier]


#: What other services say of a dossier on its pages, as markup; "" says nothing.
DOSSIER_PANELS: list[Callable[..., str]] = []

#: What other rooms say beside the page of a dossier to who reads it; what follows the examination in "why this amount";
#: what joins a dossier's audit pack.
DOSSIER_ASIDES: list[Callable[..., str]] = []
WHY: list[Callable[..., list[dict[str, Any]]]] = []
PACK: list[Callable[..., Any]] = []

#: What other services say of a place on its public page, as markup; "" says nothing.
PLACE_PANELS: list[Callable[[Place, datetime], str]] = []


#: What services show beside a committee's ranking: each gets its admissible dossiers, aid, points and envelope.
COMMITTEE_PANELS: list[Callable[..., SafeString]] = []


@dataclass(frozen=True)
class MenuLine:
    """One entry of the menu: ``shown`` says to whom (a dated mandate or a non-empty list)."""

    label: str | Promise
    url_name: str
    shown: Callable[..., bool]


def _administers(request: Request) -> bool:
    return "administrator" in mandates.kinds_for(request)


def _works_for_a_service(request: Request) -> bool:
    """Whoever has a mandate in a service of the Region prepares its calls and examines their dossiers."""
    return "calls" in settings.ESCALE_CAPABILITIES and bool(mandates.services_for(request))


def _sits(request: Request) -> bool:
    """Whoever prepares sittings and votes, or is called to sit."""
    kinds = {"committee", "elected", "secretary", *mandates.OFFICERS}
    return "calls" in settings.ESCALE_CAPABILITIES and bool(mandates.kinds_for(request) & kinds)


def _signs(request: Request) -> bool:
    """Whoever holds a delegation of signature."""
    return "calls" in settings.ESCALE_CAPABILITIES and "signatory" in mandates.kinds_for(request)


def _plans(request: Request) -> bool:
    """The Region's people ask where the next places should open."""
    return "planner" in settings.ESCALE_CAPABILITIES and bool(mandates.kinds_for(request) & set(mandates.OF_THE_REGION))


def _reviews(request: Request) -> bool:
    """Reviewers find what they score."""
    return "calls" in settings.ESCALE_CAPABILITIES and "reviewer" in mandates.kinds_for(request)


def _keeps_places(request: Request) -> bool:
    """Whoever keeps the page of a place has them at hand."""
    if not isinstance(request.user, Person) or "directory" not in settings.ESCALE_CAPABILITIES:
        return False
    if mandates.kinds_for(request) & set(mandates.OF_THE_REGION):
        return True  # they keep all of them
    return Place.objects.visible_to(request.user, request.at).exists()


def _labels(request: Request) -> bool:
    """The Region's people follow the labels; a place's people reach theirs from its page."""
    if not isinstance(request.user, Person) or "label" not in settings.ESCALE_CAPABILITIES:
        return False
    return bool(mandates.kinds_for(request) & set(mandates.OF_THE_REGION))


def _visits(request: Request) -> bool:
    """Whoever visits places for the Region without working there: the others reach visits from the labels."""
    if not isinstance(request.user, Person) or "label" not in settings.ESCALE_CAPABILITIES:
        return False
    if mandates.kinds_for(request) & set(mandates.OF_THE_REGION):
        return False
    made: bool = import_string("escale.capabilities.label.queries.visits.makes")(request.user)
    return made


#: The public menu, in order, at most four words.
MENU: list[MenuLine] = [
    MenuLine(_("Lieux"), "places", lambda request: "directory" in settings.ESCALE_CAPABILITIES),
    MenuLine(_("Appels et aides"), "calls", lambda request: "calls" in settings.ESCALE_CAPABILITIES),
    MenuLine(_("Dossiers"), "dossiers", lambda request: request.user.is_authenticated),
    MenuLine(_("Mes lieux"), "my-places", _keeps_places),
    MenuLine(_("Instruction"), "desk", _works_for_a_service),
    MenuLine(_("Comités"), "sittings", _sits),
    MenuLine(_("Lettres"), "my-letters", _signs),
    MenuLine(_("Évaluations"), "reviews", _reviews),
    MenuLine(_("Administration"), "region", _administers),
    MenuLine(_("Préparer un appel"), "schemes", _works_for_a_service),
    MenuLine(_("Planification"), "scenarios", _plans),
    MenuLine(_("Labels"), "label-board", _labels),
    MenuLine(_("Visites"), "label-visits", _visits),
]

#: The pages of whoever is signed in, as tabs.
ACCOUNT: list[MenuLine] = [
    MenuLine(_("Mon compte"), "account", lambda request: True),
    MenuLine(_("Mes organisations"), "organisations", lambda request: True),
    MenuLine(_("Appareils"), "sessions", lambda request: True),
    MenuLine(_("Mes données"), "my-data", lambda request: True),
]
if "calls" in settings.ESCALE_CAPABILITIES:
    ACCOUNT.insert(2, MenuLine(_("Courriels"), "dossier-mail-choose", lambda request: True))

#: Ways of signing in beside code, link and password: none ships.
DOORS: list[doors.Door] = []

#: What a takeout holds: who tells what of a person, and of an organisation.
TAKEOUT: dict[str, list[takeout.Teller]] = {
    "person": [takeout.of_person, organisation_exports.of_person, mail_exports.of_person],
    "organisation": [organisation_exports.of_organisation, document_exports.of_organisation],
}

#: Who lets go of a person whose account closes, each able to refuse.
CLOSING: list[closing.Closer] = [organisations.let_go]

#: rule of ``settings.ESCALE_RETENTION`` → what purges when its days are over.
PURGE: dict[str, Callable[[datetime, datetime], int]] = {
    "accounts": closing.close_unused,
    "mails": mail_retention.forget,
    "invitations": organisations.forget_invitations,
    "removed_documents": document_retention.forget_removed,
}

#: What ``escale tick`` asks of the services before it empties the queue: each safe to do again, given the instant.
EACH_TICK: list[Callable[[datetime], object]] = [organisations.expire_due, organisations.purge_due]

#: What ``escale doctor`` asks of the services: each tells, in words, what no longer is as it was frozen.
EVIDENCE: list[Callable[[], Iterator[str]]] = []

#: What ``escale doctor`` asks too: each tells what an index of a service says otherwise than its tables.
INDEXES: list[Callable[[], Iterator[str]]] = []

#: What ``escale migrate`` does once the tables are those of the present version, given the instant.
UPGRADE: list[Callable[[datetime], object]] = []

if "directory" in settings.ESCALE_CAPABILITIES:
    from escale.capabilities.directory.actions import indexing as directory_index
    from escale.capabilities.directory.actions import retention as directory_retention
    from escale.capabilities.directory.exports import takeout as directory_takeout
    from escale.capabilities.directory.queries.check import stale
    from escale.capabilities.directory.tasks import ask_to_check, read_after

    TAKEOUT["person"].append(directory_takeout.of_person)
    TAKEOUT["organisation"].append(directory_takeout.of_organisation)
    PURGE["received"] = directory_retention.forget_received
    AFTER |= {("intake", act): [read_after] for act in ("create", "match", "apply")}
    INDEXES.append(stale)
    EACH_TICK += [ask_to_check, directory_index.catch_up]
    UPGRADE.append(directory_index.upgrade)

if "calls" in settings.ESCALE_CAPABILITIES:
    from escale.capabilities.calls.committee import exports as committee_exports
    from escale.capabilities.calls.committee import tasks as committee
    from escale.capabilities.calls.committee.panels import letters
    from escale.capabilities.calls.committee.queries import evidence as decided
    from escale.capabilities.calls.committee.queries import memory
    from escale.capabilities.calls.dossiers import exports as dossier_exports
    from escale.capabilities.calls.dossiers import tasks as dossiers
    from escale.capabilities.calls.dossiers.actions import messages, notices
    from escale.capabilities.calls.dossiers.actions import retention as dossier_retention
    from escale.capabilities.calls.dossiers.queries import evidence
    from escale.capabilities.calls.instruction import tasks as instruction
    from escale.capabilities.calls.instruction.queries import evidence as examined
    from escale.capabilities.calls.schemes import exports as call_exports
    from escale.capabilities.calls.schemes.actions import asking, subscribing

    AFTER[("scheme", "prolong")] = [dossiers.prolonged]
    AFTER[("scheme", "publish")] = AFTER[("scheme", "replace")] = [dossiers.amended]
    AFTER[("dossier", "submit")] = [dossiers.filed]
    EVIDENCE += [evidence.problems, examined.problems, memory.problems, decided.problems]
    DOSSIER_ASIDES.append(letters.of_dossier)
    WHY.append(memory.steps)
    PACK.append(memory.pack)
    TAKEOUT["person"] += [dossier_exports.of_person, call_exports.of_person]
    TAKEOUT["organisation"] += [dossier_exports.of_organisation, committee_exports.of_organisation]
    CLOSING.append(dossier_retention.let_go)
    PURGE["expired_drafts"] = dossier_retention.purge_expired
    EACH_TICK += [
        subscribing.tell_openings,
        asking.forget_unconfirmed,
        notices.due,
        messages.digests,
        instruction.each_tick,
        committee.each_tick,
    ]

if "planner" in settings.ESCALE_CAPABILITIES:
    from escale.capabilities.planner import exports as planner_exports
    from escale.capabilities.planner import panels as planner_panels
    from escale.capabilities.planner.queries import coverage
    from escale.capabilities.planner.tasks import running

    TAKEOUT["person"].append(planner_exports.of_person)
    FACTS["network.minutes_to_nearest_place"] = coverage.minutes_to_nearest
    for act in ("publish", "edit", "move", "stand", "close", "reopen", "merge", "import"):
        AFTER.setdefault(("place", act), []).append(running.measure_after)

    AFTER[("scenario", "create")] = [running.compute_after]
    AFTER[("scenario", "run")] = [running.compute_after]
    COMMITTEE_PANELS.append(planner_panels.beside_a_committee)
    EACH_TICK.append(running.measure_each_day)

if "label" in settings.ESCALE_CAPABILITIES:
    from escale.capabilities.label import panels as label_pages
    from escale.capabilities.label.actions import following
    from escale.capabilities.label.exports import keys as badge_keys
    from escale.capabilities.label.exports import takeout as label_exports
    from escale.capabilities.label.tasks import watching

    INDEXES.append(badge_keys.problems)
    EACH_TICK.append(following.each_tick)
    PLACE_PANELS.append(label_pages.of_place)
    TAKEOUT["person"].append(label_exports.of_person)
    TAKEOUT["organisation"].append(label_exports.of_organisation)

    for act in PLACE.acts:
        if act not in ("read", "remind", "stand", "entrust"):
            AFTER.setdefault(("place", act), []).append(watching.follow)

if {"calls", "label"} <= set(settings.ESCALE_CAPABILITIES):
    from escale.capabilities.calls.dossiers.models import Dossier
    from escale.capabilities.calls.dossiers.queries import place as asked_places
    from escale.capabilities.label import panels as label_panels
    from escale.capabilities.label.actions import requests as label_requests
    from escale.capabilities.label.tasks import granting

    def _label_filed(entry: Entry) -> None:
        """What the place of the dossier fulfils is kept with the filing."""
        asked = asked_places.requested_by(entry.subject_id)
        if asked is not None:
            label_requests.file(entry.subject, asked.place, asked.referential, asked.type, at=entry.at)

    def _label_voted(entry: Entry) -> None:
        """The vote of the dossier grants the label that it asks."""
        asked = asked_places.requested_by(entry.subject_id)
        if asked is not None:
            granting.follow(entry, asked.place, asked.referential, asked.type)

    def _label_told(dossier: Dossier, person: Person, at: datetime) -> str:
        asked = asked_places.requested(dossier)
        if asked is None:
            return ""
        return label_panels.asked(dossier.subject, asked.place, asked.referential, asked.type, by=person, at=at)

    AFTER.setdefault(("dossier", "submit"), []).append(_label_filed)
    AFTER.setdefault(("dossier", "vote"), []).append(_label_voted)
    DOSSIER_PANELS.append(_label_told)
