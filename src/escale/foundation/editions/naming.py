"""Codes that officers need not write: drawn from the name of a row, unique in its list."""

from typing import Any

from escale.foundation.territory.names import fold
from escale.rules.shape.kinds import Kind, ListOf, OneOf, Record, resolved
from escale.rules.shape.scalar import Code

_LONGEST = 40


def name_rows(kind: Kind, tree: Any) -> None:
    """Gives a code to each row of ``tree`` that has a name and no code yet; codes that exist never change."""
    real = resolved(kind)
    if isinstance(real, OneOf):
        held: dict[str, Any] = tree if isinstance(tree, dict) else {}
        chosen = next((record for word, record in real.forms if word in held), None)
        real = chosen if chosen is not None else real
    if isinstance(real, Record) and isinstance(tree, dict):
        for one in real.fields:
            if one.name in tree:
                name_rows(one.kind, tree[one.name])
    elif isinstance(real, ListOf) and isinstance(tree, list):
        item = resolved(real.item)
        if isinstance(item, Record) and _is_coded(item):
            _name(tree)
        for row in tree:
            name_rows(real.item, row)


def code_from(text: str, taken: set[str]) -> str:
    """« Étude préalable » gives etude_prealable; etude_prealable_2 when it is taken."""
    bare = fold(text).replace(" ", "_")[:_LONGEST].strip("_")
    bare = bare if bare[:1].isalpha() else f"n_{bare}".strip("_")
    code, n = bare, 2
    while code in taken:
        code, n = f"{bare}_{n}", n + 1
    return code


def _is_coded(item: Record) -> bool:
    one = item.get("code")
    return one is not None and isinstance(resolved(one.kind), Code)


def _name(rows: list[Any]) -> None:
    taken = {str(row["code"]) for row in rows if isinstance(row, dict) and row.get("code")}
    for row in rows:
        if isinstance(row, dict) and not row.get("code"):
            text = next((str(row[word]) for word in ("label", "title") if row.get(word)), "")
            if text:
                row["code"] = code_from(text, taken)
                taken.add(row["code"])
