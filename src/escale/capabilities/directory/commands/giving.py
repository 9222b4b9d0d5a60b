"""``escale places export --format mediation-numerique|geojson|csv``: the listed places on the answer stream."""

import argparse
import csv
import sys

from django.conf import settings

from escale.capabilities.directory.exports import files
from escale.capabilities.directory.queries import question, search
from escale.foundation.clock.reading import now
from escale.foundation.places import queries, standard
from escale.foundation.places.models import Place
from escale.rules.hours import PARIS
from escale.rules.words import _

BATCH = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The format."""
    parser.add_argument(
        "--format", choices=["mediation-numerique", "geojson", "csv"], required=True, help=_("le format voulu")
    )


def run(args: argparse.Namespace) -> int:
    """0; the places that the national schema would refuse are left out and named on the error stream."""
    at = now()
    if args.format == "mediation-numerique":
        return _standard()
    found = search.matching(question.Question(), at)
    text = (
        files.geojson(found, at) + "\n"
        if args.format == "geojson"
        else files.table(found, at, settings.ESCALE_BASE_URL)
    )
    sys.stdout.write(text)
    return 0


def _standard() -> int:
    today = now().astimezone(PARIS).date()
    every = queries.whole(Place.objects.listed()).order_by("slug")
    rows = [standard.row(place, today) for place in every.iterator(chunk_size=BATCH)]
    kept, left = standard.complete(rows)
    writer = csv.DictWriter(sys.stdout, standard.schema().columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(kept)
    for slug, why in left:
        sys.stderr.write(_("{slug} : non exporté. {why}").format(slug=slug, why=why) + "\n")
    return 0
