"""Corrections: asked by the service, filled by the applicant, read side by side."""

from datetime import datetime, time
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction import forms
from escale.capabilities.calls.instruction.actions import clock
from escale.capabilities.calls.instruction.actions import correcting as actions
from escale.capabilities.calls.instruction.models import Correction
from escale.capabilities.calls.instruction.policy import CorrectionHat
from escale.capabilities.calls.instruction.queries import correcting
from escale.capabilities.calls.instruction.views.sheet import handled
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires import posts, showing
from escale.foundation.questionnaires.showing import Typing
from escale.rules.figures import PARIS
from escale.rules.refusal import Refused, Unknown
from escale.ui.routes import done


def ask(request: SignedIn, number: str) -> HttpResponse:
    """Chooses what is asked again, why, and until when."""
    dossier = handled(request, number, "correct")
    form = forms.CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        until = datetime.combine(form.cleaned_data["due_on"], time(23, 59, 59, 999_999), PARIS)
        items = [
            (kind, code, request.POST.get(f"why.{kind}.{code}", "")[:2000])
            for kind, _point, code in (one.partition(":") for one in dict.fromkeys(request.POST.getlist("item")))
        ]
        message = form.cleaned_data["message"]
        asked = actions.ask(dossier, items, message=message, due_at=until, by=request.user, at=request.at)
        return done(asked.get_absolute_url())
    chosen = set(request.POST.getlist("item"))
    choices = [
        (f"{kind}:{code}", label, f"{kind}:{code}" in chosen, f"why.{kind}.{code}", request.POST.get(f"why.{kind}.{code}", ""))
        for (kind, code), label in correcting.choices(dossier).items()
    ]  # fmt: skip
    context = {"dossier": dossier, "form": form, "choices": choices, "back": reverse("instruct", args=[number])}
    return render(request, "instruction/ask.html", context, status=422 if request.method == "POST" else 200)


def latest(request: SignedIn, number: str) -> HttpResponse:
    """Goes to the last request of a dossier."""
    dossier: Dossier = obtain(lists.WHOLE, request, "read", number=number)
    found = Correction.objects.filter(dossier=dossier).select_related("dossier").order_by("-n").first()
    if found is None:
        raise Unknown
    return HttpResponseRedirect(found.get_absolute_url())


def show(request: SignedIn, number: str, n: int) -> HttpResponse:
    """What is asked; for who may, what to fill; once answered, both versions."""
    return _page(request, _obtained(request, number, n, "read"))


def fill(request: SignedIn, number: str, n: int) -> HttpResponse:
    """Saves what is typed in what is unlocked."""
    asked = _obtained(request, number, n, "fill")
    ready = correcting.ready_of(asked)
    changes = posts.changes(ready.filled, correcting.unlocked(asked, ready), request.POST)
    outcome = actions.fill(asked, changes, by=request.user, at=request.at)
    for name, upload in request.FILES.items():
        if isinstance(upload, UploadedFile):
            actions.attach(asked, name.removeprefix("piece."), upload, by=request.user, at=request.at)
    verb, code, key = [*request.POST.get("row-act", "").split(" "), "", "", ""][:3]
    verb, code = ("add", request.POST["add"]) if request.POST.get("add") else (verb, code)
    if verb:
        actions.change_row(asked, verb, code, key, by=request.user, at=request.at)
    if outcome.conflicts or outcome.too_long:
        sentence = _("Quelqu’un d’autre a modifié une réponse pendant ce temps : relisez-la ci-dessous.")
        lost = {one.place for one in outcome.conflicts} | set(outcome.too_long)
        kept = {change.place: change.typed for change in changes if change.place in lost}
        typing = Typing(kept, {one.place: one for one in outcome.conflicts})
        return _page(request, asked, 409, typing, refused=Refused("changed_meanwhile", sentence))
    if request.POST.get("send"):
        try:
            actions.answer(asked, by=request.user, at=request.at)
        except Refused as refused:
            return _page(request, asked, 409, refused=refused)
    return done(asked.get_absolute_url())


def answer(request: SignedIn, number: str, n: int) -> HttpResponse:
    """Sends the corrections."""
    asked = _obtained(request, number, n, "fill")
    try:
        actions.answer(asked, by=request.user, at=request.at)
    except Refused as refused:
        return _page(request, asked, 409, refused=refused)
    return done(asked.get_absolute_url())


def settle(request: SignedIn, number: str, n: int) -> HttpResponse:
    """The service has read the answer."""
    asked = _obtained(request, number, n, "settle")
    actions.settle_answer(asked, by=request.user, at=request.at)
    return done(reverse("instruct", args=[number]))


def cancel(request: SignedIn, number: str, n: int) -> HttpResponse:
    """Takes the request back."""
    asked = _obtained(request, number, n, "cancel")
    actions.cancel(asked, by=request.user, at=request.at)
    return done(reverse("instruct", args=[number]))


def _obtained(request: SignedIn, number: str, n: int, act: str) -> Correction:
    if n > 10**6:
        raise Unknown
    dossier = lists.whole().filter(number=number).first()
    if dossier is not None:
        clock.settle(dossier, at=request.at)
    found = Correction.objects.select_related(
        "dossier__scheme__service", "dossier__service", "dossier__edition", "dossier__organisation", "dossier__sheet",
        "dossier__subject", "before__edition", "after__edition", "subject",
    )  # fmt: skip
    asked: Correction = obtain(found, request, act, dossier__number=number, n=n)
    return asked


def _page(
    request: SignedIn, asked: Correction, status: int = 200, typing: Typing | None = None, **more: Any
) -> HttpResponse:
    dossier = asked.dossier
    hats = set(asked.hats_of(request.user, request.at))
    acts = {row.name for row in asked.POLICY.open_to(hats=hats, state=asked.state)}
    context: dict[str, Any] = {
        "asked": asked, "dossier": dossier, "items": correcting.items(asked), "acts": acts, "inside": CorrectionHat.OFFICER in hats,
        "differences": correcting.differences(asked.before, asked.after) if asked.after else [], **more,
    }  # fmt: skip
    if "fill" in acts:
        ready = correcting.ready_of(asked)
        section = correcting.unlocked(asked, ready)
        shown = showing.section(ready.filled, section, ready.asked, typing)
        context |= {
            "questions": shown, "seen": posts.seen(ready.filled, posts.places(ready.filled, section, ready.asked)), "untouched": correcting.untouched(asked),
        }  # fmt: skip
    return render(request, "instruction/correction.html", context, status=status)
