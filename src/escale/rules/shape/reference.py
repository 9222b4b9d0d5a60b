"""The words of a described format as Markdown tables: each record, each word, its type, meaning, example."""

from collections import Counter

from escale.rules.shape.kinds import Field, Kind, Later, ListOf, MapOf, OneOf, Record, resolved
from escale.rules.shape.scalar import Checked, Choice, Euros, Number, Ref, Scalar, Text


def tables(root: Record) -> str:
    """One table a record, in the order in which they are met; every record once."""
    found: list[Record | OneOf] = []
    _collect(root, found)
    return "\n\n".join(_table(one) if isinstance(one, Record) else _forms(one) for one in found)


def _collect(kind: Kind, found: list[Record | OneOf]) -> None:
    real = resolved(kind)
    if any(real is one for one in found):
        return
    if isinstance(real, Record):
        found.append(real)
        for one in real.fields:
            _collect(one.kind, found)
    elif isinstance(real, ListOf | MapOf):
        _collect(real.item if isinstance(real, ListOf) else real.value, found)
    elif isinstance(real, OneOf):
        found.append(real)
        for _mark, record in real.forms:
            for one in record.fields:
                _collect(one.kind, found)


def _table(kind: Record) -> str:
    return "\n".join(
        [f"### `{kind.name}` — {kind.label}", "", *([kind.help, ""] if kind.help else []), *_rows(kind.fields)]
    )


def _forms(kind: OneOf) -> str:
    """The forms of a variant; words that most forms share are told once, after them."""
    met = Counter(id(one) for _mark, record in kind.forms for one in record.fields)
    shared = {one.name: one for _mark, record in kind.forms for one in record.fields if met[id(one)] > 4}
    lines = [
        f"### `{kind.name}` — {kind.label}",
        "",
        kind.help,
        "",
        "One of these forms, told apart by its first word:",
    ]
    for mark, record in kind.forms:
        own = tuple(one for one in record.fields if met[id(one)] <= 4)
        tail = ["", "then comparisons."] if len(own) < len(record.fields) else []
        lines += ["", f"**`{mark}`** — {record.label}", "", *_rows(own), *tail]
    if shared:
        lines += ["", "**Comparisons**: one or several, which must all hold.", "", *_rows(tuple(shared.values()))]
    return "\n".join(lines)


def _rows(fields: tuple[Field, ...]) -> list[str]:
    out = ["| word | type | meaning | default | example |", "|---|---|---|---|---|"]
    for one in fields:
        name = f"**`{one.name}`** (required)" if one.required else f"`{one.name}`"
        meaning = one.label + (f" — {one.help}" if one.help else "")
        default = f"`{one.default}`" if one.default is not None else ""
        example = f"`{one.example}`" if one.example else ""
        out.append(f"| {name} | {type_of(one.kind)} | {meaning} | {default} | {example} |".replace("\n", " "))
    return out


def type_of(kind: Kind) -> str:
    """A type in a few words."""
    if isinstance(kind, Later):
        return f"[{kind.name}](#words)"
    real = resolved(kind)
    if isinstance(real, Record | OneOf):
        return f"`{real.name}`"
    if isinstance(real, ListOf):
        return f"list of {type_of(real.item)}" + (f", {real.least} at least" if real.least else "")
    if isinstance(real, MapOf):
        return f"map of codes to {type_of(real.value)}"
    return _scalar(real)


def _scalar(kind: Scalar) -> str:
    if isinstance(kind, Choice):
        if len(kind.options) > 20:
            return "one of: " + ", ".join(f"`{word}`" for word in kind.words)
        return "one of: " + ", ".join(
            f"`{word}`" + (f" ({meaning or label})" if meaning or label else "")
            for word, label, meaning in kind.options
        )
    if isinstance(kind, Ref):
        return f"code of a `{kind.to}`"
    if isinstance(kind, Checked):
        return f"{kind.name} (`{kind.expected}`)"
    if isinstance(kind, Euros):
        return "euros, two decimals at most"
    if isinstance(kind, Number):
        return "whole number" if kind.whole else "number"
    if isinstance(kind, Text):
        return f"text, {kind.most} characters at most"
    return {
        "figure": "number, `yes` or `no`",
        "yes_no": "`yes` or `no`",
        "rate": "rate with its sign",
        "day": "day `2026-01-31`",
    }.get(kind.kind, kind.kind)
