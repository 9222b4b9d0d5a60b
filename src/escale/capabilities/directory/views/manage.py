"""The space of those who keep a page: today first, then the page step by step. Made for a phone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.directory.forms import hours as hour_forms
from escale.capabilities.directory.forms import inside as inside_forms
from escale.capabilities.directory.forms import received as received_forms
from escale.capabilities.directory.forms import sheet
from escale.capabilities.directory.queries import manage
from escale.foundation.journal.access import obtain
from escale.foundation.organisations.queries import is_of_the_region
from escale.foundation.people.request import SignedIn
from escale.foundation.places import queries as places
from escale.foundation.places.actions import hours, inside
from escale.foundation.places.actions import places as actions
from escale.foundation.places.models import Closure, Photo, Place
from escale.rules import doors
from escale.rules.hours import PARIS
from escale.rules.refusal import Refused, Unknown
from escale.ui.routes import done


def get(request: SignedIn, slug: str, act: str) -> Place:
    """The place, when the person may do ``act`` to it now."""
    return obtain(places.whole(Place.objects.all()), request, act, slug=slug)


def mine(request: SignedIn) -> HttpResponse:
    """The places whose page I keep."""
    found = Place.objects.visible_to(request.user, request.at).exclude(state="merged").select_related("commune")
    context = {"places": found.order_by("name", "pk")[:300], "region": is_of_the_region(request.user, request.at)}
    return render(request, "directory/mine.html", context)


def home(request: SignedIn, slug: str) -> HttpResponse:
    """Today, three large acts, what is missing."""
    place = get(request, slug, "edit")
    opening, today = places.opening(place, places.holidays()), request.at.astimezone(PARIS).date()
    steps = manage.steps(place)
    context = {
        "place": place,
        "door": doors.sentence(doors.door(opening, request.at)),
        "open": doors.door(opening, request.at).open,
        "closed_today": any(one.first <= today < one.until for one in place.closures.all()),
        "closures": [(one, one.until - timedelta(days=1)) for one in manage.closures_ahead(place, request.at)],
        "steps": steps,
        "next": manage.first_missing(steps),
        "waiting": manage.waiting(place),
        "origins": manage.origins(place),
        "acts": {
            row.name for row in place.POLICY.open_to(hats=place.hats_of(request.user, request.at), state=place.state)
        },
        "flash": _("C’est enregistré.") if request.GET.get("done") else "",
    }
    return render(request, "directory/manage.html", context)


def edit(request: SignedIn, slug: str, section: str) -> HttpResponse:
    """One section of the page."""
    place = get(request, slug, "edit")
    if section not in sheet.SECTIONS:
        raise Unknown
    title, make = sheet.SECTIONS[section]
    form = make(request.POST or None, initial=sheet.initial(place, make))

    def save() -> None:
        values = form.values()
        actions.edit(place, by=request.user, at=request.at, rev=form.cleaned_data["rev"], **values)

    return written(request, place, form, title, save)


def written(
    request: SignedIn, place: Place, form: forms.Form, title: Any, save: Callable[[], object], **more: Any
) -> HttpResponse:
    """Shows the form, or saves: 303 done, 422 not understood, 409 refused; what was typed stays."""
    status, refused = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save()
                return done(reverse("place-manage", args=[place.slug]) + "?done=1")
            except Refused as error:
                status, refused = 409, error.refusal
    now = Place.objects.filter(pk=place.pk).values_list("rev", flat=True).get()
    context = {
        "place": place,
        "form": form,
        "title": title,
        "refused": refused,
        "now": now,
        "rows": (),
        "first": (),
        "last": (),
        **more,
    }
    return render(request, "directory/section.html", context, status=status)


def carry(request: SignedIn, slug: str) -> HttpResponse:
    """The organisation that carries the place."""
    place = get(request, slug, "carry")
    now = (place.carrier.siret or place.carrier.name) if place.carrier else ""
    form = sheet.CarrierForm(request.POST or None, initial={"rev": place.rev, "organisation": now})

    def save() -> None:
        data = form.cleaned_data
        actions.carry(place, data["organisation"], by=request.user, at=request.at, rev=data["rev"])

    return written(request, place, form, _("La structure porteuse"), save)


def set_hours(request: SignedIn, slug: str) -> HttpResponse:
    """Hours, one line a day."""
    place = get(request, slug, "set-hours")
    said = hour_forms.initial(places.weeks(place), rev=place.rev, public=place.open_on_public_holidays)
    form = hour_forms.HoursForm(request.POST or None, initial=said)

    def save() -> None:
        data = form.cleaned_data
        hours.set_hours(
            place, data["weeks"], by=request.user, at=request.at, rev=data["rev"],
            open_on_public_holidays=data["open_on_public_holidays"],
        )  # fmt: skip

    return written(request, place, form, _("Les horaires"), save, rows=form.rows, first=form.first, last=form.last)


def furnish(request: SignedIn, slug: str) -> HttpResponse:
    """Spaces, equipment, accessibility."""
    place = get(request, slug, "furnish")
    form = inside_forms.FurnishForm(request.POST or None, initial=inside_forms.furnish_initial(place), place=place)
    title, today = _("Espaces, équipement, accessibilité"), request.at.astimezone(PARIS).date()
    return written(
        request, place, form, title, lambda: _replace(request, place, form.lists(today), form), rows=form.rows
    )


def price(request: SignedIn, slug: str) -> HttpResponse:
    """Prices."""
    place = get(request, slug, "price")
    form = inside_forms.PriceForm(request.POST or None, initial=inside_forms.price_initial(place), place=place)
    return written(
        request, place, form, _("Les tarifs"), lambda: _replace(request, place, form.lists(), form), rows=form.rows
    )


def name_people(request: SignedIn, slug: str) -> HttpResponse:
    """Who welcomes."""
    place = get(request, slug, "name-people")
    form = inside_forms.StaffForm(request.POST or None, initial=inside_forms.staff_initial(place), place=place)
    return written(
        request,
        place,
        form,
        _("Qui accueille"),
        lambda: _replace(request, place, form.lists(request.at), form),
        rows=form.rows,
    )


def _replace(request: SignedIn, place: Place, lists: dict[str, list[dict[str, Any]]], form: forms.Form) -> None:
    inside.replace_all(place, lists, by=request.user, at=request.at, rev=form.cleaned_data["rev"])


def close_days(request: SignedIn, slug: str) -> HttpResponse:
    """Closes days; a POST without any day closes today."""
    place = get(request, slug, "close-days")
    form = hour_forms.CloseDaysForm(request.POST or None)

    def save() -> None:
        first, until = form.days(request.at.astimezone(PARIS).date())
        data = form.cleaned_data
        hours.close_days(
            place, first, until, by=request.user, at=request.at, reason=data["reason"],
            ordered_by_government=data["ordered_by_government"],
        )  # fmt: skip

    if request.method == "POST" and not form.is_bound:
        form = hour_forms.CloseDaysForm({})
    return written(request, place, form, _("Fermer des jours"), save)


def reopen_days(request: SignedIn, slug: str, key: int) -> HttpResponse:
    """Takes a closure back."""
    place = get(request, slug, "reopen-days")
    closure = get_object_or_404(Closure.objects.select_related("place"), place=place, pk=min(key, 2**62))
    hours.reopen_days(closure, by=request.user, at=request.at)
    return done(reverse("place-manage", args=[slug]) + "?done=1")


def add_photo(request: SignedIn, slug: str) -> HttpResponse:
    """One more picture."""
    place = get(request, slug, "add-photo")
    form = received_forms.PhotoForm(request.POST or None, request.FILES or None)

    def save() -> None:
        data = form.cleaned_data
        inside.add_photo(place, data["picture"], alt=data["alt"], credit=data["credit"], by=request.user, at=request.at)

    return written(request, place, form, _("Les photos"), save, photos=place.photos.all())


def remove_photo(request: SignedIn, slug: str, key: int) -> HttpResponse:
    """Takes a picture off."""
    place = get(request, slug, "remove-photo")
    found = get_object_or_404(Photo.objects.select_related("place", "document"), place=place, pk=min(key, 2**62))
    inside.remove_photo(found, by=request.user, at=request.at)
    return done(reverse("place-add-photo", args=[slug]))
