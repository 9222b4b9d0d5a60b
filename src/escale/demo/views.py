"""The demonstration's door: one page per person of the cast, open when ``ESCALE_DEMO=1`` and only then."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from escale.demo import people
from escale.foundation.people import actions
from escale.foundation.people.models import Person
from escale.rules.refusal import Unknown
from escale.ui.routes import Request, done


def door(request: Request, key: str) -> HttpResponse:
    """Shows one button."""
    return render(request, "demo/door.html", {"key": key, "person": _person(key)})


def enter(request: Request, key: str) -> HttpResponse:
    """Signs in as the person, without a mail and without a limit."""
    person, at = _person(key), request.at
    actions.sign_in(request, person, how="demo", at=at)
    return done(reverse("home"))


def _person(key: str) -> Person:
    if not settings.ESCALE_DEMO:
        raise Unknown
    try:
        return people.person(key)
    except Person.DoesNotExist as error:
        raise Unknown from error
