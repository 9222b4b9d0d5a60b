"""What adds up over criteria: types that fit, families, points, the score, levels; and the lines that say it."""

from fractions import Fraction
from typing import Any

from escale.rules.figures import plain, shown_number
from escale.rules.label.format.referential import worth
from escale.rules.label.place import Place
from escale.rules.scheme.who import FAILED, MET, MISSING, NOT_APPLICABLE, TO_EXAMINE
from escale.rules.shape.rates import rate_of
from escale.rules.words import _

type Line = dict[str, Any]
_FIGURES = {"value": None, "minimum": None, "maximum": None, "unit": None}
#: What could still be met: by people who examine, then by what the place has not said yet.
_HOPES = ((TO_EXAMINE, (MET, TO_EXAMINE)), (MISSING, (MET, TO_EXAMINE, MISSING)))


def line(
    spec: dict[str, Any],
    verdict: str,
    message: str,
    figures: dict[str, Any] | None = None,
    source: str = "place",
    to_do: str = "",
    got: int = 0,
) -> Line:
    """The line of a criterion of the referential; ``got``: the points that it gives."""
    return {
        "code": spec["code"], "family": spec["family"], "title": spec["title"], "mandatory": spec.get("mandatory", True),
        "points": got, "points_possible": worth(spec), "verdict": verdict, "message": message,
        "figures": {**_FIGURES, **(figures or {})}, "source": source, "to_do": to_do,
    }  # fmt: skip


def built_in(code: str, ok: bool | None, message: str, to_do: str = "", *, verdict: str = "", **figures: Any) -> Line:
    """A line that follows from other words of the referential: mandatory, of no family."""
    verdict = verdict or (MISSING if ok is None else (MET if ok else FAILED))
    return {
        "code": code, "family": None, "title": message, "mandatory": True, "points": 0, "points_possible": 0,
        "verdict": verdict, "message": message, "figures": {**_FIGURES, **figures}, "source": "place",
        "to_do": "" if verdict == MET else to_do,
    }  # fmt: skip


def types(document: dict[str, Any], seen: Place) -> list[dict[str, Any]]:
    """Each type with whether the place is of an accepted kind; None when its kinds are unknown."""
    mine = seen.facts.value("place.kinds")
    out = []
    for one in document.get("types", []):
        wanted = one.get("kinds", [])
        fits = True if not wanted else (None if mine is None else not set(mine).isdisjoint(wanted))
        out.append({"code": one["code"], "label": one["label"], "kinds": wanted, "fits": fits})
    return out


def points(lines: list[Line], hoped: tuple[str, ...] = (MET,)) -> tuple[int, int]:
    """Points of what is met (of what is only hoped for, all it could give), and of all that applies."""
    applied = [one for one in lines if one["verdict"] != NOT_APPLICABLE]
    got = sum(one["points"] for one in applied if one["verdict"] == MET)
    got += sum(one["points_possible"] for one in applied if one["verdict"] in hoped and one["verdict"] != MET)
    return got, sum(one["points_possible"] for one in applied)


def score(document: dict[str, Any], lines: list[Line], hoped: tuple[str, ...] = (MET,)) -> Fraction | None:
    """The share of the points, of 1: each family's own, weighted, once a family has a weight; None without points."""
    if not any("weight" in one for one in document["families"]):
        got, possible = points(lines, hoped)
        return Fraction(got, possible) if possible else None
    total, weights = Fraction(0), Fraction(0)
    for one in document["families"]:
        got, possible = points(_of(one, lines), hoped)
        weight = Fraction(str(one.get("weight", 0)))
        if possible:
            total, weights = total + weight * Fraction(got, possible), weights + weight
    return total / weights if weights else None


def families(document: dict[str, Any], lines: list[Line]) -> list[dict[str, Any]]:
    """Each family: criteria met of those that apply, points, and its own verdict."""
    out = []
    for one in document["families"]:
        mine = _of(one, lines)
        got, possible = points(mine)
        asked = [row["verdict"] for row in _asked(one, lines)] + [row["verdict"] for row in mine if row["mandatory"]]
        out.append({
            "code": one["code"], "label": one["label"], "met": _met(mine), "total": len(mine), "points": got,
            "points_possible": possible, "verdict": _worst(asked),
        })  # fmt: skip
    return out


def _of(family: dict[str, Any], lines: list[Line]) -> list[Line]:
    return [row for row in lines if row["family"] == family["code"] and row["verdict"] != NOT_APPLICABLE]


def _met(lines: list[Line], hoped: tuple[str, ...] = (MET,)) -> int:
    return sum(row["verdict"] in hoped for row in lines)


def _worst(verdicts: list[str]) -> str:
    return next((one for one in (FAILED, MISSING, TO_EXAMINE) if one in verdicts), MET)


def _reached(got: Any, least: Any, hopes: list[Any]) -> str:
    """Met, or what unknown criteria could still change, or failed; ``hopes``: as ``_HOPES``."""
    if got is not None and got >= least:
        return MET
    return next(
        (verdict for (verdict, _hoped), hope in zip(_HOPES, hopes, strict=True) if hope is not None and hope >= least),
        FAILED,
    )


def _asked(one: dict[str, Any], lines: list[Line]) -> list[Line]:
    """The lines of what a family asks for as a whole."""
    mine, code, out = _of(one, lines), f"family_{one['code']}", []
    if "met_at_least" in one:
        least, n = one["met_at_least"], _met(mine)
        verdict = _reached(n, least, [_met(mine, hoped) for _verdict, hoped in _HOPES])
        message = _("{label} : {n} critères remplis (minimum {least}).").format(label=one["label"], n=n, least=least)
        out.append(built_in(code, None, message, _lacking(n, least), verdict=verdict, value=n, minimum=least))
    if "points_at_least" in one:
        out.append(_points(code, one["label"], mine, one["points_at_least"]))
    if "score_at_least" in one:
        out.append(_score(code, one["label"], {"families": [{"code": one["code"]}]}, mine, one["score_at_least"]))
    return out


def _lacking(n: int, least: int) -> str:
    return _("Il en manque {n}.").format(n=max(0, least - n))


def _points(code: str, label: str, lines: list[Line], least: int) -> Line:
    got, _possible = points(lines)
    verdict = _reached(got, least, [points(lines, hoped)[0] for _verdict, hoped in _HOPES])
    message = _("{label} : {n} points (minimum {least}).").format(label=label, n=got, least=least)
    return built_in(code, None, message, _lacking(got, least), verdict=verdict, value=got, minimum=least, unit="points")


def _score(code: str, label: str, document: dict[str, Any], lines: list[Line], rate: str) -> Line:
    got, least = score(document, lines), rate_of(rate)
    verdict = _reached(got, least, [score(document, lines, hoped) for _verdict, hoped in _HOPES])
    shown = shown_number((got or Fraction(0)) * 100)
    message = _("{label} : {n} % (minimum {least}).").format(label=label, n=shown, least=rate)
    to_do = _("Gagnez des points dans cette partie.")
    figures = {"value": percent(got), "minimum": percent(least), "unit": "%"}
    return built_in(code, None, message, to_do, verdict=verdict, **figures)


def percent(share: Fraction | None) -> object:
    """A share of 1 as a percentage for JSON: int or decimal text."""
    exact = (share or Fraction(0)) * 100
    return None if share is None else plain(int(exact) if exact.denominator == 1 else exact)


def bounds(document: dict[str, Any], chosen: str | None, lines: list[Line]) -> list[Line]:
    """The lines of what families ask for, of the least points in all and of the type, of the least score."""
    out = [row for one in document["families"] for row in _asked(one, lines)]
    kind: dict[str, Any] = next((one for one in document.get("types", []) if one["code"] == chosen), {})
    if least := max(document.get("points_at_least", 0), kind.get("points_at_least", 0)):
        out.append(_points("points", _("Total"), lines, least))
    if "score_at_least" in document:
        out.append(_score("score", _("Note"), document, lines, document["score_at_least"]))
    return out


def level(document: dict[str, Any], lines: list[Line]) -> tuple[str | None, list[Line]]:
    """The highest level reached, and the line that says it; a referential without levels has none."""
    specs = document.get("levels", [])
    if not specs:
        return None, []
    got, _possible = points(lines)
    verdicts = [(one, _level(one, document, lines)) for one in specs]
    reached = [one for one, verdict in verdicts if verdict == MET]
    if reached:
        message = _("Niveau : {label}.").format(label=reached[-1]["label"])
        return reached[-1]["code"], [built_in("level", True, message, value=got)]
    verdict = next((one for _spec, one in verdicts if one in (TO_EXAMINE, MISSING)), FAILED)
    message = _("Niveau : aucun n’est atteint ({n} points).").format(n=got)
    to_do = _("Le premier niveau, {label}, demande davantage.").format(label=specs[0]["label"])
    return None, [built_in("level", None, message, to_do, verdict=verdict, value=got)]


def _level(spec: dict[str, Any], document: dict[str, Any], lines: list[Line]) -> str:
    """The verdict of one level: points, score, optional criteria met, criteria that it requires."""
    found = [_points("", "", lines, spec.get("points_at_least", 0))["verdict"]]
    if "score_at_least" in spec:
        found.append(_score("", "", document, lines, spec["score_at_least"])["verdict"])
    optional = [row for row in lines if not row["mandatory"]]
    hopes = [_met(optional, hoped) for _verdict, hoped in _HOPES]
    found.append(_reached(_met(optional), spec.get("met_at_least", 0), hopes))
    return _worst(found + [row["verdict"] for row in lines if row["code"] in spec.get("requires", [])])
