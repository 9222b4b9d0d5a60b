"""``escale label format [--place]``: the JSON Schema of a referential file, or of a place file."""

import argparse
import json
import sys

from escale.rules.label.format import place, referential
from escale.rules.shape.schema import json_schema
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which of the two files: ``--json`` is accepted, the answer is JSON in any case."""
    parser.add_argument("--place", action="store_true", help=_("celui d’un fichier de lieu"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """Writes the schema."""
    kind, schema = (place.PLACE, place.SCHEMA) if args.place else (referential.REFERENTIAL, referential.SCHEMA)
    sys.stdout.write(json.dumps(json_schema(kind, schema), ensure_ascii=False, indent=1) + "\n")
    return 0
