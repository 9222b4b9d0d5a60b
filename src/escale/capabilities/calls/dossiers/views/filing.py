"""The last page, the filing, the receipt and its papers, taking back."""

import json

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers import forms, panels
from escale.capabilities.calls.dossiers.actions import filing, papers
from escale.capabilities.calls.dossiers.models import Dossier, Receipt
from escale.capabilities.calls.dossiers.queries import behalf, frozen, lists, readiness, standing
from escale.capabilities.calls.dossiers.queries.readiness import DEPOT
from escale.capabilities.calls.dossiers.views.dossiers import see_other
from escale.foundation.documents.answers import serve
from escale.foundation.journal import record
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires import showing
from escale.foundation.questionnaires.reading import clean
from escale.foundation.questionnaires.saving import new_key
from escale.rules.refusal import NoHat, Refused, Unknown


def depot(request: SignedIn, number: str) -> HttpResponse:
    """Everything, what is missing with links, the statement on honour."""
    dossier: Dossier = obtain(lists.WHOLE, request, "read", number=number)
    if dossier.state != "draft":
        return see_other(dossier.get_absolute_url())
    organisation = dossier.organisation
    said = {
        "signer": organisation.representative or request.user.name,
        "quality": organisation.quality,
        "key": new_key(),
    }
    return _page(request, dossier, forms.SignForm(initial=said), 200)


def submit(request: SignedIn, number: str) -> HttpResponse:
    """Files the dossier: the instant that counts is the one at which this request reached the site."""
    dossier: Dossier = obtain(lists.TO_FILL, request, "read", number=number)
    if not record.has_hat(dossier, "submit", by=request.user, at=request.at):
        raise NoHat
    form = forms.SignForm(request.POST)
    if dossier.state == "draft" and not form.is_valid():
        return _page(request, _whole(dossier), form, 422)
    key = str(clean(request.headers.get("Idempotency-Key") or request.POST.get("key", "")))[:80]
    data = form.cleaned_data if form.is_valid() else {"signer": "", "quality": ""}
    try:
        filing.submit(dossier, signer=data["signer"], quality=data["quality"], by=request.user, at=request.at, key=key)
    except Refused as refused:
        if dossier.state != "draft":
            raise
        return _page(request, _whole(dossier), form, 409, refused)
    return see_other(f"{dossier.get_absolute_url()}recu")


def receipt(request: SignedIn, number: str) -> HttpResponse:
    """The receipt, from the record written with the filing."""
    dossier, found = _receipt(request, number)
    context = {"dossier": dossier, "receipt": found, "told": papers.told_by(json.loads(found.document))}
    return render(request, "dossiers/receipt.html", context)


def receipt_paper(request: SignedIn, number: str) -> HttpResponseBase:
    """The receipt as PDF."""
    _dossier, found = _receipt(request, number)
    return serve(papers.receipt_paper(found, at=request.at), request, shown=True)


def copy_paper(request: SignedIn, number: str) -> HttpResponseBase:
    """What was filed as PDF."""
    _dossier, found = _receipt(request, number)
    return serve(papers.copy_paper(found, at=request.at), request, shown=True)


def withdraw(request: SignedIn, number: str) -> HttpResponse:
    """Takes a filed dossier back, with the reason."""
    dossier: Dossier = obtain(lists.WHOLE, request, "withdraw", number=number)
    form = forms.WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        filing.withdraw(dossier, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
        return see_other(dossier.get_absolute_url())
    context = {"dossier": dossier, "form": form}
    return render(request, "dossiers/withdraw.html", context, status=422 if request.method == "POST" else 200)


def _receipt(request: SignedIn, number: str) -> tuple[Dossier, Receipt]:
    dossier: Dossier = obtain(lists.WHOLE, request, "read", number=number)
    found = lists.receipt_of(dossier)
    if found is None:
        raise Unknown
    return dossier, found


def _whole(dossier: Dossier) -> Dossier:
    """The same dossier with all that its page needs."""
    found = lists.WHOLE.first(number=dossier.number)
    assert found is not None
    found.worn = dossier.worn
    return found


def _page(
    request: SignedIn, dossier: Dossier, form: forms.SignForm, status: int, refused: Refused | None = None
) -> HttpResponse:
    ready = readiness.prepare(dossier, request.at)
    verdict = record.verdict(dossier, "submit", by=request.user, at=request.at)
    if behalf.of(dossier):
        form.fields["honour"].label = _("La déclaration sur l’honneur est signée sur le dossier reçu")
    context = {
        "dossier": dossier,
        "ready": ready,
        "form": form,
        "refused": refused,
        "gaps": ready.gaps,
        "verdict": verdict,
        "reason": panels.why_not(dossier, verdict, request.at),
        "honour": frozen.honour(ready),
        "summary": showing.summary(ready.filled, ready.asked),
        "pieces": panels.pieces(ready),
        "standing": standing.standing(dossier, request.at),
        "steps": panels.steps(dossier, ready, DEPOT),
        "fragments": panels.fragments(dossier, request.user, request.at),
        "acts": panels.acts(dossier, request.user, request.at),
    }
    return render(request, "dossiers/depot.html", context, status=status)
