"""What a file would change, as the page of the file shows it: counts whole, examples bounded, refusals in words."""

from typing import Any

from escale.capabilities.directory.queries.kinds import Kinds
from escale.capabilities.directory.queries.preview import Change, Preview

SHOWN, REFUSED_KEPT = 40, 5000


def summary(found: Preview, kinds: Kinds) -> dict[str, Any]:
    """The comparison as plain JSON values."""
    return {
        "format": found.format,
        "created": len(found.created),
        "waiting": sum(1 for one in found.created if not (one.values.get("kinds") and one.values.get("address"))),
        "changed": len(found.changed),
        "unchanged": found.unchanged,
        "duplicates": len(found.duplicates),
        "refused": len(found.refused),
        "headings": found.headings,
        "columns": found.columns,
        "left": found.left,
        "words": [[word, count, kinds.code(word)] for word, count in found.words.items()],
        "new": [_new(one.line, one.values, one.commune.name) for one in found.created[:SHOWN]],
        "changes": [_change(one) for one in found.changed[:SHOWN]],
        "alike": [
            [one.line.line, one.line.values["name"], one.place.slug if one.place else "",
             one.place.name if one.place else "", one.earlier, one.because]
            for one in found.duplicates[:SHOWN]
        ],
        "refusals": [[one.line, one.code, one.message] for one in found.refused[:REFUSED_KEPT]],
    }  # fmt: skip


def _new(line: int, values: dict[str, Any], commune: str) -> list[Any]:
    return [line, values["name"], commune, list(values.get("kinds", ())), values.get("address", "")]


def _change(one: Change) -> dict[str, Any]:
    return {
        "line": one.line.line,
        "slug": one.place.slug,
        "name": one.place.name,
        "fields": [[name, shown(before), shown(after)] for name, (before, after) in one.fields.items()],
        "kept": one.kept,
    }


def shown(value: Any) -> str:
    """A value as one line of text."""
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
