"""The questions of a financing plan, the same for every call: expenses, resources, aids already received."""

from typing import Any

from django.utils.translation import gettext_lazy as _

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
    categories = tuple(Option(one["code"], one["label"], one.get("help", "")) for one in document["expenses"])
    return Block(
        names["expenses"],
        str(_("Dépenses")),
        (
            Question("category", Kind.CHOICE, str(_("Catégorie")), required=True, options=categories),
            Question("label", Kind.TEXT, str(_("Objet")), required=True, longest=200),
            Question("ht", Kind.AMOUNT, str(_("Montant hors taxes")), required=True),
            Question("vat", Kind.AMOUNT, str(_("TVA"))),
            Question("year", Kind.WHOLE, str(_("Année")), least=2000, most=2100),
            *_bearer(document),
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


def _bearer(document: dict[str, Any]) -> tuple[Question, ...]:
    """Which partner bears an expense, where the aid is computed for each."""
    if not any(one.get("each_partner") for one in (document.get("aid") or {}).get("components", [])):
        return ()
    help = str(_("Son nom, tel qu’il est écrit à la partie Partenaires."))
    return (Question("partner", Kind.TEXT, str(_("Partenaire qui la porte")), help=help, longest=200),)


def _paper(document: dict[str, Any], code: str, label: str) -> tuple[Question, ...]:
    """In which piece of the call the paper of a line is found."""
    pieces = tuple(Option(one["code"], one["label"]) for one in document.get("pieces", []))
    return (Question(code, Kind.CHOICE, label, options=pieces),) if pieces else ()


def _earlier(document: dict[str, Any], names: dict[str, str]) -> tuple[Block, ...]:
    if not document.get("limits"):
        return ()
    undertakings = (("self", _("Le porteur")), ("linked", _("Une entreprise liée")))
    questions = (
        Question("granted_on", Kind.DATE, str(_("Accordée le")), required=True),
        Question("amount", Kind.AMOUNT, str(_("Montant")), required=True),
        Question(
            "regime", Kind.CHOICE, str(_("Régime")),
            options=labelled((("de_minimis", _("De minimis")), ("other", _("Autre"))))
        ),
        Question("undertaking", Kind.CHOICE, str(_("À qui")), options=labelled(undertakings)),
        Question("funder", Kind.TEXT, str(_("Financeur")), longest=200),
        Question("scheme", Kind.TEXT, str(_("Dispositif")), longest=200),
        Question(
            "project", Kind.CHOICE, str(_("Pour quel projet")),
            options=labelled((("same", _("Celui de ce dossier")), ("other", _("Un autre projet")))),
        ),
    )  # fmt: skip
    label = str(_("Aides publiques déjà reçues"))
    return (Block(names["earlier_aids"], label, questions, str(_("Aide")), str(_("Ajouter une aide")), most=100),)


def labelled(rows: tuple[tuple[str, Any], ...]) -> tuple[Option, ...]:
    return tuple(Option(code, str(label)) for code, label in rows)
