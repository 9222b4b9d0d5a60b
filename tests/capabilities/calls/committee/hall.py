"""A committee over examined dossiers, built through the real actions."""

from escale.capabilities.calls.committee.actions import deciding, preparing, session
from escale.capabilities.calls.committee.queries import sittings
from escale.capabilities.calls.instruction.actions import examining, handling, reviewing
from escale.foundation.organisations import actions as organisations
from tests import build
from tests.capabilities.calls.instruction.jury import write
from tests.capabilities.calls.instruction.world import World, days

MONEY = {
    "scoring": {"scale": "5", "least": "40", "marks": [{"code": "quality", "label": "Qualité", "weight": "100"}]},
    "envelopes": [
        {"code": "main", "label": "Enveloppe 2026", "amount": "12000", "funder": "region", "budget_line": "905-57"}
    ],
}


class Hall(World):
    """``members``: three of the committee; ``secretary`` of the assembly; a call with an envelope of 12 000 €."""

    def __init__(self, at, **changes):
        super().__init__(at, **{**MONEY, **changes})
        self.reviewer = self.someone("reviewer", "Hugo Marie")
        self.members = [self.someone("committee", name) for name in ("Solène Quesnel", "Rémi Vasseur", "Anne Duval")]
        self.secretary = self.someone("secretary", "Bertrand Fouques")

    def someone(self, kind, name, **where):
        """A person with a mandate."""
        person = build.person(self.at, name=name)
        organisations.give_mandate(person, kind, at=self.at, **where)
        return person

    def examined(self, title="La grange de l’Aître", works="10000", judge=(), **more):
        """A dossier examined to its end: half of its works is proposed. ``judge``: points that the rules leave open."""
        dossier = self.filed(title, works, **more)
        handling.complete(dossier, by=self.officer, at=self.at + days(1))
        examining.judge(dossier, list(judge), by=self.officer, at=self.at + days(1))
        examining.examine(self.again(dossier), by=self.officer, at=self.at + days(1))
        return self.again(dossier)

    def scored(self, mark, title="La grange de l’Aître", works="10000", **more):
        """An examined dossier that one reviewer gave ``mark`` of 5."""
        dossier = self.examined(title, works, **more)
        at = self.at + days(1)
        review = reviewing.ask(dossier, self.reviewer, due_at=at + days(10), by=self.officer, at=at)
        write(review, at, quality=mark)
        reviewing.finish(review, by=self.reviewer, at=at)
        return self.again(dossier)

    def opened(self, *dossiers, quorum=2):
        """A sitting in session, its three members present."""
        sitting = self.sitting(*dossiers, quorum=quorum)
        present = dict.fromkeys(sitting.members.values_list("pk", flat=True), "present")
        session.attend(sitting, present, by=self.officer, at=self.at + days(10))
        session.open_sitting(sitting, by=self.officer, at=self.at + days(10))
        return sitting

    def item(self, sitting, dossier):
        """A dossier on the agenda, read again."""
        return sittings.all_items(sitting).get(dossier=dossier)

    def opine(self, sitting, dossier, opinion="favourable", cents=500_000, seen=0, by=None, at=None, **more):
        """The committee's opinion on a dossier."""
        said = deciding.Opinion(opinion, cents, **more)
        return deciding.opine(
            sitting, self.item(sitting, dossier), said, seen=seen, by=by or self.officer, at=at or self.at + days(10)
        )

    def sitting(self, *dossiers, quorum=2, convene=True):
        """A sitting with the three members, these dossiers on its agenda."""
        sitting = preparing.create(
            self.service, title="Comité de sélection", held_at=self.at + days(10), place="Caen", quorum=quorum,
            by=self.officer, at=self.at + days(2),
        )  # fmt: skip
        for n, person in enumerate(self.members):
            preparing.seat(sitting, person, "member" if n else "chair", by=self.officer, at=self.at + days(2))
        if dossiers:
            preparing.add(sitting, [one.number for one in dossiers], by=self.officer, at=self.at + days(2))
        if convene:
            preparing.convene(sitting, by=self.officer, at=self.at + days(2))
        return sitting
