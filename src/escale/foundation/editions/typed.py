"""From what an officer typed on a screen back to the tree of a draft, by the same description as the file."""

from itertools import pairwise
from typing import Any

from django.http import QueryDict

from escale.foundation.editions.vocabulary import paged
from escale.rules.money import cents_typed, plain_euros
from escale.rules.shape.kinds import Kind, ListOf, OneOf, Record, resolved
from escale.rules.shape.problem import Step, Wrong
from escale.rules.shape.scalar import NUMBER, Euros, Number, Rate, Scalar

MOST_ROWS = 400


def steps_of(place: str) -> list[Step]:
    """``form.0.questions`` as steps; the empty place is the root."""
    return [int(step) if step.isdigit() else step for step in place.split(".") if step]


def at(tree: Any, steps: list[Step]) -> Any:
    """What stands at a place, None when nothing does."""
    for step in steps:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


def put(tree: Any, steps: list[Step], value: Any) -> None:
    """Writes at a place, making the maps on the way; None takes the word away."""
    for step, after in pairwise(steps):
        if isinstance(tree, dict) and tree.get(str(step)) is None:
            tree[step] = [] if isinstance(after, int) else {}
        tree = tree[step]
    if isinstance(tree, list) and isinstance(steps[-1], int):
        tree[steps[-1]] = {} if value is None else value
    elif value is None:
        tree.pop(steps[-1], None)
    else:
        tree[steps[-1]] = value


def gather(kind: Kind, name: str, post: QueryDict, old: Any) -> Any:
    """The value typed for ``kind`` under ``name``; None when nothing was. Lists that have pages keep ``old``."""
    real = resolved(kind)
    if isinstance(real, Record):
        out = {}
        for one in real.fields:
            before = old.get(one.name) if isinstance(old, dict) else None
            value = gather(one.kind, f"{name}.{one.name}", post, before)
            if value is not None:
                out[one.name] = value
        return out or None
    if isinstance(real, ListOf):
        return _list(real, name, post, old)
    if isinstance(real, OneOf):
        mark = post.get(f"{name}.?", "")
        record = dict(real.forms).get(mark)
        if record is None:
            return None
        marked = record.get(mark)
        assert marked is not None
        return {mark: _blank(marked.kind), **(gather(record, name, post, old) or {})}
    return scalar(real, post.get(name, ""))


def scalar(kind: Scalar, text: str) -> str | None:
    """A value as the file writes it: « 12 500,50 » is 12500.50, « 50 » under a rate is 50 %."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        return None
    plain = "".join(text.replace(",", ".").split())
    if isinstance(kind, Number) and NUMBER.match(plain):
        return plain
    if isinstance(kind, Rate) and NUMBER.match(plain.rstrip("%")):
        return f"{plain.rstrip('%')} %"
    if isinstance(kind, Euros):
        try:
            return plain_euros(cents_typed(text))
        except Wrong:
            return text
    return text


def _list(kind: ListOf, name: str, post: QueryDict, old: Any) -> Any:
    item = resolved(kind.item)
    if paged(item):
        return old
    if isinstance(item, Record | OneOf):
        counted = post.get(f"{name}.#", "0")
        count = min(int(counted), MOST_ROWS) if counted.isdecimal() else 0
        rows = old if isinstance(old, list) else []
        whole = [*rows, *[None] * count]
        return [gather(item, f"{name}.{rank}", post, whole[rank]) or {} for rank in range(count)] or None
    assert not isinstance(item, ListOf)
    lines = [line for typed in post.getlist(name) for line in typed.splitlines()]
    return [value for line in lines if (value := scalar(item, line)) is not None] or None


def _blank(kind: Kind) -> Any:
    real = resolved(kind)
    return [] if isinstance(real, ListOf) else {} if isinstance(real, Record | OneOf) else ""


def change(tree: Any, do: str) -> Any:
    """Adds, removes or moves a row: ``add criteria``, ``remove criteria.0``. Gives back what was removed."""
    verb, _space, place = do.partition(" ")
    steps = steps_of(place)
    if verb == "add" and steps:
        put(tree, steps, [*(at(tree, steps) or []), {}])
        return None
    rows, rank = at(tree, steps[:-1]), steps[-1] if steps else None
    if not isinstance(rows, list) or not isinstance(rank, int) or rank >= len(rows):
        return None
    if verb == "remove":
        return rows.pop(rank)
    to = rank + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= to < len(rows):
        rows[rank], rows[to] = rows[to], rows[rank]
    return None


def insert(tree: Any, steps: list[Step], value: Any) -> None:
    """Puts a row back in its list, at its rank when the list is still long enough."""
    rows = at(tree, steps[:-1])
    if isinstance(rows, list) and isinstance(steps[-1], int):
        rows.insert(steps[-1], value)
    elif rows is None:
        put(tree, steps[:-1], [value])
