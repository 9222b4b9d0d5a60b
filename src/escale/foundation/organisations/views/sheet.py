"""The list of organisations, a new one, its sheet, its account, its linked undertakings."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from escale.foundation.journal.access import obtain
from escale.foundation.organisations import actions, panels, queries
from escale.foundation.organisations.forms import members as member_forms
from escale.foundation.organisations.forms import sheet as forms
from escale.foundation.organisations.models import Organisation
from escale.foundation.people import limits, takeout
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import NoHat, Refused
from escale.ui.routes import done

#: A page of the Region's list.
PAGE = 50
FIELDS = (
    "name", "legal_form", "siret", "rna", "commune", "address", "postcode", "created_on", "fte", "size", "is_ess",
    "vat", "vat_recovered", "representative", "quality",
)  # fmt: skip


def index(request: SignedIn) -> HttpResponse:
    """Mine and the invitations that wait; for the Region's people, a search among all."""
    person, at = request.user, request.at
    of_region = queries.is_of_the_region(person, at)
    asked = request.GET.get("q", "").replace("\0", "")[:100].strip()
    mine = queries.memberships_of(person, at)
    context = {
        "mine": mine, "invitations": queries.invitations_for(person, at), "of_region": of_region, "q": asked,
        "found": queries.found(person, at, asked)[:PAGE] if of_region else (), "page": PAGE,
        "done": request.GET.get("fait", ""),
    }  # fmt: skip
    return render(request, "organisations/index.html", context)


def create(request: SignedIn) -> HttpResponse:
    """A new organisation, mine; or, from an officer, one that cannot write its own sheet."""
    behalf = "behalf" in request.GET or "on_behalf" in request.POST
    if behalf and not queries.is_officer(request.user, request.at):
        raise NoHat
    back = _inside(request, request.POST.get("next") or request.GET.get("next", ""))
    kind = forms.BehalfForm if behalf else forms.NewOrganisationForm
    form = kind(request.POST if request.method == "POST" else None, at=request.at)
    refused, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                created = _created(request, form)
                return done(back or created.get_absolute_url())
            except Refused as error:
                refused, status = error, 409
    context = {"form": form, "next": back, "refused": refused, "behalf": behalf}
    return render(request, "organisations/create.html", context, status=status)


def _created(request: SignedIn, form: forms.OrganisationForm) -> Organisation:
    given = dict(form.cleaned_data)
    represents = given.pop("represents", "no") == "yes"
    return actions.create(by=request.user, at=request.at, represents=represents, **given)


def show(request: SignedIn, pk: int) -> HttpResponse:
    """The sheet, and what the person may do with it."""
    organisation = _obtain(request, "read", pk)
    person, at = request.user, request.at
    members = list(queries.members_of(organisation, at))
    acts = panels.acts_of(organisation, person, at)
    context = {
        "organisation": organisation, "facts": panels.facts(organisation), "missing": panels.missing(organisation),
        "members": members, "links": organisation.links.all(), "acts": acts, "done": request.GET.get("fait", ""),
        "signs": [row for row in members if row.represents],
        "journal": panels.told(list(queries.history(organisation)[:30])) if acts & {"invite", "close"} else (),
    }  # fmt: skip
    return render(request, "organisations/show.html", context)


def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Changes the sheet. When someone was faster nothing is written over, nothing typed is lost."""
    organisation = _obtain(request, "edit", pk)
    if request.method != "POST":
        form = forms.OrganisationForm(at=request.at, initial={name: getattr(organisation, name) for name in FIELDS})
        return _editing(request, organisation, form, organisation.rev)
    form = forms.OrganisationForm(request.POST, at=request.at)
    typed = request.POST.get("rev", "")
    rev = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1
    if not form.is_valid():
        return _editing(request, organisation, form, rev, status=422)
    try:
        actions.edit(organisation, by=request.user, at=request.at, rev=rev, **form.cleaned_data)
    except Refused as refused:
        fresh = _obtain(request, "edit", pk)
        seen = fresh.rev if refused.code == "changed_meanwhile" else rev
        return _editing(request, fresh, form, seen, refused=refused, status=409)
    return done(f"{organisation.get_absolute_url()}?fait=kept")


def _editing(
    request: SignedIn, organisation: Organisation, form: forms.OrganisationForm, rev: int, *,
    refused: Refused | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    meanwhile = refused is not None and refused.code == "changed_meanwhile"
    context = {
        "organisation": organisation, "form": form, "rev": rev, "refused": refused,
        "differences": panels.differences(form, organisation) if meanwhile else (),
        "last": queries.last_edit(organisation) if meanwhile else None,
    }  # fmt: skip
    return render(request, "organisations/edit.html", context, status=status)


def set_bank(request: SignedIn, pk: int) -> HttpResponse:
    """The account to pay."""
    organisation = _obtain(request, "set-bank", pk)
    form = forms.BankForm(request.POST or None, initial={"holder": organisation.bank_holder or organisation.name})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.set_bank(organisation, by=request.user, at=request.at, iban=given["iban"], holder=given["holder"])
        return done(f"{organisation.get_absolute_url()}?fait=bank")
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/bank.html", context, status=422 if request.method == "POST" else 200)


def link(request: SignedIn, pk: int) -> HttpResponse:
    """Undertakings that form a single undertaking with this one: the list, one more."""
    organisation = _obtain(request, "link", pk)
    form = forms.LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.link(organisation, by=request.user, at=request.at, **form.cleaned_data)
        return done(request.path)
    context = {"organisation": organisation, "form": form, "links": organisation.links.all()}
    return render(request, "organisations/links.html", context, status=422 if request.method == "POST" else 200)


def unlink(request: SignedIn, pk: int, siren: str) -> HttpResponse:
    """Takes a linked undertaking back."""
    organisation = _obtain(request, "unlink", pk)
    get_object_or_404(organisation.links, siren=siren)
    actions.unlink(organisation, siren, by=request.user, at=request.at)
    return done(f"{organisation.get_absolute_url()}link")


def close(request: SignedIn, pk: int) -> HttpResponse:
    """Closes an organisation that no longer exists."""
    organisation = _obtain(request, "close", pk)
    form = member_forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.close(organisation, by=request.user, at=request.at, note=form.cleaned_data["note"])
        return done(organisation.get_absolute_url())
    context: dict[str, Any] = {"organisation": organisation, "form": form, "title": _("Fermer l’organisation")}
    return render(request, "organisations/close.html", context, status=422 if request.method == "POST" else 200)


def download(request: SignedIn, pk: int) -> HttpResponseBase:
    """Everything about the organisation, in one zip."""
    organisation = _obtain(request, "download", pk)
    limits.spend("takeout-of-person", str(request.user.key), at=request.at)
    file = takeout.made_for("organisation", organisation, request.at)
    name = f"escale-{organisation.subject.number}-{request.at:%Y-%m-%d}.zip"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response


def _obtain(request: SignedIn, act: str, pk: int) -> Organisation:
    rows = Organisation.objects.visible_to(request.user, request.at).select_related("commune", "subject")
    return obtain(rows, request, act, pk=pk)


def _inside(request: SignedIn, asked: str) -> str:
    """An address of this site to come back to, else nothing."""
    inside = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked[:12_000] if asked.startswith("/") and inside else ""
