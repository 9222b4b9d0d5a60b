"""Screens of a draft, from the description of its format: nothing here knows a scheme."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from escale.foundation.editions.controls import fill, written
from escale.foundation.editions.dialect import PLAIN, Dialect
from escale.foundation.editions.nodes import Node
from escale.foundation.editions.saying import Saying, named
from escale.foundation.editions.typed import at, place_of, steps_of
from escale.foundation.editions.vocabulary import paged, simple
from escale.rules.shape.kinds import Field, Kind, ListOf, OneOf, Record, resolved
from escale.rules.shape.problem import Problem, Step
from escale.rules.shape.scalar import Code


class Screen:
    """Builds the nodes of one draft: its tree, its problems by place, in the words of its dialect."""

    def __init__(self, tree: Any, problems: Iterable[Problem], dialect: Dialect = PLAIN) -> None:
        self.tree, self.dialect, self.saying = tree, dialect, Saying(dialect, tree)
        self.wrong: dict[str, list[str]] = {}
        for problem in problems:
            self.wrong.setdefault(place_of(problem.steps), []).append(problem.message)

    def node(self, kind: Kind, place: str, label: str, *, help: str = "", required: bool = False,
             example: str = "", default: str | None = None) -> Node:  # fmt: skip
        """The node of ``kind`` at ``place``, filled with what the draft holds there."""
        real, value = resolved(kind), at(self.tree, steps_of(place))
        node = Node("control", place, label, help, required=required, errors=list(self.wrong.get(place, [])))
        node.wrong = self.count(place)
        if simple(real):
            return fill(node, real, value, self.dialect, self.tree, example=example, default=default)
        if isinstance(real, Record):
            node.sort = "record"
            node.children, node.folded = self.words(real, place)
        elif isinstance(real, ListOf):
            item = resolved(real.item)
            name = item.name if isinstance(item, Record | OneOf) else ""
            node.sort = "pages" if self.dialect.paged(item) else "rows"
            node.add = str(self.dialect.adding.get(name, "")) or _("Ajouter une ligne")
            rows = value if isinstance(value, list) else []
            node.children = [self._row(real.item, f"{place}.{rank}", rank, row) for rank, row in enumerate(rows)]
        elif isinstance(real, OneOf):
            self._forms(node, real, value)
        return node

    def count(self, place: str) -> int:
        """How many problems stand at a place or under it."""
        return sum(len(said) for where, said in self.wrong.items() if f"{where}.".startswith(f"{place}."))

    def words(self, kind: Record, place: str, leaving: Iterable[str] = ()) -> tuple[list[Node], list[Node]]:
        """The nodes of a record: those that are shown, and the rare ones that hold nothing yet."""
        shown: list[Node] = []
        folded: list[Node] = []
        beside = at(self.tree, steps_of(place))
        beside = beside if isinstance(beside, dict) else {}
        for one in kind.fields:
            if one.name in leaving or one.name in self.dialect.comparisons:
                continue
            node = self._field(kind.name, one, place)
            held = at(self.tree, steps_of(node.name)) not in (None, "", [], {})
            coded = isinstance(resolved(one.kind), Code) and one.name == "code"
            rare = coded or (self.dialect.rare(kind.name, one.name) and not held)
            rare = rare or (self.dialect.apart(kind.name, one.name, beside) and not held)
            node.decides = self.dialect.decides(kind.name, one.name)
            (folded if rare and not node.wrong else shown).append(node)
        return shown, folded

    def _field(self, record: str, one: Field, place: str) -> Node:
        name = f"{place}.{one.name}" if place else one.name
        told = self.dialect.advice(record, one.name)
        return self.node(one.kind, name, _(one.label), help=_(told) if told else "", example=one.example,
                         required=one.required, default=one.default)  # fmt: skip

    def _row(self, item: Kind, name: str, rank: int, row: Any) -> Node:
        title = named(row)
        if self.dialect.paged(item):
            rest = {word: one for word, one in row.items() if one != title} if isinstance(row, dict) else row
            said = self.saying.say(item, rest)
            label = title or said or _("À compléter")
            return Node("page", name, label, title=title, said=said if said != label else "", wrong=self.count(name))
        return self.node(item, name, title or _("Ligne {n}").format(n=rank + 1))

    def _forms(self, node: Node, kind: OneOf, value: Any) -> None:
        node.sort = "forms"
        usual = self.dialect.usual.get(kind.name, "")
        held = next((word for word, _record in kind.forms if isinstance(value, dict) and word in value), "")
        node.value, node.usual = held or usual, (held or usual) == usual != ""
        node.options = [(word, _(record.label)) for word, record in kind.forms]
        node.options = node.options if usual else [("", _("Rien")), *node.options]
        node.said = self.saying.say(kind, value) if held else ""
        node.title = usual
        if not node.value:
            return
        record = dict(kind.forms)[node.value]
        shown, folded = self.words(record, node.name)
        node.lines = self._lines(record, node.name, value if isinstance(value, dict) else {})
        for head in [one for one in shown if one.open]:
            head.help = ""
            if node.usual:
                head.label = _("Ce que l’on regarde")
                head.options = [("", _("Aucune condition") if node.lines else _("Rien")), *head.options[1:]]
        node.children, node.folded = shown, folded

    def _lines(self, record: Record, place: str, value: dict[str, Any]) -> list[tuple[Node, Node]]:
        """What compares: the lines that exist, a first one at least, and a blank one to add another."""
        known = [one for one in record.fields if one.name in self.dialect.comparisons]
        if not known:
            return []
        options = [(one.name, _(one.label)) for one in known]
        held = [one.name for one in known if one.name in value]
        lines = []
        for rank, word in enumerate([*(held or [known[0].name]), ""]):
            chosen = Node("control", f"{place}.={rank}", _("Comparaison"), control="select", value=word, required=True)
            chosen.options = options if word and rank == 0 else [("", "—"), *options]
            one = record.get(word) if word else known[0]
            assert one is not None
            lines.append((chosen, self._compared(one, place, rank, value)))
        return lines

    def _compared(self, one: Field, place: str, rank: int, value: dict[str, Any]) -> Node:
        real = resolved(one.kind)
        if isinstance(real, OneOf):
            return self.node(real, f"{place}.{one.name}", _(one.label))
        node = Node("control", f"{place}.={rank}.v", _("Valeur"), required=True)
        node.errors = list(self.wrong.get(f"{place}.{one.name}", []))
        return fill(node, real, value.get(one.name), self.dialect, self.tree, steps=[*steps_of(place), one.name])


def kind_at(kind: Kind, tree: Any, steps: list[Step]) -> Kind | None:
    """The kind of a place of this tree; None when the description has no such place."""
    for step in steps:
        real = resolved(kind)
        if isinstance(real, OneOf):
            held: Any = tree if isinstance(tree, dict) else {}
            real = next((record for word, record in real.forms if word in held), real)
        if isinstance(real, Record) and (one := real.get(str(step))):
            kind = one.kind
        elif isinstance(real, ListOf) and isinstance(step, int) and isinstance(tree, list) and step < len(tree):
            kind = real.item
        else:
            return None
        tree = at(tree, [step])
    return kind


def page_of(kind: Kind, tree: Any, steps: list[Step]) -> str:
    """The place whose page shows ``steps``: the deepest row with a page, else the section, else the first page."""
    place = ""
    for length in range(1, len(steps) + 1):
        here = kind_at(kind, tree, steps[:length])
        if here is None:
            break
        section = length == 1 and not simple(here)
        if section or (isinstance(steps[length - 1], int) and paged(here)):
            place = place_of(steps[:length])
    return place


__all__ = ["Node", "Screen", "kind_at", "named", "page_of", "written"]
