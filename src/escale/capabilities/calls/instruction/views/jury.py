"""Reviews seen by the service: asked one by one or for a whole call, the table of scores, reopened, reminded."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.capabilities.calls.dossiers.wording import DOSSIER
from escale.capabilities.calls.instruction import exports, forms
from escale.capabilities.calls.instruction.actions import jury as actions
from escale.capabilities.calls.instruction.actions import reviewing as reviews
from escale.capabilities.calls.instruction.models import Review
from escale.capabilities.calls.instruction.queries import jury, reviewing
from escale.capabilities.calls.instruction.views.sheet import handled
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal.access import obtain
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.foundation.people.request import SignedIn
from escale.rules.figures import PARIS
from escale.ui.routes import done

#: Dossiers shown on a page of the table, proposed at once.
PAGE, MOST = 100, 100


def ask(request: SignedIn, number: str) -> HttpResponse:
    """Whom to ask for one dossier, the best first with the reasons."""
    dossier = handled(request, number, "seek-review")
    options = jury.options_for(dossier, request.at)
    form = forms.ReviewerForm(request.POST or None, options=options, initial={"due_on": _in_a_month(request)})
    if request.method == "POST" and form.is_valid():
        someone = Person.objects.get(pk=form.cleaned_data["reviewer"])
        reviews.ask(dossier, someone, due_at=_end_of(form), by=request.user, at=request.at)
        return done(reverse("instruct", args=[number]) + "#reviews")
    context = {"dossier": dossier, "form": form, "title": DOSSIER.acts["seek-review"]}
    context["back"] = reverse("instruct", args=[number])
    return render(request, "instruction/reason.html", context, status=422 if request.method == "POST" else 200)


def _in_a_month(request: SignedIn) -> Any:
    return (request.at.astimezone(PARIS) + timedelta(days=30)).date()


def _end_of(form: forms.DueForm) -> datetime:
    return datetime.combine(form.cleaned_data["due_on"], time(23, 59, 59, 999_999), PARIS)


def _of_the_service(request: SignedIn, number: str, n: int, act: str) -> Review:
    review: Review = obtain(reviewing.whole(), request, act, dossier__number=number, n=n)
    return review


def reopen(request: SignedIn, number: str, n: int) -> HttpResponse:
    """Gives a finished review back, with the reason."""
    review = _of_the_service(request, number, n, "reopen")
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reviews.reopen(review, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
        return done(review.get_absolute_url())
    context = {
        "dossier": review.dossier, "form": form, "title": review.WORDING.acts["reopen"], "back": review.get_absolute_url(),
    }  # fmt: skip
    return render(request, "instruction/reason.html", context, status=422 if request.method == "POST" else 200)


def withdraw(request: SignedIn, number: str, n: int) -> HttpResponse:
    """No longer asks."""
    reviews.withdraw(_of_the_service(request, number, n, "withdraw"), by=request.user, at=request.at)
    return done(reverse("instruct", args=[number]) + "#reviews")


def remind(request: SignedIn, number: str, n: int) -> HttpResponse:
    """Writes again to the reviewer."""
    reviews.remind(_of_the_service(request, number, n, "remind"), by=request.user, at=request.at)
    return done(reverse("instruct", args=[number]) + "#reviews")


def _call(request: SignedIn, key: str) -> Scheme:
    return get_object_or_404(Scheme.objects.filter(service__in=organisations.services_for(request)), key=key)


def table(request: SignedIn, key: str) -> HttpResponse:
    """The scores of a call: best first, spread, disagreements, what is missing."""
    call = _call(request, key)
    lines = reviewing.table(call, request.user, request.at)
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    context = {
        "call": call, "lines": lines[(page - 1) * PAGE : page * PAGE], "count": len(lines),
        "missing": sum(one.missing for one in lines), "late": sum(each.late for one in lines for each in one.reviews),
        "disagreements": sum(one.ranked.disagreement for one in lines),
        "before": f"?page={page - 1}" if page > 1 else "", "after": f"?page={page + 1}" if len(lines) > page * PAGE else "",
        "told": request.session.pop("reviews", ""), "trail": [(_("Instruction"), reverse("desk"))],
    }  # fmt: skip
    return render(request, "instruction/scores.html", context)


def export(request: SignedIn, key: str) -> HttpResponseBase:
    """The table of scores as CSV."""
    lines = reviewing.table(_call(request, key), request.user, request.at)
    response = StreamingHttpResponse(exports.scores_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="notes-{key}.csv"'
    return response


def assign(request: SignedIn, key: str) -> HttpResponse:
    """The proposal for every dossier that lacks a reviewer, with its reasons, changed by hand; then the result."""
    call = _call(request, key)
    form = forms.DueForm(request.POST or None, initial={"due_on": _in_a_month(request)})
    back = reverse("call-reviews", args=[key])
    context: dict[str, Any] = {"call": call, "form": form, "back": back}
    if request.method == "POST" and form.is_valid():
        chosen = [(name.split(".")[1], request.POST.get(name, "")) for name in request.POST if name.startswith("to.")]
        pairs = [(number, int(text)) for number, text in chosen if text.isdecimal() and len(text) < 19]
        context["done"] = actions.ask_many(
            call, pairs[: MOST * 5], due_at=_end_of(form), by=request.user, at=request.at
        )
        return render(request, "instruction/jury.html", context)
    slots = jury.proposal(jury.lacking(call, request.user, request.at, MOST), request.at)
    context["slots"] = [(one, request.POST.get(one.name, str(one.proposed or ""))) for one in slots]
    return render(request, "instruction/jury.html", context, status=422 if request.method == "POST" else 200)


def remind_all(request: SignedIn, key: str) -> HttpResponse:
    """Writes again to all who have not finished."""
    sent = actions.remind_all(_call(request, key), by=request.user, at=request.at)
    told = ngettext("{n} rappel envoyé.", "{n} rappels envoyés.", sent)
    request.session["reviews"] = told.format(n=sent)
    return done(reverse("call-reviews", args=[key]))
