"""What an annex says of each dossier, as it is typed, prefilled, imported."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """What an annex says of one dossier: the outcome, the parts as (funder, budget line, envelope, cents), the words."""

    dossier: int
    outcome: str
    parts: tuple[tuple[str, str, str, int], ...] = ()
    reason: str = ""
    conditions: str = ""
    position: int | None = None

    @property
    def cents(self) -> int:
        """What the parts add up to."""
        return sum(part[3] for part in self.parts)
