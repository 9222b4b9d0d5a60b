"""Whether the search's index says what the places say: asked by ``escale doctor``."""

import json
from collections.abc import Iterator

from escale.capabilities.directory.models import Listing, Record
from escale.capabilities.directory.queries import record
from escale.foundation.places import queries as places
from escale.foundation.places.models import Place

BATCH = 500


def stale() -> Iterator[str]:
    """The address of each place whose row is missing, too much, or says something else."""
    for place in places.whole(Place.objects.listed()).order_by("pk").iterator(chunk_size=BATCH):
        row = Record.objects.filter(pk=place.pk).values_list("card", "brief").first()
        told = record.described(place)
        if row is None or json.loads(row[0]) != told or row[1] != record.brief(told):
            yield place.slug
    yield from Listing.objects.exclude(place__state="listed").values_list("slug", flat=True)
