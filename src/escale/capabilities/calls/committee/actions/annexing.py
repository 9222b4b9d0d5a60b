"""The annex of a vote: filled from the committee's opinions, read from a spreadsheet, lines taken out."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.actions.voting import set_lines
from escale.capabilities.calls.committee.models import Vote, VoteLine
from escale.capabilities.calls.committee.queries import filling
from escale.capabilities.calls.committee.queries.annex import Said
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused


def fill(vote: Vote, *, by: Person, at: datetime) -> int:
    """Writes the annex as the sitting's opinions say; gives how many lines. Lines typed since are replaced."""
    said = filling.from_sitting(vote, by, at)
    if not said:
        sentence = _("Cette délibération ne reprend aucune séance close, ou le comité n’y a donné aucun avis.")
        raise Refused("nothing_to_fill", sentence)
    return set_lines(vote, said, by=by, at=at, act="fill")


def bring(vote: Vote, said: Sequence[Said], *, by: Person, at: datetime) -> int:
    """Writes what a spreadsheet says, read and sound; gives how many lines."""
    if not said:
        raise Refused("empty_file", _("Ce tableau ne contient aucune ligne : gardez sa première ligne de titres."))
    return set_lines(vote, said, by=by, at=at, act="import")


def remove(vote: Vote, line: VoteLine, *, by: Person, at: datetime) -> None:
    """Takes a dossier out of the annex: it waits for another vote."""
    with transaction.atomic():
        record.perform(vote, "remove", by=by, at=at, data={"dossier": line.dossier.number})
        line.delete()
