"""Where browser sessions live: in the database, each with the columns that let its owner recognise it.

What the columns show is kept in the session's data under ``SHOWN`` keys, because Django writes the whole
row each time. Sessions expire in real time, also when a demonstration's clock was moved.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.db.models import BigAutoField, CharField
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse

from escale.foundation.people.devices import describe
from escale.foundation.people.models import Person, Session
from escale.foundation.prepared import Prepared, Slot
from escale.ui.routes import Request

SHOWN = "shown"
SEEN_EVERY_SECONDS = 600
_SESSION: Prepared[Session, Session] = Prepared(
    lambda: Session.objects.filter(session_key=Slot("key", CharField()), expire_date__gt=Now()).order_by()
)
_PERSON: Prepared[Person, Person] = Prepared(lambda: Person.objects.filter(pk=Slot("pk", BigAutoField())).order_by())


class Backend(ModelBackend):
    """Django's own, the person of a session found by a query written once."""

    def get_user(self, user_id: int) -> Person | None:
        """The person whose session it is, unless the account is closed."""
        person = _PERSON.first(pk=user_id)
        return person if person is not None and self.user_can_authenticate(person) else None


class SessionStore(db.SessionStore):
    """Django's database sessions with an owner, a device and two instants."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        """Asked by every page: its SQL is written once. The database's own clock: real time, see above."""
        row = _SESSION.first(key=self.session_key or "")
        if row is None:
            self._session_key = None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Any = super().create_model_instance(data)
        shown = data.get(SHOWN, {})
        row.person_id = data.get(SESSION_KEY)
        row.reference = uuid.UUID(shown["reference"]) if shown else uuid.uuid4()
        row.device, row.how = shown.get("device", ""), shown.get("how", "")
        row.started_at = datetime.fromisoformat(shown["started_at"]) if shown else None
        row.seen_at = datetime.fromisoformat(shown["seen_at"]) if shown else None
        return cast(Session, row)


def open_for(request: HttpRequest, *, how: str, at: datetime) -> None:
    """Notes on the session that just signed in by which way, from what and when."""
    request.session[SHOWN] = {
        "reference": str(uuid.uuid4()),
        "device": describe(request.headers.get("User-Agent", "")),
        "how": how,
        "started_at": at.isoformat(),
        "seen_at": at.isoformat(),
    }


def seen(request: HttpRequest, at: datetime) -> None:
    """Moves the session's last sign of life, at most once in ten minutes (a write is not free)."""
    shown = request.session.get(SHOWN)
    if shown is None:
        return
    if abs((at - datetime.fromisoformat(shown["seen_at"])).total_seconds()) >= SEEN_EVERY_SECONDS:
        request.session[SHOWN] = {**shown, "seen_at": at.isoformat()}


def reference(request: HttpRequest) -> str:
    """The public reference of the request's own session, empty when nobody signed in."""
    return str(request.session.get(SHOWN, {}).get("reference", ""))


class Seen:
    """The middleware that notes the last sign of life of a session; stands after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key is not None:
            seen(request, cast(Request, request).at)
        return self.get_response(request)
