"""Other ways of signing in: a federation (OpenID Connect), a passkey. None ships; each is one entry of the wiring.

A door has its own addresses and asks its own proof. Once it knows the verified mail address of who stands there it
calls ``enter``, which does what every way of signing in does: the account found or made, closed ones refused, the
session opened with what its owner needs to recognise it. A second proof (a passkey after a code) stands between:
its door keeps the first one pending and calls ``enter`` after its own. See decision 11.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from escale.foundation.people import actions
from escale.foundation.people.models import Person


@dataclass(frozen=True)
class Door:
    """One way: ``key`` is what the list of devices keeps, ``label`` the words of its link, ``url_name`` its page."""

    key: str
    label: str | Promise
    url_name: str


def doors() -> list[Door]:
    """The doors that the site's wiring opens beside code, link and password (``settings.ESCALE_DOORS``)."""
    found: list[Door] = import_string(settings.ESCALE_DOORS)
    return found


def enter(request: HttpRequest, door: Door, email: str, *, at: datetime, name: str = "") -> Person:
    """Signs in whoever ``door`` proved to read ``email``. Raises ``Refused`` (account_closed)."""
    language = translation.get_language()
    person, _made = Person.objects.get_or_create(
        email=email.strip().lower(),
        defaults={"created_at": at, "name": name[:200], "language": language if language in ("fr", "en") else "fr"},
    )
    actions.sign_in(request, person, how=door.key, at=at)
    return person
