"""Who acts for an organisation: the list, invitations sent and received, roles, leaving, the last resort."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from escale.foundation.journal import record
from escale.foundation.journal.access import obtain
from escale.foundation.organisations import actions, panels, queries, wording
from escale.foundation.organisations.forms import members as forms
from escale.foundation.organisations.models import Invitation, Membership, Organisation
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import Refused, Unknown
from escale.ui.routes import done


def members(request: SignedIn, pk: int) -> HttpResponse:
    """Who acts for it, who was invited."""
    return _page(request, _obtain(request, "read", pk), forms.InvitationForm(), 200)


def invite(request: SignedIn, pk: int) -> HttpResponse:
    """Invites someone by mail."""
    organisation = _obtain(request, "invite", pk)
    form = forms.InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, form, 422)
    try:
        actions.invite(organisation, by=request.user, at=request.at, **form.cleaned_data)
    except Refused as refused:
        return _page(request, organisation, form, 409, refused)
    return _back(organisation, "invited")


def change_role(request: SignedIn, pk: int, member: int) -> HttpResponse:
    """Another role for a member."""
    organisation = _obtain(request, "change-role", pk)
    form = forms.RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, forms.InvitationForm(), 422)
    actions.change_role(
        _member(request, organisation, member), form.cleaned_data["role"], by=request.user, at=request.at
    )
    return _back(organisation, "role")


def name_representative(request: SignedIn, pk: int, member: int) -> HttpResponse:
    """Says who represents the organisation, and so signs."""
    organisation = _obtain(request, "name-representative", pk)
    found, represents = _member(request, organisation, member), request.POST.get("represents") == "yes"
    actions.name_representative(found, represents=represents, by=request.user, at=request.at)
    return _back(organisation, "role")


def remove_member(request: SignedIn, pk: int, member: int) -> HttpResponse:
    """Ends a membership."""
    organisation = _obtain(request, "remove-member", pk)
    actions.remove_member(_member(request, organisation, member), by=request.user, at=request.at)
    return _back(organisation, "removed")


def leave(request: SignedIn, pk: int) -> HttpResponse:
    """Leaves, after a page that says what it means."""
    organisation = _obtain(request, "leave", pk)
    if request.method == "POST":
        actions.leave(organisation, by=request.user, at=request.at)
        return done(f"{reverse('organisations')}?fait=left")
    return render(request, "organisations/leave.html", {"organisation": organisation})


def replace_owner(request: SignedIn, pk: int) -> HttpResponse:
    """The Region names an owner, as a last resort, with its reason."""
    organisation = _obtain(request, "replace-owner", pk)
    rows = list(queries.members_of(organisation, request.at))
    choices = [(str(row.pk), f"{row.person} ({wording.ROLE_NAMES[row.role]})") for row in rows]
    form = forms.OwnerForm(request.POST or None, members=choices)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = actions.create_person(email=given["email"], name=given["name"], by=request.user, at=request.at)
        instead = next((row for row in rows if str(row.pk) == given["instead_of"]), None)
        actions.replace_owner(
            organisation, person, by=request.user, at=request.at, note=given["note"],
            represents=given["represents"], instead_of=instead,
        )  # fmt: skip
        return _back(organisation, "owner")
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/replace_owner.html", context, status=422 if request.method == "POST" else 200)


def invitation(request: SignedIn, number: str) -> HttpResponse:
    """An invitation received: who invites, for what, in which role."""
    found = _invited(request, "read", number)
    verdict = record.verdict(found, "accept", by=request.user, at=request.at)
    context = {
        "invitation": found, "organisation": found.organisation, "role": wording.ROLES[found.role],
        "verdict": verdict, "mine": found.email == request.user.email,
    }  # fmt: skip
    return render(request, "organisations/invitation.html", context)


def accept(request: SignedIn, number: str) -> HttpResponse:
    """Joins."""
    found = _invited(request, "accept", number)
    actions.accept(found, by=request.user, at=request.at)
    return done(f"{found.organisation.get_absolute_url()}?fait=joined")


def decline(request: SignedIn, number: str) -> HttpResponse:
    """Declines."""
    actions.answer(_invited(request, "decline", number), "decline", by=request.user, at=request.at)
    return done(f"{reverse('organisations')}?fait=declined")


def withdraw(request: SignedIn, number: str) -> HttpResponse:
    """Takes an invitation back."""
    found = _invited(request, "withdraw", number)
    actions.answer(found, "withdraw", by=request.user, at=request.at)
    return _back(found.organisation, "withdrawn")


def _page(
    request: SignedIn, organisation: Organisation, form: forms.InvitationForm, status: int, refused: Refused | None = None
) -> HttpResponse:  # fmt: skip
    acts = panels.acts_of(organisation, request.user, request.at)
    waiting = organisation.invitations.filter(state="pending", expires_at__gt=request.at).select_related("subject")
    context: dict[str, Any] = {
        "organisation": organisation, "form": form, "refused": refused, "acts": acts,
        "members": list(queries.members_of(organisation, request.at)), "roles": wording.ROLE_NAMES.items(),
        "invitations": waiting if "invite" in acts else (), "done": request.GET.get("fait", ""),
    }  # fmt: skip
    return render(request, "organisations/members.html", context, status=status)


def _obtain(request: SignedIn, act: str, pk: int) -> Organisation:
    rows = Organisation.objects.visible_to(request.user, request.at).select_related("subject")
    return obtain(rows, request, act, pk=pk)


def _member(request: SignedIn, organisation: Organisation, member: int) -> Membership:
    return get_object_or_404(queries.members_of(organisation, request.at), pk=member)


def _invited(request: SignedIn, act: str, number: str) -> Invitation:
    rows = Invitation.objects.select_related("organisation", "organisation__subject", "invited_by", "subject")
    found = obtain(rows, request, act, subject__number=number[:60])
    if found.organisation.state != "active":
        raise Unknown
    return found


def _back(organisation: Organisation, what: str) -> HttpResponse:
    return done(f"{reverse('organisation-members', args=[organisation.pk])}?fait={what}")
