"""Zones of the territory, for administrators: written on a screen as well as loaded from a file."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from escale.foundation.organisations import actions
from escale.foundation.organisations.forms.zones import ZoneForm
from escale.foundation.organisations.views.region import enter
from escale.foundation.people.request import SignedIn
from escale.foundation.territory import queries as territory
from escale.foundation.territory.models import Zone
from escale.ui.routes import done


def zones(request: SignedIn) -> HttpResponse:
    """Every zone, and how to write another."""
    enter(request, "read")
    context = {"zones": territory.zones(), "done": request.GET.get("fait", "")}
    return render(request, "organisations/region/zones.html", context)


def create(request: SignedIn) -> HttpResponse:
    """A new zone."""
    enter(request, "set-zone")
    form = ZoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _keep(request, form, form.cleaned_data["key"])
    return _page(request, form, None)


def edit(request: SignedIn, key: str) -> HttpResponse:
    """Another name, family, source or list of communes."""
    enter(request, "set-zone")
    zone = get_object_or_404(Zone, key=key)
    lines = "\n".join(f"{one.name} ({one.code})" for one in zone.communes.all())
    known = {"name": zone.name, "family": zone.family, "source": zone.source, "communes": lines}
    form = ZoneForm(request.POST or None, zone=zone, initial=known)
    if request.method == "POST" and form.is_valid():
        return _keep(request, form, zone.key)
    return _page(request, form, zone)


def _keep(request: SignedIn, form: ZoneForm, key: str) -> HttpResponse:
    given = form.cleaned_data
    zone = Zone(key=key, name=given["name"], family=given["family"], source=given["source"])
    actions.set_zone(zone, form.codes, by=request.user, at=request.at)
    return done(f"{reverse('region-zones')}?fait=kept")


def _page(request: SignedIn, form: ZoneForm, zone: Zone | None) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/region/zone.html", {"form": form, "zone": zone}, status=status)
