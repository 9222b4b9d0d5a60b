"""The team of a dossier: remarks on a section, who did what, handing it over."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from escale.capabilities.calls.dossiers import forms, panels
from escale.capabilities.calls.dossiers.actions import team as actions
from escale.capabilities.calls.dossiers.models import Comment, Dossier
from escale.capabilities.calls.dossiers.queries import lists, readiness, team
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.dossiers.queries.readiness import DEPOT, PIECES
from escale.capabilities.calls.dossiers.views.dossiers import see_other
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires.reading import clean
from escale.rules.refusal import Unknown


def comment(request: SignedIn, number: str, key: str) -> HttpResponse:
    """Adds a remark to a section."""
    dossier: Dossier = obtain(lists.WHOLE, request, "comment", number=number)
    if key not in {*call_of(dossier.edition).form.by_key, PIECES, DEPOT}:
        raise Unknown
    once = str(clean(request.headers.get("Idempotency-Key") or request.POST.get("key", "")))[:80]
    actions.comment(dossier, key, request.POST.get("text", ""), by=request.user, at=request.at, key=once)
    return see_other(f"{dossier.get_absolute_url()}{key}/#comments")


def settle(request: SignedIn, number: str, comment: int) -> HttpResponse:
    """Marks a remark as dealt with."""
    dossier: Dossier = obtain(lists.WHOLE, request, "settle", number=number)
    found = get_object_or_404(Comment.objects.select_related("dossier"), dossier=dossier, pk=comment)
    actions.settle(found, by=request.user, at=request.at)
    return see_other(f"{dossier.get_absolute_url()}{found.section}/#comments")


def history(request: SignedIn, number: str) -> HttpResponse:
    """Who did what."""
    dossier: Dossier = obtain(lists.WHOLE, request, "read-team", number=number)
    call = call_of(dossier.edition)
    context = {
        "dossier": dossier, "done": team.history(dossier, call), "members": team.members(dossier, request.at),
        "acts": panels.acts(dossier, request.user, request.at),
    }  # fmt: skip
    if dossier.state == "draft":
        context["steps"] = panels.steps(dossier, readiness.prepare(dossier, request.at))
    return render(request, "dossiers/history.html", context)


def hand_over(request: SignedIn, number: str) -> HttpResponse:
    """Puts someone else of the team in charge."""
    dossier: Dossier = obtain(lists.WHOLE, request, "hand-over", number=number)
    people = team.people(dossier, request.at)
    form = forms.HandOverForm(request.POST or None, people=[(str(one.key), one.get_full_name()) for one in people])
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in people if str(one.key) == form.cleaned_data["to"])
        actions.hand_over(dossier, chosen, by=request.user, at=request.at)
        return see_other(f"{dossier.get_absolute_url()}qui/")
    context = {"dossier": dossier, "form": form, "people": people}
    return render(request, "dossiers/hand_over.html", context, status=422 if request.method == "POST" else 200)
