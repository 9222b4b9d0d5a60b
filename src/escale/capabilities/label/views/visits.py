"""Visits: the list, planning one, its report on a telephone, its photos, the place's answer."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from django import forms as django_forms
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from escale.capabilities.label import wording
from escale.capabilities.label.actions import visits as actions
from escale.capabilities.label.forms import visits as forms
from escale.capabilities.label.models import Visit, VisitPhoto
from escale.capabilities.label.queries import visits as queries
from escale.foundation.documents.answers import serve
from escale.foundation.journal.access import obtain
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import Refused, Unknown
from escale.ui import figures
from escale.ui.routes import Request, done, wants_json

OFFLINE = Path(__file__).resolve().parent.parent / "static" / "label" / "offline.js"

FORMS: dict[str, type[django_forms.Form]] = {
    "move": forms.PlanForm,
    "cancel": forms.CancelForm,
    "comment": forms.CommentForm,
}


def index(request: SignedIn) -> HttpResponse:
    """Visits to make and made: all of them for the Region, mine, those of my places."""
    planned, made = queries.listed(request.user, request.at)
    context = {"planned": planned, "made": made, "region": organisations.is_of_the_region(request.user, request.at)}
    return render(request, "label/visits.html", context)


def offline(request: Request) -> HttpResponse:
    """The script that shows a visit's page again where there is no network."""
    return HttpResponse(OFFLINE.read_bytes(), content_type="text/javascript; charset=utf-8")


def show(request: SignedIn, number: str) -> HttpResponse:
    """The report being written, for who visits; what was planned and found, for the others."""
    return _page(request, _get(request, "read", number), {}, 200)


def note(request: SignedIn, number: str) -> HttpResponse:
    """Keeps what was written so far; JSON for the telephone that sends by itself."""
    visit = _get(request, "note", number)
    form = forms.ReportForm(request.POST, points=queries.points(visit))
    if not form.is_valid():
        return _wrong(request, visit, form)
    try:
        rev = _note(visit, form, request)
    except Refused as refused:
        if not wants_json(request):
            return _page(request, visit, {"report": form}, 409, refused)
        raise
    if wants_json(request):
        return JsonResponse({"rev": rev, "saved_at": figures.hour(request.at)})
    return done(f"{visit.get_absolute_url()}?done=1")


def report(request: SignedIn, number: str) -> HttpResponse:
    """Gives the report, with what its page holds."""
    visit = _get(request, "note", number)
    form = forms.ReportForm(request.POST, points=queries.points(visit))
    if not form.is_valid():
        return _wrong(request, visit, form)
    try:
        _note(visit, form, request)
        actions.report(visit, by=request.user, at=request.at)
    except Refused as refused:
        if wants_json(request):
            raise
        return _page(request, _get(request, "read", number), {"report": form}, 409, refused)
    return done(visit.get_absolute_url())


def add_photo(request: SignedIn, number: str) -> HttpResponse:
    """One more picture."""
    visit = _get(request, "add-photo", number)
    form = forms.PhotoForm(request.POST, request.FILES, points=queries.points(visit))
    if not form.is_valid():
        return _wrong(request, visit, form, "photo")
    data = form.cleaned_data
    try:
        actions.add_photo(
            visit, data["picture"], key=data["key"] or uuid4().hex, caption=data["caption"], code=data["code"],
            by=request.user, at=request.at,
        )  # fmt: skip
    except Refused as refused:
        if wants_json(request):
            raise
        return _page(request, visit, {"photo": form}, 409, refused)
    return JsonResponse({"ok": True}) if wants_json(request) else done(f"{visit.get_absolute_url()}#photos")


def remove_photo(request: SignedIn, number: str, key: int) -> HttpResponse:
    """Takes a picture off the report."""
    visit = _get(request, "remove-photo", number)
    actions.remove_photo(_photo(visit, key), by=request.user, at=request.at)
    return done(f"{visit.get_absolute_url()}#photos")


def photo(request: SignedIn, number: str, key: int) -> HttpResponseBase:
    """One picture, for who reads the report."""
    visit = _get(request, "read", number)
    if not queries.readable(visit, set(visit.hats_of(request.user, request.at))):
        raise Unknown
    return serve(_photo(visit, key).document, request, shown=True)


def act(request: SignedIn, number: str) -> HttpResponse:
    """Another day, a visit that is not made, the place's answer."""
    name = request.route.act
    visit = _get(request, name, number)
    form = FORMS[name](request.POST)
    if not form.is_valid():
        return _page(request, visit, {name: form}, 422)
    data, by, at = form.cleaned_data, request.user, request.at
    if isinstance(form, forms.PlanForm):
        assert form.visitor is not None
        actions.move(visit, visitor=form.visitor, planned_for=form.instant(), by=by, at=at)
    elif name == "cancel":
        actions.cancel(visit, reason=data["reason"], by=by, at=at)
    else:
        actions.comment(visit, data["text"], by=by, at=at)
    return done(visit.get_absolute_url())


def _get(request: SignedIn, act: str, number: str) -> Visit:
    rows = Visit.objects.select_related(
        "place__commune", "place__carrier", "referential", "edition", "visitor", "label", "subject"
    )
    return obtain(rows, request, act, number=number)


def _photo(visit: Visit, key: int) -> VisitPhoto:
    rows = visit.photos.filter(removed_at__isnull=True).select_related("visit", "document")
    return get_object_or_404(rows, pk=min(key, 2**62))


def _note(visit: Visit, form: forms.ReportForm, request: SignedIn) -> int:
    data = form.cleaned_data
    return actions.note(
        visit, form.findings(), base=data["rev"], visited_on=data["visited_on"], opinion=data["opinion"],
        conclusion=data["conclusion"], by=request.user, at=request.at,
    )  # fmt: skip


def _wrong(request: SignedIn, visit: Visit, form: django_forms.Form, name: str = "report") -> HttpResponse:
    if not wants_json(request):
        return _page(request, visit, {name: form}, 422)
    sentence = " ".join(str(text) for rows in form.errors.values() for text in rows)
    return JsonResponse({"error": {"code": "not_understood", "message": sentence}}, status=422)


def _page(
    request: SignedIn, visit: Visit, wrong: dict[str, django_forms.Form], status: int, refused: Refused | None = None
) -> HttpResponse:
    sheet = queries.sheet(visit, request.user, request.at)
    writing = "note" in sheet.acts
    form = wrong.get("report")
    if writing and form is None:
        form = forms.ReportForm(initial=forms.initial(visit), points=sheet.points)
    local = {
        "day": visit.planned_for.astimezone(queries.PARIS).date(),
        "hour": visit.planned_for.astimezone(queries.PARIS),
    }
    first: dict[str, dict[str, Any]] = {"move": {**local, "email": visit.visitor.email}}
    context = {
        "visit": visit, "sheet": sheet, "form": form, "refused": refused, "done": "done" in request.GET,
        "families": queries.written(sheet, form) if form else [],
        "now": visit.rev if refused is None else refused.refusal.figures.get("rev", visit.rev),
        "photo": (wrong.get("photo") or forms.PhotoForm(points=sheet.points)) if writing else None,
        "opinion": wording.OPINIONS.get(visit.opinion, ""),
        "acts": [
            {"name": name, "label": visit.WORDING.acts[name], "form": wrong.get(name) or FORMS[name](initial=first.get(name))}
            for name in sheet.acts if name in FORMS
        ],
    }  # fmt: skip
    return render(request, "label/visit.html", context, status=status)
