"""Obtaining a scheme that one's service prepares, with what is being written of it."""

import json
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes import actions, queries
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused, Unknown
from escale.rules.scheme import trial
from escale.rules.shape.problem import Problem
from escale.ui.routes import Request


@dataclass
class Drafted:
    """A scheme and what is being written of it: the tree, its revision, what is wrong."""

    scheme: Scheme
    tree: dict[str, Any]
    rev: int
    document: dict[str, Any] | None
    problems: list[Problem]

    def loaded(self) -> trial.Edition:
        """The draft made ready. Raises ``Refused`` while a point is to be mended."""
        if self.document is None:
            sentence = _("{n} points sont à revoir avant d’essayer. Le premier : {why}")
            raise Refused("not_ready", sentence.format(n=len(self.problems), why=self.problems[0].message))
        return trial.load(self.document)


def obtained(request: Request, key: str, act: str = "prepare") -> Scheme:
    """The scheme when the person's service prepares it (else 404) and the act is theirs (else 403 or 409)."""
    person = person_of(request)
    schemes = Scheme.objects.visible_to(person, request.at).select_related("service", "edition", "series")
    found = schemes.filter(key=key).first()
    if found is None or not record.verdict(found, "prepare", by=person, at=request.at):
        raise Unknown
    record.check(found, act, by=person, at=request.at)
    return found


def drafted(request: Request, key: str, act: str = "prepare") -> Drafted:
    """The scheme and its draft, begun from what is in force."""
    found = obtained(request, key, act)
    tree, rev = queries.draft_of(found)
    document, problems = actions.read(json.loads(json.dumps(tree)))
    return Drafted(found, tree, rev, document, problems)


def person_of(request: Request) -> Person:
    """Whoever is signed in; the address asks for it."""
    assert isinstance(request.user, Person)
    return request.user


def desk_trail(scheme: Scheme) -> list[tuple[str, str]]:
    """The path to the pages around a scheme."""
    return [(_("Appels du service"), reverse("schemes")), (scheme.title, reverse("scheme", args=[scheme.key]))]
