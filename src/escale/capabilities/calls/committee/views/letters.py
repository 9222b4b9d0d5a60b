"""One letter: read by the service, corrected, signed, sent; opened and kept by whom it is written to."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from escale.capabilities.calls.committee.actions import modelling, notifying, sending
from escale.capabilities.calls.committee.forms.letters import ReasonForm, ServeForm, SignForm, TextForm
from escale.capabilities.calls.committee.models import Letter
from escale.capabilities.calls.committee.policy import LEFT, LetterHat, LetterState
from escale.capabilities.calls.committee.queries import batches, following
from escale.capabilities.calls.committee.queries import notifying as letters
from escale.foundation.documents import answers
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import Refused
from escale.ui.routes import done


def letter_for(request: SignedIn, number: str, act: str = "read") -> Letter:
    """The letter, when the person may do ``act`` to it."""
    found = Letter.objects.select_related(
        "subject", "dossier__scheme__service", "dossier__service", "dossier__edition", "dossier__organisation__commune",
        "dossier__subject", "dossier__officer", "dossier__sheet", "organisation", "signed_by", "opened_by", "paper", "replaces",
    )  # fmt: skip
    letter: Letter = obtain(found, request, act, number=number)
    return letter


def show(request: SignedIn, number: str) -> HttpResponse:
    """The letter, with what may be done."""
    return page(request, letter_for(request, number))


def page(request: SignedIn, letter: Letter, status: int = 200, **more: Any) -> HttpResponse:
    """The service's side, or that of whom it is written to."""
    hats = set(letter.hats_of(request.user, request.at))
    acts = {row.name for row in letter.POLICY.open_to(hats=hats, state=letter.state)}
    inside = bool(hats & {LetterHat.OFFICER, LetterHat.SIGNER})
    context = {
        "letter": letter, "acts": acts, "shown": letters.shown(letter), "signed": [], "inside": inside, "refused": None,
        "own": letter.organisation_id == letter.dossier.organisation_id,
        "gives": letter.kind in ("award", "partial") and letter.given_up_at is None,
        "followed": letter.followed_by.filter(state__in=LEFT).first(), **following.events(letter, inside=inside), **more,
    }  # fmt: skip
    context["signed"] = sending.signed(context["shown"]["signature"])
    if not inside:
        sealed = letter.state == LetterState.SENT
        return render(request, f"committee/letter_{'sealed' if sealed else 'read'}.html", context, status=status)
    context = {
        "overtaken": letters.overtaken(letter, request.at) if letter.state not in LEFT else "",
        "vote": letters.vote_to_release(letter, request.at),
        "next": batches.next_to_read(letter, request.user, request.at) if LetterHat.OFFICER in hats else None,
        "text_form": TextForm(initial={"title": letter.title, "body": letter.body, "seen": modelling.mark(letter.title, letter.body)}), "sign_form": SignForm(),
        "serve_form": ServeForm(), "cancel_form": ReasonForm(), "problems": [], **context,
    }  # fmt: skip
    return render(request, "committee/letter.html", context, status=status)


def paper(request: SignedIn, number: str) -> HttpResponseBase:
    """The PDF: as it was sent, or as it would be. Whom it is written to opens the letter first."""
    letter = letter_for(request, number)
    if letter.paper is None:
        made = sending.paper_of(letters.shown(letter), letter.number, draft="Projet de lettre : elle n’est pas partie.")
        response = HttpResponse(made, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="projet-{letter.number}.pdf"'
        return response
    hats = set(letter.hats_of(request.user, request.at))
    if letter.state == LetterState.SENT and not hats & {LetterHat.OFFICER, LetterHat.SIGNER}:
        return done(letter.get_absolute_url())
    return answers.serve(letter.paper, request, shown=True)


def correct(request: SignedIn, number: str) -> HttpResponse:
    """Changes the words of this letter alone."""
    letter = letter_for(request, number, "correct")
    form = TextForm(request.POST)
    if not form.is_valid():
        return page(request, letter, 422, text_form=form)
    try:
        notifying.correct(
            letter,
            title=form.cleaned_data["title"],
            body=form.cleaned_data["body"],
            by=request.user,
            at=request.at,
            seen=form.cleaned_data["seen"],
        )
    except modelling.WrongText as wrong:
        return page(request, letter, 422, text_form=form, problems=wrong.problems)
    except Refused as refused:
        return page(request, letter, 409, text_form=form, refused=refused)
    return done(letter.get_absolute_url())


def review(request: SignedIn, number: str) -> HttpResponse:
    """Read: on to the next."""
    letter = letter_for(request, number, "review")
    try:
        notifying.review(letter, by=request.user, at=request.at)
    except Refused as refused:
        return page(request, letter, 409, refused=refused)
    following = batches.next_to_read(letter, request.user, request.at) if request.POST.get("next") else None
    return done((following or letter).get_absolute_url())


def sign(request: SignedIn, number: str) -> HttpResponse:
    """Signs."""
    letter = letter_for(request, number, "sign")
    form = SignForm(request.POST)
    if not form.is_valid():
        return page(request, letter, 422, sign_form=form)
    try:
        notifying.sign(letter, quality=form.cleaned_data["quality"], by=request.user, at=request.at)
    except Refused as refused:
        return page(request, letter, 409, sign_form=form, refused=refused)
    return done(letter.get_absolute_url())


def send(request: SignedIn, number: str) -> HttpResponse:
    """Sends."""
    letter = letter_for(request, number, "send")
    try:
        sending.send(letter, by=request.user, at=request.at)
    except Refused as refused:
        return page(request, letter_for(request, number), 409, refused=refused)
    return done(letter.get_absolute_url())


def open_letter(request: SignedIn, number: str) -> HttpResponse:
    """Opened by whom it is written to: the proof of reading."""
    letter = letter_for(request, number)
    if letter.state == LetterState.SENT:
        letter = letter_for(request, number, "open")
        sending.open_letter(letter, by=request.user, at=request.at)
    return done(letter.get_absolute_url())


def serve(request: SignedIn, number: str) -> HttpResponse:
    """Received by another way."""
    letter = letter_for(request, number, "serve")
    form = ServeForm(request.POST)
    if not form.is_valid():
        return page(request, letter, 422, serve_form=form)
    try:
        sending.serve(
            letter,
            read_at=form.read_at(request.at),
            reference=form.cleaned_data["reference"],
            by=request.user,
            at=request.at,
        )
    except Refused as refused:
        return page(request, letter_for(request, number), 409, serve_form=form, refused=refused)
    return done(letter.get_absolute_url())


def cancel(request: SignedIn, number: str) -> HttpResponse:
    """Will not leave."""
    letter = letter_for(request, number, "cancel")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return page(request, letter, 422, cancel_form=form)
    notifying.cancel(letter, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
    return done(reverse("letters", args=[letter.dossier.scheme.key]))
