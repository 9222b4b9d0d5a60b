"""Cases tried on a draft: the form that asks one, drawn from the draft itself, and what a kept one gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from escale.capabilities.calls.schemes import wording
from escale.capabilities.calls.schemes.models import SampleCase
from escale.capabilities.calls.schemes.queries import calls
from escale.foundation.editions.dialect import Dialect
from escale.rules.money import shown_euros
from escale.rules.scheme import trial
from escale.rules.scheme.document import fact_names
from escale.rules.scheme.format.case import CASE
from escale.rules.scheme.format.words import COMMUNE, PARAGRAPH, SENTENCE
from escale.rules.shape.kinds import Field, Kind, ListOf, Record
from escale.rules.shape.problem import Problem
from escale.rules.shape.scalar import Choice, Day, Euros, Number, YesNo

_CODED = {"project_type": "project_types", "themes": "themes", "pieces": "pieces", "category": "expenses"}
_KINDS: dict[str, Kind] = {
    "number": Number(), "amount": Euros(), "date": Day(), "yes_no": YesNo(), "commitment": YesNo(), "commune": COMMUNE,
    "long_text": PARAGRAPH,
}  # fmt: skip
_OUTSIDE = ("territory", "network", "place", "facts")


_RARE = frozenset(
    [
        "case.decided_on",
        "case.owner",
        "case.earlier_aids",
        "case.earlier_dossiers",
        "case.partners",
        "applicant.name",
        "applicant.siret",
        "applicant.population",
        "applicant.created_on",
        "applicant.fte",
        "applicant.size",
        "applicant.ess",
        "expense.year",
        "expense.label",
    ]
)


@dataclass(frozen=True)
class Kept:
    """A kept case: what it must give and what it gives now, in words."""

    sample: SampleCase
    expected: str
    now: str
    same: bool


def dialect() -> Dialect:
    """The words of a case on one page."""
    return Dialect(adding=wording.ADDING, flat=True, rare=_rare)


def _rare(record: str, word: str) -> bool:
    """What few cases need is folded until it holds something."""
    return f"{record}.{word}" in _RARE


def case_record(document: dict[str, Any]) -> Record:
    """The description of a case of this scheme: its own questions, types, categories and pieces."""
    unasked = {name for name, part in _CODED.items() if not document.get(part)}
    fields = [_field(one, document) for one in CASE.fields if one.name != "schema" and one.name not in unasked]
    at = next(rank for rank, one in enumerate(fields) if one.name == "partners")
    questions = [one for section in document.get("form", []) for one in section["questions"]]
    answers = tuple(_question(one) for one in questions if one["kind"] != "statement")
    extra = (
        [Field("answers", Record("answers", "Réponses du formulaire", answers), "Réponses du formulaire")]
        if answers
        else []
    )
    outside = _outside(document)
    extra += [Field("facts", outside, gettext_noop("Ce que la Région sait"))] if outside.fields else []
    return Record("case", "Cas", (*fields[:at], *extra, *fields[at:]))


def _field(one: Field, document: dict[str, Any]) -> Field:
    kind = one.kind
    if isinstance(kind, ListOf) and isinstance(kind.item, Record):
        rows = tuple(_field(inner, document) for inner in kind.item.fields)
        kind = ListOf(Record(kind.item.name, kind.item.label, rows), most=kind.most)
    elif one.name in _CODED:
        options = tuple((row["code"], row["label"], "") for row in document.get(_CODED[one.name], []))
        if options:
            kind = ListOf(Choice(options)) if isinstance(kind, ListOf) else Choice(options)
    return Field(one.name, kind, one.label, one.help, one.required, one.default, one.example)


def _question(one: dict[str, Any]) -> Field:
    kind: Kind = _KINDS.get(one["kind"], SENTENCE)
    if one["kind"] in ("choice", "choices"):
        chosen = Choice(tuple((option["code"], option["label"], "") for option in one.get("options", [])))
        kind = ListOf(chosen) if one["kind"] == "choices" else chosen
    elif one["kind"] == "block":
        kind = ListOf(Record("row", one["label"], tuple(_question(inner) for inner in one.get("questions", []))))
    return Field(one["code"], kind, one["label"])


def _outside(document: dict[str, Any]) -> Record:
    """The facts that the scheme names and that neither the form nor the applicant gives."""
    found: dict[str, dict[str, Field]] = {}
    for _steps, name in fact_names(document, []):
        head, _point, rest = name.partition(".")
        if head in _OUTSIDE and rest:
            kind: Kind = ListOf(SENTENCE) if rest == "zones" else Day() if rest.endswith("_on") else SENTENCE
            found.setdefault(head, {})[rest] = Field(rest, kind, str(wording.FACTS.get(name, name)))
    groups = [
        Field(head, Record(head, head, tuple(words.values())), _HEADS[head]) for head, words in sorted(found.items())
    ]
    return Record("facts", gettext_noop("Ce que la Région sait"), tuple(groups))


_HEADS = {
    "territory": gettext_noop("La commune"),
    "network": gettext_noop("Le réseau"),
    "place": gettext_noop("Le lieu"),
    "facts": gettext_noop("Autres renseignements"),
}


def tried(edition: trial.Edition, tree: dict[str, Any]) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The answer to a case, the territory's facts added."""
    return calls.answer(edition, tree)


def outcome(answer: dict[str, Any] | None) -> tuple[str, int | None]:
    """What a kept case expects: the verdict and the total of the aid in cents; empty when the case cannot be read."""
    if answer is None:
        return "", None
    return answer["verdict"], answer["aid"]["total_cents"] if answer["aid"] else None


def in_words(verdict: str, cents: int | None) -> str:
    """« éligible, 12 500,00 € »."""
    said = str(wording.OUTCOMES.get(verdict, _("cas illisible")))
    return f"{said}, {shown_euros(cents)}" if cents is not None else said


def kept(samples: Iterable[SampleCase], edition: trial.Edition) -> list[Kept]:
    """Each kept case beside what it gives now."""
    found = []
    for one in samples:
        now = outcome(tried(edition, one.case)[0])
        expected = (one.verdict, one.total_cents)
        found.append(Kept(one, in_words(*expected), in_words(*now), now == expected))
    return found
