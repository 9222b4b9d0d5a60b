"""The aid as a whole: components, groups, caps, limits, rounding, floor; then who gets and pays what, and when."""

from fractions import Fraction
from typing import Any

from escale.rules.money import half_up, share_out, shown_euros
from escale.rules.scheme import aid as aids
from escale.rules.scheme import caps, limits, who
from escale.rules.scheme.edition import Edition
from escale.rules.scheme.facts import Facts
from escale.rules.scheme.parts import Line, Sum
from escale.rules.scheme.shares import by_funder, by_year
from escale.rules.scheme.spending import Kept, vat_unknown
from escale.rules.words import _


def award(
    edition: Edition, facts: Facts, spending: Kept, counted: list[dict[str, Any]]
) -> tuple[dict[str, Any], list[dict[str, Any]], list[Any]]:
    """The aid, the lines of its limits, and the criteria that follow from money.

    ``counted``: the partners' lines, who is counted among them.
    """
    spec, asked = edition.aid or {}, facts.case.expenses is not None
    out, criteria = Sum(funders=edition.funders), _spending_bounds(spec, spending if asked else None)
    for one in spec["components"]:
        aids.component(one, facts, spending, edition.funders, out)
    aids.groups(spec.get("groups", []), out)
    for cap in spec.get("caps", []):
        caps.on_the_whole(cap, facts, spending, out)
    known = limits.money(facts, spending, edition.own_funders)
    lines = [limits.limit(one, facts, known, out) for one in edition.limits]
    _round(spec.get("rounding", "cent"), out, [line["room_cents"] for line in lines])
    blocked = any(line["blocks"] for line in lines)
    unknown = [*out.unknown, *spending.unknown]
    if vat_unknown(spec, facts):
        unknown.append(_("récupération de la TVA"))
    if unknown:
        message = _("L’aide dépend de : {names}.").format(names=", ".join(dict.fromkeys(unknown)))
        criteria.append(who.said("aid_facts", who.MISSING, message))
    certain = not unknown and (asked or not any(_on_spending(one) for one in spec["components"]))
    criteria += _floor(spec, out) if certain else _floor_unknown(spec)
    if blocked:
        out.cut(0, "blocked", _("Limite dépassée"), _("Une limite empêche l’aide : elle est ramenée à zéro."))
    told = _told(edition, facts, spending, out, blocked, counted) if certain else _untold(spending if asked else None)
    if certain and any(line["verdict"] == "missing" for line in lines):
        told["possible"] = None
    return told, lines, criteria


def _on_spending(one: dict[str, Any]) -> bool:
    """Whether a component cannot be computed without the expenses."""
    return "rates" in one or one.get("within_spending", True) or ("scale" in one and "units" not in one)


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


def _round(how: str, out: Sum, rooms: list[int | None]) -> None:
    """Rounds the total; never above the room that a limit leaves."""
    cents = out.cents
    size, _sign, down = how.partition("_")
    step = {"cent": 1, "euro": 100, "ten": 1_000, "hundred": 10_000, "thousand": 100_000}[size]
    rounded = cents // step * step if down else half_up(cents, step) * step
    if rounded > cents and any(room is not None and cents <= room < rounded for room in rooms):
        rounded = cents // step * step
    if rounded != cents:
        out.lines.append(Line("rounding", _("Arrondi"), None, None, rounded - cents, _("Arrondi prévu par l’appel.")))


def _floor(spec: dict[str, Any], out: Sum) -> list[dict[str, Any]]:
    if "floor" not in spec:
        return []
    floor, cents = spec["floor"], out.cents
    ok = cents >= floor
    text = _("Aide calculée : {aid} (minimum {floor}).").format(aid=shown_euros(cents), floor=shown_euros(floor))
    if not ok:
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


def _told(
    edition: Edition, facts: Facts, spending: Kept, out: Sum, blocked: bool, counted: list[dict[str, Any]]
) -> dict[str, Any]:
    total = out.cents
    lines = [line for part in out.parts for line in part.lines] + out.lines
    years = {str(year): cents for year, cents in sorted(by_year(out).items(), key=lambda item: item[0] or 0) if year}
    return {
        "possible": total > 0 and not blocked,
        "spending_kept_cents": spending.cents,
        "lines": [line.as_json() for line in lines],
        "total_cents": total,
        "by_funder": by_funder(out, edition.funders),
        "by_partner": _of_each(out, total) or _by_partner(facts, total, counted),
        "by_year": years,
        "notes": spending.notes,
    }


def _of_each(out: Sum, total: int) -> dict[str, int]:
    """The aid by partner when components were computed for each: the rest follows in proportion."""
    own: dict[str, int] = {}
    for part in out.parts:
        if part.partner:
            own[part.partner] = own.get(part.partner, 0) + part.cents
    return dict(zip(own, share_out(total, list(own.values())), strict=True)) if any(own.values()) else {}


def _by_partner(facts: Facts, total: int, counted: list[dict[str, Any]]) -> dict[str, int]:
    """The aid by partner counted, when their shares add up to the whole; a name met twice is numbered."""
    rows = [row for row, line in zip(facts.case.partners or (), counted, strict=True) if line["counted"]]
    shares = [row.get("share") for row in rows]
    known = [share for share in shares if share is not None]
    if not rows or len(known) < len(rows) or sum(known, Fraction(0)) != 1:
        return {}
    out: dict[str, int] = {}
    for row, cents in zip(rows, share_out(total, known), strict=True):
        name = first = str(row["name"])
        again = 1
        while name in out:
            again += 1
            name = f"{first} ({again})"
        out[name] = cents
    return out
