"""Builders: they reach a state through the real actions, never by writing rows."""

from datetime import UTC, datetime
from itertools import count

from escale.foundation.organisations import actions as organisations
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person
from escale.foundation.places import osm
from escale.foundation.places.actions import hours as place_hours
from escale.foundation.places.actions import places

_numbers = count(1)


def person(at, email="", name="Camille Leroy"):
    """Someone who can sign in."""
    return Person.objects.create(email=email or f"p{next(_numbers)}@exemple.fr", name=name, created_at=at)


def organisation(at, by=None, **values):
    """A commune of Calvados with its owner, unless said otherwise."""
    values = {"name": "Commune de Honfleur", "legal_form": "commune", "commune_id": "14333", **values}
    return organisations.create(by=by or person(at), at=at, **values)


def officer(at, service, **values):
    """An officer of a service of the Region."""
    someone = person(at, **values)
    organisations.give_mandate(someone, "officer", at=at, service=service)
    return someone


def service(key="numerique", name="Service du numérique", at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC)):
    """A service of the Region."""
    return organisations.create_service(key=key, name=name, at=at)


def place(at, by=None, publish=True, hours="", **values):
    """A listed place of Caen, unless said otherwise; ``hours`` in OpenStreetMap's words."""
    values = {
        "name": "La Passerelle", "kinds": ("coworking",), "address": "1 rue du Bac", "postcode": "14000",
        "commune_id": "14118", **values,
    }  # fmt: skip
    made = places.create(by=by, at=at, source="tests", **values)
    if hours:
        read = osm.read(hours)
        assert read.problems == ()
        place_hours.set_hours(made, read.weeks, by=None, at=at, open_on_public_holidays=read.open_on_public_holidays)
    if publish:
        region = officer(at, service=Service.objects.first() or service())
        places.publish(made, by=region, at=at)
    return made
