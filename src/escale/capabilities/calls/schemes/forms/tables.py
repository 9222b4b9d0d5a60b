"""The tables of a case in the public test: partners, expenses one by one, resources, aid received, when the rules need rows."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes.forms.rows import Rows
from escale.capabilities.calls.schemes.queries import asked
from escale.foundation.questionnaires.questions import Kind, Option, Question

#: Words of ``partners`` that judge each partner, or need to know who they are.
_JUDGED = {"least", "most", "legal_forms", "perimeter", "criteria", "shares"}
#: Words of an expense category, of a cap and of a base that look at one row or at its year.
_BY_ROW = {"where", "cap_per_row", "cap_per_year"}
_BY_YEAR = {"per_year", "years", "year_ranks"}


def tables(document: dict[str, Any], named: frozenset[str], *, money: bool) -> dict[str, Rows]:
    """By name in a case, the tables that the rules need row by row; what a sum is enough for is asked as one."""
    heads = {name.partition(".")[0] for name in named}
    found: dict[str, Rows] = {}
    if _partners_matter(document, heads):
        found["partners"] = Rows(
            "partners", _("Avec quels partenaires ?"), _partner(document), _("Partenaire"), _("Ajouter un partenaire"),
            help=_("Sans vous, qui comptez déjà. Aucun si vous êtes seuls."), first=0,
            least=max(document["partners"].get("least", 0) - 1, 0),
        )  # fmt: skip
    if money and document.get("expenses") and _expenses_matter(document, named, heads):
        found["expenses"] = Rows(
            "expenses", _("Quelles dépenses ?"), _expense(document), _("Dépense"), _("Ajouter une dépense")
        )
    if (money and heads & {"funding"}) or named & {"plan.loan", "plan.asked"}:
        found["funding"] = Rows(
            "funding", _("Qui paie ?"), _resource(), _("Ressource"), _("Ajouter une ressource"),
            help=_("Votre propre argent, les emprunts, les dons, les autres aides publiques."),
        )  # fmt: skip
    if "earlier_aids" in heads:
        found["earlier_aids"] = Rows(
            "earlier_aids", _("Quelles aides publiques avez-vous déjà reçues ?"),
            tuple(asked.earlier_questions(document)), _("Aide"), _("Ajouter une aide"),
            help=_("Aucune : ne remplissez rien."),
        )  # fmt: skip
    return found


def _partners_matter(document: dict[str, Any], heads: set[str]) -> bool:
    spec = document.get("partners", {})
    if spec.get("allowed", bool(spec)) is False:
        return False
    return "partners" in heads or asked.for_each_partner(document) or bool(_JUDGED & set(spec))


def _expenses_matter(document: dict[str, Any], named: frozenset[str], heads: set[str]) -> bool:
    if "expenses" in heads or "plan.years" in named or asked.for_each_partner(document):
        return True
    if any(_BY_ROW & set(one) for one in document["expenses"]):
        return True
    return _says(document.get("aid"), _BY_YEAR)


def _says(node: Any, words: set[str]) -> bool:
    """Whether one of these words stands anywhere in a part of the document."""
    if isinstance(node, dict):
        return bool(words & set(node)) or any(_says(one, words) for one in node.values())
    return isinstance(node, list) and any(_says(one, words) for one in node)


def _partner(document: dict[str, Any]) -> tuple[Question, ...]:
    return tuple(asked.partner_questions(document))


def _expense(document: dict[str, Any]) -> tuple[Question, ...]:
    """Without what is only computed, and without a label: the dossier asks it."""
    computed = {one["code"] for one in document["expenses"] if "flat_rate" in one or "flat_per_unit" in one}
    questions = []
    for one in asked.expense_questions(document):
        if one.code == "category":
            one = replace(one, options=tuple(option for option in one.options if option.code not in computed))
        if one.code == "partner":
            one = replace(one, help=_("« {you} », ou le nom donné plus haut à un partenaire.").format(you=_("Vous")))
        if one.code == "label":
            one = replace(one, required=False)
        questions.append(one)
    return tuple(questions)


def _resource() -> tuple[Question, ...]:
    sources = {
        "own": _("Fonds propres"),
        "loan": _("Emprunt"),
        "private": _("Privé (mécénat, don)"),
        "public": _("Financeur public"),
    }
    states = {"asked": _("Demandé"), "granted": _("Obtenu"), "refused": _("Refusé")}
    return (
        Question("source", Kind.CHOICE, _("Origine"), required=True, options=_options(sources)),
        Question("funder", Kind.TEXT, _("Financeur"), longest=200),
        Question("state", Kind.CHOICE, _("État"), options=_options(states)),
        Question("amount", Kind.AMOUNT, _("Montant"), required=True),
    )


def _options(labels: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code, label) for code, label in labels.items())
