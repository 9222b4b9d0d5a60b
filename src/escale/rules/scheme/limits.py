"""Legal limits of an aid: the owner's own share, all public aid, de minimis, non-cumulation."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from escale.rules.figures import shown_day, shown_rate
from escale.rules.money import half_up, part_of, shown_euros
from escale.rules.period import after, months_after
from escale.rules.scheme.facts import Facts
from escale.rules.scheme.parts import Line, Sum
from escale.rules.scheme.shares import by_funder
from escale.rules.scheme.spending import Kept
from escale.rules.words import _


@dataclass(frozen=True)
class Money:
    """What limits need to know: all spending, kept spending, private money, other public aid, cents."""

    spending: int
    kept: int
    private: int
    other_public: int
    plan_known: bool = True


def money(facts: Facts, spending: Kept, own_funders: frozenset[str]) -> Money:
    """The plan's money. Public lines of the scheme's own funders are the aid asked, not another aid."""
    private = other = 0
    for row in facts.case.funding or ():
        if row.get("state") == "refused":
            continue
        if row["source"] == "private":
            private += row["amount"]
        elif row["source"] == "public" and str(row.get("funder", "")).casefold() not in own_funders:
            other += row["amount"]
    return Money(spending.all_cents, spending.cents, private, other, facts.case.funding is not None)


def limit(spec: dict[str, Any], facts: Facts, known: Money, out: Sum) -> dict[str, Any]:
    """Checks one limit against the aid as it stands; cuts the aid when the limit reduces.

    Gives ``code``, ``verdict``, ``room_cents``, ``over_cents``, ``message``, and ``blocks``.
    """
    code, aid = spec["code"], out.cents
    if "when" in spec:
        truth = spec["when"].holds(facts)
        if truth is not True:
            verdict = "missing" if truth is None else "not_applicable"
            return _said(
                code, verdict, None, 0, _("Sans objet pour ce dossier.") if truth is False else _("À préciser.")
            )
    if code == "cumulation":
        return _cumulation(spec, facts, out)
    if code == "de_minimis":
        room, message = _de_minimis(spec, facts)
    elif not known.plan_known:
        room, message = None, _("Plan de financement à préciser : {name}.").format(name=_(_NAMES[code]))
    elif code == "own_share":
        room, message = _own_share(spec, known)
    else:
        room, message = _public_total(spec, known)
    if room is None:
        return _said(code, "missing", None, 0, message)
    over = max(0, aid - max(0, room))
    if not over:
        return _said(code, "met", max(0, room), 0, message)
    return _over(spec, code, max(0, room), over, message, out)


def _over(spec: dict[str, Any], code: str, room: int, over: int, message: str, out: Sum) -> dict[str, Any]:
    source = f" {spec['label']}" if spec.get("label") else ""
    if spec["effect"] == "reduce":
        reason = _("Aide ramenée à {room}.").format(room=shown_euros(room))
        _reduce(spec, code, room, f"{message} {reason}{source}", out)
        return _said(code, "failed", room, over, f"{message} {reason}{source}")
    reason = _("Dépassement de {over} : l’aide n’est pas possible ainsi.").format(over=shown_euros(over))
    return {**_said(code, "failed", room, over, f"{message} {reason}{source}"), "blocks": True}


def _reduce(spec: dict[str, Any], code: str, room: int, reason: str, out: Sum) -> None:
    """Cuts the aid to the room; ``cuts`` names the funders whose part goes first, the rest in proportion."""
    over, label = max(0, out.cents - room), _(_NAMES[code])
    if "cuts" not in spec or len(out.funders) < 2:
        out.cut(room, code, label, reason)
        return
    for funder in spec["cuts"]:
        part = min(over, by_funder(out, out.funders)[funder])
        if part > 0:
            out.lines.append(Line(code, label, None, None, -part, reason, funders={funder: -part}))
            over -= part
    out.cut(room, code, label, reason)


def _own_share(spec: dict[str, Any], known: Money) -> tuple[int | None, str]:
    """CGCT art. L. 1111-10: the owner bears at least a share of the total of public money."""
    rate = spec.get("rate", Fraction(1, 5))
    base = known.spending - known.private if spec.get("of", "public_money") == "public_money" else known.spending
    least = part_of(max(0, base), rate)
    others = (
        base - least if spec.get("of", "public_money") == "public_money" else known.spending - known.private - least
    )
    room = others - known.other_public
    text = _(
        "Part minimale du maître d’ouvrage : {least} sur {base} ; autres financeurs publics : {others} au plus, dont {given} hors cette aide."
    )
    return room, text.format(
        least=shown_euros(least),
        base=shown_euros(base),
        others=shown_euros(others),
        given=shown_euros(known.other_public),
    )


def _public_total(spec: dict[str, Any], known: Money) -> tuple[int | None, str]:
    rate = spec.get("rate", Fraction(4, 5))
    base = known.spending if spec.get("on") == "all" else known.kept
    most = half_up(base * rate.numerator, rate.denominator)
    text = _("Total des aides publiques : {most} au plus ({rate} de {base}), dont {given} d’autres financeurs.")
    message = text.format(
        most=shown_euros(most),
        rate=shown_rate(rate),
        base=shown_euros(base),
        given=shown_euros(known.other_public),
    )
    return most - known.other_public, message


def _decision_day(facts: Facts) -> date | None:
    return facts.value("decided_on") or facts.value("filed_on")


def _de_minimis(spec: dict[str, Any], facts: Facts) -> tuple[int | None, str]:
    """Regulation (EU) 2023/2831, article 3: 300 000 euros over any three years to a single undertaking.

    The day that counts is the grant's; the window is ]d − years, d].
    """
    day = _decision_day(facts)
    if day is None:
        return None, _("Aides de minimis : la date de la décision est à préciser.")
    if facts.case.earlier_aids is None:
        return None, _("Aides de minimis : les aides déjà reçues sont à préciser.")
    years, ceiling = spec.get("years", 3), spec.get("ceiling", 30_000_000)
    regimes, linked = spec.get("regimes", ["de_minimis"]), spec.get("linked", True)
    start, total = months_after(day, -12 * years), 0
    rows = _aids(spec, facts)
    if rows is None:
        return None, _("Aides de minimis : les aides déjà reçues sont à préciser.")
    for row in rows:
        if row.get("regime", "de_minimis") not in regimes or (row.get("undertaking") == "linked" and not linked):
            continue
        if "granted_on" not in row or "amount" not in row:
            return None, _("Aides de minimis : la date et le montant de chaque aide reçue sont à préciser.")
        if start < row["granted_on"] <= day:
            total += row["amount"]
    text = _("Aides de minimis accordées depuis le {start} : {total} (plafond {ceiling}).")
    message = text.format(start=shown_day(start), total=shown_euros(total), ceiling=shown_euros(ceiling))
    return ceiling - total, message


def _aids(spec: dict[str, Any], facts: Facts) -> list[dict[str, Any]] | None:
    """The aids received that a limit looks at, in cents; None when that is unknown."""
    rows = facts.case.earlier_aids
    if rows is None or "where" not in spec:
        return None if rows is None else list(rows)
    seen = facts.rows("earlier_aids") or ()
    truths = [spec["where"].holds(facts.at_row(row)) for row in seen]
    return None if None in truths else [row for row, truth in zip(rows, truths, strict=True) if truth]


def _cumulation(spec: dict[str, Any], facts: Facts, out: Sum) -> dict[str, Any]:
    day, barred, given = _decision_day(facts), [], 0
    if facts.case.earlier_aids is None:
        return _said("cumulation", "missing", None, 0, _("Aides déjà reçues : à préciser."))
    names, rows = {name.casefold() for name in spec.get("schemes", [])}, _aids(spec, facts)
    if rows is None:
        return _said("cumulation", "missing", None, 0, _("Aides déjà reçues : à préciser."))
    for row in rows:
        named = not names or str(row.get("scheme", "")).casefold() in names
        same = not spec.get("same_project") or str(row.get("project", "")).casefold() == "same"
        recent = True
        if "within" in spec and day is not None and "granted_on" in row:
            recent = day < after(row["granted_on"], spec["within"])
        if named and same and recent:
            given += row.get("amount", 0)
            barred.append(str(row.get("scheme") or row.get("funder") or _("une aide déjà reçue")))
    if not barred:
        return _said("cumulation", "met", None, 0, _("Aucune aide déjà reçue n’exclut celle-ci."))
    if "together" in spec:
        return _together(spec, given, barred, out)
    text = _("Non cumulable avec : {names}.").format(names=", ".join(dict.fromkeys(barred)))
    source = f" {spec['label']}" if spec.get("label") else ""
    over = out.cents
    if spec["effect"] == "reduce":
        _reduce(spec, "cumulation", 0, text + source, out)
        return _said("cumulation", "failed", 0, over, text + source)
    return {**_said("cumulation", "failed", 0, over, text + source), "blocks": True}


def _together(spec: dict[str, Any], given: int, barred: list[str], out: Sum) -> dict[str, Any]:
    """Earlier aids and this one up to a sum."""
    room = max(0, spec["together"] - given)
    text = _("Cumul avec {names} : {given} déjà accordés, {most} au plus en tout.").format(
        names=", ".join(dict.fromkeys(barred)), given=shown_euros(given), most=shown_euros(spec["together"])
    )
    over = max(0, out.cents - room)
    if not over:
        return _said("cumulation", "met", room, 0, text)
    return _over(spec, "cumulation", room, over, text, out)


_NAMES = {
    "own_share": "Part du maître d’ouvrage",
    "public_total": "Total des aides publiques",
    "de_minimis": "Aides de minimis",
    "cumulation": "Non-cumul",
}


def _said(code: str, verdict: str, room: int | None, over: int, message: str) -> dict[str, Any]:
    return {
        "code": code,
        "verdict": verdict,
        "room_cents": room,
        "over_cents": over,
        "message": message,
        "blocks": False,
    }
