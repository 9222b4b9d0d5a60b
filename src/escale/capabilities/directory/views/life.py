"""The life of a place: created, published, confirmed, moved, closed, reopened, merged."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.directory.forms import received as forms
from escale.capabilities.directory.forms import sheet
from escale.capabilities.directory.views.manage import get, written
from escale.foundation.organisations.queries import is_of_the_region
from escale.foundation.people.request import SignedIn
from escale.foundation.places.actions import places as actions
from escale.rules.hours import PARIS
from escale.rules.refusal import NoHat, Refused
from escale.ui.routes import done


def create(request: SignedIn) -> HttpResponse:
    """A new page, in preparation: its name and where it is. For the Region."""
    if not is_of_the_region(request.user, request.at):
        raise NoHat
    first = {"rev": 0}
    identity = sheet.IdentityForm(request.POST or None, initial=first)
    where = sheet.WhereForm(request.POST or None, initial=first)
    status, refused = 200, None
    if request.method == "POST":
        status = 422
        if identity.is_valid() and where.is_valid():
            try:
                place = actions.create(by=request.user, at=request.at, **identity.values(), **where.values())
                return done(reverse("place-manage", args=[place.slug]))
            except Refused as error:
                status, refused = 409, error.refusal
    context = {"identity": identity, "where": where, "refused": refused}
    return render(request, "directory/create.html", context, status=status)


def publish(request: SignedIn, slug: str) -> HttpResponse:
    """Lists the place."""
    actions.publish(get(request, slug, "publish"), by=request.user, at=request.at)
    return done(reverse("place-manage", args=[slug]) + "?done=1")


def confirm(request: SignedIn, slug: str) -> HttpResponse:
    """All is up to date today."""
    today = request.at.astimezone(PARIS).date()
    actions.confirm(get(request, slug, "confirm"), today, by=request.user, at=request.at)
    return done(reverse("place-manage", args=[slug]) + "?done=1")


def move(request: SignedIn, slug: str) -> HttpResponse:
    """Another address."""
    place = get(request, slug, "move")
    form = forms.MoveForm(request.POST or None, initial=sheet.initial(place, sheet.WhereForm))

    def save() -> None:
        values = form.values()
        actions.move(place, values.pop("day"), by=request.user, at=request.at, **values)

    return written(request, place, form, _("Déménager le lieu"), save)


def close(request: SignedIn, slug: str) -> HttpResponse:
    """For good."""
    place = get(request, slug, "close")
    form = forms.CloseForm(request.POST or None)

    def save() -> None:
        data = form.cleaned_data
        actions.close(place, data["day"], by=request.user, at=request.at, note=data["note"])

    answer = written(request, place, form, _("Fermer définitivement"), save)
    return done(place.get_absolute_url()) if answer.status_code == 303 else answer


def reopen(request: SignedIn, slug: str) -> HttpResponse:
    """Not for good after all."""
    place = get(request, slug, "reopen")
    actions.reopen(place, by=request.user, at=request.at)
    return done(place.get_absolute_url())


def merge(request: SignedIn, slug: str) -> HttpResponse:
    """It was another place all along."""
    place = get(request, slug, "merge")
    form = forms.MergeForm(request.POST or None)
    answer = written(
        request, place, form, _("Réunir à un autre lieu"),
        lambda: actions.merge(place, form.cleaned_data["into"], by=request.user, at=request.at),
    )  # fmt: skip
    return done(form.cleaned_data["into"].get_absolute_url()) if answer.status_code == 303 else answer
