"""``escale scheme format``: the JSON Schema of a scheme file."""

import argparse
import json
import sys

from escale.rules.scheme.format.whole import SCHEMA, SCHEME
from escale.rules.shape.schema import json_schema
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose: ``--json`` is accepted, the answer is JSON in any case."""
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """Writes the schema."""
    sys.stdout.write(json.dumps(json_schema(SCHEME, SCHEMA), ensure_ascii=False, indent=1) + "\n")
    return 0
