"""Standing documents and delegations of an organisation: the page, giving, opening, taking back."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.foundation.documents import forms, standing
from escale.foundation.documents.answers import serve
from escale.foundation.documents.kinds import extensions
from escale.foundation.journal.access import obtain
from escale.foundation.organisations import panels
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.request import SignedIn
from escale.rules.figures import PARIS
from escale.rules.refusal import Refused
from escale.ui.routes import done


def documents(request: SignedIn, pk: int) -> HttpResponse:
    """What the organisation gave once, with its dates."""
    return _page(request, _obtain(request, "read-documents", pk), forms.StandingForm(), 200)


def add(request: SignedIn, pk: int) -> HttpResponse:
    """Gives a document."""
    organisation = _obtain(request, "add-document", pk)
    form = forms.StandingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, organisation, form, 422)
    given = form.cleaned_data
    try:
        standing.give(
            organisation, given["kind"], given["file"], by=request.user, at=request.at,
            valid_from=given["valid_from"], valid_until=given["valid_until"],
        )  # fmt: skip
    except Refused as refused:
        return _page(request, organisation, form, 409, refused)
    return _back(organisation, "given")


def open_file(request: SignedIn, pk: int, row: int) -> HttpResponseBase:
    """The file of a standing document."""
    organisation = _obtain(request, "read-documents", pk)
    found = get_object_or_404(organisation.standing_documents.select_related("document"), pk=row)
    return serve(found.document, request, shown=True)


def remove(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """Takes a document back."""
    organisation = _obtain(request, "remove-document", pk)
    standing.take_back(
        get_object_or_404(organisation.standing_documents.present(), pk=row), by=request.user, at=request.at
    )
    return _back(organisation, "removed")


def delegate(request: SignedIn, pk: int) -> HttpResponse:
    """Deposits a delegation of signature."""
    organisation = _obtain(request, "delegate", pk)
    rows = [row for row in organisations.members_of(organisation, request.at) if not row.represents]
    choices = [(str(row.pk), str(row.person)) for row in rows]
    posted = request.method == "POST"
    form = forms.DelegationForm(
        request.POST if posted else None, request.FILES if posted else None, members=choices, at=request.at
    )
    refused, status = None, 422 if posted else 200
    if posted and form.is_valid():
        given = form.cleaned_data
        member = next(row for row in rows if str(row.pk) == given["member"])
        try:
            standing.delegate(
                organisation, member, given["file"], since=given["since"], until=given["until"], by=request.user,
                at=request.at,
            )  # fmt: skip
            return _back(organisation, "delegated")
        except Refused as error:
            refused, status = error, 409
    context = {"organisation": organisation, "form": form, "refused": refused, "choices": choices}
    return render(request, "documents/delegate.html", context, status=status)


def open_delegation(request: SignedIn, pk: int, row: int) -> HttpResponseBase:
    """The signed paper of a delegation."""
    organisation = _obtain(request, "read-documents", pk)
    found = get_object_or_404(organisation.delegations.select_related("document"), pk=row)
    return serve(found.document, request, shown=True)


def end_delegation(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """Ends a delegation now."""
    organisation = _obtain(request, "end-delegation", pk)
    standing.end_delegation(get_object_or_404(organisation.delegations, pk=row), by=request.user, at=request.at)
    return _back(organisation, "ended")


def _page(
    request: SignedIn, organisation: Organisation, form: forms.StandingForm, status: int, refused: Refused | None = None
) -> HttpResponse:  # fmt: skip
    day = request.at.astimezone(PARIS).date()
    holding = set(organisation.delegations.holding(request.at).values_list("pk", flat=True))
    context: dict[str, Any] = {
        "organisation": organisation, "form": form, "refused": refused, "accept": ",".join(extensions()),
        "acts": panels.acts_of(organisation, request.user, request.at), "done": request.GET.get("fait", ""),
        "rows": [_told(row, day) for row in organisation.standing_documents.present().select_related("document", "by")],
        "delegations": [
            {"row": row, "holds": row.pk in holding} for row in organisation.delegations.select_related("person", "document")
        ],
    }  # fmt: skip
    return render(request, "documents/standing.html", context, status=status)


def _told(row: Any, day: Any) -> dict[str, Any]:
    """A document with the word of its validity."""
    if row.valid_until and row.valid_until < day:
        return {"row": row, "state": _("périmé"), "tone": "no"}
    if row.valid_from and row.valid_from > day:
        return {"row": row, "state": _("pas encore valable"), "tone": "waiting"}
    return {"row": row, "state": _("valable"), "tone": "done"}


def _obtain(request: SignedIn, act: str, pk: int) -> Organisation:
    rows = Organisation.objects.visible_to(request.user, request.at).select_related("subject")
    return obtain(rows, request, act, pk=pk)


def _back(organisation: Organisation, what: str) -> HttpResponse:
    return done(f"{reverse('organisation-documents', args=[organisation.pk])}?fait={what}")
