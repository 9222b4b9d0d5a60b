"""``escale journal show NUMBER``: what happened to a thing, line by line, with its hashes."""

import argparse
import json
import sys
from typing import Any

from escale.foundation.journal.models import Entry, Subject
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The number that people quote, and its kind when two kinds share it."""
    parser.add_argument("number", help=_("le numéro de la chose"))
    parser.add_argument("--kind", default="", help=_("sorte de la chose, quand plusieurs portent ce numéro"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 with the lines; 2 when nothing bears this number."""
    found = Subject.objects.filter(number=args.number).order_by("pk")
    subject = (found.filter(kind=args.kind) if args.kind else found).first()
    if subject is None:
        message = _("Rien ne porte le numéro {number}.").format(number=args.number)
        sys.stderr.write(message + "\n")
        if args.json:
            error = {"code": "unknown", "message": message}
            _json({"schema": "escale.journal/1", "error": error, "entries": []})
        return 2
    lines = [described(entry) for entry in subject.entries.select_related("by").order_by("n")]
    if args.json:
        _json({"schema": "escale.journal/1", "kind": subject.kind, "number": subject.number, "entries": lines})
    else:
        for line in lines:
            sys.stdout.write(f"{line['n']:>4}  {line['at']}  {line['act']}  {line['from']} → {line['to']}\n")
    return 0


def described(entry: Entry) -> dict[str, Any]:
    """One line as the interface gives it: ``by`` is the person's key, empty for the clock."""
    return {
        "n": entry.n,
        "at": entry.at.isoformat(timespec="microseconds"),
        "by": str(entry.by.key) if entry.by else "",
        "act": entry.act,
        "from": entry.before,
        "to": entry.after,
        "previous": entry.previous,
        "hash": entry.hash,
        "note_digest": entry.note_digest,
        "data_digest": entry.data_digest,
    }


def _json(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
