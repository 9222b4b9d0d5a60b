"""An officer begins a dossier for an applicant who could not file it here."""

from django.http import HttpResponse
from django.shortcuts import render

from escale.capabilities.calls.dossiers import forms
from escale.capabilities.calls.dossiers.actions import behalf
from escale.capabilities.calls.dossiers.models import Way
from escale.capabilities.calls.dossiers.views.dossiers import see_other
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import NoHat, Refused


def enter(request: SignedIn) -> HttpResponse:
    """For which call and organisation, from what, received when, why."""
    services = organisations.services_of(request.user, request.at)
    if not services:
        raise NoHat
    schemes = Scheme.objects.filter(service__in=services, edition__isnull=False).order_by("title", "pk")
    form = forms.BehalfForm(request.POST if request.method == "POST" else None, schemes=schemes)
    refused, status = None, 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            dossier = behalf.enter(
                given["scheme"], given["organisation"], way=Way(given["way"]), received_at=given["received_at"],
                reason=given["reason"], by=request.user, at=request.at,
            )  # fmt: skip
            return see_other(dossier.get_absolute_url())
        except Refused as error:
            refused, status = error, 409
    return render(request, "dossiers/behalf.html", {"form": form, "refused": refused}, status=status)
