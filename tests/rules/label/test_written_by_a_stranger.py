"""Two labels of this country, written from docs/guides/label.md and the reference alone: what they answer to places."""

from datetime import date

import pytest
import yaml

from escale.foundation.places import file as place_file
from escale.rules.label.document import read_referential
from escale.rules.label.verdict import answer, load

DAY = date(2026, 11, 25)
#: After the call « Fabriques de territoire » (ANCT, 2019): mutualised resources, opening to all, a territory, animation.
#: Figures that the call leaves open are of this test.
FABRIQUE = """
schema: escale.referential/1
key: fabrique-de-territoire
title: Fabrique de territoire (d’après)
summary: Un tiers-lieu structurant pour son territoire, lieu ressource pour les autres.
holder: {without_legal_forms: [person, individual]}
families:
  - {code: lieu, label: Le lieu, weight: 2}
  - {code: ressource, label: Un lieu ressource, weight: 3, score_at_least: 50 %}
criteria:
  - {code: ouvert, family: lieu, title: Ouvert depuis un an, check: {seniority: place.opened_on, at_least: 1 year}}
  - code: acces
    family: lieu
    title: Ouvert cinq jours, dont un soir ou le samedi
    check:
      all:
        - {opening: {days_at_least: 5}}
        - any: [{opening: {days_at_least: 1, after: "18:00"}}, {opening: {days_at_least: 1, weekdays: [sa]}}]
  - {code: equipe, family: lieu, title: Un temps plein d’animation, points: 10, check: {value: staff.fte, at_least: 1, unit: ETP}}
  - {code: zone, family: lieu, title: En quartier prioritaire ou hors métropole, check: {any: [{rule: {fact: territory.zones, includes_any: [qpv]}}, {rule: {fact: territory.zones, includes_any: [rural]}}]}}
  - code: activites
    family: ressource
    title: Trois activités
    check: {among: services, of: [coworking, making, digital_mediation, cultural_mediation, training, meeting_debate], at_least: 3}
    grades:
      - {points: 5, check: {among: services, of: [coworking, making, digital_mediation, cultural_mediation, training, meeting_debate], at_least: 3}}
      - {points: 10, check: {among: services, of: [coworking, making, digital_mediation, cultural_mediation, training, meeting_debate], at_least: 5}}
  - {code: partage, family: ressource, title: Accompagne d’autres tiers-lieux, points: 10, check: {commitment: helps_others, label: Le lieu accompagne d’autres tiers-lieux}}
  - {code: gouvernance, family: ressource, title: Gouvernance partagée, check: {document: statutes, label: Statuts ou charte de gouvernance}}
  - {code: elan, family: ressource, title: Ancrage local, check: {judged: Les habitants participent à la vie du lieu}}
duration: 3 years
renewal: {opens: 6 months, closes: 1 month}
visits: {before_award: yes, first_within: 1 year}
charter: {version: '1', text: Nous partageons ce que nous savons.}
contact: {name: Service des tiers-lieux}
"""
#: After the NetPublic label (Délégation aux usages de l'internet, then Agence du numérique): a public space, access and help for all.
NETPUBLIC = """
schema: escale.referential/1
key: netpublic
title: Espace NetPublic (d’après)
summary: Un espace ouvert à tous, avec accès à internet et quelqu’un pour aider.
holder: {legal_forms: [public_body, association]}
types:
  - {code: fixe, label: Espace fixe, kinds: [digital_mediation]}
families:
  - {code: acces, label: Accès, met_at_least: 2}
  - {code: aide, label: Accompagnement}
criteria:
  - {code: tous, family: acces, title: Ouvert à tout public, check: {commitment: open_to_all}}
  - {code: heures, family: acces, title: Douze heures par semaine, check: {opening: {hours_at_least: 12, regimes: each}}}
  - {code: postes, family: acces, title: Au moins deux ordinateurs, check: {value: equipment.computers, at_least: 2}}
  - {code: debit, family: acces, title: Haut débit, check: {any: [{has: equipment.fibre}, {value: measures.download_mbps, at_least: 8, unit: Mbit/s}]}}
  - {code: pmr, family: acces, title: Accès de plain-pied, mandatory: no, points: 2, check: {has: access.step_free}}
  - {code: animateur, family: aide, title: Une personne qui aide, check: {rule: {count: staff, where: {fact: row.role, in: [animator, digital_adviser]}, at_least: 1, label: Personnes qui aident}}}
  - {code: initiation, family: aide, title: Initiations, check: {among: services, of: [everyday_digital, procedures, digital_mediation], at_least: 1}}
  - code: gratuit
    family: aide
    title: Un accès gratuit
    check: {rule: {count: tariffs, where: {fact: row.price, at_most: 0}, at_least: 1, label: Tarifs gratuits}}
    exceptions: [{from: 2026-07-01, to: 2026-08-31, reason: Tarif d’été}]
  - {code: accueil, family: aide, title: Qualité de l’accueil, mandatory: no, points: 3, check: {note: welcome, at_least: 3, out_of: 5}}
levels:
  - {code: simple, label: NetPublic}
  - {code: plus, label: NetPublic +, points_at_least: 5}
duration: 2 years
contact: {name: Mission société numérique}
"""
HOME = {
    "schema": "escale.place/1", "name": "La Halte", "kinds": ["digital_mediation", "coworking"], "commune": "14762",
    "carrier": {"name": "Les Ateliers", "legal_form": "association"}, "opened_on": "2020-01-15", "zones": ["rural"],
    "hours": [{"osm": "Mo-Fr 09:00-17:00; Sa 10:00-12:00"}], "services": ["coworking", "making", "training", "everyday_digital"],
    "staff": [{"role": "animator", "fte": 1, "named": "yes"}], "equipment": {"computers": 4, "fibre": "yes"},
    "access": {"step_free": "yes"}, "tariffs": [{"unit": "free", "price": 0}],
    "declarations": {"helps_others": "yes", "open_to_all": "yes"}, "documents": [{"code": "statutes"}],
    "findings": {"elan": "yes"}, "notes": {"welcome": 4}, "visited_on": "2026-10-01",
}  # fmt: skip


def asked(text, **changes):
    document, problems = read_referential(yaml.load(text, yaml.BaseLoader))
    assert [one.as_json() for one in problems] == []
    tree = yaml.load(yaml.safe_dump({**HOME, **changes}, allow_unicode=True), yaml.BaseLoader)
    place, weeks, problems = place_file.read(tree)
    assert [one.as_json() for one in problems] == []
    found = answer(load(document), place, weeks, DAY)
    return found, {one["code"]: one["verdict"] for one in found["criteria"]}


def test_both_recognise_a_place_that_keeps_everything():
    found, said = asked(FABRIQUE)
    assert found["verdict"] == "met", said
    assert found["score"] == 85.0  # (2 × 10/10 + 3 × 15/20) ÷ 5
    found, said = asked(NETPUBLIC)
    assert (found["verdict"], found["level"], found["points"], found["type"]) == ("met", "plus", 5, "fixe"), said


@pytest.mark.parametrize(
    ("text", "changes", "code", "verdict"),
    [
        (FABRIQUE, {"hours": [{"osm": "Mo-Fr 09:00-17:00"}]}, "acces", "failed"),
        (FABRIQUE, {"hours": [{"osm": "Mo-Fr 09:00-19:00"}]}, "acces", "met"),
        (FABRIQUE, {"opened_on": "2025-11-26"}, "ouvert", "failed"),
        (FABRIQUE, {"staff": [{"role": "animator"}]}, "equipe", "missing"),
        (FABRIQUE, {"findings": {}}, "elan", "to_examine"),
        (FABRIQUE, {"documents": []}, "gouvernance", "missing"),
        (FABRIQUE, {"zones": ["urban"]}, "zone", "failed"),
        (FABRIQUE, {"declarations": {"helps_others": "no"}}, "family_ressource", "failed"),
        (NETPUBLIC, {"carrier": {"name": "SARL", "legal_form": "company"}}, "carrier", "failed"),
        (NETPUBLIC, {"kinds": ["fablab"]}, "type", "failed"),
        (NETPUBLIC, {"equipment": {"computers": 1, "fibre": "no"}, "measures": {"download_mbps": 8}}, "postes", "failed"),
        (NETPUBLIC, {"equipment": {"computers": 1, "fibre": "no"}, "measures": {"download_mbps": 8}}, "debit", "met"),
        (NETPUBLIC, {"tariffs": [{"unit": "hour", "price": "0.50"}]}, "gratuit", "failed"),
        (NETPUBLIC, {"hours": [{"regime": "school", "osm": "Mo-Fr 09:00-17:00"}, {"regime": "holidays", "osm": "Mo 09:00-12:00"}]}, "heures", "failed"),
        (NETPUBLIC, {"notes": {}}, "accueil", "to_examine"),
    ],
)  # fmt: skip
def test_each_refuses_for_its_own_reason(text, changes, code, verdict):
    found, said = asked(text, **changes)
    assert said[code] == verdict, found["criteria"]
    if verdict in ("failed", "missing"):
        assert found["verdict"] == "missing" and found["level"] is None
