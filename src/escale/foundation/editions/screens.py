"""Screens of a draft, from the description of its format: nothing here knows a scheme."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from escale.foundation.editions.typed import at, steps_of
from escale.foundation.editions.vocabulary import choices, paged, simple
from escale.rules.shape.kinds import Field, Kind, ListOf, OneOf, Record, resolved
from escale.rules.shape.problem import Problem, Step
from escale.rules.shape.scalar import Checked, Day, Number, Ref, Text

type Suggest = Callable[[Any], list[tuple[str, str]]]


@dataclass
class Node:
    """One place of a draft on a screen. ``sort``: control, record, rows, pages or forms (choose one, then its words)."""

    sort: str
    name: str
    label: str
    help: str = ""
    control: str = "text"
    value: str = ""
    values: tuple[str, ...] = ()
    options: list[tuple[str, str]] = field(default_factory=list)
    required: bool = False
    errors: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    title: str = ""
    wrong: int = 0

    @property
    def id(self) -> str:
        return "at-" + self.name.replace(".", "-").replace("?", "kind")


class Screen:
    """Builds the nodes of one draft: its tree, its problems by place, and the words proposed for open scalars."""

    def __init__(self, tree: Any, problems: Iterable[Problem], suggest: Suggest) -> None:
        self.tree, self.suggest = tree, suggest
        self.said: dict[str, list[str]] = {}
        for problem in problems:
            self.said.setdefault(".".join(map(str, problem.steps)), []).append(problem.message)

    def node(self, kind: Kind, place: str, label: str, *, help: str = "", required: bool = False,
             default: str | None = None) -> Node:  # fmt: skip
        """The node of ``kind`` at ``place``, filled with what the draft holds there."""
        real, value = resolved(kind), at(self.tree, steps_of(place))
        node = Node("control", place, label, help, required=required, errors=self.said.get(place, []))
        node.wrong = sum(len(said) for where, said in self.said.items() if f"{where}.".startswith(f"{place}."))
        if simple(real):
            return self._control(node, real, value, default)
        if isinstance(real, Record):
            node.sort, node.children = "record", [self._field(one, place) for one in real.fields]
        elif isinstance(real, ListOf):
            node.sort = "pages" if paged(real.item) else "rows"
            rows = value if isinstance(value, list) else []
            node.children = [self._row(real.item, f"{place}.{rank}", rank, row) for rank, row in enumerate(rows)]
        elif isinstance(real, OneOf):
            self._forms(node, real, value)
        return node

    def _field(self, one: Field, place: str) -> Node:
        name = f"{place}.{one.name}" if place else one.name
        return self.node(one.kind, name, _(one.label), help=one.example, required=one.required, default=one.default)

    def _row(self, item: Kind, name: str, rank: int, row: Any) -> Node:
        title = named(row)
        if paged(item):
            wrong = sum(len(said) for where, said in self.said.items() if f"{where}.".startswith(f"{name}."))
            return Node("page", name, title or _("Sans nom"), title=title, wrong=wrong)
        return self.node(item, name, title or _("Ligne {n}").format(n=rank + 1))

    def _forms(self, node: Node, kind: OneOf, value: Any) -> None:
        node.sort = "forms"
        mark = next((word for word, _record in kind.forms if isinstance(value, dict) and word in value), "")
        node.value = mark
        node.options = [("", _("Rien")), *((word, _(record.label)) for word, record in kind.forms)]
        if mark:
            node.children = [self._field(one, node.name) for one in dict(kind.forms)[mark].fields]

    def _control(self, node: Node, kind: Any, value: Any, default: str | None) -> Node:
        if isinstance(kind, ListOf):
            item, many = resolved(kind.item), value if isinstance(value, list) else []
            node.values = tuple(written(one) for one in many)
            node.options = choices(item) or (self.suggest(item) if isinstance(item, Ref) else [])
            node.control = "checkboxes" if node.options else "textarea"
            node.value = "\n".join(node.values)
            if node.control == "textarea":
                node.help = _("Une valeur par ligne. {example}").format(example=example(node.help)).strip()
            return node
        node.value, node.options = written(value), choices(kind) or self.suggest(kind)
        if node.options:
            usual = dict(node.options).get(default or "", "")
            first = _("Par défaut : {label}").format(label=usual) if usual else _("Non précisé")
            known = [word for word, _label in node.options]
            strange = [(node.value, node.value)] if node.value and node.value not in known else []
            node.control, node.options = "select", [("", first), *node.options, *strange]
            node.help = ""
        elif isinstance(kind, Text) and kind.multiline:
            node.control = "textarea"
        elif isinstance(kind, Day):
            node.control = "date"
        elif isinstance(kind, Number):
            node.control = "number"
        else:
            node.help = example(node.help or (kind.expected if isinstance(kind, Checked) else ""))
        return node


def example(text: str) -> str:
    """« Par exemple : … », nothing without one."""
    return _("Par exemple : {text}").format(text=text) if text else ""


def written(value: Any) -> str:
    """A value of a draft as its control shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None or isinstance(value, dict | list) else str(value)


def named(row: Any) -> str:
    """How a row of a list calls itself."""
    if not isinstance(row, dict):
        return ""
    return next((str(row[word]) for word in ("title", "label", "name", "code") if row.get(word)), "")


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
            place = ".".join(map(str, steps[:length]))
    return place
