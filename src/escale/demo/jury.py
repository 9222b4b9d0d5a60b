"""A call judged by a jury: reviews finished, one in progress, one set aside because of an interest declared late."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.calls.dossiers.actions import drafts, filing, pieces
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions import handling, reviewing
from escale.capabilities.calls.instruction.actions import jury as knowing
from escale.capabilities.calls.instruction.models import Review
from escale.capabilities.calls.instruction.queries import grid
from escale.capabilities.calls.schemes import actions as schemes
from escale.capabilities.calls.schemes.models import Scheme
from escale.demo import calls, people
from escale.demo.dossiers import STUDY
from escale.foundation.documents.typesetting import pdf
from escale.foundation.organisations.models import Organisation
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change

FILE = calls.HERE / "coming" / "cafes-de-village.yaml"
#: Whose, by whom, the project, its theme, works in euros.
PROJECTS = (
    (people.APPLICANT, "applicant", "Le café des deux rives", "meeting", 62_000),
    (people.STRANGER, "stranger", "La capitainerie ouverte le soir", "culture", 48_000),
    (people.PARTNER, "partner", "L’établi du méandre", "repair", 31_500),
    (people.APPLICANT, "applicant", "Une ressourcerie à la gare", "repair", 74_000),
    (people.STRANGER, "stranger", "Le fournil de l’estuaire", "meeting", 39_000),
)
STORY = "Un lieu ouvert le soir et le week-end, tenu par des habitants, où l’on vient sans rien acheter si l’on veut."
#: project, reviewer → marks in the grid's order (fewer: in progress), what is said to the applicant.
REVIEWS: dict[tuple[int, str], tuple[tuple[int, ...], str]] = {
    (0, "reviewer"): ((5, 4, 4, 5), "Le besoin est démontré par une enquête auprès de deux cents foyers."),
    (0, "reviewer-two"): ((2, 3, 2, 4), "Les recettes du café paraissent hautes la première année."),
    (1, "reviewer"): ((4, 4, 3, 4), "Un lieu bien choisi, une équipe qui existe déjà."),
    (1, "conflicted-reviewer"): ((5, 5, 5, 5), "Projet remarquable."),
    (2, "conflicted-reviewer"): ((4, 3, 3, 3), "Un atelier attendu ; précisez qui l’ouvre le samedi."),
    (2, "reviewer"): ((4, 3), ""),
    (4, "reviewer-two"): ((3, 3, 3, 3), "Dites qui tient la caisse les jours de marché."),
}


def build(at: datetime) -> None:
    """Publishes the call, files its dossiers and has them reviewed, once."""
    if Review.objects.exists():
        return
    officer = people.person("officer")
    schemes.publish(calls.read(FILE), by=None, at=at)
    filed = [_filed(*project, at) for project in PROJECTS]
    for dossier in filed:
        handling.assign(dossier, officer, by=officer, at=at)
        handling.complete(dossier, by=officer, at=at)
    knowing.set_expertise(people.person("reviewer"), themes=["meeting", "repair"], departements=["14"], at=at)
    knowing.set_expertise(people.person("reviewer-two"), themes=[], departements=["27", "61"], at=at)
    made = {key: _review(filed[key[0]], key[1], *said, at) for key, said in REVIEWS.items()}
    late = made[(1, "conflicted-reviewer")]
    reviewing.recuse(late, reason="Mon beau-frère préside l’association du port.", by=late.reviewer, at=at)


def _filed(organisation: str, key: str, title: str, theme: str, euros: int, at: datetime) -> Dossier:
    scheme, someone = Scheme.objects.get(key="cafes-de-village"), people.person(key)
    owner = Organisation.objects.get(name=organisation)
    dossier = drafts.create(scheme, owner, by=someone, at=at, key=f"demo-jury-{key}-{euros}")
    typed: dict[Place, Any] = {
        Place("project_title"): title, Place("themes"): [theme], Place("story"): STORY, Place("evenings"): "8",
        Place("expenses.category", "e1"): "works", Place("expenses.label", "e1"): "Aménagement de la salle",
        Place("expenses.ht", "e1"): str(euros), Place("funding.source", "f1"): "own",
        Place("funding.amount", "f1"): str(euros // 2), Place("funding.source", "f2"): "public",
        Place("funding.funder", "f2"): "Région", Place("funding.state", "f2"): "asked",
        Place("funding.amount", "f2"): str(euros - euros // 2),
    }  # fmt: skip
    drafts.save(dossier, [Change(place, text) for place, text in typed.items()], by=someone, at=at)
    whole = lists.whole().get(pk=dossier.pk)
    told = {
        "title": f"Plan de la salle : {title}",
        "organisation": owner.name,
        "text": "Croquis fictif de la démonstration.",
    }
    plan = SimpleUploadedFile("plan-de-la-salle.pdf", pdf(STUDY, told), "application/pdf")
    pieces.attach(whole, "plan", plan, by=someone, at=at)
    again = f"demo-jury-{key}-{euros}"
    filing.submit(whole, signer=owner.representative, quality=owner.quality, by=someone, at=at, key=again)
    found = lists.whole().get(pk=dossier.pk)
    assert isinstance(found, Dossier)
    return found


def _review(dossier: Dossier, key: str, marks: tuple[int, ...], told: str, at: datetime) -> Review:
    reviewer = people.person(key)
    review = reviewing.ask(dossier, reviewer, due_at=at + timedelta(days=21), by=people.person("officer"), at=at)
    codes = ("need", "team", "model", "place")
    typed = [Change(Place(grid.mark_code(code)), str(mark)) for code, mark in zip(codes, marks, strict=False)]
    typed.append(Change(Place(grid.comment_code("need")), "Vu avec le plan de situation et la liste des commerces."))
    if told:
        typed.append(Change(Place(grid.FOR_APPLICANT), told))
        typed.append(Change(Place(grid.FOR_COMMITTEE), "À comparer avec l’autre café demandé dans le canton."))
    reviewing.save(review, typed, by=reviewer, at=at)
    if len(marks) == len(codes):
        reviewing.finish(review, by=reviewer, at=at)
    return review
