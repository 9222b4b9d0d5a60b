"""Signing in and out, and what a person changes in their account."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from escale.foundation.people import mailing, proofs, sessions
from escale.foundation.people.models import Person, Proof, Session
from escale.rules.refusal import Refused


def send_code(email: str, *, at: datetime, next_page: str = "") -> Proof:
    """Sends a link and a code to ``email``, known or not: the same mail, the same work, the same answer."""
    email = email.strip().lower()
    with transaction.atomic():
        issued = proofs.issue(email, purpose=Proof.Purpose.SIGN_IN, at=at, next_page=next_page)
        address = settings.ESCALE_BASE_URL + reverse("sign-in-link", args=[issued.link])
        context = {"link": address, "code": issued.code, "minutes": 15}
        mailing.write(
            email, "people/sign_in", context, at=at, language=translation.get_language(), secret_for=proofs.LIFE
        )
    return issued.proof


def sign_in_by_code(request: HttpRequest, proof: Proof, code: str, *, at: datetime) -> Person:
    """Signs in whoever typed the code of this browser's proof. Raises ``Refused``."""
    used = proofs.use_code(proof, code, at=at)
    return _sign_in_reader(request, used, how="code", at=at)


def sign_in_by_link(request: HttpRequest, link: str, *, at: datetime) -> tuple[Person, str]:
    """Signs in whoever pressed the button of the link's page; gives where they wanted to go."""
    used = proofs.use_link(link, purpose=Proof.Purpose.SIGN_IN, at=at)
    return _sign_in_reader(request, used, how="link", at=at), used.next_page


def sign_in_by_password(request: HttpRequest, email: str, password: str, *, at: datetime) -> Person:
    """Signs in by password. Raises ``Refused``: the same words whether the address is known or not."""
    person = authenticate(request, username=email.strip().lower(), password=password)
    if not isinstance(person, Person):
        raise Refused(
            "password_wrong",
            _(
                "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, ou demandez un code par "
                "courriel : il ne demande aucun mot de passe."
            ),
        )
    sign_in(request, person, how="password", at=at)
    return person


def sign_in(request: HttpRequest, person: Person, *, how: str, at: datetime) -> None:
    """Opens a session for ``person``: every way of signing in ends here, those of a federation too."""
    if not person.is_active:
        raise Refused("account_closed", _("Ce compte est fermé. Écrivez-nous par la page Contact pour le rouvrir."))
    login(request, person)
    Person.objects.filter(pk=person.pk).update(last_login=at, warned_at=None)
    sessions.open_for(request, how=how, at=at)


def sign_out(request: HttpRequest) -> None:
    """Ends this browser's session."""
    logout(request)


def revoke(person: Person, reference: str) -> None:
    """Ends one session of ``person``; nothing happens when it has ended already."""
    Session.objects.filter(person=person, reference=reference).delete()


def revoke_others(request: HttpRequest, person: Person) -> int:
    """Ends every session of ``person`` but this one. Gives how many."""
    others = Session.objects.filter(person=person).exclude(session_key=request.session.session_key)
    return others.delete()[0]


def set_password(request: HttpRequest, person: Person, password: str, *, at: datetime) -> None:
    """Gives the person a password, ends their other sessions, and tells them by mail."""
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        mailing.write(person, "people/password_changed", {}, at=at)
        revoke_others(request, person)
    update_session_auth_hash(request, person)


def ask_new_email(person: Person, email: str, *, at: datetime) -> None:
    """Asks the new address to prove itself; the account keeps the old one until then.

    When the address belongs to another account, its owner is told so by mail and the page says nothing.
    """
    email = email.strip().lower()
    with transaction.atomic():
        if Person.objects.filter(email=email).exists():
            mailing.write(email, "people/address_taken", {}, at=at, language=person.language)
            return
        issued = proofs.issue(email, purpose=Proof.Purpose.CHANGE_EMAIL, at=at, person=person)
        address = settings.ESCALE_BASE_URL + reverse("new-email", args=[issued.link])
        context = {"link": address, "minutes": 15, "name": person.get_full_name()}
        mailing.write(email, "people/confirm_email", context, at=at, language=person.language, secret_for=proofs.LIFE)


def confirm_email(link: str, *, at: datetime) -> Person:
    """Moves the account to the address that proved itself, and tells the old one. Raises ``Refused``."""
    used = proofs.use_link(link, purpose=Proof.Purpose.CHANGE_EMAIL, at=at)
    if used.person is None:
        raise proofs.over()
    person, old = used.person, used.person.email
    try:
        with transaction.atomic():
            person.email = used.email
            person.save(update_fields=["email"])
            mailing.write(old, "people/email_changed", {"new_address": used.email}, at=at, language=person.language)
    except IntegrityError as error:
        raise proofs.over() from error
    return person


def _sign_in_reader(request: HttpRequest, used: Proof, *, how: str, at: datetime) -> Person:
    language = translation.get_language()
    person, _made = Person.objects.get_or_create(
        email=used.email, defaults={"created_at": at, "language": language if language in ("fr", "en") else "fr"}
    )
    sign_in(request, person, how=how, at=at)
    return person
