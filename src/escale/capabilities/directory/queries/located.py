"""Where a visitor says to be: an address among those of known places, a postcode, a commune. No address is sent out."""

import re
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from escale.foundation.places.models import Place
from escale.foundation.territory import queries as territory
from escale.foundation.territory.models import Commune
from escale.foundation.territory.names import fold

_POSTCODE = re.compile(r"\d{5}\Z")
_NUMBER = re.compile(r"\s*(\d{1,4})\s*(bis|ter|quater)?[\s,]+(?=\D)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\(([^)]*)\)\s*\Z")
_AFTER_POSTCODE = re.compile(r"(.+?)[\s,]+(?:\d{5})[\s,]+(\D+)\Z")


@dataclass(frozen=True)
class Found:
    """A point (WGS 84), the commune that minutes are counted from, words for both; ``limit`` says how near the
    point truly is, when it is not the address itself."""

    lon: float
    lat: float
    commune: str
    label: str
    limit: str = ""


def located(typed: str, *, by_hand: bool = False) -> Found | None:
    """The place that these words name, or None.

    Five digits are the official code of a commune (``14118``); ``by_hand``, in the form, they are a postcode first,
    as people know it, since most postcodes are also the code of some other commune.
    """
    if _POSTCODE.match(typed):
        known = None if by_hand else _by_code(typed)
        if found := known or _by_postcode(typed):
            return found
    street, town = _parts(typed)
    commune = _commune(town) if street else None
    if commune is not None:
        return _in_street(street, commune)
    commune = _commune(typed)
    return Found(commune.lon, commune.lat, commune.code, commune.name) if commune else None


def _parts(typed: str) -> tuple[str, str]:
    """(street with its number, commune) of « 12 rue du Bac, Caen »; no street when there is none."""
    code = _IN_BRACKETS.search(typed)
    bare = typed[: code.start()] if code else typed
    if parts := _AFTER_POSTCODE.match(bare):
        return parts[1].strip(" ,"), code[1] if code else parts[2]
    street, comma, town = bare.rpartition(",")
    if comma and (_NUMBER.match(street) or " " in street.strip()):
        return street.strip(), code[1] if code else town
    if _NUMBER.match(bare) and not comma:
        return _cut(bare)
    return "", typed


def _cut(text: str) -> tuple[str, str]:
    """Without a comma, the commune is the longest end of the words that is a commune's whole name."""
    words = text.split()
    for start in range(2, len(words)):
        name = " ".join(words[start:])
        found = territory.find(name, 1)
        if found and territory.is_called(found[0], name):
            return " ".join(words[:start]), name
    return "", text


def _in_street(street: str, commune: Commune) -> Found:
    """The point of the known place at this address; else of the nearest number of the street; else the commune's."""
    number, bare = _NUMBER.match(street), fold(_NUMBER.sub("", street, count=1))
    wanted, label = int(number[1]) if number else 0, f"{street}, {commune.name}"
    known = Place.objects.listed().filter(commune=commune, lon__isnull=False).order_by("pk")
    best: tuple[int, float, float, int] | None = None
    for address, lon, lat in known.values_list("address", "lon", "lat"):
        other = _NUMBER.match(address)
        if fold(_NUMBER.sub("", address, count=1)) != bare or lon is None or lat is None:
            continue
        there = int(other[1]) if other else 0
        if best is None or abs(there - wanted) < best[0]:
            best = (abs(there - wanted), lon, lat, there)
    if best is None:
        limit = _("Nous ne connaissons pas cette rue : les distances partent du centre de {commune}.")
        return Found(commune.lon, commune.lat, commune.code, label, limit.format(commune=commune.name))
    away, lon, lat, there = best
    limit = _("Les distances partent du numéro {n} de cette rue, le plus proche que nous connaissions.")
    return Found(lon, lat, commune.code, label, limit.format(n=there) if away else "")


def _by_code(code: str) -> Found | None:
    commune = territory.commune(code)
    today = commune is not None and commune.code == code
    return Found(commune.lon, commune.lat, code, commune.name) if commune and today else None


def _by_postcode(code: str) -> Found | None:
    """The commune that most known places of this postcode are in."""
    rows = Place.objects.listed().filter(postcode=code).order_by("commune_id").values_list("commune_id", flat=True)
    counted = Counter(rows).most_common(1)
    commune = territory.commune(counted[0][0]) if counted else None
    return Found(commune.lon, commune.lat, commune.code, f"{code} {commune.name}") if commune else None


def _commune(typed: str) -> Commune | None:
    """By code, by « Caen (14118) », by name; a merged commune leads to the one of today."""
    code = re.search(r"\(?\b(\d{5}|2[ABab]\d{3})\)?\s*\Z", typed)
    if code and (found := territory.commune(code[1].upper())):
        return found
    name = re.sub(r"\s*\([^)]*\)\s*\Z", "", typed)
    name = re.sub(r"\A\s*\d{5}\s+", "", name)
    return next(iter(territory.find(name, 1)), None)
