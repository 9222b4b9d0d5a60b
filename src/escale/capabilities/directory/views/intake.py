"""Files of places on a screen: sent, compared, matched, agreed to; refused lines as a file."""

import csv
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.directory.actions import intake as actions
from escale.capabilities.directory.forms import intake as forms
from escale.capabilities.directory.models import Intake, Resemblance
from escale.foundation.documents.spreadsheets import harmless
from escale.foundation.journal.access import obtain
from escale.foundation.journal.record import verdict
from escale.foundation.organisations.queries import is_of_the_region
from escale.foundation.people.request import SignedIn
from escale.foundation.places.models import Place
from escale.rules.places import KINDS
from escale.rules.refusal import NoHat, Refused, Unknown
from escale.ui.routes import done

MOST = 100


def index(request: SignedIn) -> HttpResponse:
    """The files that were sent, the last first."""
    if not is_of_the_region(request.user, request.at):
        raise Unknown
    found = Intake.objects.visible_to(request.user, request.at).select_related("document", "sent_by")
    context = {"rows": found[:MOST], "pending": Resemblance.objects.filter(state="pending").count()}
    return render(request, "directory/intakes.html", context)


def create(request: SignedIn) -> HttpResponse:
    """Sends a file; a small one is compared at once."""
    if not is_of_the_region(request.user, request.at):
        raise NoHat
    form, status, refused = forms.IntakeForm(request.POST or None, request.FILES or None), 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                sent = form.cleaned_data
                row = actions.receive(sent["file"], source=sent["source"], by=request.user, at=request.at)
                if actions.small(row):
                    actions.compare(row, at=request.at)
                return done(row.get_absolute_url())
            except Refused as error:
                status, refused = 422, error.refusal
    return render(request, "directory/intake_create.html", {"form": form, "refused": refused}, status=status)


def show(request: SignedIn, number: str) -> HttpResponse:
    """What the file would change, or changed."""
    row = _get(request, number, "read")
    acts = {name: verdict(row, name, by=request.user, at=request.at) for name in ("match", "apply", "drop")}
    context = {
        "row": row,
        "told": row.told,
        "controls": forms.controls(row),
        "words": forms.words(row),
        "kinds": [("", _("aucune : en préparation")), *((code, _(label)) for code, label in KINDS.items())],
        "acts": acts,
        "changes": [_named(one) for one in row.told.get("changes", ())],
        "new": [(line, name, commune, ", ".join(_(KINDS[code]) for code in kinds), address)
                for line, name, commune, kinds, address in row.told.get("new", ())],
    }  # fmt: skip
    return render(request, "directory/intake.html", context)


def match(request: SignedIn, number: str) -> HttpResponse:
    """Reads the file again with the columns and words that a person said."""
    row = _get(request, number, "match")
    actions.match(row, **forms.matched(row, request.POST), by=request.user, at=request.at)
    if actions.small(row):
        actions.compare(row, at=request.at)
    return done(row.get_absolute_url())


def apply(request: SignedIn, number: str) -> HttpResponse:
    """Agrees to what was shown."""
    row = _get(request, number, "apply")
    actions.agree(row, by=request.user, at=request.at)
    if actions.small(row):
        actions.write(row, at=request.at)
    return done(row.get_absolute_url())


def drop(request: SignedIn, number: str) -> HttpResponse:
    """Sets the file aside."""
    actions.drop(_get(request, number, "drop"), by=request.user, at=request.at)
    return done(reverse("intakes"))


def refusals(request: SignedIn, number: str) -> HttpResponse:
    """The refused lines with their reasons, to send back to who made the file."""
    row = _get(request, number, "read")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refus-{row.number}.csv"'
    writer = csv.writer(response, lineterminator="\r\n")
    writer.writerow([_("ligne"), "code", _("raison")])
    writer.writerows([harmless(str(cell)) for cell in line] for line in row.told.get("refusals", ()))
    return response


def _get(request: SignedIn, number: str, act: str) -> Intake:
    return obtain(Intake.objects.select_related("document", "subject", "sent_by"), request, act, number=number)


def _named(change: dict[str, Any]) -> dict[str, Any]:
    """A change with its fields in words."""
    return change | {
        "fields": [(_label(name), before, after) for name, before, after in change["fields"]],
        "kept": [_label(name) for name in change["kept"]],
    }


def _label(name: str) -> str:
    if name == "hours":
        return _("horaires")
    return str(getattr(Place._meta.get_field(name), "verbose_name", name))
