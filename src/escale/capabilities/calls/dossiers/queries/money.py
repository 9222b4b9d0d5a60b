"""The questions of a financing plan, the same for every call: expenses, resources, aids already received."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.schemes.queries import asked
from escale.foundation.questionnaires.questions import Block, Kind, Option, Question

SOURCES = (
    ("own", _("Fonds propres")), ("loan", _("Emprunt")), ("revenue", _("Recettes du projet")),
    ("in_kind", _("Apport en nature")), ("private", _("Privé (mécénat, don)")), ("public", _("Financeur public")),
)  # fmt: skip
STATES = (("asked", _("Demandé")), ("granted", _("Obtenu")), ("refused", _("Refusé")))


def budget(document: dict[str, Any], names: dict[str, str]) -> tuple[Block, ...]:
    """The blocks of the plan. ``quote`` and ``proof`` name the piece of the call where the paper stands."""
    return (_expenses(document, names), _funding(document, names), *_earlier(document, names))


def _expenses(document: dict[str, Any], names: dict[str, str]) -> Block:
    return Block(
        names["expenses"],
        str(_("Dépenses")),
        (
            *asked.expense_questions(document),
            *_paper(document, "quote", str(_("Devis"))),
        ),
        str(_("Dépense")),
        str(_("Ajouter une dépense")),
        least=1,
        most=500,
    )


def _funding(document: dict[str, Any], names: dict[str, str]) -> Block:
    return Block(
        names["funding"],
        str(_("Ressources")),
        (
            Question("source", Kind.CHOICE, str(_("Origine")), required=True, options=labelled(SOURCES)),
            Question("funder", Kind.TEXT, str(_("Financeur")), longest=200),
            Question("state", Kind.CHOICE, str(_("État")), options=labelled(STATES)),
            Question("amount", Kind.AMOUNT, str(_("Montant")), required=True),
            *_paper(document, "proof", str(_("Justificatif"))),
        ),
        str(_("Ressource")),
        str(_("Ajouter une ressource")),
        help=str(_("Y compris l’aide demandée ici : origine « Financeur public », état « Demandé ».")),
        least=1,
        most=200,
    )


def _paper(document: dict[str, Any], code: str, label: str) -> tuple[Question, ...]:
    """In which piece of the call the paper of a line is found."""
    pieces = tuple(Option(one["code"], one["label"]) for one in document.get("pieces", []))
    return (Question(code, Kind.CHOICE, label, options=pieces),) if pieces else ()


def _earlier(document: dict[str, Any], names: dict[str, str]) -> tuple[Block, ...]:
    questions = asked.earlier_questions(document)
    if not questions:
        return ()
    label = str(_("Aides publiques déjà reçues"))
    return (
        Block(names["earlier_aids"], label, tuple(questions), str(_("Aide")), str(_("Ajouter une aide")), most=100),
    )


def labelled(rows: tuple[tuple[str, Any], ...]) -> tuple[Option, ...]:
    return tuple(Option(code, str(label)) for code, label in rows)
