"""Opinions: asked on the desk, given through a link by someone who has no account."""

from datetime import datetime, time

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from escale.capabilities.calls.dossiers.models import Piece
from escale.capabilities.calls.dossiers.queries.copies import sections_of
from escale.capabilities.calls.instruction import forms
from escale.capabilities.calls.instruction.actions import consulting as actions
from escale.capabilities.calls.instruction.models import Opinion
from escale.capabilities.calls.instruction.policy import OpinionState
from escale.capabilities.calls.instruction.queries import consulting
from escale.capabilities.calls.instruction.views.sheet import handled
from escale.foundation.documents.answers import serve
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.rules.figures import PARIS
from escale.rules.refusal import Unknown
from escale.ui.routes import Request, done


def ask(request: SignedIn, number: str) -> HttpResponse:
    """Whose opinion, on which question, from which parts of the dossier."""
    dossier = handled(request, number, "seek-opinion")
    sections, pieces = consulting.choices(dossier)
    form = forms.OpinionForm(request.POST or None, sections=sections, pieces=pieces)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        until = datetime.combine(given.pop("due_on"), time(23, 59, 59, 999_999), PARIS)
        given.setdefault("pieces", [])
        actions.ask(dossier, due_at=until, by=request.user, at=request.at, **given)
        return done(reverse("instruct", args=[number]) + "#asked")
    context = {"dossier": dossier, "form": form, "title": dossier.WORDING.acts["seek-opinion"]}
    context["back"] = reverse("instruct", args=[number])
    return render(request, "instruction/reason.html", context, status=422 if request.method == "POST" else 200)


def withdraw(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """No longer asks."""
    actions.withdraw(_of_the_service(request, number, pk, "withdraw"), by=request.user, at=request.at)
    return done(reverse("instruct", args=[number]) + "#asked")


def remind(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Writes again to the expert."""
    actions.remind(_of_the_service(request, number, pk, "remind"), by=request.user, at=request.at)
    return done(reverse("instruct", args=[number]) + "#asked")


def _of_the_service(request: SignedIn, number: str, pk: int, act: str) -> Opinion:
    handled(request, number)
    rows = Opinion.objects.select_related(
        "dossier__service", "dossier__scheme", "dossier__edition", "dossier__subject", "subject"
    )
    opinion: Opinion = obtain(rows, request, act, dossier__number=number, pk=min(pk, 2**62))
    return opinion


def show(request: Request, token: str) -> HttpResponse:
    """What the expert may see, and the form; once answered, thanks."""
    return _page(request, _held(token))


def give(request: Request, token: str) -> HttpResponse:
    """The expert's answer."""
    opinion = _held(token)
    form = forms.GiveForm(request.POST)
    if opinion.state == OpinionState.ASKED and not form.is_valid():
        return _page(request, opinion, 422, form)
    given = form.cleaned_data if form.is_valid() else {"verdict": "", "text": ""}
    actions.give(opinion, at=request.at, **given)
    return done(reverse("opinion", args=[token]))


def decline(request: Request, token: str) -> HttpResponse:
    """The expert cannot answer."""
    actions.decline(_held(token), reason=request.POST.get("reason", "")[:2000], at=request.at)
    return done(reverse("opinion", args=[token]))


def open_file(request: Request, token: str, code: str) -> HttpResponseBase:
    """A piece that the expert may open, as it was when the opinion was asked, while it is asked."""
    opinion = _held(token)
    version = consulting.piece_version(opinion, code) or 0
    piece = (
        Piece.objects.filter(dossier=opinion.dossier_id, code=code, version=version).select_related("document").first()
    )
    if opinion.state != OpinionState.ASKED or piece is None:
        raise Unknown
    return serve(piece.document, request, shown=True)


def _held(token: str) -> Opinion:
    rows = Opinion.objects.by_token(token).select_related(
        "dossier__scheme", "dossier__edition", "version__edition", "subject"
    )
    opinion = rows.first()
    if opinion is None:
        raise Unknown
    opinion.held = True
    return opinion


def _page(request: Request, opinion: Opinion, status: int = 200, form: forms.GiveForm | None = None) -> HttpResponse:
    asked = opinion.state == OpinionState.ASKED
    sections = sections_of(opinion.version) if asked else []
    context = {
        "opinion": opinion, "form": form or forms.GiveForm(), "asked": asked, "token": opinion.token,
        "sections": [one for rank, one in enumerate(sections) if str(rank) in opinion.sections],
        "pieces": consulting.pieces_of(opinion) if asked else [],
    }  # fmt: skip
    return render(request, "instruction/opinion.html", context, status=status)
