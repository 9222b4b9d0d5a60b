"""Being away, handing over, which themes one takes first."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.capabilities.calls.instruction.actions import desk, handling
from escale.capabilities.calls.instruction.forms import AbsenceForm, HandOverForm, ThemesForm
from escale.capabilities.calls.instruction.models import Absence
from escale.capabilities.calls.instruction.queries import around
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person
from escale.foundation.people.request import SignedIn
from escale.rules.figures import PARIS
from escale.rules.refusal import NoHat
from escale.ui.routes import done


def index(request: SignedIn) -> HttpResponse:
    """My absences, handing over, my themes."""
    return _page(request)


def _page(request: SignedIn, status: int = 200, **forms: object) -> HttpResponse:
    services = organisations.services_of(request.user, request.at)
    if not services:
        raise NoHat
    team = around.officers_of(services, request.at)
    themes = around.themes_of(services)
    context = {
        "absences": Absence.objects.filter(person=request.user, until__gt=request.at).select_related("replacement"),
        "absence_form": AbsenceForm(team=team), "hand_over_form": HandOverForm(team=team),
        "themes_form": ThemesForm(themes=themes, initial={"themes": around.specialties(request.user)}), "themes": themes,
        **forms,
    }  # fmt: skip
    return render(request, "instruction/absence.html", context, status=status)


def go(request: SignedIn) -> HttpResponse:
    """Says when I am away and who replaces me."""
    services = organisations.services_of(request.user, request.at)
    form = AbsenceForm(request.POST, team=around.officers_of(services, request.at))
    if not form.is_valid():
        return _page(request, 422, absence_form=form)
    given = form.cleaned_data
    since, until = (datetime.combine(given[name], datetime.min.time(), PARIS) for name in ("since", "until"))
    someone = Person.objects.get(pk=given["replacement"])
    desk.go_away(replacement=someone, since=since, until=until, by=request.user, at=request.at)
    return done(reverse("absence"))


def back(request: SignedIn) -> HttpResponse:
    """I am back."""
    desk.come_back(by=request.user, at=request.at)
    return done(reverse("absence"))


def hand_over(request: SignedIn) -> HttpResponse:
    """Gives all open dossiers of an officer to another, and says which could not be."""
    services = organisations.services_of(request.user, request.at)
    form = HandOverForm(request.POST, team=around.officers_of(services, request.at))
    if not form.is_valid():
        return _page(request, 422, hand_over_form=form)
    people = Person.objects.in_bulk([int(form.cleaned_data["officer"]), int(form.cleaned_data["to"])])
    giver, taker = people[int(form.cleaned_data["officer"])], people[int(form.cleaned_data["to"])]
    moved, left = handling.hand_over(giver, taker, by=request.user, at=request.at)
    told = ngettext("{n} dossier confié à {name}.", "{n} dossiers confiés à {name}.", moved).format(
        n=moved, name=taker.name
    )
    if left:
        told += " " + _("Restent à confier à quelqu’un d’autre : {numbers}.").format(numbers=", ".join(left))
    return _page(request, told=told)


def themes(request: SignedIn) -> HttpResponse:
    """Which themes I take first."""
    services = organisations.services_of(request.user, request.at)
    form = ThemesForm(request.POST, themes=around.themes_of(services))
    if not form.is_valid():
        return _page(request, 422, themes_form=form)
    for service in Service.objects.filter(pk__in=services):
        desk.set_specialties(request.user, service, form.cleaned_data["themes"], by=request.user, at=request.at)
    return done(reverse("absence"))
