"""The closed list of what a letter may name: ``{{ numéro du dossier }}`` in a text is one of these, or an answer.

Nothing typed is ever run: a field is looked up by its words, accents and capitals forgiven, and gives a text, rows or
points that were computed before.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from escale.rules.words import _

AWARD, PARTIAL, WAITING, REFUSAL, ADJOURNMENT = "award", "partial", "waiting", "refusal", "adjournment"
INVITATION, WARNING, WITHDRAWAL, REJECTION = "invitation", "warning", "withdrawal", "rejection"
PARTNER, FUNDER = "partner", "funder"
KINDS = (AWARD, PARTIAL, WAITING, REFUSAL, ADJOURNMENT, INVITATION, WARNING, WITHDRAWAL, REJECTION, PARTNER, FUNDER)
#: What an assembly decided: these letters name its act.
VOTED = frozenset({AWARD, PARTIAL, WAITING, REFUSAL, ADJOURNMENT, PARTNER, FUNDER})
GRANTING = frozenset({AWARD, PARTIAL, WARNING, WITHDRAWAL, PARTNER, FUNDER})
#: What may be contested: the letter says how, where and until when.
CONTESTABLE = frozenset({PARTIAL, REFUSAL, WITHDRAWAL, REJECTION})
_ALL = frozenset(KINDS)

type Needs = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Field:
    """One thing that a letter may name. ``block``: rows or points, it ends its paragraph. ``needs``: what an edition
    must have for it to exist, said by ``absent``.
    """

    code: str
    label: str
    kinds: frozenset[str] = _ALL
    block: bool = False
    needs: Needs | None = None
    absent: str = ""


def _text(name: str) -> Needs:
    return lambda document: bool(document.get("texts", {}).get(name))


FIELDS = (
    Field("dossier.number", "numéro du dossier"),
    Field("dossier.title", "titre du projet"),
    Field("dossier.filed_on", "date de dépôt"),
    Field("applicant.name", "nom du déposant"),
    Field("applicant.representative", "représentant du déposant"),
    Field("call.title", "titre de l’appel"),
    Field("service.name", "nom du service"),
    Field("service.phone", "téléphone du service"),
    Field("service.email", "courriel du service"),
    Field("vote.body", "assemblée", VOTED | GRANTING),
    Field("vote.date", "date du vote", VOTED | GRANTING),
    Field("vote.reference", "référence de la délibération", VOTED | GRANTING),
    Field(
        "decision.reason", "motifs", frozenset({PARTIAL, WAITING, REFUSAL, ADJOURNMENT, WARNING, WITHDRAWAL, REJECTION}), block=True
    ),
    Field("award.amount", "montant accordé", GRANTING),
    Field("award.asked", "montant demandé", _ALL - {INVITATION}),
    Field("award.spending", "dépense retenue", frozenset({AWARD, PARTIAL})),
    Field("award.lines", "calcul de l’aide", frozenset({AWARD, PARTIAL}), block=True),
    Field("award.by_funder", "répartition par financeur", GRANTING, block=True),
    Field("award.conditions", "conditions", frozenset({AWARD, PARTIAL}), block=True),
    Field("partner.name", "nom du partenaire", frozenset({PARTNER})),
    Field("partner.amount", "part du partenaire", frozenset({PARTNER})),
    Field("funder.name", "nom du financeur", frozenset({FUNDER})),
    Field("funder.amount", "part du financeur", frozenset({FUNDER})),
    Field("waiting.rank", "rang en liste d’attente", frozenset({WAITING})),
    Field("appeal.date", "date du recours", frozenset({REJECTION})),
    Field("answer_by", "date limite de réponse", frozenset({WARNING})),
    Field(
        "score.total", "note obtenue", frozenset({AWARD, PARTIAL, WAITING, REFUSAL, ADJOURNMENT}),
        needs=lambda document: bool(document.get("scoring")), absent=_("L’appel n’a pas de grille de notation"),
    ),
    Field(
        "call.duties", "engagements", frozenset({AWARD, PARTIAL}), needs=_text("duties"),
        absent=_("Le texte de l’appel ne dit pas les engagements après l’aide"),
    ),
    Field("next.title", "appel suivant", frozenset({INVITATION})),
    Field("next.dates", "dates de l’appel suivant", frozenset({INVITATION})),
    Field("next.address", "adresse de l’appel suivant", frozenset({INVITATION})),
    Field("remedies", "voies et délais de recours", _ALL - {FUNDER, PARTNER, INVITATION, WARNING}, block=True),
)  # fmt: skip
ANSWER = "réponse"

#: Without these a letter of the kind says nothing, or cannot be defended.
REQUIRED = {
    AWARD: ("award.amount", "vote.reference", "vote.date"),
    PARTIAL: ("award.amount", "vote.reference", "vote.date", "decision.reason", "remedies"),
    WAITING: ("vote.reference", "vote.date"),
    REFUSAL: ("vote.reference", "vote.date", "decision.reason", "remedies"),
    ADJOURNMENT: ("vote.date", "decision.reason"),
    INVITATION: ("next.title", "next.address"),
    WARNING: ("decision.reason", "answer_by"),
    WITHDRAWAL: ("decision.reason", "remedies"),
    REJECTION: ("decision.reason", "appeal.date", "remedies"),
    PARTNER: ("dossier.number", "vote.reference"),
    FUNDER: ("dossier.number", "funder.amount", "vote.reference"),
}


def plain(words: str) -> str:
    """Words without accents, capitals or typographic differences: what makes two names the same."""
    bare = unicodedata.normalize("NFKD", words.replace("’", "'").replace("\u202f", " ").replace("\u00a0", " "))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).casefold().split())


_BY_WORDS = {plain(one.label): one for one in FIELDS} | {one.code: one for one in FIELDS}


def found(words: str) -> Field | None:
    """The field of these words; an answer of the form (``réponse CODE``) makes its own."""
    bare = plain(words)
    if field := _BY_WORDS.get(bare):
        return field
    head, _space, code = bare.partition(" ")
    if head == plain(ANSWER) and code:
        return Field(f"answer.{code.replace(' ', '')}", f"{ANSWER} {code}")
    return None


def of_kind(kind: str, document: Mapping[str, Any] | None = None) -> list[Field]:
    """The fields that a letter of this kind may name, those that the edition lacks left out."""
    held = [one for one in FIELDS if kind in one.kinds]
    return [one for one in held if document is None or one.needs is None or one.needs(document)]


def kind_words(kind: str) -> str:
    """The kind in a sentence: "une lettre de refus"."""
    return {
        AWARD: _("une lettre d’attribution"),
        PARTIAL: _("une lettre d’attribution partielle"),
        WAITING: _("une lettre de liste d’attente"),
        REFUSAL: _("une lettre de refus"),
        ADJOURNMENT: _("une lettre d’ajournement"),
        INVITATION: _("une invitation à l’appel suivant"),
        WARNING: _("un avertissement avant retrait"),
        WITHDRAWAL: _("une lettre de retrait"),
        REJECTION: _("un rejet de recours gracieux"),
        PARTNER: _("une lettre à un partenaire"),
        FUNDER: _("une lettre à un financeur"),
    }[kind]
