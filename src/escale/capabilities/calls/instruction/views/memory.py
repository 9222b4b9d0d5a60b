"""What a dossier remembers, as its parties read it."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.queries import history
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn


def journal(request: SignedIn, number: str) -> HttpResponse | HttpResponseBase:
    """The journal of a dossier: all of it for the service, what concerns it for the applicant."""
    dossier: Dossier = obtain(lists.whole(), request, "read", number=number)
    hats = set(dossier.hats_of(request.user, request.at))
    context = {
        "dossier": dossier, "entries": history.lines(dossier, hats), "inside": history.reads_all(hats),
        "head": dossier.subject.head, "length": dossier.subject.length,
    }  # fmt: skip
    return render(request, "instruction/journal.html", context)
