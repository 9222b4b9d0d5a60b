"""The account: who one is, how one signs in, from which devices."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from escale.foundation.people import actions, limits, proofs, sessions
from escale.foundation.people.forms import NewEmailForm, NewPasswordForm, ProfileForm
from escale.foundation.people.models import Person, Proof, Session
from escale.ui.routes import Request, done


def account(request: Request) -> HttpResponse:
    """Everything that a person may change about themselves."""
    return _show(request)


def update(request: Request) -> HttpResponse:
    """Keeps name, telephone and language."""
    form = ProfileForm(request.POST, instance=Person.objects.get(pk=_me(request).pk))
    if not form.is_valid():
        return _show(request, profile=form, status=422)
    form.save()
    return _done("kept")


def set_password(request: Request) -> HttpResponse:
    """Sets or changes the password; other devices are signed out."""
    at = request.at
    limits.spend("password-of-address", _me(request).email, at=at)
    form = NewPasswordForm(_me(request), request.POST)
    if not form.is_valid():
        return _show(request, password=form, status=422)
    actions.set_password(request, _me(request), form.cleaned_data["password"], at=at)
    return _done("password")


def change_email(request: Request) -> HttpResponse:
    """Asks the new address to prove itself; the answer is the same whether it is known or not."""
    form, at = NewEmailForm(request.POST), request.at
    if not form.is_valid():
        return _show(request, email=form, status=422)
    limits.spend("mail-from-network", limits.network(request), at=at)
    limits.spend("mail-to-address", form.cleaned_data["email"].lower(), at=at)
    actions.ask_new_email(_me(request), form.cleaned_data["email"], at=at)
    return _done("email-asked")


def new_email(request: Request, token: str) -> HttpResponse:
    """The page of the confirmation link: one button."""
    at = request.at
    proof = proofs.by_link(token, purpose=Proof.Purpose.CHANGE_EMAIL, at=at)
    if proof is None:
        raise proofs.over()
    return render(request, "people/new_email.html", {"token": token, "email": proof.email})


def confirm_email(request: Request, token: str) -> HttpResponse:
    """Moves the account to its new address."""
    actions.confirm_email(token, at=request.at)
    return _done("email")


def devices(request: Request) -> HttpResponse:
    """The devices that are signed in, the present one first."""
    mine = sessions.reference(request)
    rows = Session.objects.filter(person=_me(request), expire_date__gt=timezone.now()).order_by("-seen_at", "pk")
    shown = sorted(rows, key=lambda row: str(row.reference) != mine)
    context = {"devices": shown, "mine": mine, "done": request.GET.get("fait", "")}
    return render(request, "people/devices.html", context)


def revoke(request: Request, reference: str) -> HttpResponse:
    """Signs one device out."""
    actions.revoke(_me(request), reference)
    return done(reverse("sessions") + "?fait=revoked")


def revoke_others(request: Request) -> HttpResponse:
    """Signs every other device out."""
    actions.revoke_others(request, _me(request))
    return done(reverse("sessions") + "?fait=revoked")


def _show(
    request: Request, *, profile: ProfileForm | None = None, password: NewPasswordForm | None = None,
    email: NewEmailForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    person = _me(request)
    context = {
        "person": person,
        "profile": profile or ProfileForm(instance=person),
        "password": password or NewPasswordForm(person),
        "email": email or NewEmailForm(),
        "wrong": profile or password or email,
        "has_password": person.has_password,
        "done": request.GET.get("fait", ""),
    }
    return render(request, "people/account.html", context, status=status)


def _done(what: str) -> HttpResponse:
    return done(f"{reverse('account')}?fait={what}")


def _me(request: Request) -> Person:
    return cast(Person, request.user)
