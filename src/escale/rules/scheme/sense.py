"""What is well written but has no sense: comparisons that compare nothing, words that a fact never takes."""

import itertools
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from escale.rules.legal import FAMILIES, LEGAL_FORMS, SIZES
from escale.rules.scheme import measures
from escale.rules.scheme.format.conditions import CONDITION
from escale.rules.scheme.format.whole import SCHEME
from escale.rules.scheme.measures import MARKS
from escale.rules.shape.places import places
from escale.rules.shape.problem import Problem, Step, nearest, quoted
from escale.rules.words import _

ORDER = ("at_least", "at_most", "more_than", "less_than")
SAME = ("is", "is_not", "in", "not_in")
LISTS = ("includes_any", "includes_all", "includes_none")
NUMBERS = frozenset(
    ["applicant.population", "applicant.fte", "applicant.vat_recovered", "row.population", "row.fte", "owner.population", "row.share", "row.amount", "row.year", "network.minutes_to_nearest_place", "place.hours_per_week", "place.days_per_week", "partners", "expenses", "funding", "earlier_aids", "earlier_dossiers"]
)  # fmt: skip
DAYS = frozenset(
    [
        "row.granted_on",
        "row.created_on",
        "row.dated_on",
        "applicant.created_on",
        "filed_on",
        "decided_on",
        "place.opened_on",
    ]
)
YES_NO = frozenset(["applicant.ess", "row.ess", "row.lead", "row.confirmed"])
MANY = frozenset(["themes", "pieces", "territory.zones", "row.zones"])


class Facts:
    """What each fact of a document may be: ``number``, ``day``, ``yes_no``, ``many``, ``word`` or ``any``."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.questions: dict[str, dict[str, Any]] = {}
        for section in document.get("form", []):
            for one in section["questions"]:
                self.questions[f"answers.{one['code']}"] = one
                for inner in one.get("questions", []):
                    self.questions[f"row.{inner['code']}"] = inner
        self.words = {
            name: [one["code"] for one in document.get(word, [])]
            for name, word in (("project_type", "project_types"), ("themes", "themes"), ("pieces", "pieces"))
        } | {"row.category": [one["code"] for one in document.get("expenses", [])]}
        forms = [*LEGAL_FORMS, *FAMILIES]
        self.words |= {f"{who}.legal_form": forms for who in ("applicant", "row", "owner")}
        self.words |= {"applicant.vat": ["recovers", "partly", "not_recovered"]}
        self.words |= {"applicant.size": list(SIZES), "row.size": list(SIZES)}

    def kind(self, name: str) -> str:
        """What sort of value a fact is."""
        question = self.questions.get(name)
        if question is not None:
            kinds = {"number": "number", "amount": "number", "date": "day", "yes_no": "yes_no", "commitment": "yes_no"}
            if question["kind"] == "block":
                return "number"
            return kinds.get(question["kind"], "many" if question["kind"] == "choices" else "word")
        for kind, names in (("number", NUMBERS), ("day", DAYS), ("yes_no", YES_NO), ("many", MANY)):
            if name in names:
                return kind
        return "number" if name.startswith("plan.") else ("word" if name in self.words else "any")

    def options(self, name: str) -> list[str]:
        """The words that a fact may take; empty when any."""
        question = self.questions.get(name, {})
        return self.words.get(name) or [one["code"] for one in question.get("options", [])]


def senseless(document: dict[str, Any]) -> list[Problem]:
    """Problems of meaning, in the order of the file."""
    facts, problems = Facts(document), []
    for steps, kind, value in places(SCHEME, document):
        if kind is CONDITION:
            problems += [_under(problem, steps) for problem in condition(value, facts)]
    for rank, one in enumerate(document.get("expenses", [])):
        problems += [_under(problem, ["expenses", rank]) for problem in _category(one)]
    for rank, one in enumerate((document.get("aid") or {}).get("components", [])):
        found = [*_scale(one), *_unread(one)]
        problems += [_under(problem, ["aid", "components", rank]) for problem in found]
    problems += [_under(problem, ["aid"]) for problem in _grouped(document.get("aid") or {})]
    for rank, one in enumerate((document.get("aid") or {}).get("spending_caps", [])):
        problems += [_under(problem, ["aid", "spending_caps", rank]) for problem in _spending_cap(one)]
    return [*problems, *_bounds(document)]


def _under(problem: Problem, steps: list[Step]) -> Problem:
    problem.steps = [*steps, *problem.steps]
    return problem


def condition(value: dict[str, Any], facts: Facts) -> Iterator[Problem]:
    """What has no sense in one canonical condition, places from it."""
    if "at_least_of" in value and value["at_least_of"] > len(value["of"]):
        text = _("{k} conditions sur {n} : il n’y en a pas assez.").format(k=value["at_least_of"], n=len(value["of"]))
        yield Problem("impossible", text, ["at_least_of"])
    if "from" in value:
        if not {"lasts_at_least", "lasts_at_most", "lasts_more_than", "lasts_less_than"} & set(value):
            yield Problem("missing_word", _("il manque lasts_at_least ou lasts_at_most."))
        return
    mark = next((word for word in MARKS if word in value), None)
    if mark is None:
        return
    words = [word for word in (*ORDER, *SAME, *LISTS, "known", "same_as") if word in value]
    if not words:
        yield Problem("missing_word", _("rien n’est comparé : at_least, at_most, is, in, includes_any, known…"))
    kind = facts.kind(value["fact"]) if mark == "fact" else ("word" if mark == "mail_domain" else "number")
    if mark in ("least", "greatest"):
        kind = "any"
    for word in words:
        yield from _operator(word, value[word], kind, facts.options(value["fact"]) if mark == "fact" else [])
    low, high = _number(value.get("at_least")), _number(value.get("at_most"))
    if low is not None and high is not None and low > high:
        yield Problem("contradiction", _("le minimum dépasse le maximum."), ["at_least"])


def _operator(word: str, wanted: Any, kind: str, options: list[str]) -> Iterator[Problem]:
    if word in ORDER:
        if kind in ("yes_no", "many", "word"):
            yield Problem("wrong_type", _("{word} compare des nombres ou des dates.").format(word=quoted(word)), [word])
        elif (kind == "number" and _number(wanted) is None) or (kind == "day" and not _is_day(wanted)):
            expected = _("un nombre") if kind == "number" else _("une date, 2026-01-31")
            text = _("{text} : {expected} est attendu.").format(text=quoted(wanted), expected=expected)
            yield Problem("wrong_type", text, [word])
    elif word in LISTS and kind in ("number", "day", "yes_no"):
        yield Problem("wrong_type", _("{word} demande une liste de choix.").format(word=quoted(word)), [word])
    elif word in ("is", "is_not") and kind == "yes_no" and str(wanted) not in ("yes", "no", "true", "false"):
        yield Problem("wrong_type", _("{text} : écrivez yes ou no.").format(text=quoted(wanted)), [word])
    if options and word in (*SAME, *LISTS):
        for rank, one in enumerate(wanted if isinstance(wanted, list) else [wanted]):
            if one not in options:
                text = _("{text} n’est pas l’un des choix. {hint}").format(text=quoted(one), hint=nearest(one, options))
                yield Problem("unknown_code", text, [word, rank] if isinstance(wanted, list) else [word])


def _number(text: Any) -> Fraction | None:
    text = measures.unsigned(text, per_cent=True)
    try:
        return None if text is None else Fraction(str(text))
    except ValueError:
        return None


def _is_day(text: Any) -> bool:
    try:
        return bool(date.fromisoformat(str(text)))
    except ValueError:
        return False


def _category(one: dict[str, Any]) -> Iterator[Problem]:
    for word, other in (("flat_rate", "flat_rate_of"), ("cap_per_unit", "units"), ("flat_per_unit", "units")):
        if word in one and other not in one:
            sentence = _("{word} demande {other}.").format(word=quoted(word), other=quoted(other))
            yield Problem("missing_word", sentence, [other])
    for word in ("flat_rate_of", "share_of_categories"):
        if one["code"] in one.get(word, []):
            yield Problem("contradiction", _("une catégorie n’est pas une part d’elle-même."), [word])


def _scale(one: dict[str, Any]) -> Iterator[Problem]:
    tops = [_number(row.get("up_to", row.get("below"))) for row in one.get("scale", [])]
    for rank, (top, following) in enumerate(itertools.pairwise(tops)):
        if top is None or (following is not None and following <= top):
            yield Problem("contradiction", _("les paliers montent ; seul le dernier est sans limite."), ["scale", rank])
    for rank, row in enumerate(one.get("scale", [])):
        if ("amount" in row) == ("rate" in row):
            yield Problem("missing_word", _("un palier donne amount ou rate, l’un des deux."), ["scale", rank])
        if "up_to" in row and "below" in row:
            yield Problem("contradiction", _("un palier finit par up_to ou par below."), ["scale", rank, "below"])
    for rank, cap in enumerate(one.get("caps", [])):
        if cap.get("on") == "spending" and not {"rates", "scale"} & set(one):
            sentence = _("ce calcul ne part pas des dépenses : aucun plafond de dépenses ne s’y applique.")
            yield Problem("contradiction", sentence, ["caps", rank, "on"])


def _unread(one: dict[str, Any]) -> Iterator[Problem]:
    """Words of a component that would never be read, or read otherwise than they look."""
    if "split" in one and "funder" in one:
        yield Problem("contradiction", _("funder et split ne vont pas ensemble."), ["funder"])
    if "units" in one and not {"per_unit", "scale"} & set(one):
        yield Problem("contradiction", _("units ne sert qu’à per_unit ou à scale."), ["units"])
    for rank, row in enumerate(one.get("scale", [])):
        if "rate" in row and "units" in one:
            yield Problem(
                "contradiction", _("un palier en taux porte sur les dépenses : sans units."), ["scale", rank, "rate"]
            )
        if row.get("per_unit") and "units" not in one:
            yield Problem("missing_word", _("per_unit demande « units »."), ["units"])
    rates = one.get("rates", []) if one.get("choose", "first") == "first" else []
    for rank, row in enumerate(rates[:-1]):
        if "when" not in row:
            sentence = _(
                "ce taux vaut pour tous : les suivants ne servent jamais. Placez-le à la fin, ou choose: better."
            )
            yield Problem("contradiction", sentence, ["rates", rank])


def _grouped(aid: dict[str, Any]) -> Iterator[Problem]:
    """What is computed for each partner is summed: a group that keeps one of its members would leave partners out."""
    takes = {one["code"]: one["take"] for one in aid.get("groups", [])}
    for rank, one in enumerate(aid.get("components", [])):
        if one.get("each_partner") and takes.get(one.get("group"), "sum") != "sum":
            sentence = _("each_partner se cumule : le groupe « {group} » doit prendre la somme (take: sum).")
            yield Problem("contradiction", sentence.format(group=one["group"]), ["components", rank, "group"])


def _spending_cap(one: dict[str, Any]) -> Iterator[Problem]:
    if ("amount" in one) == ("share_at_most" in one):
        yield Problem("missing_word", _("un plafond de dépenses donne amount ou share_at_most, l’un des deux."))
    if set(one["categories"]) & set(one.get("share_of_categories", [])):
        yield Problem("contradiction", _("des catégories ne sont pas une part d’elles-mêmes."), ["share_of_categories"])


def _bounds(document: dict[str, Any]) -> Iterator[Problem]:
    partners, scoring = document.get("partners", {}), document.get("scoring", {})
    if partners.get("least", 0) > partners.get("most", 10**9):
        yield Problem("contradiction", _("moins de partenaires au plus qu’au moins."), ["partners", "most"])
    total = sum(one["weight"] for one in scoring.get("marks", []))
    if scoring.get("least", 0) > total and scoring:
        text = _("la note minimale dépasse le total des points ({n}).").format(n=total)
        yield Problem("impossible", text, ["scoring", "least"])
    for s, section in enumerate(document.get("form", [])):
        for q, one in enumerate(section["questions"]):
            low, high = _number(one.get("least")), _number(one.get("most"))
            if low is not None and high is not None and low > high:
                steps: list[Step] = ["form", s, "questions", q, "most"]
                yield Problem("contradiction", _("le maximum est sous le minimum."), steps)
