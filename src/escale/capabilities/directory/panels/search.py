"""The search of the list: its form, its question as a sentence."""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from escale.capabilities.directory.queries.question import CHOICES, PARAMETERS, Question
from escale.rules.hours import PARIS
from escale.rules.places import (
    EQUIPMENT,
    KINDS,
    NEEDS,
    PUBLICS,
    SERVICES,
    STANDINGS,
    UNITS,
)
from escale.ui.figures import day, day_hour, euros, number

#: Where an answer goes in the empty form: a value, the options of a select, a box.
_SLOT = re.compile(
    "\ue000(?P<value>\\w+)\ue001"
    r'|<select [^>]*?name="(?P<select>\w+)"'
    r'|<option value="(?P<option>[^"]*)"'
    r'|<input type="checkbox"[^>]*? name="(?P<check>\w+)" value="(?P<of>\w+)"'
)


def title(asked: Question, count: int) -> str:
    """How many answer, in words."""
    if asked.near is not None and asked.near.commune and asked.near.label != _("votre position"):
        sentence = ngettext("{n} lieu, du plus proche de {where}", "{n} lieux, du plus proche de {where}", count)
        return sentence.format(n=number(count), where=asked.near.label)
    return ngettext("{n} lieu", "{n} lieux", count).format(n=number(count))


def markup(asked: Question, typed: QueryDict) -> SafeString:
    """The search form. What does not depend on the question is rendered once a language."""
    standard = {code for code, _label in _minutes()}
    if asked.problems or typed.get("minutes", "") not in standard:
        return mark_safe(render_to_string("directory/search.html", {"form": form(asked, typed)}))  # a template's
    values = _values(asked, typed)
    chosen = {name: set(_chosen(asked, name)) for name in CHOICES}
    filled = []
    for text, kind, name, code in _pieces(get_language() or ""):
        filled.append(text)
        if kind == "value":
            filled.append(escape(values[name]))
        elif kind == "option" and values[name] == code:
            filled.append(" selected")
        elif kind == "check" and code in chosen[name]:
            filled.append(" checked")
    return mark_safe("".join(filled))  # a template's own text, and escaped values


@lru_cache(maxsize=8)
def _pieces(_language: str) -> list[tuple[str, str, str, str]]:
    """The empty form, cut where an answer goes: text, then (value|option|check, name, code)."""
    blank = form(Question(), QueryDict())
    blank["values"] = {name: f"\ue000{name}\ue001" for name in blank["values"]}
    text = render_to_string("directory/search.html", {"form": blank})
    pieces, start, select = [], 0, ""
    for found in _SLOT.finditer(text):
        if found["select"]:
            select = found["select"]
            continue
        kind, name, code = "value", found["value"], ""
        if found["check"]:
            kind, name, code = "check", found["check"], found["of"]
        elif found["option"] is not None:
            kind, name, code = "option", select, found["option"]
        end = found.start() if kind == "value" else found.end()
        pieces.append((text[start:end], kind, name, code))
        start = found.end()
    return [*pieces, (text[start:], "", "", "")]


def form(asked: Question, typed: QueryDict) -> dict[str, Any]:
    """The controls with what was typed, options in words, errors."""
    values, minutes = _values(asked, typed), _minutes()
    if asked.minutes is not None and values["minutes"] not in dict(minutes):
        minutes.append((values["minutes"], _("{n} minutes").format(n=values["minutes"])))
    errors = dict.fromkeys(PARAMETERS, "") | asked.problems
    return {
        "values": values,
        "errors": errors,
        "refine": bool(asked.problems.keys() & {"open_at", "km", "price_max", "unit", *CHOICES}),
        "units": [("", _("peu importe")), *_options(UNITS)],
        "minutes": minutes,
        "groups": [
            (name, label, _options(labels), _chosen(asked, name), help_text, errors[name])
            for name, label, labels, help_text in _groups()
        ],
    }


def _minutes() -> list[tuple[str, str]]:
    return [("", _("peu importe")), *((str(n), _("{n} minutes").format(n=n)) for n in (10, 15, 20, 30, 45, 60))]


def _values(asked: Question, typed: QueryDict) -> dict[str, str]:
    values = {name: typed.get(name, "") for name in ("q", "near", "minutes", "km", "open_at", "price_max", "unit")}
    if asked.near is not None and asked.near.label != _("votre position"):
        values["near"] = f"{asked.near.label} ({asked.near.commune})"
    return values


def _groups() -> list[tuple[str, str, dict[str, str], str]]:
    standings = {code: label for code, label in STANDINGS.items() if code != "known"}
    said = _("Les lieux qui l’ont dit ; ceux qui n’ont rien dit sont comptés à part.")
    return [
        ("kind", _("Sorte de lieu"), KINDS, _("L’une de celles cochées.")),
        ("service", _("Services"), SERVICES, ""),
        ("access", _("Accessibilité"), NEEDS, said),
        ("equipment", _("Équipement"), EQUIPMENT, ""),
        ("public", _("Publics"), PUBLICS, ""),
        ("standing", _("Lien avec la Région"), standings, ""),
    ]


def _chosen(asked: Question, name: str) -> list[str]:
    if name == "access":
        return [need for need, said in asked.access if said == "yes"]
    return list(asked.codes.get(name, ()))


def quick(typed: QueryDict, at: datetime) -> list[tuple[str, str]]:
    """One-press questions: open now, open this Saturday, step-free."""
    today = at.astimezone(PARIS).date()
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    wanted = [
        (_("Ouvert maintenant"), "open_at", "now"),
        (
            _("Ouvert samedi {day}").format(day=day(saturday, week=False).rsplit(" ", 1)[0]),
            "open_at",
            saturday.isoformat(),
        ),
        (_("De plain-pied"), "access", "step_free"),
        (_("Gratuit"), "unit", "free"),
    ]
    kept = [(name, value) for name, values in typed.lists() if name != "page" for value in values]
    return [
        (label, f"?{urlencode([pair for pair in kept if pair[0] != name] + [(name, value)])}")
        for label, name, value in wanted
        if (name, value) not in kept
    ]


def parts(asked: Question, typed: QueryDict) -> list[tuple[str, str]]:
    """The question as words, each with the address that takes it off."""
    told: list[tuple[str, str, str]] = []
    if asked.q:
        told.append((_("« {words} »").format(words=asked.q), "q", asked.q))
    if asked.near:
        told.append((_("près de {where}").format(where=asked.near.label), "near", ""))
    if asked.minutes is not None:
        told.append((_("à {n} minutes au plus").format(n=f"{asked.minutes:g}"), "minutes", ""))
    if asked.km is not None:
        told.append((_("à {n} km au plus").format(n=f"{asked.km:g}"), "km", ""))
    if asked.open_at:
        told.append((_("ouvert {when}").format(when=day_hour(asked.open_at)), "open_at", ""))
    if asked.open_on:
        told.append((_("ouvert {when}").format(when=day(asked.open_on)), "open_at", ""))
    for name, labels in CHOICES.items():
        told += [(_(labels[code]), name, code) for code in asked.codes.get(name, ())]
    for need, said in asked.access:
        words = {"yes": "{need}", "no": _("{need} : non"), "unknown": _("{need} : non renseigné")}[said]
        told.append((words.format(need=_(NEEDS[need])), "access", need))
    if asked.unit:
        told.append((_price_words(asked), "unit", ""))
    return [(label, _without(typed, name, code)) for label, name, code in told]


def _price_words(asked: Question) -> str:
    if asked.price_max is None or asked.unit == "free":
        return _(UNITS[asked.unit]) if asked.unit == "free" else _("prix à {unit}").format(unit=_(UNITS[asked.unit]))
    return _("{price} {unit} au plus").format(price=euros(asked.price_max, short=True), unit=_(UNITS[asked.unit]))


def _without(typed: QueryDict, name: str, code: str) -> str:
    query = typed.copy()
    query.pop("page", None)
    if name == "near":
        for other in ("near", "minutes", "km"):
            query.pop(other, None)
    elif name == "unit":
        query.pop("unit", None)
        query.pop("price_max", None)
    elif name in CHOICES:
        left = [one for value in query.getlist(name) for one in value.split(",") if one.partition(":")[0] != code]
        query.setlist(name, left)
    else:
        query.pop(name, None)
    return f"?{query.urlencode()}"


def _options(labels: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, _(label)) for code, label in labels.items()]
