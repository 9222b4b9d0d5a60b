"""``escale dossier index``: rebuilds the typed index of answers from what was filed."""

import argparse
import sys

from escale.capabilities.calls.dossiers.actions.indexing import index
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(args: argparse.Namespace) -> int:
    """Says how many rows there are now."""
    rows = 0
    for dossier in Dossier.objects.filter(filed_at__isnull=False).order_by("pk").iterator():
        version = lists.latest_version(dossier)
        rows += index(dossier, version) if version else 0
    sys.stdout.write(f"{rows}\n")
    return 0
