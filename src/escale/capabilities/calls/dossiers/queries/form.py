"""The form of an edition: its own sections, and those that every call of its kind has."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.dossiers.queries.money import budget
from escale.capabilities.calls.schemes.queries import asked
from escale.foundation.editions.loading import Ready
from escale.foundation.editions.models import Edition
from escale.foundation.questionnaires.questions import Block, Form, Kind, Option, Question, Section
from escale.rules.legal import LEGAL_FORMS
from escale.rules.scheme import conditions, trial

#: Sections of ours; a scheme's section has a code without hyphen, so that they never meet.
PROJECT, PARTNERS, BUDGET = "le-projet", "les-partenaires", "le-budget"
#: What is asked of the public owner for whom a delegate applies, by its name in the case.
OWNER = {"owner_name": "name", "owner_legal_form": "legal_form", "owner_siret": "siret", "owner_commune": "commune"}


@dataclass(frozen=True)
class Call:
    """A call made ready: its rules, its form, the name of each of our own questions in it."""

    rules: trial.Edition
    form: Form
    names: dict[str, str]

    @property
    def document(self) -> dict[str, Any]:
        return self.rules.document


def make(document: dict[str, Any], amendments: tuple[dict[str, Any], ...]) -> Call:
    """The call of a canonical document."""
    rules = trial.load(document, amendments)
    own = ("project_title", "project_type", "themes", *OWNER, "partners", "expenses", "funding", "earlier_aids")
    names = {name: f"case_{name}" if name in rules.questions else name for name in own}
    sections = [Section(PROJECT, str(_("Le projet")), _project(document, names))]
    for spec in document.get("form", []):
        items = tuple(asked.item(one) for one in spec["questions"])
        sections.append(Section(spec["code"], spec["title"], items, spec.get("help", "")))
    if document.get("partners", {}).get("allowed", bool(document.get("partners"))):
        sections.append(Section(PARTNERS, str(_("Les partenaires")), (_partners(document, names),)))
    if document.get("expenses"):
        sections.append(Section(BUDGET, str(_("Le plan de financement")), budget(document, names)))
    return Call(rules, Form(tuple(sections)), names)


_CALLS: dict[str, Ready[Call]] = {}


def call_of(edition: Edition) -> Call:
    """The call of an edition in the reader's language: one query, the rest kept by digest and language."""
    language = (get_language() or "fr")[:2]
    return _CALLS.setdefault(language, Ready(make)).of(edition)


def _options(rows: list[dict[str, Any]]) -> tuple[Option, ...]:
    return tuple(Option(one["code"], one["label"], one.get("help", "")) for one in rows)


def _project(document: dict[str, Any], names: dict[str, str]) -> tuple[Question, ...]:
    title = Question(
        names["project_title"], Kind.TEXT, str(_("Titre du projet")), str(_("En une ligne, comme vous le diriez.")),
        required=True, longest=200,
    )  # fmt: skip
    questions = [title]
    if types := document.get("project_types"):
        label = str(_("Type de projet"))
        questions.append(Question(names["project_type"], Kind.CHOICE, label, required=True, options=_options(types)))
    if themes := document.get("themes"):
        questions.append(
            Question(
                names["themes"], Kind.CHOICES, str(_("Thèmes")), required=True, options=_options(themes),
                most=document.get("themes_most"),
            )
        )  # fmt: skip
    if delegates := document.get("who", {}).get("delegates"):
        questions += _owner(delegates["legal_forms"], names)
    return tuple(questions)


def _owner(delegates: list[str], names: dict[str, str]) -> list[Question]:
    """Asked of delegates alone: the owner who could have applied, for whom they do."""
    when = conditions.compiled({"any": [{"fact": "applicant.legal_form", "is": form} for form in delegates]})
    forms = tuple(Option(code, label) for code, label in LEGAL_FORMS.items())
    apart = str(_("Vous déposez pour le compte d’un propriétaire public : lequel ?"))
    return [
        Question(
            names["owner_name"], Kind.TEXT, str(_("Propriétaire représenté")), apart, required=True, longest=200, when=when
        ),
        Question(
            names["owner_legal_form"], Kind.CHOICE, str(_("Forme juridique du propriétaire")), required=True,
            options=forms, when=when,
        ),
        Question(names["owner_siret"], Kind.SIRET, str(_("SIRET du propriétaire")), when=when),
        Question(names["owner_commune"], Kind.COMMUNE, str(_("Commune du propriétaire")), required=True, when=when),
    ]  # fmt: skip


def _partners(document: dict[str, Any], names: dict[str, str]) -> Block:
    spec, questions = document["partners"], asked.partner_questions(document)
    if spec.get("lead"):
        questions.insert(4, Question("lead", Kind.YES_NO, str(_("Chef de file")), required=True))
    if spec.get("confirmation"):
        reached = str(_("La personne qui confirmera pour lui. Laissez vide pour le chef de file."))
        questions += [
            Question("role", Kind.TEXT, str(_("Rôle dans le projet")), longest=300),
            Question("amount", Kind.AMOUNT, str(_("Montant qu’il apporte"))),
            Question("email", Kind.EMAIL, str(_("Adresse électronique")), reached),
        ]
    return Block(
        names["partners"], str(_("Partenaires")), tuple(questions), str(_("Partenaire")),
        str(_("Ajouter un partenaire")), least=spec.get("least", 0), most=min(spec.get("most", 100), 200),
    )  # fmt: skip
