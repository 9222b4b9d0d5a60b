"""The one function that answers a case on a frozen edition: test, simulator, filing and command call it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from escale.rules.money import half_up, share_out, shown_euros
from escale.rules.scheme import aid as aids
from escale.rules.scheme import conditions, limits, who
from escale.rules.scheme.case import Case, read_case
from escale.rules.scheme.facts import Facts, plan_facts
from escale.rules.scheme.filing import Calendar, calendar, filing
from escale.rules.scheme.format.money import AID, CATEGORY, LIMIT
from escale.rules.scheme.parts import Line, Sum
from escale.rules.scheme.pieces import piece_lines
from escale.rules.scheme.ready import ready
from escale.rules.scheme.shares import by_funder, by_year
from escale.rules.scheme.spending import Kept, amounts, kept
from escale.rules.shape.problem import Problem
from escale.rules.words import _

#: Raised by one when the meaning of a rule changes: an answer kept as evidence names it.
RULES_VERSION = 1


@dataclass(frozen=True)
class Edition:
    """A canonical document made ready: conditions compiled, questions by code, the calendar amended."""

    document: dict[str, Any]
    calendar: Calendar
    questions: dict[str, dict[str, Any]]
    labels: dict[str, str]
    criteria: tuple[who.Judge, ...]
    partner_criteria: tuple[who.Judge, ...]
    piece_rules: dict[str, conditions.Condition]
    funders: list[str]
    own_funders: frozenset[str]
    aid: dict[str, Any] | None = None
    limits: tuple[dict[str, Any], ...] = ()
    categories: tuple[dict[str, Any], ...] = ()

    def case(self, tree: Any, more: Any = None) -> tuple[Case | None, list[Problem]]:
        """Types a case for this edition."""
        return read_case(tree, self.questions, more)


def load(document: dict[str, Any], amendments: tuple[dict[str, Any], ...] = ()) -> Edition:
    """Makes a canonical document ready. ``amendments`` are layered in order: ``{"kind": "prolong", "until"}``."""
    until = next((one["until"] for one in reversed(amendments) if one.get("kind") in ("prolong", "close")), None)
    questions = {one["code"]: one for section in document.get("form", []) for one in section["questions"]}
    partners = document.get("partners", {})
    funders = (document.get("aid") or {}).get("funders", [])
    return Edition(
        document=document,
        calendar=calendar(document["calendar"], until),
        questions=questions,
        labels=_labels(document, questions),
        criteria=tuple(who.criterion(spec) for spec in document.get("criteria", [])),
        partner_criteria=tuple(who.criterion(spec) for spec in partners.get("criteria", [])),
        piece_rules={
            one["code"]: conditions.compiled(one["when"]) for one in document.get("pieces", []) if "when" in one
        },
        funders=[one["code"] for one in funders],
        aid=ready(AID, document["aid"]) if "aid" in document else None,
        limits=tuple(ready(LIMIT, one) for one in document.get("limits", [])),
        categories=tuple(ready(CATEGORY, one) for one in document.get("expenses", [])),
        own_funders=frozenset(name.casefold() for one in funders for name in (one["code"], one["label"])),
    )


def _labels(document: dict[str, Any], questions: dict[str, dict[str, Any]]) -> dict[str, str]:
    labels = {f"answers.{code}": one["label"] for code, one in questions.items()}
    for one in questions.values():
        labels.update({f"={option['code']}": option["label"] for option in one.get("options", [])})
        labels.update({f"answers.{one['code']}.{inner['code']}": inner["label"] for inner in one.get("questions", [])})
    for family in ("project_types", "themes", "expenses", "pieces"):
        labels.update({f"={one['code']}": one["label"] for one in document.get(family, [])})
    return labels


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
        aid, limit_lines, more = _aid(edition, facts, expenses)
        criteria += more
    elif edition.limits:
        known = limits.money(facts, kept(edition.categories, facts, expenses), edition.own_funders)
        limit_lines = [limits.limit(spec, facts, known, Sum()) for spec in edition.limits]
    return {
        "verdict": _verdict(criteria, pieces),
        "filing": filing(edition.calendar, case.filed_at),
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


def _aid(
    edition: Edition, facts: Facts, expenses: tuple[int, ...]
) -> tuple[dict[str, Any], list[dict[str, Any]], list[Any]]:
    spec, asked = edition.aid or {}, facts.case.expenses is not None
    spending = kept(edition.categories, facts, expenses)
    out, criteria = Sum(), _spending_bounds(spec, spending if asked else None)
    for one in spec["components"]:
        aids.component(one, facts, spending, edition.funders, out)
    aids.groups(spec.get("groups", []), out)
    for cap in spec.get("caps", []):
        aids.apply_whole_cap(cap, facts, spending, out)
    known = limits.money(facts, spending, edition.own_funders)
    lines = [limits.limit(one, facts, known, out) for one in edition.limits]
    _round(spec.get("rounding", "cent"), out)
    blocked = any(line["blocks"] for line in lines)
    if blocked:
        out.cut(0, "blocked", _("Limite dépassée"), _("Une limite empêche l’aide : elle est ramenée à zéro."))
    unknown = [*out.unknown, *spending.unknown]
    if _vat_unknown(spec, facts):
        unknown.append(_("récupération de la TVA"))
    if unknown:
        message = _("L’aide dépend de : {names}.").format(names=", ".join(dict.fromkeys(unknown)))
        criteria.append(who.said("aid_facts", who.MISSING, message))
    certain = not unknown and (asked or not any(_on_spending(one) for one in spec["components"]))
    criteria += _floor(spec, out, blocked) if certain else _floor_unknown(spec)
    told = _told(edition, facts, spending, out, blocked) if certain else _untold(spending if asked else None)
    if certain and any(line["verdict"] == "missing" for line in lines):
        told["possible"] = None
    return told, lines, criteria


def _on_spending(one: dict[str, Any]) -> bool:
    """Whether a component cannot be computed without the expenses."""
    return "rates" in one or one.get("within_spending", True) or ("scale" in one and "units" not in one)


def _vat_unknown(spec: dict[str, Any], facts: Facts) -> bool:
    by_status = spec.get("vat", "by_status") == "by_status"
    return by_status and facts.value("applicant.vat") is None and any(one.vat for one in facts.case.expenses or ())


def _spending_bounds(spec: dict[str, Any], spending: Kept | None) -> list[dict[str, Any]]:
    out = []
    for code, word, more in (
        ("spending_minimum", "spending_at_least", True),
        ("spending_maximum", "spending_at_most", False),
    ):
        if word not in spec:
            continue
        bound = spec[word]
        if spending is None:
            out.append(who.said(code, who.MISSING, _("Dépenses retenues : à préciser.")))
            continue
        ok = spending.cents >= bound if more else spending.cents <= bound
        text = (
            _("Dépenses retenues : {kept} (minimum {bound}).")
            if more
            else _("Dépenses retenues : {kept} (maximum {bound}).")
        )
        message = text.format(kept=shown_euros(spending.cents), bound=shown_euros(bound))
        limit = {"minimum": bound} if more else {"maximum": bound}
        out.append(who.said(code, who.MET if ok else who.FAILED, message, value=spending.cents, unit="cents", **limit))
    return out


def _round(how: str, out: Sum) -> None:
    cents = out.cents
    step = {"cent": 1, "euro": 100, "euro_down": 100, "hundred_down": 10_000}[how]
    rounded = half_up(cents, step) * step if how in ("cent", "euro") else cents // step * step
    if rounded != cents:
        out.lines.append(Line("rounding", _("Arrondi"), None, None, rounded - cents, _("Arrondi prévu par l’appel.")))


def _floor(spec: dict[str, Any], out: Sum, blocked: bool) -> list[dict[str, Any]]:
    if "floor" not in spec:
        return []
    floor, cents = spec["floor"], out.cents
    ok = cents >= floor
    text = _("Aide calculée : {aid} (minimum {floor}).").format(aid=shown_euros(cents), floor=shown_euros(floor))
    if not ok and not blocked:
        out.cut(
            0,
            "aid_floor",
            _("Plancher"),
            _("Sous le minimum de {floor} : rien n’est accordé.").format(floor=shown_euros(floor)),
        )
    return [who.said("aid_floor", who.MET if ok else who.FAILED, text, value=cents, minimum=floor, unit="cents")]


def _floor_unknown(spec: dict[str, Any]) -> list[dict[str, Any]]:
    if "floor" not in spec:
        return []
    return [who.said("aid_floor", who.MISSING, _("Aide calculée : à préciser."), minimum=spec["floor"], unit="cents")]


def _untold(spending: Kept | None) -> dict[str, Any]:
    """The aid when what decides it is unknown: no amount is guessed."""
    return {
        "possible": None,
        "spending_kept_cents": None if spending is None else spending.cents,
        "lines": [],
        "total_cents": None,
        "by_funder": {},
        "by_partner": {},
        "by_year": {},
        "notes": [] if spending is None else spending.notes,
    }


def _told(edition: Edition, facts: Facts, spending: Kept, out: Sum, blocked: bool) -> dict[str, Any]:
    total = out.cents
    lines = [line for part in out.parts for line in part.lines] + out.lines
    years = {str(year): cents for year, cents in sorted(by_year(out).items(), key=lambda item: item[0] or 0) if year}
    return {
        "possible": total > 0 and not blocked,
        "spending_kept_cents": spending.cents,
        "lines": [line.as_json() for line in lines],
        "total_cents": total,
        "by_funder": by_funder(out, edition.funders),
        "by_partner": _by_partner(facts, total),
        "by_year": years,
        "notes": spending.notes,
    }


def _by_partner(facts: Facts, total: int) -> dict[str, int]:
    """The aid by partner, when their shares add up to the whole."""
    rows = facts.case.partners or ()
    shares = [row.get("share") for row in rows]
    known = [share for share in shares if share is not None]
    if not rows or len(known) < len(rows) or sum(known, Fraction(0)) != 1:
        return {}
    return dict(zip((str(row["name"]) for row in rows), share_out(total, known), strict=True))
