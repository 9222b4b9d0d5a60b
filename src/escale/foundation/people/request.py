"""The request of someone signed in: what a guarded view receives."""

from escale.foundation.people.models import Person
from escale.ui.routes import Request


class SignedIn(Request):
    """A request whose route let only signed-in persons in."""

    user: Person
