"""The labels of the demonstration: a referential in force, a few places that were granted it by an invented act."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.calls.dossiers.actions import drafts, filing
from escale.capabilities.calls.dossiers.actions import place as asked_place
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions import handling
from escale.capabilities.calls.schemes.models import Scheme
from escale.capabilities.label.actions import declaring, following, visits
from escale.capabilities.label.actions import life as actions
from escale.capabilities.label.models import Label, Referential, Visit
from escale.demo import people
from escale.demo.dossiers import STUDY
from escale.foundation.documents.typesetting import pdf
from escale.foundation.organisations.models import Organisation
from escale.foundation.places import queries as places
from escale.foundation.places.models import Place
from escale.foundation.questionnaires import marked
from escale.foundation.questionnaires.questions import Place as Answered
from escale.foundation.questionnaires.saving import Change
from escale.rules.label.document import read_referential
from escale.rules.refusal import Refused

REFERENTIALS = Path(__file__).parent / "referentials"
#: For how many days each of the labels has been held: one ends soon, one waits for its yearly report.
AGES = (100, 400, 100, 980, 100, 60)
GRANTED = len(AGES)


def build(at: datetime) -> None:
    """Publishes the referentials, grants the Region's own to the places whose page fulfils it."""
    for file in sorted(REFERENTIALS.glob("*.yaml")):
        document, problems = read_referential(marked.read_file(file).tree)
        if document is None:
            raise ValueError(f"{file.name}: {problems[0].path}: {problems[0].message}")
        referential, _edition, _created = actions.publish(document, by=None, at=at)
        if document["key"] != "numerique-normandie" or Label.objects.exists():
            continue
        for place in places.whole(Place.objects.listed().order_by("pk")):
            if Label.objects.count() >= GRANTED:
                break
            age = AGES[Label.objects.count()]
            try:
                actions.grant(
                    place, referential, act_reference="Acte fictif CP 26-07-112", since=at - timedelta(days=age),
                    until=at + timedelta(days=1095 - age), by=people.person("lead-officer"), at=at,
                )  # fmt: skip
            except Refused:
                continue
    _visit(at)
    _follow(at)


def _follow(at: datetime) -> None:
    """A place has corrections to make."""
    label = Label.objects.order_by("pk")[2]
    if not label.steps.exists():
        day = at.date() + timedelta(days=40)
        asked = [("Afficher les horaires sur la porte", day), ("Poser une rampe à l’entrée", day + timedelta(days=60))]
        following.plan_steps(label, asked, by=people.person("officer"), at=at)


def ask(at: datetime) -> None:
    """The partner asks the label for its place, through a call; the service says that the dossier is whole."""
    scheme, by = Scheme.objects.filter(key="label-numerique").first(), people.person("partner")
    owner = Organisation.objects.get(name=people.PARTNER)
    if scheme is None or scheme.phase(at) != "open" or Dossier.objects.filter(scheme=scheme).exists():
        return
    made = drafts.create(scheme, owner, by=by, at=at, key="demo-label")
    said = {
        "project_title": "Un label pour nos ateliers",
        "why": "Être trouvés par les télétravailleurs de la vallée.",
        "honest": "yes",
    }
    drafts.save(made, [Change(Answered(code), text) for code, text in said.items()], by=by, at=at)
    dossier = lists.whole().get(pk=made.pk)
    asked_place.choose(dossier, Place.objects.filter(carrier=owner).order_by("pk")[0].slug, by=by, at=at)
    filing.submit(dossier, signer=owner.representative, quality=owner.quality, by=by, at=at, key="demo-label")
    officer = people.person("officer")
    handling.assign(dossier := lists.whole().get(pk=made.pk), officer, by=officer, at=at)
    handling.complete(dossier, by=officer, at=at)
    _choosing(scheme, at)


def _choosing(scheme: Scheme, at: datetime) -> None:
    """The town hall begins to ask the label for the place that it carries."""
    town, by = Organisation.objects.get(name=people.APPLICANT), people.person("applicant-editor")
    made = drafts.create(scheme, town, by=by, at=at, key="demo-label-town")
    drafts.save(made, [Change(Answered("project_title"), "Un label pour la maison du bourg")], by=by, at=at)
    place = Place.objects.filter(carrier=town).order_by("pk")[0]
    asked_place.choose(lists.whole().get(pk=made.pk), place.slug, by=by, at=at)


def _visit(at: datetime) -> None:
    """The visitor has been to the manager's place and is expected in another; the manager said what was to be said."""
    referential = Referential.objects.get(key="numerique-normandie")
    mine, other = places.whole(Place.objects.order_by("pk"))[:2]
    if Visit.objects.exists():
        return
    officer, visitor, manager = people.person("officer"), people.person("visitor"), people.person("manager")
    asked: dict[str, Any] = {"visitor": visitor, "by": officer, "at": at}
    declaring.declare(mine, referential, {"several_publics": True}, by=manager, at=at)
    told = {
        "title": "Attestation d’assurance",
        "organisation": mine.name,
        "text": "Responsabilité civile : document fictif.",
    }
    paper = SimpleUploadedFile("attestation-assurance.pdf", pdf(STUDY, told), "application/pdf")
    day = at.date()
    declaring.attach(
        mine, referential, "insurance", paper, dated_on=day - timedelta(days=30), valid_until=day + timedelta(days=335),
        by=manager, at=at,
    )  # fmt: skip
    made = visits.plan(mine, referential, planned_for=at + timedelta(hours=1), purpose="Première visite", **asked)
    seen = {
        "A2": visits.Seen("met", note="Ouvert à mon arrivée, panneau à jour."),
        "welcome": visits.Seen(marks={"welcome": 4}, note="On vous salue, on vous montre la machine à café."),
    }
    visits.note(
        made, seen, base=0, visited_on=at.date(), opinion="favourable", by=visitor, at=at,
        conclusion="Un lieu vivant, tenu par des gens qui connaissent leurs voisins.",
    )  # fmt: skip
    visits.report(made, by=visitor, at=at)
    purpose = "Le débit mesuré, la salle de réunion, l’accueil du mardi."
    visits.plan(other, referential, planned_for=at + timedelta(days=9, hours=2), purpose=purpose, **asked)
