"""What an edition asks, as questions: the public test and the form of a dossier read the same answer in the same way."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes.queries.calls import with_territory
from escale.foundation.questionnaires.questions import Block, Item, Kind, Option, Question
from escale.rules.legal import LEGAL_FORMS, SIZES
from escale.rules.scheme import conditions
from escale.rules.scheme.case import Case
from escale.rules.scheme.conditions import Condition
from escale.rules.scheme.document import fact_names
from escale.rules.scheme.facts import Facts, plan_facts
from escale.rules.scheme.spending import amounts
from escale.rules.scheme.trial import Edition

#: How often hidden answers may hide others in turn.
DEEPEST = 6
KINDS = {
    "text": Kind.TEXT, "long_text": Kind.LONG_TEXT, "number": Kind.NUMBER, "amount": Kind.AMOUNT,
    "date": Kind.DATE, "yes_no": Kind.YES_NO, "choice": Kind.CHOICE, "choices": Kind.CHOICES,
    "commune": Kind.COMMUNE, "organisation": Kind.SIRET, "email": Kind.EMAIL, "phone": Kind.PHONE,
    "url": Kind.URL, "statement": Kind.STATEMENT, "commitment": Kind.COMMITMENT,
}  # fmt: skip


def item(spec: dict[str, Any]) -> Item:
    """A question of a scheme's form, or its repeated block."""
    when = conditions.compiled(spec["visible_if"]) if "visible_if" in spec else None
    if spec["kind"] == "block":
        return Block(
            spec["code"],
            spec["label"],
            tuple(question(one) for one in spec.get("questions", [])),
            help=spec.get("help", ""),
            least=spec.get("rows_least", 1 if spec.get("required") else 0),
            most=spec.get("rows_most", 100),
            when=when,
        )
    return question(spec, when)


def question(spec: dict[str, Any], when: Condition | None = None) -> Question:
    """One question, as the form and the public test show it and read its answer."""
    kind = KINDS[spec["kind"]]
    if when is None and "visible_if" in spec:
        when = conditions.compiled(spec["visible_if"])
    if kind is Kind.NUMBER and not spec.get("decimals", 0):
        kind = Kind.WHOLE
    return Question(
        spec["code"],
        kind,
        spec["label"],
        help=spec.get("help", ""),
        required=spec.get("required", False) or kind is Kind.COMMITMENT,
        options=tuple(Option(one["code"], one["label"], one.get("help", "")) for one in spec.get("options", [])),
        unit=spec.get("unit", ""),
        least=_bound(kind, spec.get("least")),
        most=_bound(kind, spec.get("most")),
        longest=spec.get("max_length", 0),
        when=when,
    )


def _bound(kind: Kind, text: str | None) -> float | None:
    if text is None:
        return None
    return float(date.fromisoformat(text).toordinal() if kind is Kind.DATE else text.replace(",", "."))


def named(document: dict[str, Any]) -> frozenset[str]:
    """Every fact that the rules of a document name."""
    return frozenset(name for _steps, name in fact_names(document, []))


def for_each_partner(document: dict[str, Any]) -> bool:
    """Whether the aid is computed for each partner."""
    return any(one.get("each_partner") for one in (document.get("aid") or {}).get("components", []))


def partner_questions(document: dict[str, Any]) -> list[Question]:
    """What the rules may want of one partner: always who and where; more of it when a rule names it."""
    forms = _options({code: _(label) for code, label in LEGAL_FORMS.items()})
    sizes = _options({code: _(label) for code, label in SIZES.items()})
    questions = [
        Question("name", Kind.TEXT, _("Nom"), required=True),
        Question("legal_form", Kind.CHOICE, _("Forme juridique"), required=True, options=forms),
        Question("commune", Kind.COMMUNE, _("Commune"), required=True),
        Question(
            "population", Kind.WHOLE, _("Population"), _("Pour un groupement ; celle d’une commune est connue."),
            least=0, unit=_("habitants"),
        ),
    ]  # fmt: skip
    rare = [
        Question("siret", Kind.SIRET, "SIRET"),
        Question("created_on", Kind.DATE, _("Date de création")),
        Question("fte", Kind.NUMBER, _("Équivalents temps plein"), least=0),
        Question("size", Kind.CHOICE, _("Taille de l’entreprise"), options=sizes),
        Question("ess", Kind.YES_NO, _("Économie sociale et solidaire")),
    ]
    wanted = _columns(document, "partners")
    questions += [one for one in rare if one.code in wanted]
    if document.get("partners", {}).get("shares"):
        questions.append(Question("share", Kind.SHARE, _("Part de l’aide"), required=True))
    return questions


def expense_questions(document: dict[str, Any]) -> list[Question]:
    """What the rules may want of one expense; its day and who bears it when a rule names them."""
    categories = tuple(Option(one["code"], one["label"], one.get("help", "")) for one in document["expenses"])
    questions = [
        Question("category", Kind.CHOICE, _("Catégorie"), required=True, options=categories),
        Question("label", Kind.TEXT, _("Objet"), required=True, longest=200),
        Question("ht", Kind.AMOUNT, _("Montant hors taxes"), required=True),
        Question("vat", Kind.AMOUNT, _("TVA")),
        Question("year", Kind.WHOLE, _("Année"), least=2000, most=2100),
    ]
    wanted = _columns(document, "expenses")
    if "dated_on" in wanted:
        help = _("Celle du devis, de la commande ou de la facture.")
        questions.append(Question("dated_on", Kind.DATE, _("Date"), help))
    if for_each_partner(document) or "partner" in wanted:
        help = _("Son nom, tel qu’il est écrit à la partie Partenaires.")
        questions.append(Question("partner", Kind.TEXT, _("Partenaire qui la porte"), help, longest=200))
    return questions


def earlier_questions(document: dict[str, Any]) -> list[Question]:
    """What is asked of one aid received before; nothing when no limit and no rule counts them."""
    limits = document.get("limits", [])
    if not limits and not any(name.partition(".")[0] == "earlier_aids" for name in named(document)):
        return []
    regimes = {"de_minimis": _("De minimis")}
    regimes |= {
        code: code.replace("_", " ").upper() for one in limits for code in one.get("regimes", []) if code not in regimes
    }
    return [
        Question("granted_on", Kind.DATE, _("Accordée le"), required=True),
        Question("amount", Kind.AMOUNT, _("Montant"), required=True),
        Question("regime", Kind.CHOICE, _("Régime"), options=_options({**regimes, "other": _("Autre")})),
        Question(
            "undertaking", Kind.CHOICE, _("À qui"),
            options=_options({"self": _("Le porteur"), "linked": _("Une entreprise liée")}),
        ),
        Question("funder", Kind.TEXT, _("Financeur"), longest=200),
        Question("scheme", Kind.TEXT, _("Dispositif"), longest=200),
        Question(
            "project", Kind.CHOICE, _("Pour quel projet"),
            options=_options({"same": _("Celui de ce dossier"), "other": _("Un autre projet")}),
        ),
    ]  # fmt: skip


def _options(labels: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code, label) for code, label in labels.items())


def _columns(document: dict[str, Any], table: str) -> set[str]:
    """The columns of a table that the rules name, by themselves or as ``row.``."""
    inner = {
        one["code"]
        for section in document.get("form", [])
        for asked in section["questions"]
        for one in asked.get("questions", [])
    }
    found = named(document)
    rows = {name.removeprefix("row.") for name in found if name.startswith("row.")} - inner
    return rows | {name.removeprefix(f"{table}.") for name in found if name.startswith(f"{table}.")}


def counted(edition: Edition, case: Case) -> tuple[int, ...]:
    """Each expense of a case as it counts (with or without VAT), in cents."""
    own = {one["code"]: one["vat"] for one in edition.categories if "vat" in one}
    return amounts(case, (edition.document.get("aid") or {}).get("vat", "by_status"), own)


def hidden(edition: Edition, questions: Iterable[Item], case: Case) -> frozenset[str]:
    """The codes of the questions that a case does not lead to: what they were answered does not count."""
    computed = plan_facts(case, counted(edition, case), edition.own_funders)
    facts = Facts(case, case.partners or (), edition.labels, computed=computed)
    asked = list(questions)
    found = {one.code for one in asked if one.when is not None and one.when(facts).truth is not True}  # type: ignore[operator]  # compiled by ``item``
    for block in asked:
        if isinstance(block, Block):
            found |= {one.code for one in block.questions if one.when is not None and one.when(facts).truth is False}  # type: ignore[operator]  # likewise
    return frozenset(found)


def led_to(edition: Edition, tree: dict[str, Any]) -> dict[str, Any]:
    """A case without the answers to questions that the others do not lead to: a form would not have asked them."""
    items = [item(one) for one in edition.questions.values()]
    if not tree.get("answers") or all(one.when is None for one in items):
        return tree
    gone: frozenset[str] = frozenset()
    kept = tree
    for _round in range(DEEPEST):
        kept = {**tree, "answers": {code: one for code, one in tree["answers"].items() if code not in gone}}
        case, _problems = edition.case(with_territory(edition, kept))
        now = hidden(edition, items, case) if case is not None else gone
        if now == gone:
            break
        gone = now
    return kept
