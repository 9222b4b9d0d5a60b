"""What is wrong in a file: where, which rule, in words; and the nearest word to a misspelt one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from escale.rules.words import _
from escale.rules.wrong import Wrong as Wrong
from escale.rules.wrong import quoted as quoted

Step = str | int


@dataclass
class Problem:
    """One problem of a file. ``steps`` lead from the root to the place; ``line`` counts from 1, 0 when unknown."""

    code: str
    message: str
    steps: list[Step] = field(default_factory=list)
    line: int = 0

    @property
    def path(self) -> str:
        """The place as one writes it: ``criteria[0].when.value``; empty for the whole file."""
        return path_of(self.steps)

    def as_json(self) -> dict[str, object]:
        return {"path": self.path, "line": self.line, "code": self.code, "message": self.message}


def path_of(steps: Iterable[Step]) -> str:
    """Writes steps as a path: names joined by points, ranks (from 0) in brackets."""
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else (f".{step}" if text else step)
    return text


def under(problems: list[Problem], start: int, step: Step) -> None:
    """Says that the problems found since ``start`` lie under ``step``."""
    for problem in problems[start:]:
        problem.steps.insert(0, step)


def listed(words: Iterable[str], most: int = 14) -> str:
    """The words expected, in the order given, cut after ``most``."""
    known = list(words)
    return ", ".join(known[:most]) + (", …" if len(known) > most else "")


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that proposes the nearest known word, else names those that exist."""
    words = [str(item) for item in known]
    near = get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return _("Vouliez-vous dire {word} ?").format(word=quoted(near[0]))
    return _("Attendu : {words}.").format(words=listed(words)) if words else ""


def locate(problems: Iterable[Problem], lines: Mapping[tuple[Step, ...], int]) -> None:
    """Gives each problem the line of the deepest known place on its path."""
    for problem in problems:
        steps = tuple(problem.steps)
        while steps and steps not in lines:
            steps = steps[:-1]
        problem.line = problem.line or lines.get(steps, 0)
