"""``escale places index``: makes every row of the search again from the places themselves."""

import argparse
import sys

from escale.capabilities.directory.actions import indexing
from escale.foundation.places.models import Place
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(args: argparse.Namespace) -> int:
    """0 with the number of listed places."""
    count = indexing.index(Place.objects.order_by("pk").values_list("pk", flat=True))
    sys.stdout.write(_("{count} lieux dans l’annuaire").format(count=count) + "\n")
    return 0
