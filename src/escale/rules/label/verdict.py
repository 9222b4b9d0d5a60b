"""The one function that says what a frozen referential answers to a place on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from escale.rules.figures import shown_day
from escale.rules.hours import Regime, Week
from escale.rules.label import checks, totals
from escale.rules.label.branches import coded
from escale.rules.label.place import Place, place
from escale.rules.scheme import conditions
from escale.rules.scheme.perimeter import in_perimeter, perimeter_words
from escale.rules.scheme.who import FAILED, MET, MISSING, NOT_APPLICABLE, TO_EXAMINE, form_allowed, forms_in_words
from escale.rules.words import _

#: Raised by one when the meaning of a rule changes: an answer kept as evidence names it.
RULES_VERSION = 1

type Line = dict[str, Any]


@dataclass(frozen=True)
class Referential:
    """A canonical document made ready: each criterion with its check and its condition."""

    document: dict[str, Any]
    grades: dict[str, list[tuple[int, checks.Check]]]
    checks: dict[str, checks.Check]
    whens: dict[str, conditions.Holds]


def load(document: dict[str, Any]) -> Referential:
    """Makes a canonical referential ready."""
    criteria = document["criteria"]
    return Referential(
        document=document,
        checks={one["code"]: _compiled(one["check"], one) for one in criteria},
        grades={
            one["code"]: [(row["points"], _compiled(row["check"], one)) for row in one.get("grades", [])]
            for one in criteria
        },
        whens={one["code"]: conditions.truth(one["when"]) for one in criteria if "when" in one},
    )


def _compiled(check: dict[str, Any], criterion: dict[str, Any]) -> checks.Check:
    return checks.compiled(coded(check, criterion["code"]), criterion["title"])


def answer(
    found: Referential, file: dict[str, Any], weeks: Mapping[Regime, Week] | None, at: date, kind: str | None = None
) -> dict[str, Any]:
    """Verdict, level, points and each criterion of a place (canonical ``file``) on the day ``at``.

    ``kind``: the type of the referential asked for; without it, the first that the place fits.
    """
    document, seen = found.document, place(file, weeks, at)
    kinds = totals.types(document, seen)
    chosen = kind or next((one["code"] for one in kinds if one["fits"]), None)
    lines = [*_holder(document.get("holder", {}), seen), *_type(kinds, chosen, seen)]
    lines += [_criterion(found, one, seen, chosen) for one in document["criteria"]]
    families = totals.families(document, lines)
    points, possible = totals.points(lines)
    score = totals.score(document, lines)
    lines += totals.bounds(document, chosen, lines)
    level, more = totals.level(document, lines)
    lines += more
    verdict = _verdict(lines)
    return {
        "verdict": verdict,
        "at": at.isoformat(),
        "type": chosen,
        "types": kinds,
        "level": level if verdict != MISSING else None,
        "points": points,
        "points_possible": possible,
        "score": totals.percent(score),
        "families": families,
        "criteria": lines,
    }


def _verdict(lines: list[Line]) -> str:
    """Missing as soon as a mandatory criterion is not met; to examine when only people can say."""
    said = {line["verdict"] for line in lines if line["mandatory"]}
    if FAILED in said or MISSING in said:
        return MISSING
    return TO_EXAMINE if TO_EXAMINE in said else MET


def _criterion(found: Referential, spec: dict[str, Any], seen: Place, chosen: str | None) -> Line:
    """The line of one criterion."""
    if spec.get("types") and chosen not in spec["types"]:
        return totals.line(spec, NOT_APPLICABLE, _("{title} : pour un autre type de lieu.").format(title=spec["title"]))
    for one in spec.get("exceptions", []):
        if one["from"] <= seen.at.isoformat() <= one["to"]:
            days = _("du {a} au {b}").format(
                a=shown_day(date.fromisoformat(one["from"])), b=shown_day(date.fromisoformat(one["to"]))
            )
            message = _("{title} : non exigé {days} ({reason}).")
            return totals.line(
                spec, NOT_APPLICABLE, message.format(title=spec["title"], days=days, reason=one["reason"])
            )
    concerned = found.whens[spec["code"]](seen.facts) if spec["code"] in found.whens else True
    if concerned is not True:
        verdict, text = (
            (MISSING, _("{title} : à préciser."))
            if concerned is None
            else (NOT_APPLICABLE, _("{title} : sans objet ici."))
        )
        return totals.line(spec, verdict, text.format(title=spec["title"]))
    told = found.checks[spec["code"]](seen)
    verdict = MET if told.truth else (FAILED if told.truth is False else (TO_EXAMINE if told.human else MISSING))
    to_do = "" if verdict in (MET, TO_EXAMINE) else spec.get("to_do") or told.to_do
    message = told.message + (f" ({spec['source']})" if spec.get("source") else "")
    return totals.line(spec, verdict, message, told.figures, told.source, to_do, _points(found, spec, seen, verdict))


def _points(found: Referential, spec: dict[str, Any], seen: Place, verdict: str) -> int:
    """The points of a criterion once it is met: the most of its grades that hold, or its own."""
    if verdict != MET:
        return 0
    reached = [points for points, check in found.grades[spec["code"]] if check(seen).truth]
    return max(reached, default=0) if spec.get("grades") and reached else int(spec.get("points", 0))


def _holder(spec: dict[str, Any], seen: Place) -> list[Line]:
    """Who carries the place, and where it is."""
    lines = []
    if spec.get("legal_forms") or spec.get("without_legal_forms"):
        form = seen.facts.value("place.legal_form")
        ok = form_allowed(form, spec.get("legal_forms"), spec.get("without_legal_forms"))
        expected = forms_in_words(spec.get("legal_forms") or [])
        name = forms_in_words([form]) if form else _("à préciser")
        message = _("Structure porteuse : {name}").format(name=name) + (f" ({expected})" if not ok and expected else "")
        lines.append(
            totals.built_in("carrier", ok, message, _("Indiquez la forme juridique de la structure porteuse."))
        )
    if spec.get("perimeter"):
        row = {name: seen.facts.value(f"place.{name}") for name in ("commune", "departement")}
        row["epci"] = seen.facts.value("territory.epci")
        ok = in_perimeter(spec["perimeter"], row, seen.facts.value("territory.zones"))
        message = _("Territoire : {what}").format(what=perimeter_words(spec["perimeter"], ok, row["commune"]))
        lines.append(totals.built_in("perimeter", ok, message, _("Indiquez la commune du lieu.") if ok is None else ""))
    return lines


def _type(kinds: list[dict[str, Any]], chosen: str | None, seen: Place) -> list[Line]:
    """Whether the place is of a kind that the type asked for accepts."""
    if not kinds:
        return []
    one = next((kind for kind in kinds if kind["code"] == chosen), None)
    if one is None:
        ok = None if any(kind["fits"] is None for kind in kinds) else False
        labels = ", ".join(kind["label"] for kind in kinds)
        message = _("Type de lieu : aucun ne convient ({labels}).").format(labels=labels)
        return [totals.built_in("type", ok, message, _("Dites de quelles sortes est le lieu."))]
    mine = ", ".join(seen.facts.value("place.kinds") or ()) or _("à renseigner")
    message = _("Type de lieu : {label} ; sortes du lieu : {mine}").format(label=one["label"], mine=mine)
    message += "" if one["fits"] else _(" (admises : {kinds})").format(kinds=", ".join(one["kinds"]))
    return [
        totals.built_in(
            "type", one["fits"], message, _("Demandez le label sous un autre type, ou complétez les sortes du lieu.")
        )
    ]
