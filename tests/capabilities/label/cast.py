"""A referential of every sort of criterion, a place that keeps most of it, one person of each kind."""

from datetime import date, timedelta
from types import SimpleNamespace

from escale.capabilities.label.actions import declaring, life, visits
from escale.foundation.organisations import actions as organisations
from escale.foundation.organisations.models import Service
from escale.foundation.places.actions import standing
from escale.foundation.questionnaires import marked
from escale.rules.label.document import read_referential
from tests import build

FILE = """schema: escale.referential/1
key: essai
title: Label d’essai
summary: Un label pour les essais.
families: [{code: A, label: Ouverture}, {code: B, label: Accueil}]
criteria:
  - {code: A1, family: A, title: Trois jours ou trente heures, check: {opening: {days_at_least: 3, hours_at_least: 30, either: yes}}}
  - {code: A2, family: A, title: Ouvert à tous, check: {commitment: open_to_all}}
  - {code: A3, family: A, title: Assurance, check: {document: insurance, newer_than: 1 year}}
  - {code: B1, family: B, title: Accueil, check: {note: welcome, at_least: 3, out_of: 5}}
  - {code: B2, family: B, title: Ambiance, check: {judged: On s’y sent bien}}
duration: 3 years
renewal: {opens: 6 months, closes: 3 months}
visits: {before_award: yes, sample: 50 %}
charter: {version: essai-1, text: Nous nous engageons.}
contact: {name: Région}
"""


def referential(at, text=FILE, folder=None):
    """The text read and in force."""
    read = marked.read_text(text)
    document, problems = read_referential(read.tree)
    assert problems == []
    return life.publish(document, by=None, at=at)[0]


def cast(at):
    """Everybody, the place open four days, the referential in force."""
    service = Service.objects.first() or build.service()
    lead = build.person(at, name="Philippe Auvray")
    organisations.give_mandate(lead, "lead_officer", at=at, service=service)
    officer, steward = build.officer(at, service, name="Samira Haddad"), build.person(at, name="Lucie Marguerie")
    place = build.place(at, by=officer, hours="Mo-Th 09:00-17:00", opened_on=date(2020, 1, 1))
    standing.entrust(place, steward, by=officer, at=at)
    return SimpleNamespace(
        at=at, referential=referential(at), place=place, officer=officer, lead=lead, steward=steward,
        visitor=build.person(at, name="Awa Diallo"), stranger=build.person(at, name="Inès Delaunay"),
    )  # fmt: skip


def planned(who, **values):
    """A visit in ten days."""
    values = {
        "visitor": who.visitor,
        "planned_for": who.at + timedelta(days=10),
        "by": who.officer,
        "at": who.at,
        **values,
    }
    return visits.plan(who.place, who.referential, **values)


def reported(who, **findings):
    """A visit made and reported: welcome 4 of 5, the place feels good, unless said otherwise."""
    visit = planned(who)
    then = who.at + timedelta(days=10)
    seen = {"B1": visits.Seen(marks={"welcome": 4}), "B2": visits.Seen("met"), **findings}
    visits.note(
        visit, seen, base=0, visited_on=then.date(), opinion="favourable", conclusion="Un vrai accueil.",
        by=who.visitor, at=then,
    )  # fmt: skip
    visits.report(visit, by=who.visitor, at=then)
    return visit


def declared(who):
    """The place commits itself."""
    declaring.declare(who.place, who.referential, {"open_to_all": True}, by=who.steward, at=who.at)
