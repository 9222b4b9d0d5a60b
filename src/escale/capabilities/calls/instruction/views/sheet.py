"""One dossier on the desk: its sheet and the acts of one button or one sentence."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.panels import asides, fragments
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.dossiers.wording import DOSSIER
from escale.capabilities.calls.instruction import forms
from escale.capabilities.calls.instruction.actions import clock, desk, handling
from escale.capabilities.calls.instruction.queries import around, history, sheet, today
from escale.foundation.journal.access import obtain
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import NoHat, Refused
from escale.ui.routes import done


def tasks(request: SignedIn) -> HttpResponse:
    """What awaits me, with its dates."""
    if not organisations.services_of(request.user, request.at):
        raise NoHat
    return render(request, "instruction/today.html", {"tasks": today.tasks(request.user, request.at), "at": request.at})


def show(request: SignedIn, number: str) -> HttpResponse:
    """The sheet."""
    return page(request, handled(request, number))


def handled(request: SignedIn, number: str, act: str = "instruct") -> Dossier:
    """The dossier, when the person may do ``act`` to it; what the clock did first.

    Whoever comes after a colleague who took the step already is told who did, and when.
    """
    dossier: Dossier = obtain(lists.whole(), request, "instruct", number=number)
    clock.settle(dossier, at=request.at)
    if act == "instruct":
        return dossier
    try:
        return obtain(lists.whole(), request, act, number=number)
    except Refused as refused:
        raise came_first(dossier, refused) from refused


def came_first(dossier: Dossier, refused: Refused) -> Refused:
    """The same refusal with the last step of the dossier, when another one was taken meanwhile."""
    if refused.refusal.code != "wrong_state" or not (step := history.last_step(dossier)):
        return refused
    return Refused("wrong_state", f"{refused.refusal.message} {step}")


def page(request: SignedIn, dossier: Dossier, status: int = 200, **more: Any) -> HttpResponse:
    """The sheet's page; ``more``: forms as they were posted."""
    others = desk.open_sheet(dossier, by=request.user, at=request.at)
    team = around.officers_of([dossier.service_id or 0], request.at)
    context = {
        **sheet.sheet(dossier, request.user, request.at), "dossier": dossier,
        "others": [around.told(one, request.at) for one in others if request.at - one.at < around.STILL_OPEN],
        "assign_form": forms.AssignForm(team=team, initial={"officer": dossier.officer_id or ""}),
        "fragments": fragments(dossier, request.user, request.at),
        "asides": asides(request, dossier), "note_form": forms.NoteForm(), "trail": [(_("Instruction"), reverse("desk"))], **more,
    }  # fmt: skip
    return render(request, "instruction/sheet.html", context, status=status)


def assign(request: SignedIn, number: str) -> HttpResponse:
    """Gives the dossier to someone of the service."""
    dossier = handled(request, number, "assign")
    form = forms.AssignForm(request.POST, team=around.officers_of([dossier.service_id or 0], request.at))
    if not form.is_valid():
        return page(request, dossier, 422, assign_form=form)
    officer = Person.objects.get(pk=form.cleaned_data["officer"])
    handling.assign(dossier, officer, by=request.user, at=request.at)
    return done(reverse("instruct", args=[number]))


def complete(request: SignedIn, number: str) -> HttpResponse:
    """Says that the dossier is whole."""
    handling.complete(handled(request, number, "complete"), by=request.user, at=request.at)
    return done(reverse("instruct", args=[number]))


def note(request: SignedIn, number: str) -> HttpResponse:
    """Keeps a note of the service."""
    dossier = handled(request, number, "note")
    form = forms.NoteForm(request.POST)
    if not form.is_valid():
        return page(request, dossier, 422, note_form=form)
    handling.note(dossier, form.cleaned_data["text"], by=request.user, at=request.at)
    return done(reverse("instruct", args=[number]) + "#notes")


def close(request: SignedIn, number: str) -> HttpResponse:
    """Ends without award, with the reason."""
    return _with_reason(request, number, "close", handling.close)


def reopen(request: SignedIn, number: str) -> HttpResponse:
    """Takes up again what was closed."""
    return _with_reason(request, number, "reopen", handling.reopen)


def _with_reason(request: SignedIn, number: str, act: str, do: Callable[..., Any]) -> HttpResponse:
    dossier = handled(request, number, act)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        do(dossier, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
        return done(reverse("instruct", args=[number]))
    context = {"dossier": dossier, "form": form, "title": DOSSIER.acts[act], "back": reverse("instruct", args=[number])}
    return render(request, "instruction/reason.html", context, status=422 if request.method == "POST" else 200)


def recuse(request: SignedIn, number: str) -> HttpResponse:
    """Declares an interest: whoever has one loses sight of the dossier at once."""
    dossier = handled(request, number, "recuse")
    team = around.officers_of([dossier.service_id or 0], request.at)
    form = forms.RecuseForm(request.POST or None, team=team, initial={"person": request.user.pk})
    if request.method == "POST" and form.is_valid():
        someone = Person.objects.get(pk=form.cleaned_data["person"])
        handling.recuse(dossier, reason=form.cleaned_data["reason"], by=request.user, at=request.at, person=someone)
        return done(reverse("desk") if someone.pk == request.user.pk else reverse("instruct", args=[number]))
    context = {
        "dossier": dossier,
        "form": form,
        "title": DOSSIER.acts["recuse"],
        "back": reverse("instruct", args=[number]),
    }
    return render(request, "instruction/reason.html", context, status=422 if request.method == "POST" else 200)
