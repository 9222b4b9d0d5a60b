"""A reviewer's desk: what is theirs, the dossier beside the grid, saved without loss, finished; an interest declared."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.dossiers.queries.copies import sections_of
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.instruction import forms
from escale.capabilities.calls.instruction.actions import jury as knowing
from escale.capabilities.calls.instruction.actions import reviewing as actions
from escale.capabilities.calls.instruction.models import Review
from escale.capabilities.calls.instruction.policy import ReviewHat
from escale.capabilities.calls.instruction.queries import grid, jury, reviewing
from escale.foundation.documents.answers import serve
from escale.foundation.journal.access import obtain
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires import answers, posts, showing
from escale.foundation.questionnaires.showing import Typing
from escale.rules.refusal import NoHat, Refused, Unknown
from escale.ui.routes import done, kept


def index(request: SignedIn) -> HttpResponse:
    """What I have to score, what I have scored, what I know best."""
    if "reviewer" not in organisations.kinds_for(request):
        raise NoHat
    context = {"lines": reviewing.mine(request.user, request.at), "form": _expertise(request)}
    return render(request, "instruction/reviews.html", context)


def _expertise(request: SignedIn) -> forms.ExpertiseForm:
    known = {"themes": jury.themes_known(request.at), "departements": jury.departements()}
    said = jury.expertise_of(request.user)
    initial = {"themes": said["theme"], "departements": said["departement"]}
    return forms.ExpertiseForm(request.POST or None, initial=initial, **known)


def choose(request: SignedIn) -> HttpResponse:
    """Says what I know best."""
    form = _expertise(request)
    given = form.cleaned_data if form.is_valid() else {}
    chosen = {name: given.get(name, []) for name in ("themes", "departements")}
    knowing.set_expertise(request.user, at=request.at, **chosen)
    return done(reverse("reviews") + "#expertise")


def _obtained(request: SignedIn, number: str, n: int, act: str) -> Review:
    review: Review = obtain(reviewing.whole(), request, act, dossier__number=number, n=n)
    return review


def show(request: SignedIn, number: str, n: int) -> HttpResponse:
    """The dossier beside the grid for its reviewer; the marks and comments for the service."""
    review = _obtained(request, number, n, "read")
    if ReviewHat.REVIEWER in set(review.hats_of(request.user, request.at)):
        return _page(request, review)
    call = call_of(review.dossier.edition)
    given = grid.filled_of(review)
    context = {
        "review": review, "dossier": review.dossier, "lines": reviewing.read(review, call),
        "acts": {row.name for row in review.POLICY.open_to(hats=[ReviewHat.OFFICER], state=review.state)},
        "for_committee": given.typed(grid.Place(grid.FOR_COMMITTEE)),
        "for_applicant": given.typed(grid.Place(grid.FOR_APPLICANT)),
        "told": next(one for one in reviewing.of_dossier(review.dossier, request.at) if one.review.pk == review.pk),
        "trail": [(_("Instruction"), reverse("desk")), (number, reverse("instruct", args=[number]))],
    }  # fmt: skip
    return render(request, "instruction/review_read.html", context)


def score(request: SignedIn, number: str, n: int) -> HttpResponse:
    """Saves the grid by its button, and finishes when that button was pressed."""
    try:
        review = _obtained(request, number, n, "score")
    except Refused as refused:
        return kept(request, 409, refused.code, refused.message)
    if request.POST.get("person", str(request.user.key)) != str(request.user.key):
        return kept(request, 409)
    given = grid.filled_of(review)
    changes = posts.changes(given, given.form.sections[0], request.POST)
    outcome = actions.save(review, changes, by=request.user, at=request.at)
    if outcome.conflicts or outcome.gone or outcome.too_long:
        return _page(request, review, 422 if outcome.too_long else 409, answers.kept(changes, outcome))
    if request.POST.get("finish"):
        try:
            actions.finish(review, by=request.user, at=request.at)
        except Refused as refused:
            return _page(request, review, 409, refused=refused)
        return done(reverse("reviews"))
    return done(review.get_absolute_url())


def answer(request: SignedIn, number: str, n: int) -> HttpResponse:
    """One mark or comment, as soon as it is typed."""
    review = _obtained(request, number, n, "score")
    return answers.one_answer(
        request, grid.form_for(review), lambda change: actions.save(review, [change], by=request.user, at=request.at)
    )


def _page(
    request: SignedIn, review: Review, status: int = 200, typing: Typing | None = None, refused: Refused | None = None
) -> HttpResponse:
    typing = typing or Typing()
    review.sheet.refresh_from_db()
    given, version = grid.filled_of(review), lists.latest_version(review.dossier)
    section = given.form.sections[0]
    items = showing.section(given, section, lambda item: True, typing)
    bases = {place: conflict.base for place, conflict in typing.conflicts.items()}
    open_acts = {row.name for row in review.POLICY.open_to(hats=[ReviewHat.REVIEWER], state=review.state)}
    why_not = reviewing.why_not_scored(review.dossier)
    context = {
        "review": review, "dossier": review.dossier, "items": items, "changed_at": review.sheet.changed_at,
        "seen": posts.seen(given, posts.places(given, section, lambda item: True), bases),
        "sections": sections_of(version) if version else [], "pieces": reviewing.pieces_of(review),
        "acts": open_acts - ({"score"} if why_not else set()), "why_not": why_not, "refused": refused,
        "errors": _errors(items) if status != 200 else [], "trail": [(_("Évaluations"), reverse("reviews"))],
        "guide": call_of(review.dossier.edition).document["scoring"],
    }  # fmt: skip
    return render(request, "instruction/review.html", context, status=status)


def _errors(items: list[showing.Shown]) -> list[tuple[str, str]]:
    fields = [item.field for item in items if item.field]
    return [
        (f"field-{one['name']}", _("{label} : {problem}").format(label=one["label"], problem=error))
        for one in fields
        for error in one["errors"]
    ]


def open_file(request: SignedIn, number: str, n: int, code: str) -> HttpResponseBase:
    """A piece of the dossier that one scores."""
    review = _obtained(request, number, n, "read")
    piece = reviewing.piece(review, code)
    if piece is None:
        raise Unknown
    return serve(piece.document, request, shown=True)


def decline(request: SignedIn, number: str, n: int) -> HttpResponse:
    """I cannot review it, without an interest in it."""
    review = _obtained(request, number, n, "decline")
    actions.decline(review, reason=request.POST.get("reason", "")[:2000], by=request.user, at=request.at)
    return done(reverse("reviews"))


def recuse(request: SignedIn, number: str, n: int) -> HttpResponse:
    """I have an interest in this dossier: it leaves my desk at once, my marks count no longer."""
    review = _obtained(request, number, n, "recuse")
    actions.recuse(review, reason=request.POST.get("reason", "")[:2000], by=request.user, at=request.at)
    return done(reverse("reviews"))
