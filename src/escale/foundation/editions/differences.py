"""What changed between two documents of one format, field by field, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from escale.foundation.editions.saying import Saying, named
from escale.rules.shape.kinds import Kind, ListOf, Record, resolved
from escale.rules.shape.problem import Step
from escale.rules.shape.scalar import Code


@dataclass(frozen=True)
class Difference:
    """One change: where in words, before and after in words; empty: there was nothing, or nothing is left."""

    steps: tuple[Step, ...]
    where: tuple[str, ...]
    before: str
    after: str

    @property
    def sort(self) -> str:
        """``added``, ``removed`` or ``changed``."""
        return "added" if not self.before else "changed" if self.after else "removed"


def differences(
    kind: Kind, before: Any, after: Any, *, saying: Saying, leaving: tuple[str, ...] = ()
) -> list[Difference]:
    """Every difference of ``after`` from ``before``; words of ``leaving`` at the root are not compared."""
    found = _differ(resolved(kind), before, after, (), (), saying)
    return [one for one in found if not one.steps or one.steps[0] not in leaving]


def _differ(
    kind: Any, before: Any, after: Any, steps: tuple[Step, ...], where: tuple[str, ...], saying: Saying
) -> Iterator[Difference]:  # fmt: skip
    if before == after:
        return
    if isinstance(kind, Record) and isinstance(before, dict) and isinstance(after, dict):
        for one in kind.fields:
            inner = resolved(one.kind)
            if isinstance(inner, Code):
                continue
            yield from _differ(inner, before.get(one.name), after.get(one.name), (*steps, one.name),
                               (*where, _(one.label)), saying)  # fmt: skip
    elif isinstance(kind, ListOf) and isinstance(resolved(kind.item), Record) and (before or after):
        yield from _rows(kind, before or [], after or [], steps, where, saying)
    else:
        said = _said(kind, before, saying), _said(kind, after, saying)
        if said[0] != said[1]:
            yield Difference(steps, where, *said)


def _said(kind: Any, value: Any, saying: Saying) -> str:
    if value in (None, "", [], {}):
        return ""
    return saying.say(kind, value, most=600) or _("présent")


def _rows(
    kind: ListOf, before: Any, after: Any, steps: tuple[Step, ...], where: tuple[str, ...], saying: Saying
) -> Iterator[Difference]:  # fmt: skip
    """Rows are the same when they bear the same code, else when they stand at the same rank."""
    if not isinstance(before, list) or not isinstance(after, list):
        yield Difference(steps, where, _said(kind, before, saying), _said(kind, after, saying))
        return
    item = resolved(kind.item)
    old = {_mark(row, rank): row for rank, row in enumerate(before)}
    new = {_mark(row, rank): row for rank, row in enumerate(after)}
    for rank, (mark, row) in enumerate(new.items()):
        title = named(row) or _("ligne {n}").format(n=rank + 1)
        yield from _differ(item, old.get(mark), row, (*steps, rank), (*where, title), saying)
    for mark, row in old.items():
        if mark not in new:
            yield Difference(steps, (*where, named(row) or _("une ligne")), _said(item, row, saying) or named(row), "")
    kept = [mark for mark in old if mark in new]
    if kept != [mark for mark in new if mark in old]:
        names = [", ".join(named(rows[mark]) for mark in rows if mark in old and mark in new) for rows in (old, new)]
        yield Difference(steps, (*where, _("ordre")), names[0], names[1])


def _mark(row: Any, rank: int) -> Any:
    code = row.get("code") if isinstance(row, dict) else None
    return ("code", str(code)) if code else ("rank", rank)
