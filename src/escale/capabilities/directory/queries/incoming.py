"""From a row of texts to values of a place: each refusal in words, with its line; nothing is guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.directory.queries.communes import Communes
from escale.capabilities.directory.queries.kinds import Kinds
from escale.foundation.places import osm, standard, where
from escale.foundation.territory.models import Commune
from escale.rules.lambert93 import from_lambert93
from escale.rules.refusal import Refused
from escale.rules.table_schema import TableSchema

PLAIN = ("address", "complement", "carrier_name", "acceslibre", "booking_url", "summary", "description")
LONGEST = {"name": 150, "address": 200, "complement": 200, "carrier_name": 200, "acceslibre": 300, "booking_url": 300,
           "summary": 280, "description": 5000, "source": 100, "ref": 200}  # fmt: skip
_LINK = re.compile(r"https?://[\w.-]+\.[a-z]{2,}(:\d+)?([/?#]\S*)?\Z", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s|]+@[^@\s|]+\.[^@\s|]+\Z")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z")


@dataclass(frozen=True)
class Refusal:
    """One line that cannot be taken, and why."""

    line: int
    code: str
    message: str


@dataclass
class Incoming:
    """A line that was understood. ``values``: fields of a place; ``hours``: an OpenStreetMap text ("" unknown);
    ``holidays``: open on public holidays, when a column of its own says so."""

    line: int
    ref: str
    source: str
    commune: Commune
    values: dict[str, Any] = field(default_factory=dict)
    hours: str = ""
    holidays: bool | None = None


@lru_cache(maxsize=20_000)
def hours_of(text: str) -> osm.Read:
    """The hours of a text, read once: files repeat the same ones."""
    return osm.read(text)


class Reader:
    """Reads rows of one file. ``checker``: the national schema when the file claims to follow it."""

    def __init__(
        self, fields: Mapping[str, str], source: str, communes: Communes, checker: TableSchema | None,
        kinds: Kinds | None = None,
    ) -> None:  # fmt: skip
        self.fields, self.source, self.communes, self.checker = fields, source, communes, checker
        self.kinds = kinds or Kinds()
        self.refs: dict[tuple[str, str], int] = {}

    def read(self, line: int, row: Mapping[str, str]) -> Incoming | Refusal:
        """The line as values, or why it is refused."""
        if self.checker is not None:
            # Earlier texts of the standard wrote « ; » between several values: both are read.
            row = {name: text.replace(";", "|") if name in standard.CODED else text for name, text in row.items()}
            faults = list(self.checker.faults(row, line))
            if faults:
                return Refusal(line, faults[0].code, " ".join(fault.message for fault in faults))
        said = {name: row.get(heading, "") for name, heading in self.fields.items()}
        try:
            found = self._whole(line, said)
        except Refused as refused:
            return Refusal(line, refused.code, refused.message)
        first = self.refs.setdefault((found.source, found.ref), line)
        if first != line:
            told = _("L’identifiant « {ref} » est déjà à la ligne {line}.").format(ref=found.ref[:60], line=first)
            return Refusal(line, "repeated", told)
        return found

    def _whole(self, line: int, said: dict[str, str]) -> Incoming:
        if not said.get("name"):
            raise Refused("missing", _("Le nom du lieu manque."))
        for name, most in LONGEST.items():
            if len(said.get(name, "")) > most:
                told = _("{heading} : {n} caractères, {most} au plus.")
                raise Refused("too_long", told.format(heading=self.fields[name], n=len(said[name]), most=most))
        point = _point(said)
        commune, former = self.communes.find(
            said.get("insee", ""), said.get("commune", ""), said.get("postcode", ""), point
        )
        where.check_region(commune)
        if point is not None:
            where.check_point(commune, *point)
        source = said.get("source") or self.source
        ref = said.get("ref") or f"{said.get('pivot', '')} {said['name']} {commune.pk}".strip()
        values: dict[str, Any] = {"name": said["name"], "commune_id": commune.pk}
        values |= {name: said[name] for name in PLAIN if said.get(name)}
        values |= _identity(said) | self.kinds.of(said) | _reach(said) | _lists(said) | _dates(said, self.fields)
        if point is not None:
            values |= {"lon": round(point[0], 6), "lat": round(point[1], 6)}
        if former or said.get("former_commune"):
            values["former_commune"] = (said.get("former_commune") or former)[:100]
        return Incoming(
            line,
            ref[:200],
            source[:100],
            commune,
            values,
            _hours(said.get("hours", "")),
            _yes(said.get("open_on_public_holidays", "")),
        )


def _yes(text: str) -> bool | None:
    return {
        "yes": True,
        "oui": True,
        "true": True,
        "1": True,
        "no": False,
        "non": False,
        "false": False,
        "0": False,
    }.get(text.casefold())


def _hours(text: str) -> str:
    if text:
        read = hours_of(text)
        if read.problems:
            raise Refused("wrong_hours", " ".join(read.problems))
    return text


def _identity(said: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    pivot = re.sub(r"[\s.]", "", said.get("pivot", ""))
    if pivot:
        if not re.fullmatch(r"[a-zA-Z0-9]{9,14}", pivot):
            raise Refused(
                "wrong_pivot",
                _("« {pivot} » n’est ni un SIRET (14 chiffres) ni un numéro RNA.").format(pivot=pivot[:30]),
            )
        if pivot.strip("0"):  # fourteen noughts: how files say that it is not known
            told["pivot"] = pivot
    postcode = re.sub(r"\s", "", said.get("postcode", ""))
    if postcode:
        postcode = postcode.zfill(5) if postcode.isdigit() else postcode
        if not re.fullmatch(r"\d{5}", postcode):
            raise Refused(
                "wrong_postcode", _("« {code} » n’est pas un code postal : cinq chiffres.").format(code=postcode[:20])
            )
        told["postcode"] = postcode
    if said.get("typology"):
        told["typology"] = tuple(part.strip() for part in re.split(r"[|;,]", said["typology"]) if part.strip())
    return told


def _reach(said: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if said.get("phone"):
        told["phone"] = standard.phone(re.split(r"[|;,]", said["phone"])[0])
    mails = [one.strip() for one in re.split(r"[|;,\s]+", said.get("emails", "")) if one.strip()]
    if wrong := [one for one in mails if not _MAIL.match(one)]:
        raise Refused("wrong_email", _("« {mail} » n’est pas une adresse électronique.").format(mail=wrong[0][:80]))
    links = [
        one.strip()
        for one in re.split(r"[|;]", said.get("websites", ""))
        if one.strip() and not one.strip().startswith("/")
    ]
    links = [one if "://" in one else f"https://{one}" for one in links]
    if wrong := [one for one in links if not _LINK.match(one)]:
        raise Refused("wrong_website", _("« {link} » n’est pas l’adresse d’un site.").format(link=wrong[0][:80]))
    if mails:
        told["emails"] = tuple(mails)
    if links:
        told["websites"] = tuple(links)
    return told


def _lists(said: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for column, (name, _labels) in standard.CODED.items():
        if said.get(column):
            found, _strange = standard.codes(column, said[column])
            if found:
                told[name] = found
    if said.get("other_labels"):
        told["other_labels"] = tuple(part.strip() for part in re.split(r"[|;]", said["other_labels"]) if part.strip())
    return told


def _dates(said: dict[str, str], fields: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in ("checked_on", "opened_on"):
        text = said.get(name, "")
        if not text:
            continue
        french = _DAY.match(text)
        try:
            if french:
                told[name] = date(int(french[3]), int(french[2]), int(french[1]))
            elif re.fullmatch(r"\d{4}", text):
                told[name] = date(int(text), 1, 1)
            else:
                told[name] = date.fromisoformat(text[:10].replace("/", "-"))
        except ValueError as error:
            told_why = _("{heading} : « {text} » n’est pas une date (AAAA-MM-JJ ou JJ/MM/AAAA).")
            raise Refused("wrong_date", told_why.format(heading=fields[name], text=text[:40])) from error
    return told


def _point(said: dict[str, str]) -> tuple[float, float] | None:
    """(lon, lat) in WGS 84, from degrees, from one cell « lat, lon », or from Lambert-93 metres."""
    lat, lon = said.get("lat", ""), said.get("lon", "")
    if not (lat or lon) and said.get("point"):
        parts = re.split(r"[,;\s]+", said["point"].strip("()[] "))
        lat, lon = (parts[0], parts[1]) if len(parts) == 2 else ("?", "?")
    metres = not (lat or lon) and (said.get("x") or said.get("y"))
    one, two = (said.get("x", ""), said.get("y", "")) if metres else (lon, lat)
    if not one and not two:
        return None
    try:
        a, b = float(one.replace(",", ".")), float(two.replace(",", "."))
        if not (isfinite(a) and isfinite(b)):
            raise ValueError
    except ValueError as error:
        raise Refused(
            "impossible_point", _("« {x} ; {y} » n’est pas un point.").format(x=one[:30], y=two[:30])
        ) from error
    if a == 0 and b == 0:
        return None
    if metres and not (abs(a) <= 180 and abs(b) <= 90):
        if not (0 < a < 1_400_000 and 5_900_000 < b < 7_300_000):
            raise Refused(
                "impossible_point", _("« {x} ; {y} » n’est pas un point en Lambert-93.").format(x=one[:30], y=two[:30])
            )
        return from_lambert93(a, b)
    return a, b
