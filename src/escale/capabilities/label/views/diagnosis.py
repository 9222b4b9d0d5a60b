"""Self-diagnosis, what the place declares and attaches from there, a visit planned, the label granted by an act."""

from datetime import timedelta

from django import forms as django_forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from escale.capabilities.label import wording
from escale.capabilities.label.actions import declaring, life, visits
from escale.capabilities.label.forms import declaring as forms
from escale.capabilities.label.forms import life as life_forms
from escale.capabilities.label.forms.visits import FirstPlanForm
from escale.capabilities.label.models import Paper, Referential
from escale.capabilities.label.queries import asked, diagnosis, said
from escale.foundation.documents.answers import serve
from escale.foundation.journal.access import obtain
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.request import SignedIn
from escale.foundation.places import queries as places
from escale.foundation.places.models import Place
from escale.foundation.places.policy import Hat
from escale.rules.figures import PARIS
from escale.rules.period import after
from escale.rules.refusal import NoHat, Refused
from escale.ui.routes import done


def pair(request: SignedIn, key: str, slug: str) -> tuple[Place, Referential]:
    """The place, which the person keeps or follows, and the referential in force."""
    place: Place = obtain(places.whole(Place.objects.all()), request, "read", slug=slug)
    published = Referential.objects.select_related("edition").filter(state="published")
    return place, get_object_or_404(published, key=key)


def self_check(request: SignedIn, key: str, slug: str) -> HttpResponse:
    """What is met, what is missing and what to do, from the place's own page, at any moment."""
    place, referential = pair(request, key, slug)
    return _page(request, place, referential, {}, 200)


def grant(request: SignedIn, key: str, slug: str) -> HttpResponse:
    """Records the act that granted the label."""
    place, referential = pair(request, key, slug)
    form = _grant_form(request, referential)
    if not form.is_valid():
        return _page(request, place, referential, {"grant": form}, 422)
    data = form.cleaned_data
    label = life.grant(
        place, referential, act_reference=data["act_reference"], since=life_forms.at_midnight(data["since"]),
        until=life_forms.at_midnight(data["until"] + timedelta(days=1)), type=data.get("type", ""), by=request.user,
        at=request.at,
    )  # fmt: skip
    return done(label.get_absolute_url())


def declare(request: SignedIn, key: str, slug: str) -> HttpResponse:
    """Commitments of the place."""
    place, referential = pair(request, key, slug)
    commitments, _papers = asked.of_place(diagnosis.document(referential), None)
    form = forms.DeclareForm(request.POST, asked=commitments)
    if not form.is_valid():
        return _page(request, place, referential, {"declare": form}, 422)
    declaring.declare(place, referential, form.said(), by=request.user, at=request.at)
    return _back(referential, place, "declare")


def attach(request: SignedIn, key: str, slug: str) -> HttpResponse:
    """A document of the place."""
    place, referential = pair(request, key, slug)
    _commitments, papers = asked.of_place(diagnosis.document(referential), None)
    form = forms.AttachForm(request.POST, request.FILES, asked=papers)
    if not form.is_valid():
        return _page(request, place, referential, {"attach": form}, 422)
    data = form.cleaned_data
    try:
        declaring.attach(
            place, referential, data["code"], data["file"], dated_on=data["dated_on"], valid_until=data["valid_until"],
            by=request.user, at=request.at,
        )  # fmt: skip
    except Refused as refused:
        return _page(request, place, referential, {"attach": form}, 409, refused)
    return _back(referential, place, "attach")


def paper(request: SignedIn, key: str, slug: str, row: int) -> HttpResponseBase:
    """One document, for the place's people and the Region."""
    return serve(_paper(*pair(request, key, slug), row).document, request, shown=True)


def take_back(request: SignedIn, key: str, slug: str, row: int) -> HttpResponse:
    """The document no longer serves."""
    place, referential = pair(request, key, slug)
    declaring.take_back(_paper(place, referential, row), by=request.user, at=request.at)
    return _back(referential, place, "attach")


def plan_visit(request: SignedIn, key: str, slug: str) -> HttpResponse:
    """Sets the day of a visit and who goes."""
    place, _referential = pair(request, key, slug)
    referential = obtain(Referential.objects.select_related("edition"), request, "plan-visit", key=key)
    form = FirstPlanForm(request.POST or None, initial={"email": request.user.email})
    status, refused = 422 if request.method == "POST" else 200, None
    if request.method == "POST" and form.is_valid():
        assert form.visitor is not None
        try:
            visit = visits.plan(
                place, referential, visitor=form.visitor, planned_for=form.instant(), by=request.user, at=request.at,
                purpose=form.cleaned_data["purpose"], type=request.GET.get("type", "")[:60].replace("\0", ""),
            )  # fmt: skip
            return done(visit.get_absolute_url())
        except Refused as error:
            status, refused = 409, error
    context = {"place": place, "referential": referential, "form": form, "refused": refused}
    return render(request, "label/plan_visit.html", context, status=status)


def _paper(place: Place, referential: Referential, row: int) -> Paper:
    rows = Paper.objects.select_related("place", "document").filter(removed_at__isnull=True)
    return get_object_or_404(rows, place=place, referential=referential, pk=min(row, 2**62))


def _grant_form(request: SignedIn, referential: Referential) -> life_forms.GrantForm:
    if not organisations.mandates_of(request.user, request.at) & {"lead_officer", "administrator"}:
        raise NoHat
    document = diagnosis.document(referential)
    types = [(one["code"], one["label"]) for one in document.get("types", [])]
    day = request.at.astimezone(PARIS).date()
    first = {"since": day, "until": after(day, document.get("duration", "3 years")) - timedelta(days=1)}
    return life_forms.GrantForm(request.POST or None, initial=first, types=types)


def _page(
    request: SignedIn, place: Place, referential: Referential, wrong: dict[str, django_forms.Form], status: int,
    refused: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    assert referential.edition is not None
    found = diagnosis.of(place, referential.edition, request.at, request.GET.get("type") or None)
    kinds = organisations.kinds_for(request)
    leads, steward = (
        kinds & {"lead_officer", "administrator"},
        Hat.STEWARD in set(place.hats_of(request.user, request.at)),
    )
    held = place.labels.filter(referential=referential, state__in=("held", "suspended")).first()
    commitments, papers = asked.of_place(diagnosis.document(referential), found["type"])
    declared, series = said.beside(place, referential.edition), referential.series_id
    first = forms.initial(declared.get("declarations", {}))
    context = {
        "place": place, "referential": referential, "found": found, "refused": refused,
        "lines": diagnosis.lines(found, said.contradicted(place, referential.edition)),
        "sentence": wording.VERDICTS[found["verdict"]], "held": held,
        "form": wrong.get("grant") or (_grant_form(request, referential) if leads and held is None else None),
        "declare": wrong.get("declare") or (forms.DeclareForm(initial=first, asked=commitments) if commitments and steward else None),
        "attach": wrong.get("attach") or (forms.AttachForm(asked=papers) if papers and steward else None),
        "papers": [(one, next((row.label for row in papers if row.code == one.code), one.code)) for one in said.papers_of(place, series)],
        "visits": said.waits(place, series), "last": said.last_visit(place, series),
        "plans": bool(kinds & set(organisations.OF_THE_REGION)), "steward": steward,
    }  # fmt: skip
    return render(request, "label/diagnosis.html", context, status=status)


def _back(referential: Referential, place: Place, anchor: str) -> HttpResponse:
    return done(f"{reverse('label-diagnosis', args=[referential.key, place.slug])}#{anchor}")
