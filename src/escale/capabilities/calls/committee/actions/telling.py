"""Mails about letters and what follows them, written in the transaction of what they tell."""

from datetime import datetime
from typing import Any

from escale.capabilities.calls.dossiers.models import Dossier, Side
from escale.capabilities.calls.dossiers.queries import messages
from escale.foundation.organisations import queries as organisations
from escale.foundation.post import actions as post


def tell_applicant(dossier: Dossier, letter: str, words: dict[str, Any], *, at: datetime, key: str) -> None:
    """To everyone who answers for the applicant; the same ``key`` writes it once."""
    for member in organisations.members_of(dossier.organisation, at).exclude(role="reader"):
        post.write(
            member.person, f"committee/{letter}", _known(dossier, words), about=dossier.subject, at=at,
            key=f"{key}-{member.person_id}",
        )  # fmt: skip


def tell_service(dossier: Dossier, letter: str, words: dict[str, Any], *, at: datetime, key: str) -> None:
    """To those of the service who follow the dossier, without whoever has an interest in it."""
    for person in messages.other_side(dossier, Side.APPLICANT, at):
        post.write(
            person,
            f"committee/{letter}",
            _known(dossier, words),
            about=dossier.subject,
            at=at,
            key=f"{key}-{person.pk}",
        )


def _known(dossier: Dossier, words: dict[str, Any]) -> dict[str, Any]:
    service = dossier.service.name if dossier.service else ""
    return {
        "number": dossier.number,
        "title": dossier.title,
        "organisation": dossier.applicant,
        "service": service,
        **words,
    }
