"""``escale places show SLUG``: one place as a place file (``escale.place/1``), what is unknown left out."""

import argparse
import json
import sys

from escale.foundation.places import file, queries
from escale.foundation.places.models import Place
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The address of the page."""
    parser.add_argument("slug", help=_("la fin de l’adresse du lieu"))
    parser.add_argument("--json", action="store_true", help=_("la même chose : JSON est aussi du YAML"))


def run(args: argparse.Namespace) -> int:
    """0, or 2 when no place has or had this address."""
    found = queries.by_address(args.slug.replace("\0", ""))
    if found is None:
        sys.stderr.write(_("{slug}: aucun lieu n’a ni n’a eu cette adresse.").format(slug=args.slug) + "\n")
        return 2
    place = queries.whole(Place.objects.all()).get(pk=found.pk)
    sys.stdout.write(json.dumps(file.described(place), ensure_ascii=False, indent=1) + "\n")
    return 0
