"""What a screen of a draft posts, put into its tree: the description of the format says what each place may hold."""

from typing import Any

from django.http import QueryDict

from escale.foundation.editions import screens, typed
from escale.foundation.editions.dialect import Dialect
from escale.foundation.editions.naming import name_rows
from escale.rules.shape.kinds import Kind, ListOf, Record, resolved

MOST_PLACE = 300


def type_in(
    description: Record, first: Record, dialect: Dialect, tree: dict[str, Any], place: str, post: QueryDict
) -> None:
    """Puts into the tree what the page of ``place`` posted; an empty place is the first page, which asks ``first``."""
    typing = typed.Typing(post, dialect)
    if not place:
        for one in first.fields:
            typed.put(tree, [one.name], typing.value(one.kind, one.name, tree.get(one.name)))
        return
    steps = typed.steps_of(place)
    kind = screens.kind_at(description, tree, steps)
    assert kind is not None
    typed.put(tree, steps, typing.value(kind, place, typed.at(tree, steps)))
    name_rows(description, tree)


def change(description: Record, tree: dict[str, Any], do: str) -> Any:
    """Adds, moves or removes what ``do`` names when the description has such a place; gives what was removed."""
    verb, _space, place = do.partition(" ")
    steps = typed.steps_of(place)
    kind: Kind | None = screens.kind_at(description, tree, steps) if steps and len(place) < MOST_PLACE else None
    if kind is None or (verb == "add" and not isinstance(resolved(kind), ListOf)):
        return None
    return typed.change(tree, do)
