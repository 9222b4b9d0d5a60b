"""A sitting in session: presence, the shared screen, opinions, the projector, the end."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.actions import deciding
from escale.capabilities.calls.committee.actions import session as actions
from escale.capabilities.calls.committee.forms.session import OpinionForm
from escale.capabilities.calls.committee.forms.sittings import ReasonForm
from escale.capabilities.calls.committee.models import Item, Sitting
from escale.capabilities.calls.committee.panels import session as panel
from escale.capabilities.calls.committee.queries import sittings
from escale.capabilities.calls.committee.views import sittings as pages
from escale.capabilities.calls.committee.views.asking import asked
from escale.capabilities.calls.committee.views.sittings import sitting_for
from escale.capabilities.calls.committee.wording import SITTING
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import Refused
from escale.ui.routes import done


def show(request: SignedIn, number: str) -> HttpResponse:
    """The shared screen."""
    return _page(request, sitting_for(request, number, "hold"), chosen=request.GET.get("d", ""))


def screen(request: SignedIn, number: str) -> HttpResponse:
    """The projector; asked again every few seconds, it answers its middle alone."""
    sitting = sitting_for(request, number, "hold")
    context = panel.screen(sitting, request.user, request.at)
    part = "committee/screen_middle.html" if request.headers.get("HX-Request") else "committee/screen.html"
    return render(request, part, context)


def attend(request: SignedIn, number: str) -> HttpResponse:
    """Notes who is there."""
    sitting = sitting_for(request, number, "attend")
    names = [name for name in request.POST if name[:2] == "m." and name[2:].isdecimal() and len(name) < 18]
    said = {int(name[2:]): request.POST.get(name, "") for name in names}
    actions.attend(sitting, said, by=request.user, at=request.at)
    return done(sitting.get_absolute_url() + "#membres")


def open_sitting(request: SignedIn, number: str) -> HttpResponse:
    """Opens the session."""
    sitting = sitting_for(request, number, "hold")
    return _one(request, sitting, actions.open_sitting, reverse("sitting-session", args=[number]))


def acknowledge(request: SignedIn, number: str) -> HttpResponse:
    """Takes note of the envelopes that changed."""
    sitting = sitting_for(request, number, "acknowledge")
    actions.acknowledge(sitting, by=request.user, at=request.at)
    return done(reverse("sitting-session", args=[number]))


def close(request: SignedIn, number: str) -> HttpResponse:
    """Ends the session."""
    sitting = sitting_for(request, number, "hold")
    return _one(request, sitting, actions.close, sitting.get_absolute_url())


def put_on_screen(request: SignedIn, number: str, dossier: str) -> HttpResponse:
    """Shows a dossier to the room."""
    sitting = sitting_for(request, number, "show")
    actions.show(sitting, _item(request, sitting, dossier), by=request.user, at=request.at)
    return done(f"{reverse('sitting-session', args=[number])}?d={dossier}")


def opine(request: SignedIn, number: str, dossier: str) -> HttpResponse:
    """Keeps the opinion of the committee; a refusal keeps what was typed."""
    sitting = sitting_for(request, number, "hold")
    item = _item(request, sitting, dossier)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _page(request, sitting, 422, chosen=dossier, form=form)
    data = form.cleaned_data
    said = deciding.Opinion(data["opinion"], data["amount"] or 0, data["reason"], data["conditions"])
    try:
        deciding.opine(sitting, item, said, seen=data["seen"] or 0, by=request.user, at=request.at)
    except Refused as refused:
        return _page(request, sitting_for(request, number, "hold"), 409, chosen=dossier, form=form, refused=refused)
    return done(reverse("sitting-session", args=[number]))


def follow(request: SignedIn, number: str) -> HttpResponse:
    """Keeps what the hypothesis says where the committee said nothing yet."""
    sitting = sitting_for(request, number, "hold")
    rows = panel.session(sitting, request.user, request.at)["strips"]
    said = {
        row.place.item.pk: panel.as_simulated(row)
        for strip in rows for row in strip.rows if row.place.advice is None and not row.place.gone
    }  # fmt: skip
    done_, refused = deciding.follow(sitting, said, by=request.user, at=request.at)
    told = _("{n} avis enregistrés d’après l’hypothèse.").format(n=done_)
    return _page(
        request, sitting_for(request, number, "hold"), 200 if not refused else 409, flash=told, left_out=refused
    )


def recuse(request: SignedIn, number: str, dossier: str) -> HttpResponse:
    """A member declares an interest."""
    sitting = sitting_for(request, number, "recuse")
    item = _item(request, sitting, dossier)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.recuse(sitting, item, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
        return done(sitting.get_absolute_url())
    lead = f"{item.dossier.number} · {item.dossier.title}"
    return asked(request, form, SITTING.acts["recuse"], back=sitting.get_absolute_url(), about=sitting, lead=lead)


def _item(request: SignedIn, sitting: Sitting, dossier: str) -> Item:
    found: Item = get_object_or_404(sittings.items_of(sitting, request.user, request.at), dossier__number=dossier)
    return found


def _page(request: SignedIn, sitting: Sitting, status: int = 200, chosen: str = "", **more: Any) -> HttpResponse:
    context = {**panel.session(sitting, request.user, request.at, chosen), **more}
    return render(request, "committee/session.html", context, status=status)


def _one(request: SignedIn, sitting: Sitting, do: Callable[..., object], then: str) -> HttpResponse:
    try:
        do(sitting, by=request.user, at=request.at)
    except Refused as refused:
        return pages.page(request, sitting, 409, refused=refused)
    return done(then)
