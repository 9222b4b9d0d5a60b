"""Votes of the assembly: the list, one vote, its act recorded."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.actions import voting as actions
from escale.capabilities.calls.committee.forms.votes import DeedForm, VoteForm
from escale.capabilities.calls.committee.models import Vote
from escale.capabilities.calls.committee.panels import vote as panel
from escale.capabilities.calls.committee.queries import votes
from escale.capabilities.calls.committee.views.asking import asked
from escale.foundation.documents import actions as documents
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.rules.figures import PARIS
from escale.rules.refusal import NoHat, Refused
from escale.ui.routes import done


def index(request: SignedIn) -> HttpResponse:
    """The votes that the person sees."""
    services = votes.services_for(request.user, request.at)
    if not services:
        raise NoHat
    return render(request, "committee/votes.html", {"votes": votes.listed(request.user, request.at)})


def create(request: SignedIn) -> HttpResponse:
    """Prepares a vote."""
    services = votes.services_for(request.user, request.at)
    if not services:
        raise NoHat
    known = votes.sittings_to_vote(services)
    begun = {"sitting": request.GET.get("sitting", "")[:20]}
    form = VoteForm(request.POST or None, services=services, sittings=known, initial=begun)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        made = actions.create(
            form.service_chosen(), title, by=request.user, at=request.at, sitting=form.sitting_chosen()
        )
        return done(made.get_absolute_url())
    return asked(request, form, _("Préparer une délibération"), back=reverse("votes"))


def show(request: SignedIn, number: str) -> HttpResponse:
    """One vote: its annex, its act."""
    return page(request, vote_for(request, number), on=_day(request.GET.get("on", "")))


def vote_for(request: SignedIn, number: str, act: str = "read") -> Vote:
    """The vote, when the person may do ``act`` to it."""
    found: Vote = obtain(votes.whole(), request, act, number=number)
    return found


def page(request: SignedIn, vote: Vote, status: int = 200, on: date | None = None, **more: Any) -> HttpResponse:
    """The vote's page; ``more``: what was refused, forms as they were posted."""
    context = {"deed_form": deed_form(request), **panel.vote(vote, request.user, request.at, on), **more}
    return render(request, "committee/vote.html", context, status=status)


def deed_form(request: SignedIn, *posted: Any) -> DeedForm:
    """The form of the act, empty or as posted."""
    return DeedForm(*posted, today=request.at.astimezone(PARIS).date())


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def record(request: SignedIn, number: str) -> HttpResponse:
    """The assembly voted."""
    vote = vote_for(request, number, "record")
    form = deed_form(request, request.POST, request.FILES)
    if not form.is_valid():
        return page(request, vote, 422, deed_form=form)
    data = form.cleaned_data
    try:
        upload = data["evidence"]
        kept = documents.store(upload, by=request.user, at=request.at, allowed=("pdf",)) if upload else None
        deed = actions.Deed(data["reference"].strip(), data["voted_on"], data["session"], kept)
        actions.record_vote(vote, deed, by=request.user, at=request.at)
    except Refused as refused:
        fresh = votes.whole().get(pk=vote.pk)
        return page(request, fresh, 409, data["voted_on"], deed_form=form, refused=refused)
    return done(vote.get_absolute_url())


def drop(request: SignedIn, number: str) -> HttpResponse:
    """Gives the preparation up."""
    vote = vote_for(request, number, "drop")
    actions.drop(vote, by=request.user, at=request.at)
    return done(reverse("votes"))
