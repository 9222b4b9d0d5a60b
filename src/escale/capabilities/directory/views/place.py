"""The page of a place, its poster, its code, its calendar, its pictures."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from urllib.parse import quote

import segno
from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from escale.capabilities.directory.exports import files as exports
from escale.capabilities.directory.panels import rows as panels
from escale.capabilities.directory.queries import sheet
from escale.foundation.documents.answers import serve
from escale.foundation.people.models import Person
from escale.foundation.places import queries as places
from escale.foundation.places.models import Photo, Place
from escale.foundation.places.policy import State
from escale.foundation.territory import reach as territory
from escale.rules import doors
from escale.rules.hours import PARIS
from escale.rules.refusal import Unknown
from escale.ui.dots import dots_svg, near
from escale.ui.routes import Request

AROUND_KM = 16


def find(request: Request, slug: str) -> Place | HttpResponse:
    """The place at this address; a permanent redirection when it moved or was merged.

    A place in preparation is seen only by its people and the Region.
    """
    found = places.by_address(slug)
    if found is None:
        raise Unknown
    target = found.merged_into if found.state == State.MERGED and found.merged_into else found
    if target.slug != slug:
        return HttpResponsePermanentRedirect(target.get_absolute_url())
    place = places.whole(Place.objects.all()).get(pk=target.pk)
    writes = isinstance(request.user, Person) and bool(list(place.hats_of(request.user, request.at)))
    if place.state == State.DRAFT and not writes:
        raise Unknown
    place.seen_by_its_people = writes  # type: ignore[attr-defined]  # told to the template
    return place


def show(request: Request, slug: str) -> HttpResponse:
    """All that is public of a place."""
    place = find(request, slug)
    if isinstance(place, HttpResponse):
        return place
    opening, today = places.opening(place, places.holidays()), request.at.astimezone(PARIS).date()
    door = doors.door(opening, request.at)
    context = {
        "place": place,
        "door": door,
        "door_words": doors.sentence(door),
        "strips": sheet.strips(dict(opening.weeks), today),
        "month": sheet.month(opening, today) if opening.weeks else [],
        "there": sheet.there(place),
        "access": sheet.access(place),
        "nearest": sheet.nearest(place),
        "structured": sheet.structured(place, opening, request.at),
        "words": panels.words(place, request.at),
        "trail": [(_("Lieux"), reverse("places"))],
        "route": _routes(place),
        "drawing": _drawing(place),
        "reported": "reported" in request.GET,
        "fragments": _fragments(place, request.at),
    }
    return render(request, "directory/place.html", context)


def poster(request: Request, slug: str) -> HttpResponse:
    """A sheet to print and to put on the door, with a code that leads to the page."""
    place = find(request, slug)
    if isinstance(place, HttpResponse):
        return place
    opening = places.opening(place, places.holidays())
    strips = sheet.strips(dict(opening.weeks), request.at.astimezone(PARIS).date())
    address = f"{settings.ESCALE_BASE_URL}{place.get_absolute_url()}"
    return render(request, "directory/poster.html", {"place": place, "strips": strips, "address": address})


def code(request: Request, slug: str) -> HttpResponse:
    """The QR code of the page's address, as SVG."""
    place = find(request, slug)
    if isinstance(place, HttpResponse):
        return place
    out = BytesIO()
    segno.make(f"{settings.ESCALE_BASE_URL}{place.get_absolute_url()}", error="m").save(
        out, kind="svg", scale=8, border=2, xmldecl=False
    )
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


def openings(request: Request, slug: str) -> HttpResponse:
    """The openings of the next three months, to subscribe to."""
    place = find(request, slug)
    if isinstance(place, HttpResponse):
        return place
    opening = places.opening(place, places.holidays())
    body = exports.openings(place.name, f"{place.slug}.lieux", opening, request.at)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def photo(request: Request, slug: str, key: int) -> HttpResponseBase:
    """One picture of a place."""
    place = find(request, slug)
    if isinstance(place, HttpResponse):
        return place
    found = get_object_or_404(Photo.objects.select_related("document"), place=place, pk=min(key, 2**62))
    return serve(found.document, request, shown=True)


def _fragments(place: Place, at: datetime) -> list[str]:
    """What other services say of the place: its labels."""
    told: list[Callable[[Place, datetime], str]] = import_string(settings.ESCALE_PLACE_PANELS)
    return [said for tell in told if (said := tell(place, at))]


def _routes(place: Place) -> list[tuple[str, str]]:
    """Links that open a route planner with the place as destination, and the map application of a phone."""
    if place.lon is None or place.lat is None:
        return []
    point = f"{place.lat:.6f},{place.lon:.6f}"
    return [
        (_("Itinéraire sur OpenStreetMap"), f"https://www.openstreetmap.org/directions?to={quote(point)}"),
        (_("Ouvrir dans l’application de cartes"), f"geo:{point}?q={quote(point)}"),
    ]


def _drawing(place: Place) -> str:
    """The territory around the place, its lamp lit."""
    lon, lat = (place.lon, place.lat) if place.lon is not None and place.lat is not None else (None, None)
    here = (lon, lat) if lon is not None and lat is not None else (place.commune.lon, place.commune.lat)
    box = near(here, AROUND_KM)
    return dots_svg(territory.dots_in(box), [here], box, width=640, height=220)
