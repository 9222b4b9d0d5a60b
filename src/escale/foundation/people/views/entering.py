"""Signing in by link, by code, by password; signing out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from escale.foundation.people import actions, doors, limits, proofs
from escale.foundation.people.forms import CodeForm, EmailForm, PasswordForm
from escale.foundation.people.models import Proof
from escale.rules.refusal import Refused
from escale.ui.routes import Request, done

PENDING = "pending_proof"


def safe_next(request: Request, asked: str) -> str:
    """Where to go once signed in: an address of this site, else the account."""
    allowed = {request.get_host()}
    inside = url_has_allowed_host_and_scheme(asked, allowed_hosts=allowed, require_https=request.is_secure())
    return asked if asked.startswith("/") and inside else reverse("account")


def sign_in(request: Request) -> HttpResponse:
    """Asks for an address; no password is needed."""
    asked = request.GET.get("next", "")
    if request.user.is_authenticated:
        return done(safe_next(request, asked))
    return _asked(request, EmailForm(initial={"next": asked}), asked)


def _asked(request: Request, form: EmailForm, wanted: str, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "next": wanted, "done": request.GET.get("fait", ""), "doors": doors.doors()}
    return render(request, "people/sign_in.html", context, status=status)


def send_code(request: Request) -> HttpResponse:
    """Sends the code: the answer is the same for every address."""
    form = EmailForm(request.POST)
    if not form.is_valid():
        return _asked(request, form, request.POST.get("next", ""), status=422)
    at, email = request.at, form.cleaned_data["email"]
    limits.spend("mail-from-network", limits.network(request), at=at)
    limits.spend("mail-to-address", email, at=at)
    proof = actions.send_code(email, at=at, next_page=form.cleaned_data["next"])
    request.session[PENDING] = proof.pk
    return done(reverse("sign-in-code"))


def code(request: Request) -> HttpResponse:
    """Asks for the code that was sent."""
    proof = _pending(request)
    if proof is None:
        return done(reverse("sign-in"))
    return render(request, "people/code.html", {"form": CodeForm(), "proof": proof})


def enter_code(request: Request) -> HttpResponse:
    """Signs in with the code."""
    proof, form = _pending(request), CodeForm(request.POST)
    if proof is None:
        raise proofs.over()
    if not form.is_valid():
        return render(request, "people/code.html", {"form": form, "proof": proof}, status=422)
    at = request.at
    limits.spend("code-from-network", limits.network(request), at=at)
    limits.spend("code-of-address", proof.email, at=at)
    try:
        actions.sign_in_by_code(request, proof, form.cleaned_data["code"], at=at)
    except Refused as refused:
        context = {"form": form, "proof": proof, "refusal": refused.refusal}
        return render(request, "people/code.html", context, status=409)
    request.session.pop(PENDING, None)
    return done(safe_next(request, proof.next_page))


def link(request: Request, token: str) -> HttpResponse:
    """The page of the mailed link: one button, and nothing happens before it is pressed."""
    at = request.at
    if proofs.by_link(token, purpose=Proof.Purpose.SIGN_IN, at=at) is None:
        raise proofs.over()
    return render(request, "people/link.html", {"token": token})


def sign_in_by_link(request: Request, token: str) -> HttpResponse:
    """Signs in with the link."""
    at = request.at
    _person, wanted = actions.sign_in_by_link(request, token, at=at)
    return done(safe_next(request, wanted))


def password(request: Request) -> HttpResponse:
    """Asks for address and password."""
    asked = request.GET.get("next", "")
    return render(request, "people/password.html", {"form": PasswordForm(initial={"next": asked}), "next": asked})


def sign_in_by_password(request: Request) -> HttpResponse:
    """Signs in with a password."""
    form, wanted = PasswordForm(request.POST), request.POST.get("next", "")
    if not form.is_valid():
        return render(request, "people/password.html", {"form": form, "next": wanted}, status=422)
    at, email = request.at, form.cleaned_data["email"]
    limits.spend("password-from-network", limits.network(request), at=at)
    limits.spend("password-of-address", email, at=at)
    try:
        actions.sign_in_by_password(request, email, form.cleaned_data["password"], at=at)
    except Refused as refused:
        context = {"form": form, "next": wanted, "refusal": refused.refusal}
        return render(request, "people/password.html", context, status=409)
    return done(safe_next(request, wanted))


def sign_out(request: Request) -> HttpResponse:
    """Signs out; the browser is asked to forget the local copies of what was being typed."""
    actions.sign_out(request)
    response = done(reverse("home"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _pending(request: Request) -> Proof | None:
    return Proof.objects.filter(pk=request.session.get(PENDING) or 0, purpose=Proof.Purpose.SIGN_IN).first()
