"""Which control a scalar has on a screen, and what it shows."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from escale.foundation.editions.dialect import Dialect
from escale.foundation.editions.nodes import Node
from escale.foundation.editions.vocabulary import choices
from escale.rules.shape.kinds import ListOf, resolved
from escale.rules.shape.problem import Step
from escale.rules.shape.scalar import Checked, Choice, Day, Euros, Number, Rate, Text, YesNo

#: Up to this many words of a closed list are shown at once.
MOST_RADIOS = 4
UNITS = (("days", gettext_noop("jours")), ("months", gettext_noop("mois")), ("years", gettext_noop("ans")))


def fill(
    node: Node, kind: Any, value: Any, dialect: Dialect, tree: Any, *, example: str = "", default: str | None = None,
    steps: list[Step] | None = None,
) -> Node:  # fmt: skip
    """Chooses the control of ``kind`` and puts the draft's value in it. ``steps`` when the name does not say them."""
    where: list[Step] = steps if steps is not None else [*node.name.split(".")]
    if isinstance(kind, ListOf):
        return _several(node, resolved(kind.item), value if isinstance(value, list) else [], dialect, tree, where)
    node.value = written(value)
    proposed = dialect.suggest(kind, where, tree)
    options = choices(kind)
    if proposed or options:
        return _chosen(node, kind, options, proposed, default, dialect)
    _typed(node, kind, value)
    if (
        example
        and example[0] not in "{["
        and "xemple" not in node.help
        and node.control in ("text", "amount", "number")
    ):
        node.help = f"{node.help} {_('Par exemple : {text}').format(text=example)}".strip()
    return node


def written(value: Any) -> str:
    """A value of a draft as its control shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None or isinstance(value, dict | list) else str(value)


def _several(node: Node, item: Any, many: list[Any], dialect: Dialect, tree: Any, where: list[Step]) -> Node:
    node.values = tuple(written(one) for one in many)
    node.options = choices(item) or [one for _name, rows in dialect.suggest(item, where, tree) for one in rows]
    if node.options:
        known = {word for word, _label in node.options}
        node.options = [*node.options, *((one, one) for one in node.values if one not in known)]
        node.control = "checkboxes"
        return node
    node.control, node.value = "textarea", "\n".join(node.values)
    node.help = f"{node.help} {_('Une valeur par ligne.')}".strip() if _("par ligne") not in node.help else node.help
    return node


def _chosen(node: Node, kind: Any, options: Any, proposed: Any, default: str | None, dialect: Dialect) -> Node:
    node.groups = [group for group in proposed if group[0]]
    plain = [*options, *(one for name, rows in proposed if not name for one in rows)]
    known = {word for word, _label in plain} | {word for _name, rows in node.groups for word, _label in rows}
    strange = [(node.value, node.value)] if node.value and node.value not in known else []
    if isinstance(kind, Choice | YesNo) and not strange and (len(plain) <= MOST_RADIOS) and default in known:
        node.control, node.options, node.required = "radios", plain, True
        node.value = node.value or str(default)
        return node
    usual = dict(plain).get(default or "", "")
    first = _("Par défaut : {label}").format(label=usual) if usual else _("Choisissez")
    node.control, node.options = "select", [("", first), *plain, *strange]
    node.open = kind in dialect.open
    return node


def _typed(node: Node, kind: Any, value: Any) -> None:
    if isinstance(kind, Text) and kind.multiline:
        node.control = "textarea"
    elif isinstance(kind, Day):
        node.control = "date"
    elif isinstance(kind, Number):
        node.control, node.unit = "number", kind.unit
    elif isinstance(kind, Euros):
        node.control, node.value = "amount", node.value.replace(".", ",") if _plain(node.value) else node.value
    elif isinstance(kind, Rate) and "/" not in node.value:
        node.unit = "%"
        node.control, node.value = "number", node.value.rstrip(" %").replace(".", ",")
    elif isinstance(kind, Checked) and kind.name == "instant":
        day, _mark, hour = node.value.partition("T")
        if not node.value or (len(day) == 10 and (not hour or len(hour) == 5)):
            node.control, node.value, node.more = "instant", day, hour
    elif isinstance(kind, Checked) and kind.name == "duration":
        count, _space, unit = node.value.partition(" ")
        named = f"{unit.rstrip('s')}s"
        if not node.value or (count.isdecimal() and named in dict(UNITS)):
            node.control, node.value, node.more = "duration", count, named if unit else "months"
            node.options = [(word, _(label)) for word, label in UNITS]


def _plain(text: str) -> bool:
    return text.replace(".", "", 1).isdigit() and len(text.partition(".")[2]) in (0, 1, 2)
