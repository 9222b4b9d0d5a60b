"""The Region's own people, for its administrators: search, persons, services, dated mandates, the journal."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from escale.foundation.journal.access import obtain
from escale.foundation.organisations import actions, panels, queries, wording
from escale.foundation.organisations.forms import region as forms
from escale.foundation.organisations.models import Mandate, Region, Service
from escale.foundation.people.models import Person
from escale.foundation.people.request import SignedIn
from escale.rules.figures import PARIS
from escale.rules.refusal import Refused
from escale.ui.routes import done

#: Persons on one page.
PAGE = 50


def people(request: SignedIn) -> HttpResponse:
    """Everybody who has a mandate, found by name, service or kind; the ended ones when asked."""
    enter(request, "read")
    asked, kind, service = (
        request.GET.get(name, "").replace("\0", "")[:100].strip() for name in ("q", "kind", "service")
    )
    ended = request.GET.get("ended") == "yes"
    after = request.GET.get("after", "")
    start = min(int(after), 100_000) if after.isascii() and after.isdecimal() and len(after) < 7 else 0
    rows = queries.people_of_region(request.at, asked, kind=kind, service=service, ended=ended)
    found = list(rows[start : start + PAGE + 1])
    context = {
        "people": [panels.mandated(person, request.at) for person in found[:PAGE]], "q": asked, "kind": kind,
        "service": service, "ended": ended, "kinds": wording.MANDATES.items(), "services": Service.objects.all(),
        "before": _page_address(request, start - PAGE) if start else "",
        "after": _page_address(request, start + PAGE) if len(found) > PAGE else "",
        "journal": panels.told_region(list(queries.region_history()[:20])), "done": request.GET.get("fait", ""),
    }  # fmt: skip
    return render(request, "organisations/region/people.html", context)


def _page_address(request: SignedIn, start: int) -> str:
    asked = request.GET.copy()
    asked["after"] = str(max(start, 0))
    return f"?{asked.urlencode()}"


def person(request: SignedIn, key: str) -> HttpResponse:
    """One person: their mandates, past ones too."""
    enter(request, "read")
    someone = _person(key)
    context = {"one": panels.mandated(someone, request.at), "done": request.GET.get("fait", "")}
    return render(request, "organisations/region/person.html", context)


def create_person(request: SignedIn) -> HttpResponse:
    """Adds someone; the next page gives them a mandate."""
    enter(request, "create-person")
    form = forms.PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        someone = actions.create_person(by=request.user, at=request.at, **form.cleaned_data)
        return done(reverse("mandate-give", args=[someone.key]))
    return _form(request, "organisations/region/create_person.html", {"form": form})


def edit_person(request: SignedIn, key: str) -> HttpResponse:
    """Changes a name or a telephone."""
    enter(request, "edit-person")
    someone = _person(key)
    form = forms.PersonForm(request.POST or None, known=True, initial={"name": someone.name, "phone": someone.phone})
    if request.method == "POST" and form.is_valid():
        actions.edit_person(someone, by=request.user, at=request.at, **form.cleaned_data)
        return _to(someone, "kept")
    return _form(request, "organisations/region/edit_person.html", {"form": form, "person": someone})


def give_mandate(request: SignedIn, key: str) -> HttpResponse:
    """Gives someone a mandate."""
    enter(request, "give-mandate")
    someone, at = _person(key), request.at
    refused = None
    form = forms.MandateForm(request.POST or None, initial={"since": at.astimezone(PARIS).date()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        since, until = forms.begins(given["since"], at), forms.ends(given["until"])
        try:
            actions.give_mandate(
                someone, given["kind"], at=at, by=request.user, since=since, until=until, reference=given["reference"],
                **form.where(),
            )  # fmt: skip
            return _to(someone, "given")
        except Refused as error:
            refused = error
    context = {"form": form, "person": someone, "refused": refused}
    return _form(request, "organisations/region/give_mandate.html", context)


def end_mandate(request: SignedIn, mandate: int) -> HttpResponse:
    """Ends a mandate, now or on a day."""
    enter(request, "end-mandate")
    row = get_object_or_404(Mandate.objects.select_related("person", "service"), pk=mandate)
    form = forms.EndForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "mandate": row, "label": wording.MANDATES[row.kind]}
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_mandate(row, at=request.at, by=request.user, until=forms.ends(form.cleaned_data["until"]))
            return _to(row.person, "ended")
        except Refused as refused:
            return render(request, "organisations/region/end_mandate.html", {**context, "refused": refused}, status=409)
    return _form(request, "organisations/region/end_mandate.html", context)


def services(request: SignedIn) -> HttpResponse:
    """The services and how many officers each has."""
    enter(request, "read")
    context = {"services": queries.services_with_officers(request.at), "done": request.GET.get("fait", "")}
    return render(request, "organisations/region/services.html", context)


def create_service(request: SignedIn) -> HttpResponse:
    """A new service."""
    enter(request, "create-service")
    form = forms.ServiceForm(request.POST or None)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.create_service(by=request.user, at=request.at, **form.cleaned_data)
            return done(f"{reverse('services')}?fait=created")
        except Refused as error:
            refused = error
    return _form(request, "organisations/region/service.html", {"form": form, "refused": refused, "service": None})


def edit_service(request: SignedIn, key: str) -> HttpResponse:
    """Changes a service's name and contact."""
    enter(request, "edit-service")
    service = get_object_or_404(Service, key=key)
    known = {"name": service.name, "email": service.email, "phone": service.phone}
    form = forms.ServiceForm(request.POST or None, kept=True, initial=known)
    if request.method == "POST" and form.is_valid():
        actions.edit_service(service, by=request.user, at=request.at, **form.cleaned_data)
        return done(f"{reverse('services')}?fait=kept")
    return _form(request, "organisations/region/service.html", {"form": form, "refused": None, "service": service})


def enter(request: SignedIn, act: str) -> Region:
    """The Region, for who may do ``act`` to it."""
    actions.region(request.at)
    return obtain(Region.objects.select_related("subject"), request, act, pk=1)


def _person(key: str) -> Person:
    return get_object_or_404(queries.with_mandates(), key=key)


def _form(request: SignedIn, template: str, context: dict[str, Any]) -> HttpResponse:
    status = (409 if context.get("refused") else 422) if request.method == "POST" else 200
    return render(request, template, context, status=status)


def _to(person: Person, what: str) -> HttpResponse:
    return done(f"{reverse('region-person', args=[person.key])}?fait={what}")
