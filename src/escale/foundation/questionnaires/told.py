"""How a command answers about a file: each problem with its place, or one JSON object."""

import json
import sys
from typing import Any

from escale.rules.shape.problem import Problem


def complain(path: str, problems: list[Problem]) -> None:
    """Says each problem on the error stream: ``FILE: path: what is wrong`` with the line."""
    for problem in problems:
        place = f"{problem.path} (ligne {problem.line})" if problem.line else problem.path
        sys.stderr.write(": ".join(part for part in (path, place.strip(), problem.message) if part) + "\n")


def tell(schema: str, body: dict[str, Any]) -> None:
    """Writes one JSON object on the answer stream."""
    sys.stdout.write(json.dumps({"schema": f"escale.{schema}/1", **body}, ensure_ascii=False, indent=1) + "\n")
