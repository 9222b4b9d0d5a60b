"""A committee over examined dossiers, built through the real actions."""

from escale.capabilities.calls.committee.actions import preparing
from escale.capabilities.calls.instruction.actions import examining, handling
from escale.foundation.organisations import actions as organisations
from tests import build
from tests.capabilities.calls.instruction.world import World, days


class Hall(World):
    """``members``: three of the committee; ``secretary`` of the assembly."""

    def __init__(self, at, **changes):
        super().__init__(at, **changes)
        self.members = [self.someone("committee", name) for name in ("Solène Quesnel", "Rémi Vasseur", "Anne Duval")]
        self.secretary = self.someone("secretary", "Bertrand Fouques")

    def someone(self, kind, name, **where):
        """A person with a mandate."""
        person = build.person(self.at, name=name)
        organisations.give_mandate(person, kind, at=self.at, **where)
        return person

    def examined(self, title="La grange de l’Aître", works="10000", **more):
        """A dossier examined to its end: half of its works is proposed."""
        dossier = self.filed(title, works, **more)
        handling.complete(dossier, by=self.officer, at=self.at + days(1))
        examining.examine(self.again(dossier), by=self.officer, at=self.at + days(1))
        return self.again(dossier)

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
