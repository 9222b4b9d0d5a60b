"""After a letter: rectified, contested, withdrawn, given up; its reasons told."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from escale.capabilities.calls.committee.actions import following as actions
from escale.capabilities.calls.committee.forms.letters import AppealForm, ReasonForm, RecallForm
from escale.capabilities.calls.committee.models import Appeal, Letter, Recall
from escale.capabilities.calls.committee.policy import AppealHat, RecallHat
from escale.capabilities.calls.committee.queries import following
from escale.capabilities.calls.committee.views.letters import letter_for
from escale.capabilities.calls.dossiers.queries import lists
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import Refused, Unknown
from escale.ui.routes import done


def ask(
    request: SignedIn, letter: Letter, form: Any, act: str, do: Callable[..., Any], words: str = "reason"
) -> HttpResponse:
    """A page with one form, which does one act on a letter; then the page of what came of it."""
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            made = do(letter, by=request.user, at=request.at, **form.cleaned_data)
            return done((made or letter).get_absolute_url())
        except Refused as found:
            refused = found
    status = 409 if refused else 422 if request.method == "POST" else 200
    context = {
        "letter": letter,
        "form": form,
        "refused": refused,
        "label": letter.WORDING.acts[act],
        "act": act,
        "inside": act in ("rectify", "recall"),
    }
    return render(request, "committee/letter_ask.html", context, status=status)


def rectify(request: SignedIn, number: str) -> HttpResponse:
    """Prepares a letter that will replace this one."""
    return ask(
        request, letter_for(request, number, "rectify"), ReasonForm(request.POST or None), "rectify", actions.rectify
    )


def recall(request: SignedIn, number: str) -> HttpResponse:
    """Begins to withdraw the award."""
    return ask(
        request, letter_for(request, number, "recall"), RecallForm(request.POST or None), "recall", actions.recall
    )


def give_up(request: SignedIn, number: str) -> HttpResponse:
    """The beneficiary gives up."""
    return ask(
        request, letter_for(request, number, "give-up"), ReasonForm(request.POST or None), "give-up", actions.give_up
    )


def appeal(request: SignedIn, number: str) -> HttpResponse:
    """A gracious appeal."""
    letter = letter_for(request, number)
    letter.too_late = following.too_late(letter, request.at)  # type: ignore[attr-defined]  # read by the policy's check
    letter = letter_for(request, number, "appeal")
    return ask(request, letter, AppealForm(request.POST or None), "appeal", actions.appeal)


def ask_reasons(request: SignedIn, number: str) -> HttpResponse:
    """Asks for the reasons and one's own scores: they are told at once."""
    actions.ask_reasons(letter_for(request, number, "ask-reasons"), by=request.user, at=request.at)
    return done(reverse("letter-reasons", args=[number]))


def reasons(request: SignedIn, number: str) -> HttpResponse:
    """The examination and the scores, without any name, once they were asked for."""
    letter = letter_for(request, number)
    if letter.reasons_at is None:
        raise Unknown
    context = {"letter": letter, **following.communicable(letter.dossier, request.at)}
    return render(request, "committee/reasons.html", context)


def _appeal_for(request: SignedIn, number: str, n: int, act: str = "read") -> Appeal:
    if n > 10**6:
        raise Unknown
    letter = Letter.objects.select_related("dossier").filter(number=number).first()
    if letter is None:
        raise Unknown
    rows = Appeal.objects.select_related(
        "subject", "letter__dossier__scheme", "letter__dossier__service", "letter__dossier__organisation__commune",
        "letter__dossier__edition", "letter__dossier__subject", "letter__dossier__officer", "filed_by", "answered_by",
    )  # fmt: skip
    obtain(rows, request, "read", letter=letter, n=n)
    actions.settle(rows.get(letter=letter, n=n), at=request.at)
    found: Appeal = obtain(rows, request, act, letter=letter, n=n)
    return found


def show_appeal(request: SignedIn, number: str, n: int) -> HttpResponse:
    """One appeal: what was written, until when silence rejects it, its answer."""
    return _appeal_page(request, _appeal_for(request, number, n))


def _appeal_page(request: SignedIn, found: Appeal, status: int = 200, **more: Any) -> HttpResponse:
    hats = set(found.hats_of(request.user, request.at))
    acts = {row.name for row in found.POLICY.open_to(hats=hats, state=found.state)}
    inside = bool(hats & {AppealHat.OFFICER, AppealHat.LEAD})
    context = {
        "appeal": found,
        "inside": inside,
        "letter": found.letter,
        "acts": acts,
        "form": ReasonForm(),
        "refused": None,
        **more,
    }
    return render(request, "committee/appeal.html", context, status=status)


def answer_appeal(request: SignedIn, number: str, n: int) -> HttpResponse:
    """Upheld or rejected, with the reasons."""
    act = request.path.rsplit("/", 1)[1]
    found = _appeal_for(request, number, n, act)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _appeal_page(request, found, 422, form=form)
    do = actions.uphold if act == "uphold" else actions.reject
    try:
        made = do(found, answer=form.cleaned_data["reason"], by=request.user, at=request.at)
    except Refused as refused:
        return _appeal_page(request, found, 409, form=form, refused=refused)
    return done((made or found).get_absolute_url())


def take_back(request: SignedIn, number: str, n: int) -> HttpResponse:
    """Its author takes it back."""
    found = _appeal_for(request, number, n, "withdraw")
    actions.take_back(found, by=request.user, at=request.at)
    return done(found.get_absolute_url())


def _recall_for(request: SignedIn, number: str, n: int, act: str = "read") -> Recall:
    if n > 10**6:
        raise Unknown
    dossier = lists.whole().filter(number=number).first()
    if dossier is None:
        raise Unknown
    rows = Recall.objects.select_related("subject", "warning__subject", "outcome", "answered_by", "begun_by")
    found: Recall = obtain(rows, request, act, dossier=dossier, n=n)
    found.dossier = lists.whole().select_related("officer", "organisation__commune").get(pk=dossier.pk)
    return found


def show_recall(request: SignedIn, number: str, n: int) -> HttpResponse:
    """One withdrawal: its reasons, until when one answers, what was answered."""
    return _recall_page(request, _recall_for(request, number, n))


def _recall_page(request: SignedIn, found: Recall, status: int = 200, **more: Any) -> HttpResponse:
    hats = set(found.hats_of(request.user, request.at))
    acts = {row.name for row in found.POLICY.open_to(hats=hats, state=found.state)}
    inside = bool(hats & {RecallHat.OFFICER, RecallHat.LEAD})
    context = {
        "recall": found,
        "inside": inside,
        "dossier": found.dossier,
        "acts": acts,
        "form": ReasonForm(),
        "refused": None,
        **more,
    }
    return render(request, "committee/recall.html", context, status=status)


def answer_recall(request: SignedIn, number: str, n: int) -> HttpResponse:
    """Answered by the beneficiary, decided or dropped by the service."""
    act = request.path.rsplit("/", 1)[1]
    found, form = _recall_for(request, number, n, act), ReasonForm(request.POST)
    if not form.is_valid():
        return _recall_page(request, found, 422, form=form)
    said, made = form.cleaned_data["reason"], None
    try:
        if act == "answer":
            actions.answer_recall(found, said, by=request.user, at=request.at)
        elif act == "decide":
            made = actions.decide_recall(found, reason=said, by=request.user, at=request.at)
        else:
            actions.drop_recall(found, reason=said, by=request.user, at=request.at)
    except Refused as refused:
        return _recall_page(request, found, 409, form=form, refused=refused)
    return done((made or found).get_absolute_url())
