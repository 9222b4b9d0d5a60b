"""Sentences of comparisons: the value, its unit, what was expected."""

from datetime import date
from fractions import Fraction
from typing import Any

from escale.rules.figures import shown_day, shown_number
from escale.rules.legal import FAMILIES, LEGAL_FORMS
from escale.rules.scheme import measures
from escale.rules.scheme.facts import Facts
from escale.rules.words import _


def shown(value: Any) -> str:
    """A value in a sentence."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, int | Fraction):
        return shown_number(value)
    if isinstance(value, date):
        return shown_day(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or _("aucun")
    text = str(value)
    return _(LEGAL_FORMS[text]) if text in LEGAL_FORMS else text


def unit_of(spec: dict[str, Any]) -> str | None:
    """The unit of a comparison: as written; a ratio is in per cent, time in what it is counted in."""
    unit: str | None = spec.get("unit")
    if unit is None and "elapsed" in spec:
        unit = spec.get("counted_in", "months")
    return unit or ("%" if "ratio" in spec else None)


_COUNTED = {"days": "jours", "weeks": "semaines", "months": "mois", "years": "ans"}


def compared(spec: dict[str, Any], label: str, value: Any, facts: Facts) -> str:
    """« Population cumulée : 800 habitants (minimum 1 000) »."""
    said = unit_of(spec)
    unit = f" {_(_COUNTED.get(said, said))}" if said else ""
    parts = []
    for word, template in _EXPECTED.items():
        if word in spec:
            wanted = spec[word]
            text = ", ".join(_option(one) for one in wanted) if isinstance(wanted, list) else _option(wanted, value)
            text += unit if unit == " %" and not text.endswith("%") and "/" not in text else ""
            parts.append(_(template).format(x=text))
    expected = f" ({', '.join(parts)})" if parts else ""
    names = facts.labels
    several = isinstance(value, tuple) and bool(value)
    text = ", ".join(names.get(f"={one}", str(one)) for one in value) if several else shown(value)
    return f"{label} : {names.get(f'={value}', text)}{unit}{expected}"


_EXPECTED = {
    "is": "attendu : {x}",
    "is_not": "autre que {x}",
    "in": "attendu : {x}",
    "not_in": "sauf {x}",
    "at_least": "minimum {x}",
    "at_most": "maximum {x}",
    "more_than": "plus de {x}",
    "less_than": "moins de {x}",
    "includes_any": "au moins l’un de : {x}",
    "includes_all": "tous : {x}",
    "includes_none": "aucun de : {x}",
}


def _option(wanted: Any, value: Any = None) -> str:
    text = str(wanted)
    if "/" in text:
        return text
    if text in ("yes", "no"):
        return _("oui") if text == "yes" else _("non")
    if text in LEGAL_FORMS:
        return _(LEGAL_FORMS[text])
    if text in FAMILIES:
        return ", ".join(_(LEGAL_FORMS[one]) for one in FAMILIES[text])
    bound = measures.bound_of(wanted, value) if isinstance(value, int | Fraction | date) else None
    return shown(bound) if bound is not None else text
