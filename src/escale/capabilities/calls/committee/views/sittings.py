"""Sittings: the list, one sitting, what prepares it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.actions import preparing as actions
from escale.capabilities.calls.committee.forms.sittings import ReasonForm, SeatForm, SittingForm
from escale.capabilities.calls.committee.models import Sitting
from escale.capabilities.calls.committee.panels import sitting as panel
from escale.capabilities.calls.committee.queries import sittings, votes
from escale.capabilities.calls.committee.views.asking import asked
from escale.capabilities.calls.committee.wording import SITTING
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import NoHat, Refused
from escale.ui.routes import done


def index(request: SignedIn) -> HttpResponse:
    """The sittings that the person sees."""
    services = votes.services_for(request.user, request.at)
    context = {"sittings": sittings.listed(request.user, request.at), "may_create": bool(services)}
    return render(request, "committee/sittings.html", context)


def create(request: SignedIn) -> HttpResponse:
    """Prepares a sitting."""
    services = votes.services_for(request.user, request.at)
    if not services:
        raise NoHat
    form = SittingForm(request.POST or None, services=services, initial={"quorum": 3})
    if request.method == "POST" and form.is_valid():
        made = actions.create(form.service_chosen(), by=request.user, at=request.at, **form.words())
        return done(made.get_absolute_url())
    return asked(request, form, _("Préparer une séance"), back=reverse("sittings"))


def show(request: SignedIn, number: str) -> HttpResponse:
    """One sitting: when, who, what about, what to do next."""
    return page(request, sitting_for(request, number))


def sitting_for(request: SignedIn, number: str, act: str = "read") -> Sitting:
    """The sitting, when the person may do ``act`` to it."""
    found: Sitting = obtain(sittings.whole(), request, act, number=number)
    return found


def page(request: SignedIn, sitting: Sitting, status: int = 200, **more: Any) -> HttpResponse:
    """The sitting's page; ``more``: what was refused, forms as they were posted."""
    context = {**panel.sitting(sitting, request.user, request.at), **more}
    return render(request, "committee/sitting.html", context, status=status)


def edit(request: SignedIn, number: str) -> HttpResponse:
    """Changes date, place, quorum."""
    sitting = sitting_for(request, number, "edit")
    begun = {name: getattr(sitting, name) for name in ("title", "held_at", "place", "quorum")}
    form = SittingForm(request.POST or None, services=[sitting.service], initial=begun)
    if request.method == "POST" and form.is_valid():
        actions.edit(sitting, by=request.user, at=request.at, **form.words())
        return done(sitting.get_absolute_url())
    return _asked(request, sitting, "edit", form)


def seat(request: SignedIn, number: str) -> HttpResponse:
    """Gives someone a seat."""
    sitting = sitting_for(request, number, "seat")
    form = SeatForm(request.POST, people=sittings.callable_people(sitting, request.at))
    if not form.is_valid():
        return page(request, sitting, 422, seat_form=form)
    actions.seat(sitting, form.someone(), form.cleaned_data["role"], by=request.user, at=request.at)
    return done(sitting.get_absolute_url() + "#membres")


def unseat(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Takes a seat back."""
    sitting = sitting_for(request, number, "unseat")
    member = get_object_or_404(sitting.members.select_related("person"), pk=min(pk, 2**62))
    actions.unseat(sitting, member, by=request.user, at=request.at)
    return done(sitting.get_absolute_url() + "#membres")


def add(request: SignedIn, number: str) -> HttpResponse:
    """Puts dossiers on the agenda."""
    sitting = sitting_for(request, number, "add")
    try:
        actions.add(sitting, request.POST.getlist("ref")[:500], by=request.user, at=request.at)
    except Refused as refused:
        return page(request, sitting, 422, refused=refused)
    return done(sitting.get_absolute_url() + "#ordre")


def remove(request: SignedIn, number: str, dossier: str) -> HttpResponse:
    """Takes a dossier off the agenda."""
    sitting = sitting_for(request, number, "remove")
    item = get_object_or_404(sittings.items_of(sitting, request.user, request.at), dossier__number=dossier)
    actions.remove(sitting, item, by=request.user, at=request.at)
    return done(sitting.get_absolute_url() + "#ordre")


def convene(request: SignedIn, number: str) -> HttpResponse:
    """Calls the members by mail."""
    sitting = sitting_for(request, number, "hold")
    try:
        actions.convene(sitting, by=request.user, at=request.at)
    except Refused as refused:
        return page(request, sitting, 409, refused=refused)
    return done(sitting.get_absolute_url())


def cancel(request: SignedIn, number: str) -> HttpResponse:
    """Says that the sitting will not be held."""
    sitting = sitting_for(request, number, "cancel")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel(sitting, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
        return done(sitting.get_absolute_url())
    return _asked(request, sitting, "cancel", form)


def _asked(request: SignedIn, sitting: Sitting, act: str, form: Any) -> HttpResponse:
    return asked(request, form, SITTING.acts[act], back=sitting.get_absolute_url(), about=sitting)
