"""Votes recorded on examined dossiers, and someone who may sign the letters that follow."""

from escale.capabilities.calls.committee.actions import notifying, sending, voting
from escale.capabilities.calls.committee.models import Letter
from escale.foundation.organisations.models import Mandate
from tests.capabilities.calls.committee.hall import Hall
from tests.capabilities.calls.instruction.world import days

#: Enough for every award of these tests.
MANY = [{"code": "main", "label": "Enveloppe 2026", "amount": "1000000", "funder": "region", "budget_line": "905-57"}]


class Post(Hall):
    """``signer`` holds a delegation of signature of the service."""

    def __init__(self, at, **changes):
        super().__init__(at, **{"envelopes": MANY, **changes})
        self.signer = self.someone("signatory", "Hélène Toutain", service=self.service)
        Mandate.objects.filter(person=self.signer).update(reference="arrêté n° 26-118 du 3 mars 2026")

    def voted(
        self,
        dossier,
        outcome="awarded",
        cents=500_000,
        *,
        reason="",
        conditions="",
        parts=None,
        reference="CP 26-11-142",
    ):
        """The vote of the assembly on one dossier."""
        parts = parts or ((("Région", "905-57", "main", cents),) if outcome in ("awarded", "partial") else ())
        said = voting.Said(dossier.pk, outcome, tuple(parts), reason, conditions)
        self.vote([said], reference)
        return self.again(dossier)

    def vote(self, said, reference):
        """One deliberation on several dossiers."""
        at = self.at + days(12)
        vote = voting.create(self.service, "Attribution", by=self.officer, at=at)
        voting.set_lines(vote, said, by=self.officer, at=at)
        deed = voting.Deed(reference, at.date(), f"commission permanente du {at.day} mars 2026")
        voting.record_vote(vote, deed, by=self.secretary, at=at)
        return vote

    def prepared(self, dossier, **more):
        """The applicant's letter, prepared."""
        told = notifying.prepare([dossier], by=self.officer, at=self.at + days(13), **more)
        return self.letter(told[0].letter) if told[0].ok else told[0].sentence

    def letter(self, number):
        """The letter as it stands now."""
        return Letter.objects.select_related("dossier__scheme__service", "dossier__service", "dossier__edition",
            "dossier__organisation__commune", "dossier__subject", "dossier__officer", "organisation", "subject").get(number=number)  # fmt: skip

    def signed(self, dossier):
        """Prepared, read, signed."""
        letter = self.prepared(dossier)
        notifying.review(letter, by=self.officer, at=self.at + days(13))
        notifying.sign(letter, quality="la directrice du numérique", by=self.signer, at=self.at + days(13))
        return self.letter(letter.number)

    def sent(self, dossier):
        """On its page and in the outbox."""
        letter = self.signed(dossier)
        sending.send(letter, by=self.officer, at=self.at + days(14))
        return self.letter(letter.number)

    def opened(self, dossier):
        """Read by the mayor."""
        letter = self.sent(dossier)
        sending.open_letter(letter, by=self.mayor, at=self.at + days(15))
        return self.letter(letter.number)


__all__ = ["Post", "days"]
