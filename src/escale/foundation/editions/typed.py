"""From what an officer typed on a screen back to the tree of a draft, by the same description as the file."""

from itertools import pairwise
from typing import Any

from django.http import QueryDict

from escale.foundation.editions.dialect import PLAIN, Dialect
from escale.rules.money import cents_typed, plain_euros
from escale.rules.shape.kinds import Kind, ListOf, MapOf, OneOf, Record, resolved
from escale.rules.shape.problem import Step, Wrong
from escale.rules.shape.scalar import NUMBER, Checked, Euros, Number, Rate, Scalar

MOST_ROWS = 400


def steps_of(place: str) -> list[Step]:
    """``form.0.questions`` as steps; the empty place is the root."""
    return [int(step) if step.isascii() and step.isdigit() and len(step) < 6 else step
            for step in place.split(".") if step]  # fmt: skip


def place_of(steps: list[Step]) -> str:
    """Steps as a place."""
    return ".".join(map(str, steps))


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


class Typing:
    """Reads one post by a description; what has a page of its own keeps what it was."""

    def __init__(self, post: QueryDict, dialect: Dialect = PLAIN) -> None:
        self.post, self.dialect = post, dialect

    def value(self, kind: Kind, name: str, old: Any) -> Any:
        """The value typed for ``kind`` under ``name``; None when nothing was."""
        real = resolved(kind)
        if isinstance(real, Record):
            return self._record(real, name, old)
        if isinstance(real, ListOf):
            return self._list(real, name, old)
        if isinstance(real, OneOf):
            return self._one_of(real, name, old)
        if isinstance(real, MapOf):
            return old  # free words have no screen: such a file is filled from its own pages
        return self._scalar(real, name)

    def _record(self, kind: Record, name: str, old: Any) -> Any:
        out = {}
        for one in kind.fields:
            if one.name in self.dialect.comparisons:
                continue
            before = old.get(one.name) if isinstance(old, dict) else None
            value = self.value(one.kind, f"{name}.{one.name}", before)
            usual = before is None and one.default is not None and value == one.default
            if value is not None and not usual:
                out[one.name] = value
        return {**out, **self._compared(kind, name, old)} or None

    def _compared(self, kind: Record, name: str, old: Any) -> dict[str, Any]:
        """The lines « fact · comparison · value »: a chosen word is kept even before its value is typed."""
        count = self.post.get(f"{name}.=#", "0")
        out: dict[str, Any] = {}
        for rank in range(min(int(count), 20) if count.isdecimal() else 0):
            word = self.post.get(f"{name}.={rank}", "")
            one = kind.get(word) if word in self.dialect.comparisons else None
            if one is None:
                continue
            real, where = resolved(one.kind), f"{name}.={rank}.v"
            if isinstance(real, OneOf):
                before = old.get(word) if isinstance(old, dict) else None
                value = self.value(real, f"{name}.{word}", before)
            else:
                value = self.value(real, where, None)
            if value is not None or word not in out:
                out[word] = _blank(real) if value is None else value
        return out

    def _one_of(self, kind: OneOf, name: str, old: Any) -> Any:
        usual = self.dialect.usual.get(kind.name, "")
        mark = self.post.get(f"{name}.?", "") or usual
        record = dict(kind.forms).get(mark)
        if record is None:
            return None
        marked = record.get(mark)
        assert marked is not None
        typed = self._record(record, name, old) or {}
        if mark == usual and not _said(typed):
            return None
        return {mark: _blank(marked.kind), **typed}

    def _list(self, kind: ListOf, name: str, old: Any) -> Any:
        item = resolved(kind.item)
        if self.dialect.paged(item):
            return old
        if isinstance(item, Record | OneOf):
            counted = self.post.get(f"{name}.#", "0")
            count = min(int(counted), MOST_ROWS) if counted.isdecimal() and len(counted) < 6 else 0
            rows = old if isinstance(old, list) else []
            whole = [*rows, *[None] * count]
            return [self.value(item, f"{name}.{rank}", whole[rank]) or {} for rank in range(count)] or None
        assert not isinstance(item, ListOf | MapOf)
        lines = [line for typed in self.post.getlist(name) for line in typed.splitlines()]
        found = [value for line in lines if (value := scalar(item, line)) is not None]
        before = [str(one) for one in old] if isinstance(old, list) else []
        # A box has no order: what was there stays where it was.
        return (old if sorted(found) == sorted(before) else found) or None

    def _scalar(self, kind: Scalar, name: str) -> str | None:
        text = self.post.get(name, "").strip()
        if kind in self.dialect.open and (other := self.post.get(f"{name}~", "").strip()):
            return other
        more = self.post.get(f"{name}@", "").strip()
        if text and more and isinstance(kind, Checked):
            text = f"{text}T{more}" if kind.name == "instant" and "T" not in text else text
            text = f"{text} {more}" if kind.name == "duration" and text.isdecimal() else text
        return scalar(kind, text)


def scalar(kind: Scalar, text: str) -> str | None:
    """A value as the file writes it: « 12 500,50 » is 12500.50, « 50 » under a rate is 50 %."""
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
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


def _said(typed: Any) -> bool:
    """Whether anything at all was typed: a comparison chosen for nothing is not."""
    if isinstance(typed, dict):
        return any(_said(value) for value in typed.values())
    return any(_said(value) for value in typed) if isinstance(typed, list) else bool(typed)


def _blank(kind: Kind) -> Any:
    real = resolved(kind)
    return [] if isinstance(real, ListOf) else {} if isinstance(real, Record | OneOf) else ""


def change(tree: Any, do: str) -> Any:
    """Adds, removes or moves a row: ``add criteria``, ``remove criteria.0``, ``clear aid.floor``.

    Gives back what was removed.
    """
    verb, _space, place = do.partition(" ")
    steps = steps_of(place)
    if verb == "add" and steps:
        put(tree, steps, [*(at(tree, steps) or []), {}])
        return None
    if verb == "clear" and steps:
        gone = at(tree, steps)
        put(tree, steps, None)
        return gone
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
    """Puts back what was removed: a row in its list, at its rank when the list is still long enough, or a word."""
    rows = at(tree, steps[:-1])
    if isinstance(rows, list) and isinstance(steps[-1], int):
        rows.insert(steps[-1], value)
    elif isinstance(steps[-1], int):
        put(tree, steps[:-1], [value])
    else:
        put(tree, steps, value)
