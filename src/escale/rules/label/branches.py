"""A check as a tree: its simple checks, and whose criterion each belongs to."""

from collections.abc import Iterator
from typing import Any

_LISTS = ("any", "all", "of")


def coded(spec: dict[str, Any], code: str) -> dict[str, Any]:
    """The check in which whatever is judged knows the ``code`` of its criterion: a visitor's finding answers it."""
    if "judged" in spec:
        return {**spec, "code": code}
    return (
        {word: [coded(one, code) for one in value] if word in _LISTS else value for word, value in spec.items()}
        if _is_joined(spec)
        else spec
    )


def leaves(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The simple checks of a check, in its order."""
    if _is_joined(spec):
        for word in _LISTS:
            for one in spec.get(word, ()):
                yield from leaves(one)
    else:
        yield spec


def _is_joined(spec: dict[str, Any]) -> bool:
    return "any" in spec or "all" in spec or "at_least_of" in spec
