"""Checks compiled to functions: met, not met or unknown, with a sentence, figures, the source and what to do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from escale.rules.figures import plain, shown_day, shown_number
from escale.rules.label import opening
from escale.rules.label.place import LABELS, Place
from escale.rules.period import after
from escale.rules.scheme import conditions
from escale.rules.scheme.case import number
from escale.rules.words import _


@dataclass(frozen=True)
class Found:
    """The outcome of a check. ``human``: when unknown, a visitor or an officer must say."""

    truth: bool | None
    message: str
    figures: dict[str, Any] = field(default_factory=dict)
    source: str = "place"
    to_do: str = ""
    human: bool = False


type Check = Callable[[Place], Found]

#: Where a fact comes from, by the beginning of its name; everything else is said by the place's own page.
SOURCES = {
    "declarations": "declaration", "documents": "document", "notes": "visit", "findings": "visit", "network": "network",
}  # fmt: skip


def source_of(name: str) -> str:
    """``place``, ``declaration``, ``document``, ``visit`` or ``network``."""
    return SOURCES.get(name.partition(".")[0], "place")


def compiled(spec: dict[str, Any], title: str) -> Check:
    """The function of a canonical check; ``title`` names the criterion in its sentences."""
    mark = next(word for word in _FORMS if word in spec)
    return _FORMS[mark](spec, title)


def _named(name: str, title: str) -> str:
    """What a fact is, in the site's words; the title of the criterion for a code of its own."""
    return LABELS.get(f"={name.rpartition('.')[2]}", title)


def _titled(name: str, title: str) -> str:
    """The title, and what it looks at when that has a name of its own."""
    thing = _named(name, title)
    return title if thing.casefold() in title.casefold() else f"{title} ({thing})"


def _has(spec: dict[str, Any], title: str) -> Check:
    name = spec["has"]
    thing, titled = _named(name, title), _titled(name, title)

    def check(place: Place) -> Found:
        value = place.facts.value(name)
        truth = None if value is None else (value if isinstance(value, bool) else bool(value))
        said = {True: _("oui"), False: _("non"), None: _("à renseigner")}[truth]
        if truth and not isinstance(value, bool):
            said = shown_number(value) if not isinstance(value, str | tuple | date) else str(value)
        figures = {"value": plain(value), "minimum": None, "maximum": None, "unit": None}
        return Found(truth, f"{titled} : {said}", figures, source_of(name), _("À prévoir : {what}.").format(what=thing))

    return check


def _value(spec: dict[str, Any], title: str) -> Check:
    name, unit = spec["value"], spec.get("unit")
    bounds = {word: number(spec[word]) for word in ("at_least", "at_most") if word in spec}
    test = conditions.compiled(
        {
            "fact": name,
            "label": _titled(name, title),
            **{word: spec[word] for word in ("at_least", "at_most", "unit") if word in spec},
        }
    )

    def check(place: Place) -> Found:
        seen = test(place.facts)
        wanted = [
            (_("au moins {n}") if word == "at_least" else _("au plus {n}")).format(n=shown_number(bound))
            for word, bound in bounds.items()
        ]
        to_do = _("Il faut {wanted}{unit}.").format(wanted=_(" et ").join(wanted), unit=f" {unit}" if unit else "")
        return Found(seen.truth, seen.message, seen.figures, source_of(name), to_do)

    return check


def _among(spec: dict[str, Any], title: str) -> Check:
    name, least, wanted = spec["among"], spec["at_least"], spec.get("of")

    def check(place: Place) -> Found:
        value = place.facts.value(name)
        if value is None:
            return Found(
                None, _("{title} : à renseigner.").format(title=title), {}, source_of(name), _("Dites lesquels.")
            )
        chosen = value if isinstance(value, tuple) else (str(value),)
        kept = [one for one in dict.fromkeys(chosen) if wanted is None or one in wanted]
        message = _("{title} : {n} sur {least} demandés").format(title=title, n=len(kept), least=least)
        words = place.facts.labels
        message += f" ({', '.join(words.get(f'={one}', one) for one in kept)})" if kept else ""
        figures = {"value": len(kept), "minimum": least, "maximum": None, "unit": None}
        rest = [words.get(f"={one}", one) for one in wanted or () if one not in kept]
        to_do = _("Il en manque {n}").format(n=least - len(kept)) + (
            _(" parmi : {rest}.").format(rest=", ".join(rest)) if rest else "."
        )
        return Found(len(kept) >= least, message, figures, source_of(name), to_do)

    return check


def _opening(spec: dict[str, Any], title: str) -> Check:
    rule = opening.rule(spec["opening"], title)

    def check(place: Place) -> Found:
        seen = rule(place)
        return Found(seen.truth, seen.message, seen.figures, "place", opening.to_do(spec["opening"]))

    return check


def _lasting(mark: str) -> Callable[[dict[str, Any], str], Check]:
    """Time since a day, or time left until one."""

    def build(spec: dict[str, Any], title: str) -> Check:
        name = spec[mark]
        ends = {"from": name, "to": "at"} if mark == "seniority" else {"from": "at", "to": name}
        bounds = {f"lasts_{word}": spec[word] for word in ("at_least", "at_most") if word in spec}
        test = conditions.compiled({**ends, **bounds, "label": title})

        def check(place: Place) -> Found:
            seen, day = test(place.facts), place.facts.value(name)
            to_do = _("Indiquez la date.") if day is None else ""
            if mark == "seniority" and isinstance(day, date) and "at_least" in spec and seen.truth is False:
                to_do = _("Ce sera rempli le {day}.").format(day=shown_day(after(day, spec["at_least"])))
            elif mark == "remaining" and seen.truth is False:
                to_do = _("Prolongez l’échéance.")
            return Found(seen.truth, seen.message, seen.figures, source_of(name), to_do)

        return check

    return build


def _document(spec: dict[str, Any], title: str) -> Check:
    code, newer = spec["document"], spec.get("newer_than")
    label = spec.get("label") or title

    def check(place: Place) -> Found:
        rows = [row for row in place.facts.rows("documents") or () if row["code"] == code]
        to_do = _("Joignez : {label}.").format(label=label)
        if not rows:
            return Found(None, _("{label} : à joindre.").format(label=label), {}, "document", to_do)
        valid = [row for row in rows if row.get("valid_until", place.at) >= place.at]
        if not valid:
            day = shown_day(max(row["valid_until"] for row in rows))
            return Found(
                False, _("{label} : échu depuis le {day}.").format(label=label, day=day), {}, "document", to_do
            )
        if newer is None:
            return Found(True, _("{label} : joint.").format(label=label), {}, "document")
        dates = [row["dated_on"] for row in valid if "dated_on" in row]
        if not dates:
            return Found(
                None, _("{label} : date à préciser.").format(label=label), {}, "document", _("Datez le document.")
            )
        fresh = place.at < after(max(dates), newer)
        message = _("{label} : daté du {day}.").format(label=label, day=shown_day(max(dates)))
        return Found(fresh, message, {}, "document", to_do)

    return check


def _commitment(spec: dict[str, Any], title: str) -> Check:
    name, label = f"declarations.{spec['commitment']}", spec.get("label") or title

    def check(place: Place) -> Found:
        value = place.facts.value(name)
        truth = value if isinstance(value, bool) else None
        said = {True: _("engagement pris"), False: _("refusé"), None: _("à déclarer")}[truth]
        return Found(
            truth, f"{label} : {said}.", {}, "declaration", _("Prenez cet engagement : {label}.").format(label=label)
        )

    return check


def _note(spec: dict[str, Any], title: str) -> Check:
    test = conditions.compiled({"fact": f"notes.{spec['note']}", "at_least": spec["at_least"], "label": title})
    out_of = _(" sur {n}").format(n=shown_number(number(spec["out_of"]))) if "out_of" in spec else ""

    def check(place: Place) -> Found:
        seen = test(place.facts)
        if seen.truth is None:
            return Found(None, _("{title} : à noter lors d’une visite.").format(title=title), {}, "visit", human=True)
        return Found(
            seen.truth, seen.message + out_of, seen.figures, "visit", _("À améliorer avant la prochaine visite.")
        )

    return check


def _judged(spec: dict[str, Any], title: str) -> Check:
    name, what = f"findings.{spec.get('code', '')}", spec["judged"]

    def check(place: Place) -> Found:
        value = place.facts.value(name)
        if not isinstance(value, bool):
            message = _("{title} : à apprécier ({what}).").format(title=title, what=what)
            return Found(None, message, {}, "visit", human=True)
        said = _("{title} : reconnu lors de la visite.") if value else _("{title} : pas reconnu lors de la visite.")
        return Found(value, said.format(title=title), {}, "visit", _("À améliorer avant la prochaine visite."))

    return check


def _rule(spec: dict[str, Any], title: str) -> Check:
    test = conditions.compiled(spec["rule"])

    def check(place: Place) -> Found:
        seen = test(place.facts)
        return Found(
            seen.truth, f"{title} : {seen.message}" if seen.message else title, seen.figures, "place", _("À compléter.")
        )

    return check


def _together(sentences: list[str], between: str) -> str:
    """Several things to do as one sentence."""
    said = between.join(dict.fromkeys(one.removesuffix(".") for one in sentences))
    return f"{said}." if said else ""


def _joined(mark: str) -> Callable[[dict[str, Any], str], Check]:
    """Any, all, or at least k of several checks."""

    def build(spec: dict[str, Any], title: str) -> Check:
        parts = [compiled(one, title) for one in spec["of" if mark == "at_least_of" else mark]]
        least = {"any": 1, "all": len(parts)}.get(mark) or spec["at_least_of"]
        between = _(" ou ") if mark == "any" else " ; "

        def check(place: Place) -> Found:
            found = [part(place) for part in parts]
            met = [one for one in found if one.truth]
            unknown = [one for one in found if one.truth is None]
            truth = True if len(met) >= least else (None if len(met) + len(unknown) >= least else False)
            lacking = [one for one in found if not one.truth]
            told = met if truth else (lacking if mark == "all" else found)
            messages = list(dict.fromkeys(one.message for one in told))
            sources = {one.source for one in found}
            return Found(
                truth, between.join(messages), told[0].figures if len(found) == 1 or mark != "at_least_of" else
                {"value": len(met), "minimum": least, "maximum": None, "unit": None},
                sources.pop() if len(sources) == 1 else "several",
                _together([one.to_do for one in lacking if one.to_do], between),
                bool(unknown) and all(one.human for one in unknown),
            )  # fmt: skip

        return check

    return build


_FORMS: dict[str, Callable[[dict[str, Any], str], Check]] = {
    "has": _has, "among": _among, "value": _value, "opening": _opening, "seniority": _lasting("seniority"),
    "remaining": _lasting("remaining"), "document": _document, "commitment": _commitment, "note": _note,
    "judged": _judged, "rule": _rule, "any": _joined("any"), "all": _joined("all"), "at_least_of": _joined("at_least_of"),
}  # fmt: skip
