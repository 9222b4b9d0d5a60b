"""Reading a scheme or a case given to a command, and saying what is wrong with it."""

from pathlib import Path
from typing import Any

from escale.foundation.questionnaires import marked
from escale.foundation.questionnaires.told import complain, tell
from escale.rules.scheme.document import read_scheme
from escale.rules.shape.problem import Problem, locate

__all__ = ["complain", "scheme", "tell", "tree"]


def scheme(path: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The canonical document of a scheme file, and its problems with their lines."""
    found = marked.read_file(Path(path))
    if found.problems:
        return None, found.problems
    document, problems = read_scheme(found.tree)
    locate(problems, found.lines)
    return document, problems


def tree(path: str) -> tuple[Any, list[Problem], dict[Any, int]]:
    """Any marked file: its tree, its problems, its lines."""
    found = marked.read_file(Path(path))
    return found.tree, found.problems, found.lines
