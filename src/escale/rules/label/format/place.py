"""The place file: what is known of one place. What is absent is unknown, never guessed."""

from typing import Any

from escale.rules.scheme.format.case import FORM
from escale.rules.scheme.format.words import COMMUNE, PARAGRAPH, SENTENCE
from escale.rules.shape.figure import Figure
from escale.rules.shape.kinds import Field, ListOf, MapOf, Record
from escale.rules.shape.problem import Problem
from escale.rules.shape.scalar import Choice, Code, Day, Euros, Number, Text, YesNo
from escale.rules.words import _

SCHEMA = "escale.place/1"
REGIME = Choice((
    ("normal", "toute l’année", "all the year, or where no other regime says otherwise"),
    ("school", "en période scolaire", ""),
    ("holidays", "pendant les vacances scolaires", ""),
))  # fmt: skip


def in_order(found: dict[str, Any]) -> list[Problem]:
    """The end of a period does not come before its beginning."""
    if found.get("to", found["from"]) < found["from"]:
        return [Problem("impossible_dates", _("la fin précède le début."), ["to"])]
    return []


def _once(found: dict[str, Any]) -> list[Problem]:
    """One line of hours a regime, the one that is not written included."""
    seen = [one.get("regime", "normal") for one in found.get("hours", [])]
    again = next((rank for rank, regime in enumerate(seen) if regime in seen[:rank]), None)
    return [] if again is None else [Problem("repeated", _("cette période a déjà ses horaires."), ["hours", again])]


CARRIER = Record("carrier", "Structure porteuse", (
    Field("name", SENTENCE, "Nom"),
    Field("legal_form", FORM, "Forme juridique", example="association"),
    Field("siret", Text(most=20), "SIRET"),
))  # fmt: skip
POINT = Record("point", "Point", (
    Field("lon", Number(least=-180, most=180), "Longitude (WGS84)", required=True, example="-0.3707"),
    Field("lat", Number(least=-90, most=90), "Latitude (WGS84)", required=True, example="49.1829"),
))  # fmt: skip
PREMISES = Record("premises", "Locaux", (
    Field("title", SENTENCE, "Titre d’occupation", example="moderate_rent"),
    Field("until", Day(), "Fin de l’occupation"),
))  # fmt: skip
HOURS = Record("hours", "Horaires", (
    Field("regime", REGIME, "Période", default="normal"),
    Field("osm", Text(most=1000), "Horaires", "as OpenStreetMap writes them (opening_hours)", required=True,
          example="Mo-Fr 09:00-12:30,14:00-18:00; Sa 10:00-12:30"),
))  # fmt: skip
CLOSURE = Record("closure", "Fermeture", (
    Field("from", Day(), "Du", required=True),
    Field("to", Day(), "Au", "the last day closed; absent: nobody knows until when"),
    Field("reason", SENTENCE, "Raison"),
    Field("ordered_by_government", YesNo(), "Ordonnée par l’État", default="no"),
), checks=(in_order,))  # fmt: skip
SPACE = Record("space", "Espace", (
    Field("kind", Code(), "Sorte", required=True, example="meeting_room"),
    Field("name", SENTENCE, "Nom"),
    Field("capacity", Number(least=0, whole=True), "Personnes", "in each unit"),
    Field("units", Number(least=0, whole=True), "Nombre", default="1", example="6"),
    Field("floor_m2", Number(least=0), "Surface (m²)"),
))  # fmt: skip
STAFF = Record("staff", "Personne qui accueille", (
    Field("role", Code(), "Rôle", required=True, example="animator"),
    Field("fte", Number(least=0), "Équivalents temps plein", example="0.5"),
    Field("named", YesNo(), "Nommée", "known by name to the public"),
))  # fmt: skip
TARIFF = Record("tariff", "Tarif", (
    Field("what", SENTENCE, "Pour quoi"),
    Field("unit", Code(), "Unité", required=True, example="day"),
    Field("price", Euros(), "Prix (€)", "0 when free", required=True, example="12.50"),
))  # fmt: skip
PAPER = Record("document", "Document", (
    Field("code", Code(), "Code", "as the referential names it", required=True, example="insurance"),
    Field("dated_on", Day(), "Daté du"),
    Field("valid_until", Day(), "Valable jusqu’au"),
))  # fmt: skip

PLACE = Record("place", "Lieu", (
    Field("schema", Choice(((SCHEMA, "", ""),)), "Format", required=True, example=SCHEMA),
    Field("name", SENTENCE, "Nom", required=True),
    Field("kinds", ListOf(Code()), "Sortes de lieu", example="[coworking, fablab]"),
    Field("carrier", CARRIER, "Structure porteuse", "its name alone will do"),
    Field("commune", COMMUNE, "Commune", example="14118"),
    Field("address", SENTENCE, "Adresse"),
    Field("point", POINT, "Point"),
    Field("opened_on", Day(), "Ouvert depuis le"),
    Field("closed_on", Day(), "Fermé pour de bon le"),
    Field("premises", PREMISES, "Locaux"),
    Field("hours", ListOf(HOURS, most=3), "Horaires"),
    Field("closures", ListOf(CLOSURE), "Fermetures"),
    Field("spaces", ListOf(SPACE), "Espaces"),
    Field("equipment", MapOf(Figure()), "Équipement", "how many, or yes or no", example="{printer: 2, wifi: yes}"),
    Field("measures", MapOf(Number(least=0)), "Mesures", example="{download_mbps: 94.5}"),
    Field("access", MapOf(YesNo()), "Accessibilité, besoin par besoin", example="{step_free: yes}"),
    Field("services", ListOf(Code()), "Services", example="[coworking, telework]"),
    Field("publics", ListOf(Code()), "Publics", example="[students, freelancers]"),
    Field("tariffs", ListOf(TARIFF), "Tarifs"),
    Field("staff", ListOf(STAFF), "Personnes qui accueillent"),
    Field("declarations", MapOf(PARAGRAPH), "Déclarations",
          "what the place declares, by code: yes, no, a number, a day, words", example="{open_to_all: yes}"),
    Field("documents", ListOf(PAPER), "Documents"),
    Field("notes", MapOf(Number()), "Notes de visite", "marks given by the visitor, by code", example="{welcome: 4}"),
    Field("findings", MapOf(YesNo()), "Appréciations de visite", "what the visitor recognised or not, by criterion judged",
          example="{soul: yes}"),
    Field("visited_on", Day(), "Visité le"),
    Field("network", MapOf(Number()), "Réseau", "facts of the network, such as minutes to the nearest other place"),
    Field("zones", ListOf(Text(most=60)), "Zones", "those that hold the commune"),
), checks=(_once,))  # fmt: skip
