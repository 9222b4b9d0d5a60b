"""The annex of a vote: filled, typed, imported; after the vote, money that comes back and the waiting list."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.actions import annexing, releasing, voting
from escale.capabilities.calls.committee.forms.annex import LineForm, read_annex
from escale.capabilities.calls.committee.forms.releasing import ReleaseForm
from escale.capabilities.calls.committee.models import Vote, VoteLine
from escale.capabilities.calls.committee.queries import envelopes, votes
from escale.capabilities.calls.committee.views.asking import asked
from escale.capabilities.calls.committee.views.votes import page, vote_for
from escale.capabilities.calls.committee.wording import VOTE
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires import tables
from escale.rules.refusal import Refused
from escale.ui.routes import done


def fill(request: SignedIn, number: str) -> HttpResponse:
    """Takes the opinions of the committee."""
    vote = vote_for(request, number, "fill")
    try:
        annexing.fill(vote, by=request.user, at=request.at)
    except Refused as refused:
        return page(request, vote, 409, refused=refused)
    return done(vote.get_absolute_url())


def edit(request: SignedIn, number: str, dossier: str) -> HttpResponse:
    """Types one line."""
    vote = vote_for(request, number, "edit")
    line = _line(request, vote, dossier)
    form = LineForm(request.POST or None, line=line, purses=envelopes.purses(line.dossier.scheme))
    if request.method == "POST" and form.is_valid():
        try:
            voting.set_lines(vote, [form.said()], by=request.user, at=request.at)
            return done(vote.get_absolute_url() + "#annexe")
        except Refused as refused:
            form.add_error(None, refused.refusal.message)
    lead = f"{line.dossier.number} · {line.dossier.title}"
    return asked(request, form, VOTE.acts["edit"], back=vote.get_absolute_url(), about=vote, lead=lead)


def remove(request: SignedIn, number: str, dossier: str) -> HttpResponse:
    """Takes a line out."""
    vote = vote_for(request, number, "remove")
    annexing.remove(vote, _line(request, vote, dossier), by=request.user, at=request.at)
    return done(vote.get_absolute_url() + "#annexe")


def bring(request: SignedIn, number: str) -> HttpResponse:
    """Reads the annex from a spreadsheet; what is wrong is told cell by cell and nothing is kept."""
    vote = vote_for(request, number, "import")
    context = {"vote": vote, "wrong": [], "refused": None}
    if request.method != "POST":
        return render(request, "committee/bring.html", context)
    try:
        upload = request.FILES.get("file")
        if upload is None:
            raise Refused("file_missing", _("Choisissez le tableau à importer : XLSX, ODS ou CSV."))
        cells = tables.of_file(upload.read(tables.MOST_BYTES + 1))[0][1]
        said, wrong = read_annex(cells, votes.votable(vote, request.user, request.at))
        if not wrong:
            annexing.bring(vote, said, by=request.user, at=request.at)
            return done(vote.get_absolute_url() + "#annexe")
        context["wrong"] = wrong
    except Refused as refused:
        context["refused"] = refused
    return render(request, "committee/bring.html", context, status=422)


def release(request: SignedIn, number: str, dossier: str) -> HttpResponse:
    """Money of an award comes back."""
    vote = vote_for(request, number, "release")
    line = _line(request, vote, dossier)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        words = {"reason": data["reason"], "reference": data["reference"]}
        try:
            releasing.release(line, data["kind"], data["amount"], by=request.user, at=request.at, **words)
            return done(vote.get_absolute_url() + "#attente")
        except Refused as refused:
            form.add_error(None, refused.refusal.message)
    lead = f"{line.dossier.number} · {line.dossier.title}"
    return asked(request, form, VOTE.acts["release"], back=vote.get_absolute_url(), about=vote, lead=lead)


def call_up(request: SignedIn, number: str, dossier: str) -> HttpResponse:
    """Calls from the waiting list: a new vote is prepared."""
    vote = vote_for(request, number, "call-up")
    line = _line(request, vote, dossier)
    try:
        made = releasing.call_up(line, by=request.user, at=request.at)
    except Refused as refused:
        return page(request, vote, 409, refused=refused)
    return done(made.get_absolute_url())


def _line(request: SignedIn, vote: Vote, dossier: str) -> VoteLine:
    rows = votes.lines_of(vote, request.user, request.at)
    found: VoteLine = get_object_or_404(rows, dossier__number=dossier)
    return found
