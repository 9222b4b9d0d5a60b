"""Mails to those who file a dossier, written in the transaction of what they tell."""

from datetime import datetime
from typing import Any

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.foundation.organisations import queries as organisations
from escale.foundation.post import actions as post


def tell(
    dossier: Dossier, letter: str, words: dict[str, Any], *, at: datetime, key: str, path: str = "", room: str = "instruction"
) -> None:  # fmt: skip
    """Writes ``letter`` (of a room's letters) to everyone who may write on the dossier; the same ``key`` writes it once."""
    contact = call_of(dossier.edition).document["contact"]
    known = {
        "number": dossier.number, "call": dossier.scheme.title, "title": dossier.title, "organisation": dossier.applicant,
        "path": path or dossier.get_absolute_url(), "contact": contact["name"], "phone": contact.get("phone", ""), **words,
    }  # fmt: skip
    members = organisations.members_of(dossier.organisation, at).exclude(role="reader")
    for member in members:
        post.write(
            member.person, f"{room}/{letter}", known, about=dossier.subject, at=at, key=f"{key}-{member.person_id}"
        )
