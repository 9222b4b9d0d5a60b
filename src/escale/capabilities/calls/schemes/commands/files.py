"""Reading a scheme or a case given to a command, and saying what is wrong with it."""

import json
import sys
from pathlib import Path
from typing import Any

from escale.foundation.questionnaires import marked
from escale.rules.scheme.document import read_scheme
from escale.rules.shape.problem import Problem, locate


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


def complain(path: str, problems: list[Problem]) -> None:
    """Says each problem on the error stream: ``FILE: path: what is wrong`` with the line."""
    for problem in problems:
        place = f"{problem.path} (ligne {problem.line})" if problem.line else problem.path
        sys.stderr.write(f"{path}: {place}: {problem.message}\n")


def tell(schema: str, body: dict[str, Any]) -> None:
    """Writes one JSON object on the answer stream."""
    sys.stdout.write(json.dumps({"schema": f"escale.{schema}/1", **body}, ensure_ascii=False, indent=1) + "\n")
