"""A jury around the world of instruction: a call with a grid, reviewers, reviews through the real actions."""

from escale.capabilities.calls.instruction.actions import handling, reviewing
from escale.capabilities.calls.instruction.queries import grid
from escale.foundation.organisations import actions as organisations
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change
from tests import build
from tests.capabilities.calls.instruction.world import World, days

SCORING = {
    "scale": "5", "least": "50", "reviewers": "2",
    "marks": [
        {"code": "territory", "label": "Territoire", "weight": "60"},
        {"code": "quality", "label": "Qualité", "weight": "40", "least": "2"},
    ],
}  # fmt: skip


class Jury(World):
    """``hugo`` and ``lea``, reviewers of the Region."""

    def __init__(self, at, **changes):
        super().__init__(at, scoring=SCORING, **changes)
        self.hugo, self.lea = self.reviewer("Hugo Marie"), self.reviewer("Léa Sorel")

    def reviewer(self, name):
        """One more reviewer."""
        someone = build.person(self.at, name=name)
        organisations.give_mandate(someone, "reviewer", at=self.at)
        return someone

    def whole(self, **values):
        """A dossier filed and complete."""
        dossier = self.filed(**values)
        handling.complete(dossier, by=self.officer, at=values.get("at") or self.at)
        return self.again(dossier)

    def asked(self, dossier, reviewer, at=None):
        """A review asked, for a month."""
        at = at or self.at
        return reviewing.ask(dossier, reviewer, due_at=at + days(30), by=self.officer, at=at)

    def scored(self, dossier, reviewer, at=None, **marks):
        """A review finished with these marks."""
        review, at = self.asked(dossier, reviewer, at), at or self.at
        write(review, at, **marks)
        reviewing.finish(review, by=reviewer, at=at)
        return review


def write(review, at, **marks):
    """Types marks into a review."""
    changes = [Change(Place(grid.mark_code(code)), str(mark), base=0) for code, mark in marks.items()]
    return reviewing.save(review, changes, by=review.reviewer, at=at)
