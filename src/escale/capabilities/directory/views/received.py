"""Claims, reports and resemblances: sent by the public or by files, decided by people."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.directory.actions import received
from escale.capabilities.directory.forms import received as forms
from escale.capabilities.directory.models import Claim, Report, Resemblance
from escale.foundation.documents.answers import serve
from escale.foundation.journal.access import obtain
from escale.foundation.organisations.queries import is_of_the_region
from escale.foundation.people import limits
from escale.foundation.people.models import Person
from escale.foundation.people.request import SignedIn
from escale.foundation.places import queries as places
from escale.foundation.places.models import Place
from escale.rules.refusal import Refused, Unknown
from escale.ui.routes import Request, done

MOST = 200


def claim(request: SignedIn, slug: str) -> HttpResponse:
    """Asks to keep the page of a listed place."""
    place, form = _listed(slug), forms.ClaimForm(request.POST or None, request.FILES or None)
    status, refused = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                received.claim(place, by=request.user, at=request.at, **forms.kept(form))
                return done(reverse("claims"))
            except Refused as error:
                status, refused = 409, error.refusal
    context = {"place": place, "form": form, "refused": refused, "title": _("Tenir cette fiche"), "files": True}
    return render(request, "directory/send.html", context, status=status)


def report(request: Request, slug: str) -> HttpResponse:
    """Says what is wrong, without an account; limited by network."""
    place, form = _listed(slug), forms.ReportForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            limits.spend("report-from-network", limits.network(request), at=request.at)
            by = request.user if isinstance(request.user, Person) else None
            received.report(place, at=request.at, by=by, **forms.kept(form))
            return done(f"{place.get_absolute_url()}?reported=1")
    context = {"place": place, "form": form, "refused": None, "title": _("Signaler une inexactitude"), "files": False}
    return render(request, "directory/send.html", context, status=status)


def claims(request: SignedIn) -> HttpResponse:
    """My demands; for the Region, all of them, those to decide first."""
    found = Claim.objects.visible_to(request.user, request.at).select_related("place", "claimant", "document")
    rows = sorted(found[:MOST], key=lambda one: one.state != "pending")
    return render(
        request, "directory/claims.html", {"claims": rows, "region": is_of_the_region(request.user, request.at)}
    )


def paper(request: SignedIn, key: int) -> HttpResponseBase:
    """The document attached to a claim, for whoever may read the claim."""
    row = obtain(Claim.objects.select_related("document", "subject"), request, "read", pk=min(key, 2**62))
    if row.document is None:
        raise Unknown
    return serve(row.document, request)


def decide(request: SignedIn, key: int, act: str) -> HttpResponse:
    """Accepts, refuses or withdraws a claim."""
    row = obtain(Claim.objects.select_related("place", "claimant", "subject"), request, act, pk=min(key, 2**62))
    form = forms.AnswerForm(request.POST)
    received.decide(row, act, by=request.user, at=request.at, note=form.cleaned_data["note"] if form.is_valid() else "")
    return done(reverse("claims"))


def reports(request: SignedIn) -> HttpResponse:
    """What visitors said of my places, what is new first."""
    found = Report.objects.visible_to(request.user, request.at).select_related("place")
    return render(
        request, "directory/reports.html", {"reports": sorted(found[:MOST], key=lambda one: one.state != "new")}
    )


def answer(request: SignedIn, key: int, act: str) -> HttpResponse:
    """Follows or dismisses a report."""
    row = obtain(Report.objects.select_related("place", "subject"), request, act, pk=min(key, 2**62))
    form = forms.AnswerForm(request.POST)
    received.answer(row, act, by=request.user, at=request.at, note=form.cleaned_data["note"] if form.is_valid() else "")
    return done(reverse("reports"))


def resemblances(request: SignedIn) -> HttpResponse:
    """Lines of files that look like known places, to decide."""
    if not is_of_the_region(request.user, request.at):
        raise Unknown
    found = Resemblance.objects.filter(state="pending").select_related("place__commune")
    rows = [(one, _compared(one)) for one in found[:MOST]]
    return render(request, "directory/resemblances.html", {"rows": rows, "count": found.count()})


def judge(request: SignedIn, key: int, act: str) -> HttpResponse:
    """The same place, or two."""
    row = obtain(Resemblance.objects.select_related("place", "subject"), request, act, pk=min(key, 2**62))
    if act == "unite":
        received.unite(row, by=request.user, at=request.at)
    else:
        received.separate(row, by=request.user, at=request.at)
    return done(reverse("resemblances"))


def _compared(row: Resemblance) -> list[tuple[str, str, str]]:
    """(field in words, what the place says, what the line says), where they differ."""
    told = []
    for name, value in row.record["values"].items():
        if name == "commune_id":
            continue
        here, there = getattr(row.place, name), tuple(value) if isinstance(value, list) else value
        shown = [", ".join(one) if isinstance(one, tuple) else str(one or "–") for one in (here, there)]
        if shown[0] != shown[1]:
            label = getattr(Place._meta.get_field(name), "verbose_name", name)
            told.append((str(label), shown[0], shown[1]))
    return told


def _listed(slug: str) -> Place:
    found = places.by_address(slug)
    if found is None or found.state not in ("listed", "closed"):
        raise Unknown
    return found
