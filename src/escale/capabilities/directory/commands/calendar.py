"""``escale places calendar FILE``: school holidays (columns zone, first, until, name) of further years."""

import argparse
import sys
from pathlib import Path

from escale.foundation.places.actions import hours
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The CSV file."""
    parser.add_argument("file", help=_("le fichier des vacances scolaires"))


def run(args: argparse.Namespace) -> int:
    """0 with the number of periods, 2 when the file is wrong (every wrong line is said, nothing changes)."""
    try:
        count = hours.load_calendar(Path(args.file))
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{args.file}: fichier illisible ({type(error).__name__}).\n")
        return 2
    except ValueError as wrong:
        sys.stderr.writelines(f"{args.file}: {line}\n" for line in str(wrong).split("\n"))
        return 2
    sys.stdout.write(_("{count} périodes de vacances scolaires").format(count=count) + "\n")
    return 0
