"""What an aid is made of while it is computed: lines, parts by component, the sum."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from escale.rules.figures import plain
from escale.rules.money import share_out
from escale.rules.scheme.conditions import Condition
from escale.rules.scheme.facts import Facts


@dataclass
class Line:
    """One line: ``years`` and ``funders`` say to which years and funders its cents belong; empty: in proportion."""

    code: str
    label: str
    base: int | None
    rate: Fraction | None
    cents: int
    reason: str
    years: dict[int | None, int] = field(default_factory=dict)
    funders: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code, "label": self.label, "base_cents": self.base,
            "rate": None if self.rate is None else plain(self.rate),
            "amount_cents": self.cents, "reason": self.reason,
        }  # fmt: skip


@dataclass
class Part:
    """What one component gives: its lines, its cents by year, who pays; ``partner``: for whom it was computed."""

    lines: list[Line]
    years: dict[int | None, int]
    payers: dict[str, Fraction]
    group: str = ""
    partner: str = ""

    @property
    def cents(self) -> int:
        return sum(line.cents for line in self.lines)

    def cut(self, most: int, code: str, label: str, reason: str) -> None:
        """Cuts the component to ``most`` cents with a line that says so; its years in proportion."""
        over = self.cents - most
        if over <= 0:
            return
        self.lines.append(Line(code, label, None, None, -over, reason))
        self.years = dict(zip(self.years, share_out(most, list(self.years.values())), strict=True))


@dataclass
class Sum:
    """The aid while it is computed: parts, lines over all parts, what is unknown."""

    parts: list[Part] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    funders: list[str] = field(default_factory=list)

    @property
    def cents(self) -> int:
        return sum(part.cents for part in self.parts) + sum(line.cents for line in self.lines)

    def cut(self, most: int, code: str, label: str, reason: str) -> None:
        """Cuts the whole aid to ``most`` cents."""
        over = self.cents - most
        if over > 0:
            self.lines.append(Line(code, label, None, None, -over, reason))


def holds(condition: Condition, facts: Facts, label: str, out: Sum) -> bool:
    """Whether a condition holds; an unknown one is remembered under ``label``, the amount depends on it."""
    truth = condition.holds(facts)
    if truth is None:
        out.unknown.append(label)
    return truth is True
