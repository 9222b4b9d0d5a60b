"""The ranking of a sitting, its envelopes, its hypotheses."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from escale.capabilities.calls.committee.actions import ranking as actions
from escale.capabilities.calls.committee.forms.session import RankForm, SimulationForm
from escale.capabilities.calls.committee.models import Simulation, Sitting
from escale.capabilities.calls.committee.panels import ranking as panel
from escale.capabilities.calls.committee.queries import envelopes, sittings, strips
from escale.capabilities.calls.committee.views.asking import asked
from escale.capabilities.calls.committee.views.sittings import sitting_for
from escale.capabilities.calls.committee.wording import SITTING
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import NoHat, Refused, Unknown
from escale.ui.routes import done


def show(request: SignedIn, number: str) -> HttpResponse:
    """The strip of each call, with its cut line."""
    sitting = sitting_for(request, number)
    return render(request, "committee/ranking.html", panel.ranking(sitting, request))


def rank(request: SignedIn, number: str, dossier: str) -> HttpResponse:
    """Moves a dossier by hand, or sets it aside."""
    sitting = sitting_for(request, number, "rank")
    item = get_object_or_404(sittings.items_of(sitting, request.user, request.at), dossier__number=dossier)
    begun = {"place": item.rank, "set_aside": item.set_aside, "reason": item.reason}
    form = RankForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rank(sitting, item, by=request.user, at=request.at, **form.cleaned_data)
            return done(reverse("sitting-ranking", args=[number]))
        except Refused as refused:
            form.add_error("reason", refused.refusal.message)
    lead = f"{item.dossier.number} · {item.dossier.title}"
    return _form(request, sitting, SITTING.acts["rank"], form, lead=lead)


def simulate(request: SignedIn, number: str, key: str) -> HttpResponse:
    """Keeps a hypothesis on the envelopes of a call."""
    sitting, scheme = _whole(request, number, key, "simulate")
    known = Simulation.objects.filter(sitting=sitting, scheme=scheme, pk=_key(request.GET.get("s", ""))).first()
    form = SimulationForm(
        request.POST or None, purses=envelopes.purses(scheme), axes=strips.axes_of(sitting, scheme),
        settings=known.settings if known else {"waiting": 0}, initial={"name": known.name, "keep": known.kept} if known else {},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.simulate(
            sitting, scheme, data["name"], form.settings(), keep=data["keep"], by=request.user, at=request.at
        )
        return done(reverse("sitting-compare", args=[number, key]))
    context = {"form": form, "sitting": sitting, "scheme": scheme}
    return render(request, "committee/simulate.html", context, status=422 if request.method == "POST" else 200)


def compare(request: SignedIn, number: str, key: str) -> HttpResponse:
    """The hypotheses of a call side by side."""
    sitting, scheme = _whole(request, number, key, "hold")
    return render(request, "committee/compare.html", strips.compared(sitting, scheme, request.at))


def _whole(request: SignedIn, number: str, key: str, act: str) -> tuple[Sitting, Scheme]:
    """The sitting and one of its calls, for who may see all of its dossiers: figures tell of each of them."""
    sitting = sitting_for(request, number, act)
    scheme = next((one for one in envelopes.schemes_of(sitting) if one.key == key), None)
    if scheme is None:
        raise Unknown
    if sittings.items_of(sitting, request.user, request.at).count() != sitting.items.count():
        raise NoHat
    return sitting, scheme


def _key(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _form(request: SignedIn, sitting: Sitting, title: Any, form: Any, lead: str) -> HttpResponse:
    return asked(request, form, title, back=reverse("sitting-ranking", args=[sitting.number]), about=sitting, lead=lead)
