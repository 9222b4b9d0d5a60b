"""``escale places import FILE [--format auto] [--apply] [--json]``: what a file would change, then doing it."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from escale.capabilities.directory.actions import importing
from escale.capabilities.directory.queries import preview, sources
from escale.capabilities.directory.queries.kinds import Kinds
from escale.foundation.clock.reading import now
from escale.rules.places import KINDS

MOST_SHOWN = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, its format, whether to write."""
    parser.add_argument("file")
    parser.add_argument("--format", choices=preview.FORMATS, default="auto")
    parser.add_argument("--source", default="", help="who made the file, when it does not say (default: its name)")
    parser.add_argument("--kind", choices=list(KINDS), default="", help="of lines that say none (else: in preparation)")
    parser.add_argument("--apply", action="store_true", help="write; without it nothing changes")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """0 previewed or done (refused lines are listed), 2 when the file cannot be taken as a whole."""
    try:
        found = preview.preview(Path(args.file), args.format, args.source, kinds=Kinds(otherwise=args.kind))
    except sources.Unreadable as wrong:
        sys.stderr.write(f"{args.file}: {wrong}\n")
        if args.json:
            _tell({"error": {"code": "unreadable", "message": str(wrong)}})
        return 2
    if args.apply:
        importing.apply(found, by=None, at=now())
    if args.json:
        _tell(described(found, applied=args.apply))
    else:
        sys.stdout.write(_words(found, applied=args.apply))
    return 0


def described(found: preview.Preview, *, applied: bool) -> dict[str, Any]:
    """The contract's counts and refusals, then the detail of each change."""
    return {
        "applied": applied,
        "format": found.format,
        "created": len(found.created),
        "changed": len(found.changed),
        "unchanged": found.unchanged,
        "duplicates": len(found.duplicates),
        "refused": [{"line": one.line, "code": one.code, "message": one.message} for one in found.refused],
        "details": {
            "created": [{"line": one.line, "ref": one.ref, "name": one.values["name"]} for one in found.created],
            "changed": [
                {
                    "line": one.line.line,
                    "place": one.place.slug,
                    "fields": {name: {"before": _plain(a), "after": _plain(b)} for name, (a, b) in one.fields.items()},
                    "kept": one.kept,
                }
                for one in found.changed
            ],
            "duplicates": [
                {
                    "line": one.line.line,
                    "place": one.place.slug if one.place else None,
                    "earlier_line": one.earlier or None,
                    "because": one.because,
                }
                for one in found.duplicates
            ],
            "without_kind": [one.line for one in found.created if not one.values.get("kinds")],
            "columns_left": found.left,
        },
    }


def _words(found: preview.Preview, *, applied: bool) -> str:
    lines = [
        f"format : {found.format}",
        f"nouveaux lieux : {len(found.created)}",
        f"lieux modifiés : {len(found.changed)}",
        f"inchangés : {found.unchanged}",
        f"ressemblances à décider : {len(found.duplicates)}",
        f"lignes refusées : {len(found.refused)}",
    ]
    if bare := sum(1 for one in found.created if not one.values.get("kinds")):
        lines.append(f"sans sorte de lieu, donc en préparation : {bare} (--kind la donne)")
    if found.left:
        lines.append(f"colonnes non reprises : {', '.join(found.left)}")
    for change in found.changed[:MOST_SHOWN]:
        told = "; ".join(f"{name} : {_plain(a)} → {_plain(b)}" for name, (a, b) in change.fields.items())
        kept = f" (gardé, écrit par le lieu : {', '.join(change.kept)})" if change.kept else ""
        lines.append(f"  ligne {change.line.line} → {change.place.slug} : {told}{kept}")
    for like in found.duplicates[:MOST_SHOWN]:
        other = like.place.slug if like.place else f"la ligne {like.earlier}"
        lines.append(f"  ligne {like.line.line} ressemble à {other} : {like.because}")
    lines += [f"  ligne {one.line} refusée : {one.message}" for one in found.refused]
    lines.append("écrit" if applied else "rien n’est écrit : ajoutez --apply")
    return "\n".join(lines) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _tell(body: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps({"schema": "escale.places-import/1", **body}, ensure_ascii=False, indent=1) + "\n")
