"""The one function that answers a case on a frozen edition: test, simulator, filing and command call it."""

from typing import Any

from escale.rules.scheme import limits, who
from escale.rules.scheme.award import award
from escale.rules.scheme.case import Case
from escale.rules.scheme.edition import Edition, load
from escale.rules.scheme.facts import Facts, plan_facts
from escale.rules.scheme.filing import filing
from escale.rules.scheme.parts import Sum
from escale.rules.scheme.pieces import piece_lines
from escale.rules.scheme.spending import amounts, kept
from escale.rules.words import _

__all__ = ["RULES_VERSION", "Edition", "answer", "load"]

#: Raised by one when the meaning of a rule changes: an answer kept as evidence names it.
RULES_VERSION = 1


def answer(edition: Edition, case: Case) -> dict[str, Any]:
    """The whole answer: verdict, filing, criteria, partners, pieces, limits, aid."""
    document, consortium = edition.document, edition.document.get("partners", {})
    vat = (document.get("aid") or {}).get("vat", "by_status")
    expenses = amounts(case, vat, {one["code"]: one["vat"] for one in edition.categories if "vat" in one})
    facts = Facts(case, (), edition.labels, computed=plan_facts(case, expenses, edition.own_funders))
    given = case.partners or ()
    partners = who.partner_lines(consortium, list(edition.partner_criteria), facts, given)
    facts.partners = _counted(given, partners, facts)
    criteria = [
        *who.applicant_lines(document.get("who", {}), facts),
        *_choices(document, facts),
        *who.consortium_lines(consortium, facts, given, partners),
        *(judge(facts) for judge in edition.criteria),
    ]
    pieces = piece_lines(document.get("pieces", []), edition.piece_rules, facts)
    aid: dict[str, Any] | None = None
    limit_lines: list[dict[str, Any]] = []
    if edition.aid is not None:
        aid, limit_lines, more = award(edition, facts, expenses)
        criteria += more
    elif edition.limits:
        known = limits.money(facts, kept(edition.categories, facts, expenses), edition.own_funders)
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
    }


def _counted(
    given: tuple[dict[str, Any], ...], lines: list[dict[str, Any]], facts: Facts
) -> tuple[dict[str, Any], ...]:
    """The rows that sums see: counted partners; an applicant alone is its own only partner."""
    if given:
        return tuple(row for row, line in zip(given, lines, strict=True) if line["counted"])
    names = ("name", "legal_form", "commune", "departement", "population")
    return ({name: facts.value(f"applicant.{name}") for name in names},)


def _choices(document: dict[str, Any], facts: Facts) -> list[dict[str, Any]]:
    """Built-in criteria ``project_type`` and ``themes``."""
    out = []
    if known := document.get("project_types"):
        chosen, labels = facts.value("project_type"), {one["code"]: one["label"] for one in known}
        if chosen is None:
            out.append(who.said("project_type", who.MISSING, _("Type de projet : à choisir, un seul.")))
        elif chosen not in labels:
            out.append(
                who.said("project_type", who.FAILED, _("Type de projet inconnu : {x}.").format(x=chosen), value=chosen)
            )
        else:
            message = _("Type de projet : {label}.").format(label=labels[chosen])
            out.append(who.said("project_type", who.MET, message, value=chosen))
    if known := document.get("themes"):
        chosen = facts.value("themes")
        allowed = {one["code"] for one in known if one.get("eligible", True)}
        most = document.get("themes_most")
        if not chosen:
            out.append(who.said("themes", who.MISSING, _("Thème : à choisir.")))
        else:
            ok = set(chosen) <= allowed and (most is None or len(chosen) <= most)
            names = {one["code"]: one["label"] for one in known}
            text = _("Thèmes : {names}.").format(names=", ".join(names.get(one, one) for one in chosen))
            if set(chosen) - allowed:
                text += _(" Hors de l’appel : {names}.").format(
                    names=", ".join(names.get(one, one) for one in chosen if one not in allowed)
                )
            out.append(who.said("themes", who.MET if ok else who.FAILED, text, value=len(chosen), maximum=most))
    return out


def _verdict(criteria: list[dict[str, Any]], pieces: list[dict[str, Any]]) -> str:
    verdicts = {line["verdict"] for line in criteria}
    if who.FAILED in verdicts:
        return "ineligible"
    if who.MISSING in verdicts or any(piece["required"] and not piece["given"] for piece in pieces):
        return "incomplete"
    return "to_examine" if who.TO_EXAMINE in verdicts else "eligible"
