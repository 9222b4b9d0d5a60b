"""What adds up over criteria: types that fit, families, points, levels; and the lines that say it."""

from typing import Any

from escale.rules.label.place import Place
from escale.rules.scheme.who import FAILED, MET, MISSING, NOT_APPLICABLE, TO_EXAMINE
from escale.rules.words import _

type Line = dict[str, Any]
_FIGURES = {"value": None, "minimum": None, "maximum": None, "unit": None}


def line(
    spec: dict[str, Any],
    verdict: str,
    message: str,
    figures: dict[str, Any] | None = None,
    source: str = "place",
    to_do: str = "",
) -> Line:
    """The line of a criterion of the referential."""
    return {
        "code": spec["code"], "family": spec["family"], "title": spec["title"], "mandatory": spec.get("mandatory", True),
        "points": spec.get("points", 0), "verdict": verdict, "message": message, "figures": {**_FIGURES, **(figures or {})},
        "source": source, "to_do": to_do,
    }  # fmt: skip


def built_in(code: str, ok: bool | None, message: str, to_do: str = "", *, verdict: str = "", **figures: Any) -> Line:
    """A line that follows from other words of the referential: mandatory, of no family."""
    verdict = verdict or (MISSING if ok is None else (MET if ok else FAILED))
    return {
        "code": code, "family": None, "title": message, "mandatory": True, "points": 0, "verdict": verdict,
        "message": message, "figures": {**_FIGURES, **figures}, "source": "place", "to_do": "" if verdict == MET else to_do,
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


def points(lines: list[Line]) -> tuple[int, int]:
    """Points of what is met, and of all that applies."""
    applied = [one for one in lines if one["verdict"] != NOT_APPLICABLE]
    return sum(one["points"] for one in applied if one["verdict"] == MET), sum(one["points"] for one in applied)


def families(document: dict[str, Any], lines: list[Line]) -> list[dict[str, Any]]:
    """Each family: criteria met of those that apply, points, what it asks for."""
    out = []
    for one in document["families"]:
        mine = [row for row in lines if row["family"] == one["code"] and row["verdict"] != NOT_APPLICABLE]
        got, possible = points(mine)
        out.append({
            "code": one["code"], "label": one["label"], "met": sum(row["verdict"] == MET for row in mine),
            "total": len(mine), "points": got, "points_possible": possible,
            "verdict": _worst(_family(one, mine, got), MET),
        })  # fmt: skip
    return out


def _family(spec: dict[str, Any], mine: list[Line], got: int) -> list[str]:
    met = sum(row["verdict"] == MET for row in mine)
    found = []
    if "met_at_least" in spec:
        found.append(_reached(met, spec["met_at_least"], mine, one_each=True))
    if "points_at_least" in spec:
        found.append(_reached(got, spec["points_at_least"], mine))
    return found + [row["verdict"] for row in mine if row["mandatory"]]


def _worst(verdicts: list[str], best: str) -> str:
    return next((one for one in (FAILED, MISSING, TO_EXAMINE) if one in verdicts), best)


def _reached(got: int, least: int, lines: list[Line], *, one_each: bool = False) -> str:
    """Met, or failed, or what unknown criteria could still change."""
    if got >= least:
        return MET
    worth = {
        verdict: sum(1 if one_each else row["points"] for row in lines if row["verdict"] == verdict)
        for verdict in (MISSING, TO_EXAMINE)
    }
    if got + worth[TO_EXAMINE] >= least:
        return TO_EXAMINE
    return MISSING if got + sum(worth.values()) >= least else FAILED


def bounds(document: dict[str, Any], chosen: str | None, lines: list[Line], told: list[dict[str, Any]]) -> list[Line]:
    """The lines of the least points in all, of the type, and of each family."""
    out = []
    for one, family in zip(document["families"], told, strict=True):
        mine = [row for row in lines if row["family"] == one["code"]]
        for word, got, text in (
            ("met_at_least", family["met"], _("{label} : {n} critères remplis (minimum {least}).")),
            ("points_at_least", family["points"], _("{label} : {n} points (minimum {least}).")),
        ):
            if word in one:
                verdict = _reached(got, one[word], mine, one_each=word == "met_at_least")
                message = text.format(label=one["label"], n=got, least=one[word])
                to_do = _("Il en manque {n}.").format(n=max(0, one[word] - got))
                out.append(
                    built_in(
                        f"family_{one['code']}", None, message, to_do, verdict=verdict, value=got, minimum=one[word]
                    )
                )
    kind: dict[str, Any] = next((one for one in document.get("types", []) if one["code"] == chosen), {})
    least = max(document.get("points_at_least", 0), kind.get("points_at_least", 0))
    if least:
        got, _possible = points(lines)
        message = _("Total : {n} points (minimum {least}).").format(n=got, least=least)
        to_do = _("Il manque {n} points.").format(n=max(0, least - got))
        verdict = _reached(got, least, lines)
        out.append(built_in("points", None, message, to_do, verdict=verdict, value=got, minimum=least, unit="points"))
    return out


def level(document: dict[str, Any], lines: list[Line]) -> tuple[str | None, list[Line]]:
    """The highest level reached, and the line that says it; a referential without levels has none."""
    specs = document.get("levels", [])
    if not specs:
        return None, []
    got, _possible = points(lines)
    verdicts = [(one, _level(one, lines, got)) for one in specs]
    reached = [one for one, verdict in verdicts if verdict == MET]
    if reached:
        message = _("Niveau : {label}.").format(label=reached[-1]["label"])
        return reached[-1]["code"], [built_in("level", True, message, value=got)]
    verdict = next((one for _spec, one in verdicts if one in (TO_EXAMINE, MISSING)), FAILED)
    least = specs[0].get("points_at_least")
    message = _("Niveau : aucun n’est atteint ({n} points).").format(n=got)
    to_do = _("Le premier niveau, {label}, demande davantage.").format(label=specs[0]["label"])
    return None, [built_in("level", None, message, to_do, verdict=verdict, value=got, minimum=least)]


def _level(spec: dict[str, Any], lines: list[Line], got: int) -> str:
    optional = [row for row in lines if not row["mandatory"]]
    met = sum(row["verdict"] == MET for row in optional)
    found = [_reached(got, spec.get("points_at_least", 0), lines)]
    found.append(_reached(met, spec.get("met_at_least", 0), optional, one_each=True))
    wanted = spec.get("requires", [])
    found += [row["verdict"] for row in lines if row["code"] in wanted]
    return _worst(found, MET)
