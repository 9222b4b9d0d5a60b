"""One label: what it is worth now, its acts."""

from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render

from escale.capabilities.label import wording
from escale.capabilities.label.models import Label
from escale.capabilities.label.queries import diagnosis, following
from escale.capabilities.label.views import acts
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.rules.figures import PARIS
from escale.rules.refusal import Refused
from escale.ui.routes import done


def show(request: SignedIn, number: str) -> HttpResponse:
    """One label: what it is worth now, what happened, what can be done."""
    label: Label = obtain(_labels(), request, "read", number=number)
    return _page(request, label, {}, 200)


def act(request: SignedIn, number: str) -> HttpResponse:
    """Any act on a label: its form is read, then the act done."""
    name = request.route.act
    label: Label = obtain(_labels(), request, name, number=number)
    form = acts.form(name, label, request.POST)
    if not form.is_valid():
        return _page(request, label, {name: form}, 422)
    try:
        acts.do(label, name, form, by=request.user, at=request.at)
    except Refused as refused:
        return _page(request, label, {name: form}, 409, refused)
    return done(label.get_absolute_url())


def _labels() -> Any:
    return Label.objects.select_related(
        "place__commune", "place__carrier", "referential", "edition", "standing", "subject"
    )


def _page(
    request: SignedIn, label: Label, wrong: dict[str, django_forms.Form], status: int, refused: Refused | None = None
) -> HttpResponse:
    worn, policy = list(label.hats_of(request.user, request.at)), label.POLICY
    label.window = following.window(label)  # type: ignore[attr-defined]  # prepared for the table of acts
    doors = []
    for row in policy.open_to(hats=worn, state=label.state):
        if row.name == "read":
            continue
        answer = policy.verdict(row.name, hats=worn, thing=label, at=request.at, words=label.WORDING)
        reason = answer.refusal.message if answer.refusal else ""
        if row.name == "finish-step" and not label.steps.filter(done_at__isnull=True).exists():
            continue
        form = wrong.get(row.name) or acts.form(row.name, label)
        doors.append({"name": row.name, "label": label.WORDING.acts[row.name], "reason": reason, "form": form})
    checked = label.checked(request.at)
    context = {
        "label": label, "checked": checked, "sentence": wording.CHECKED[checked], "acts": doors, "refused": refused,
        "steps": label.steps.all(), "reports": label.reports.all(), "today": request.at.astimezone(PARIS).date(),
        "visits": label.place.label_visits.filter(referential=label.referential).select_related("visitor"),
        "alerts": label.alerts.filter(ended_at__isnull=True), "charter": diagnosis.READY.of(label.edition).document.get("charter"),
        "entries": [
            {"at": one.at, "what": label.WORDING.acts.get(one.act, label.state_label), "by": str(one.by or ""), "note": one.note}
            for one in label.subject.entries.select_related("by").order_by("-n")
        ],
    }  # fmt: skip
    return render(request, "label/label.html", context, status=status)
