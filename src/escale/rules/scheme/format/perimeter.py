"""A perimeter: communes named or held by a département, a Region, a grouping, a zone."""

from escale.rules.scheme.format.words import COMMUNE, DEPARTEMENT, REGION, SENTENCE, SIREN
from escale.rules.shape.kinds import Field, ListOf, Record

PERIMETER = Record("perimeter", "Périmètre", (
    Field("departements", ListOf(DEPARTEMENT), "Départements", example="[14, 50, 61]"),
    Field("regions", ListOf(REGION), "Régions", "official codes", example="[28]"),
    Field("epcis", ListOf(SIREN, most=1500), "Intercommunalités", "SIREN; fact territory.epci, partner's epci",
          example="[200065597]"),
    Field("communes", ListOf(COMMUNE, most=5000), "Communes", example="[14118, 14333]"),
    Field("without_communes", ListOf(COMMUNE, most=5000), "Sauf les communes"),
    Field("zones", ListOf(SENTENCE), "Zones", "fact territory.zones", example="[former-basse-normandie]"),
    Field("without_zones", ListOf(SENTENCE), "Sauf les zones"),
    Field("label", SENTENCE, "Nom du périmètre", example="Ancienne Basse-Normandie"),
), help="Departements, regions, epcis, communes and zones are ways to be inside: one is enough. The words in without_ then take away.")  # fmt: skip
