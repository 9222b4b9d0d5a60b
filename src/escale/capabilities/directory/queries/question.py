"""What a visitor asks of the directory, read from an address: each wrong word is said, none is guessed."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from escale.capabilities.directory.queries.located import located
from escale.foundation.questionnaires.reading import clean
from escale.foundation.territory import reach
from escale.rules.hours import PARIS
from escale.rules.money import cents_typed
from escale.rules.places import EQUIPMENT, KINDS, NEEDS, PUBLICS, SERVICES, STANDINGS, UNITS
from escale.rules.shape.problem import Wrong

#: parameter → the codes that it may name.
CHOICES: dict[str, Mapping[str, str]] = {
    "kind": KINDS, "equipment": EQUIPMENT, "access": NEEDS, "service": SERVICES, "public": PUBLICS,
    "standing": STANDINGS,
}  # fmt: skip
ANSWERS = ("yes", "no", "unknown")
PARAMETERS = ("q", "near", "minutes", "km", *CHOICES, "open_at", "price_max", "unit", "page")
#: Says that the form of the page was filled in by hand: see ``located``.
BY_HAND = "typed"
_POINT = re.compile(r"\s*(-?\d{1,3}(?:\.\d{1,12})?)\s*[,;]\s*(-?\d{1,3}(?:\.\d{1,12})?)\s*\Z")
_LONGEST = 200


@dataclass(frozen=True)
class Near:
    """Where one searches from: ``commune`` for minutes, the point for kilometres; ``label`` in words;
    ``limit`` says how near the point truly is to what was asked."""

    lon: float
    lat: float
    commune: str
    label: str
    limit: str = ""


@dataclass
class Question:
    """A question that was understood; ``problems`` (parameter → sentence) says what was not.

    ``open_on`` a whole day, ``open_at`` an instant. ``codes``: parameter → codes; those of ``access`` are
    pairs (need, yes|no|unknown).
    """

    q: str = ""
    near: Near | None = None
    minutes: float | None = None
    km: float | None = None
    open_at: datetime | None = None
    open_on: date | None = None
    price_max: int | None = None
    unit: str = ""
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    access: tuple[tuple[str, str], ...] = ()
    page: int = 1
    problems: dict[str, str] = field(default_factory=dict)


def read(asked: QueryDict, at: datetime) -> Question:
    """The question of an address. Unknown parameters are left alone; empty ones count as absent."""
    found = Question(q=_text(asked, "q"))
    for name, codes in CHOICES.items():
        _choose(found, name, [part for value in asked.getlist(name) for part in str(clean(value)).split(",")], codes)
    _place(found, _text(asked, "near"), by_hand=bool(asked.get(BY_HAND)))
    for name, most in (("minutes", 600.0), ("km", 2000.0)):
        setattr(found, name, _measure(found, name, _text(asked, name), most))
        if getattr(found, name) is not None and found.near is None and "near" not in found.problems:
            found.problems[name] = _("Dites d’abord près d’où vous cherchez : une commune, ou un point.")
    _moment(found, _text(asked, "open_at"), at)
    _price(found, _text(asked, "price_max"), _text(asked, "unit"))
    page = _text(asked, "page") or "1"
    found.page = int(page) if page.isascii() and page.isdigit() and len(page) < 7 and int(page) else 1
    if page != str(found.page):
        found.problems["page"] = _("« {page} » n’est pas un numéro de page.").format(page=page[:20])
    return found


def _text(asked: QueryDict, name: str) -> str:
    return str(clean(asked.get(name, ""))).strip()[:_LONGEST]


def _choose(found: Question, name: str, typed: list[str], codes: Mapping[str, str]) -> None:
    kept: list[str] = []
    for one in typed:
        code, _colon, answer = one.strip().partition(":")
        if not code:
            continue
        if code not in codes or (answer and (name != "access" or answer not in ANSWERS)):
            sentence = _("« {word} » n’est pas proposé ici. Choisissez parmi : {codes}.")
            found.problems[name] = sentence.format(word=one.strip()[:40], codes=", ".join(codes))
            continue
        kept.append(code if name != "access" else f"{code}:{answer or 'yes'}")
    kept = list(dict.fromkeys(kept))
    if name == "access":
        pairs = (one.split(":", 1) for one in kept)
        found.access = tuple((need, answer) for need, answer in pairs)
    elif kept:
        found.codes[name] = tuple(kept)


def _place(found: Question, typed: str, *, by_hand: bool) -> None:
    if not typed:
        return
    if point := _POINT.match(typed):
        lat, lon = float(point[1]), float(point[2])
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            found.problems["near"] = _("Ce point n’existe pas : donnez latitude puis longitude, comme 49.18,-0.37.")
            return
        found.near = Near(lon, lat, reach.nearest(lon, lat) or "", _("votre position"))
        return
    where = located(typed, by_hand=by_hand)
    if where is None:
        words = _("« {word} » : ni commune, ni adresse connue ici. Essayez le nom de la commune seul, ou son code.")
        found.problems["near"] = words.format(word=typed[:60])
        return
    found.near = Near(where.lon, where.lat, where.commune, where.label, where.limit)


def _measure(found: Question, name: str, typed: str, most: float) -> float | None:
    if not typed:
        return None
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and 0 <= value <= most):
        found.problems[name] = _("Donnez un nombre de 0 à {most}.").format(most=int(most))
        return None
    return value


def _moment(found: Question, typed: str, at: datetime) -> None:
    if not typed:
        return
    if typed == "now":
        found.open_at = at
        return
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed):
            found.open_on = date.fromisoformat(typed)
        else:
            read_at = datetime.fromisoformat(
                typed.replace(" ", "+") if re.search(r"T.* \d{2}:?\d{2}\Z", typed) else typed
            )
            found.open_at = read_at if read_at.tzinfo else read_at.replace(tzinfo=PARIS)
        when = found.open_on or found.open_at
        if when is None or not 1990 <= when.year <= 2200:
            raise ValueError
    except ValueError:
        found.open_at = found.open_on = None
        found.problems["open_at"] = _(
            "Donnez un jour (2026-12-24), un jour et une heure (2026-12-24T18:30), ou now pour maintenant."
        )


def _price(found: Question, typed: str, unit: str) -> None:
    if unit and unit not in UNITS:
        found.problems["unit"] = _("« {word} » n’est pas une unité de prix. Choisissez parmi : {codes}.").format(
            word=unit[:40], codes=", ".join(UNITS)
        )
        return
    if typed and not unit:
        found.problems["unit"] = _("Dites pour quelle durée : un prix n’est jamais converti d’une unité à l’autre.")
        return
    if typed:
        try:
            cents = cents_typed(typed)
        except Wrong as wrong:
            found.problems["price_max"] = wrong.message
            return
        if not 0 <= cents <= 100_000_000:
            found.problems["price_max"] = _("Donnez un prix de 0 à 1 000 000 €.")
            return
        found.price_max = cents
    found.unit = unit
