"""Whether enough members are there, in general and for one dossier."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Member
from escale.rules.refusal import Refusal


@dataclass(frozen=True)
class Quorum:
    """``present`` of ``seated`` members with a voice; ``needed`` of them must be there."""

    seated: int
    present: int
    needed: int

    @property
    def reached(self) -> bool:
        return self.present >= self.needed > 0

    @property
    def refusal(self) -> Refusal | None:
        """Why nothing can be said yet, with the figures."""
        if self.reached:
            return None
        sentence = _(
            "Le quorum n’est pas atteint : {present} membres présents avec voix sur {seated}, il en faut {needed}. "
            "Notez les présences, ou tenez la séance à une autre date."
        )
        return Refusal("no_quorum", sentence.format(present=self.present, seated=self.seated, needed=self.needed))


def quorum(asked: int, members: Collection[Member], out: Collection[int] = ()) -> Quorum:
    """``asked``: the sitting's quorum. ``out``: members (keys) who left the room for a dossier: they count neither as
    present nor among those who sit, as for elected members (CGCT art. L. 1111-6), and what is needed falls in proportion.
    """
    voiced = [one for one in members if one.role != "observer"]
    staying = [one for one in voiced if one.pk not in out]
    needed = -(-asked * len(staying) // len(voiced)) if voiced else asked
    return Quorum(len(staying), sum(one.attendance == "present" for one in staying), max(1, needed))
