"""The place for which a dossier asks a label: chosen among the applicant's own, with what it fulfils today."""

from django.http import HttpResponse
from django.shortcuts import render

from escale.capabilities.calls.dossiers import panels
from escale.capabilities.calls.dossiers.actions import place as actions
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists, readiness
from escale.capabilities.calls.dossiers.queries import place as queries
from escale.capabilities.calls.dossiers.views.dossiers import see_other
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires.reading import clean
from escale.rules.refusal import Refused, Unknown


def show(request: SignedIn, number: str) -> HttpResponse:
    """The choice, and the self-diagnosis of the place chosen."""
    dossier: Dossier = obtain(lists.whole(), request, "read", number=number)
    if not queries.asks(dossier):
        raise Unknown
    if dossier.state != "draft":
        return see_other(dossier.get_absolute_url())
    return _page(request, dossier, 200)


def choose(request: SignedIn, number: str) -> HttpResponse:
    """Takes the place that was chosen."""
    dossier: Dossier = obtain(lists.whole(), request, "choose-place", number=number)
    if not queries.asks(dossier):
        raise Unknown
    try:
        actions.choose(dossier, str(clean(request.POST.get("place", "")))[:80], by=request.user, at=request.at)
    except Refused as refused:
        return _page(request, dossier, 409, refused)
    return see_other(f"{dossier.get_absolute_url()}{queries.PLACE}/")


def _page(request: SignedIn, dossier: Dossier, status: int, refused: Refused | None = None) -> HttpResponse:
    ready, chosen = readiness.prepare(dossier, request.at), queries.chosen(dossier)
    options = [(one.slug, f"{one.name}, {one.commune.name}") for one in queries.choices(dossier, request.at)]
    context = {
        "dossier": dossier, "steps": panels.steps(dossier, ready, queries.PLACE), "options": options,
        "chosen": chosen.slug if chosen else "", "refused": refused,
        "fragments": panels.fragments(dossier, request.user, request.at),
        "gaps": ready.gaps_of(queries.PLACE),
    }  # fmt: skip
    return render(request, "dossiers/place.html", context, status=status)
