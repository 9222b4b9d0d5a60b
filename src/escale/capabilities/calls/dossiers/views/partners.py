"""Partners: inviting from the dossier; for the partner, a page that says what concerns it and nothing else."""

from django.http import HttpResponse
from django.shortcuts import render

from escale.capabilities.calls.dossiers import forms
from escale.capabilities.calls.dossiers.actions import partners as actions
from escale.capabilities.calls.dossiers.models import Dossier, Partnership
from escale.capabilities.calls.dossiers.queries import lists, partners
from escale.capabilities.calls.dossiers.queries.form import PARTNERS, call_of
from escale.capabilities.calls.dossiers.views.dossiers import see_other
from escale.foundation.journal import record
from escale.foundation.journal.access import obtain
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import Refused


def invite(request: SignedIn, number: str, row: str) -> HttpResponse:
    """Asks the partner of a row to confirm."""
    dossier: Dossier = obtain(lists.WHOLE, request, "edit", number=number)
    actions.invite(dossier, row, by=request.user, at=request.at)
    return see_other(f"{dossier.get_absolute_url()}{PARTNERS}/#partner-{row}")


def show(request: SignedIn, number: str) -> HttpResponse:
    """What a partner is asked: the project in a line, its own role, share and amount, its answer."""
    found: Partnership = obtain(partners.whole(), request, "read", number=number)
    return _page(request, found, forms.ConfirmForm(initial={"quality": ""}), 200)


def confirm(request: SignedIn, number: str) -> HttpResponse:
    """The partner says yes to these exact terms."""
    found: Partnership = obtain(partners.whole(), request, "confirm", number=number)
    form = forms.ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, 422)
    mine = organisations.organisations_of(request.user, request.at, "owner", "editor")
    seen, quality = form.cleaned_data["terms"], form.cleaned_data["quality"]
    at, organisation = request.at, mine.first() if mine.count() == 1 else None
    try:
        actions.confirm(found, quality=quality, seen=seen, by=request.user, at=at, organisation=organisation)
    except Refused as refused:
        return _page(request, partners.whole().get(pk=found.pk), form, 409, refused)
    return see_other(found.get_absolute_url())


def decline(request: SignedIn, number: str) -> HttpResponse:
    """The partner says no, with its reason if it wishes."""
    found: Partnership = obtain(partners.whole(), request, "decline", number=number)
    actions.decline(found, reason=_reason(request), by=request.user, at=request.at)
    return see_other(found.get_absolute_url())


def leave(request: SignedIn, number: str) -> HttpResponse:
    """A partner that had confirmed leaves the project."""
    found: Partnership = obtain(partners.whole(), request, "leave", number=number)
    actions.leave(found, reason=_reason(request), by=request.user, at=request.at)
    return see_other(found.get_absolute_url())


def cancel(request: SignedIn, number: str) -> HttpResponse:
    """The applicant takes its invitation back."""
    found: Partnership = obtain(partners.whole(), request, "cancel", number=number)
    actions.cancel(found, by=request.user, at=request.at)
    return see_other(f"{found.dossier.get_absolute_url()}{PARTNERS}/")


def _reason(request: SignedIn) -> str:
    return request.POST.get("reason", "").replace("\0", "")[:2000].strip()


def _page(
    request: SignedIn, found: Partnership, form: forms.ConfirmForm, status: int, refused: Refused | None = None
) -> HttpResponse:
    may = {
        act: record.verdict(found, act, by=request.user, at=request.at)
        for act in ("confirm", "decline", "leave", "cancel")
    }
    call = call_of(found.dossier.edition)
    context = {
        "partnership": found,
        "dossier": found.dossier,
        "terms": partners.told(call, found.terms),
        "digest": actions.terms_digest(found.terms),
        "form": form,
        "refused": refused,
        "may": {act: bool(verdict) for act, verdict in may.items()},
        "whole_consortium": call.document["partners"].get("if_failed") == "fails_all",
        "reads_dossier": bool(set(found.dossier.hats_of(request.user, request.at))),
    }
    return render(request, "dossiers/partnership.html", context, status=status)
