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
from escale.rules.words import _

MOST_SHOWN = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, its format, whether to write."""
    parser.add_argument("file", help=_("le fichier des lieux"))
    parser.add_argument(
        "--format", choices=preview.FORMATS, default="auto", help=_("ce qu’est le fichier (sinon : reconnu)")
    )
    parser.add_argument(
        "--source", default="", help=_("qui a fait le fichier, quand il ne le dit pas (sinon : son nom)")
    )
    parser.add_argument(
        "--kind",
        choices=list(KINDS),
        default="",
        help=_("sorte des lignes qui n’en disent pas (sinon : en préparation)"),
    )
    parser.add_argument("--apply", action="store_true", help=_("écrit ; sans elle, rien ne change"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


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
        _("format : {format}").format(format=found.format),
        _("nouveaux lieux : {created}").format(created=len(found.created)),
        _("lieux modifiés : {changed}").format(changed=len(found.changed)),
        _("inchangés : {unchanged}").format(unchanged=found.unchanged),
        _("ressemblances à décider : {duplicates}").format(duplicates=len(found.duplicates)),
        _("lignes refusées : {refused}").format(refused=len(found.refused)),
    ]
    if bare := sum(1 for one in found.created if not one.values.get("kinds")):
        lines.append(_("sans sorte de lieu, donc en préparation : {bare} (--kind la donne)").format(bare=bare))
    if found.left:
        lines.append(_("colonnes non reprises : {left}").format(left=", ".join(found.left)))
    for change in found.changed[:MOST_SHOWN]:
        told = "; ".join(f"{name} : {_plain(a)} → {_plain(b)}" for name, (a, b) in change.fields.items())
        kept = _(" (gardé, écrit par le lieu : {kept})").format(kept=", ".join(change.kept)) if change.kept else ""
        lines.append(
            _("  ligne {line} → {slug} : {told}{kept}").format(
                line=change.line.line, slug=change.place.slug, told=told, kept=kept
            )
        )
    for like in found.duplicates[:MOST_SHOWN]:
        other = like.place.slug if like.place else _("la ligne {earlier}").format(earlier=like.earlier)
        lines.append(
            _("  ligne {line} ressemble à {other} : {because}").format(
                line=like.line.line, other=other, because=like.because
            )
        )
    lines += [
        _("  ligne {line} refusée : {message}").format(line=one.line, message=one.message) for one in found.refused
    ]
    lines.append(_("écrit") if applied else _("rien n’est écrit : ajoutez --apply"))
    return "\n".join(lines) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _tell(body: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps({"schema": "escale.places-import/1", **body}, ensure_ascii=False, indent=1) + "\n")
