"""Self-diagnosis, granting, one label and its acts, the Region's board."""

from datetime import timedelta
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render

from escale.capabilities.label import wording
from escale.capabilities.label.actions import life as actions
from escale.capabilities.label.forms import life as forms
from escale.capabilities.label.models import Label
from escale.capabilities.label.queries import board as boards
from escale.capabilities.label.queries import diagnosis
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.ui.routes import done

FORMS: dict[str, type[django_forms.Form]] = {
    "sign-charter": forms.SignForm,
    "warn": forms.WarnForm,
    "answer": forms.AnswerForm,
    "suspend": forms.ReasonForm,
    "restore": forms.ReasonForm,
    "withdraw": forms.ReasonForm,
    "renew": forms.RenewForm,
    "give-up": forms.ReasonForm,
}


def board(request: SignedIn) -> HttpResponse:
    """The Region's board of its labels; for a place's people, their own."""
    return render(request, "label/board.html", {"board": boards.board(request.user, request.at)})


def show(request: SignedIn, number: str) -> HttpResponse:
    """One label: what it is worth now, what happened, what can be done."""
    label: Label = obtain(_labels(), request, "read", number=number)
    return _page(request, label, {}, 200)


def act(request: SignedIn, number: str) -> HttpResponse:
    """Any act on a label: its form is read, then the act done."""
    name = request.route.act
    label: Label = obtain(_labels(), request, name, number=number)
    form = FORMS[name](request.POST)
    if not form.is_valid():
        return _page(request, label, {name: form}, 422)
    data, by, at = form.cleaned_data, request.user, request.at
    match name:
        case "sign-charter":
            actions.sign_charter(label, quality=data["quality"], by=by, at=at)
        case "warn":
            day = forms.at_midnight(data["answer_by"] + timedelta(days=1))
            actions.warn(label, reason=data["reason"], answer_by=day, by=by, at=at)
        case "answer":
            actions.answer(label, data["text"], by=by, at=at)
        case "renew":
            day = forms.at_midnight(data["until"] + timedelta(days=1))
            actions.renew(label, until=day, act_reference=data["act_reference"], by=by, at=at)
        case _:
            ending = {"suspend": actions.suspend, "restore": actions.restore, "withdraw": actions.withdraw}
            ending.get(name, actions.give_up)(label, reason=data["reason"], by=by, at=at)
    return done(label.get_absolute_url())


def _labels() -> Any:
    return Label.objects.select_related(
        "place__commune", "place__carrier", "referential", "edition", "standing", "subject"
    )


def _page(request: SignedIn, label: Label, wrong: dict[str, django_forms.Form], status: int) -> HttpResponse:
    worn, policy = list(label.hats_of(request.user, request.at)), label.POLICY
    acts = []
    for row in policy.open_to(hats=worn, state=label.state):
        if row.name == "read":
            continue
        answer = policy.verdict(row.name, hats=worn, thing=label, at=request.at, words=label.WORDING)
        reason = answer.refusal.message if answer.refusal else ""
        form = wrong.get(row.name) or FORMS[row.name]()
        acts.append({"name": row.name, "label": label.WORDING.acts[row.name], "reason": reason, "form": form})
    checked = label.checked(request.at)
    context = {
        "label": label, "checked": checked, "sentence": wording.CHECKED[checked], "acts": acts, "wrong": wrong,
        "alerts": label.alerts.filter(ended_at__isnull=True), "charter": diagnosis.READY.of(label.edition).document.get("charter"),
        "entries": [
            {"at": one.at, "what": label.WORDING.acts.get(one.act, label.state_label), "by": str(one.by or ""), "note": one.note}
            for one in label.subject.entries.select_related("by").order_by("-n")
        ],
    }  # fmt: skip
    return render(request, "label/label.html", context, status=status)
