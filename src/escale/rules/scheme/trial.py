"""The one function that answers a case on a frozen edition: test, simulator, filing and command call it."""

from fractions import Fraction
from typing import Any

from escale.rules.scheme import limits, who
from escale.rules.scheme.award import award
from escale.rules.scheme.case import Case
from escale.rules.scheme.choices import choices
from escale.rules.scheme.edition import Edition, load
from escale.rules.scheme.facts import Facts, plan_facts
from escale.rules.scheme.filing import filing
from escale.rules.scheme.parts import Sum
from escale.rules.scheme.pieces import piece_lines
from escale.rules.scheme.spending import Kept, amounts, kept, vat_unknown

__all__ = ["RULES_VERSION", "Edition", "answer", "load"]

#: Raised by one when the meaning of a rule changes: an answer kept as evidence names it.
RULES_VERSION = 3


def answer(edition: Edition, case: Case) -> dict[str, Any]:
    """The whole answer: verdict, filing, criteria, partners, pieces, limits, aid."""
    document, consortium = edition.document, edition.document.get("partners", {})
    vat = (document.get("aid") or {}).get("vat", "by_status")
    expenses = amounts(case, vat, {one["code"]: one["vat"] for one in edition.categories if "vat" in one})
    categories = [one["code"] for one in edition.categories]
    facts = Facts(case, (), edition.labels, computed=plan_facts(case, expenses, edition.own_funders, categories))
    given = case.partners or ()
    partners = who.partner_lines(consortium, list(edition.partner_criteria), facts, given)
    facts.partners = _counted(given, partners, facts)
    spending = kept(edition.categories, facts, expenses, (edition.aid or {}).get("spending_caps", ()))
    _tell_spending(document.get("aid") or {}, facts, spending, categories)
    criteria = [
        *who.applicant_lines(document.get("who", {}), facts),
        *choices(document, facts),
        *who.consortium_lines(consortium, facts, given, partners),
        *(judge(facts) for judge in edition.criteria),
    ]
    pieces = piece_lines(document.get("pieces", []), edition.piece_rules, facts, who.deed_of(document, facts))
    aid: dict[str, Any] | None = None
    limit_lines: list[dict[str, Any]] = []
    if edition.aid is not None:
        aid, limit_lines, more = award(edition, facts, spending, partners)
        criteria += more
    elif edition.limits:
        known = limits.money(facts, spending, edition.own_funders)
        limit_lines = [limits.limit(spec, facts, known, Sum()) for spec in edition.limits]
    verdict = _verdict(criteria, pieces)
    if aid and verdict == "ineligible":
        aid["possible"] = False
    return {
        "verdict": verdict,
        "filing": filing(edition.calendar, case.filed_at, case.facts),
        "criteria": criteria,
        "partners": partners,
        "pieces": pieces,
        "limits": [{name: value for name, value in line.items() if name != "blocks"} for line in limit_lines],
        "aid": aid,
        "beneficiary": who.beneficiary(document, facts),
    }


def _tell_spending(spec: dict[str, Any], facts: Facts, spending: Kept, categories: list[str]) -> None:
    """Facts of the spending kept, in euros, once it is known; none when the VAT that matters is unknown."""
    if vat_unknown(spec, facts):
        for name in [name for name in facts.computed if name.startswith("plan.spending")]:
            del facts.computed[name]
    elif facts.case.expenses is not None and not spending.unknown:
        facts.computed["plan.kept"] = Fraction(spending.cents, 100)
        facts.computed |= {f"plan.kept_{code}": Fraction(spending.total(code), 100) for code in categories}


def _counted(
    given: tuple[dict[str, Any], ...], lines: list[dict[str, Any]], facts: Facts
) -> tuple[dict[str, Any], ...]:
    """The rows that sums see: counted partners; an applicant alone is its own only partner."""
    if given:
        return tuple(row for row, line in zip(given, lines, strict=True) if line["counted"])
    names = ("name", "legal_form", "commune", "departement", "population", "siret", "created_on", "fte", "size", "ess")
    around = {"epci": facts.value("territory.epci"), "zones": facts.value("territory.zones")}
    return ({name: facts.value(f"applicant.{name}") for name in names} | around,)


def _verdict(criteria: list[dict[str, Any]], pieces: list[dict[str, Any]]) -> str:
    verdicts = {line["verdict"] for line in criteria}
    if who.FAILED in verdicts:
        return "ineligible"
    if who.MISSING in verdicts or any(piece["required"] and not piece["given"] for piece in pieces):
        return "incomplete"
    return "to_examine" if who.TO_EXAMINE in verdicts else "eligible"
