"""Measuring: minutes from each commune to the nearest place of each network, equity and overlap."""

import hashlib
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction

from escale.capabilities.planner.models import Reach, Survey
from escale.capabilities.planner.queries import network
from escale.capabilities.planner.tasks.ground import Ground, ground, points
from escale.foundation.clock.reading import now
from escale.siting import measure
from escale.siting.pairs import Pairs

#: Beyond this nobody calls a place near: it is "more than two hours".
LOOKED_FOR = 120.0
OVERLAP_WITHIN = 20.0
MEASURED = ("open", "labelled")


def measure_all() -> None:
    """Both networks, at the instant at which the task runs."""
    here, at = ground(), now()
    for name in MEASURED:
        survey(name, here, at)


def survey(name: str, here: Ground, at: datetime) -> Survey:
    """Measures one network and replaces its survey in one transaction; the same places are not measured twice."""
    places = network.places_of(name, at)
    known = Survey.objects.filter(network=name).first()
    if known is not None and known.document.get("digest") == _digest(places, here):
        Survey.objects.filter(pk=known.pk).update(made_at=at)
        return known
    pairs = here.minutes_to(points(places), LOOKED_FOR)
    minutes, nearest = measure.nearest(pairs)
    document = {
        "equity": _equity(minutes, here),
        "overlap": _overlap(pairs, here),
        "places": [{"number": p.number, "name": p.name, "lon": p.lon, "lat": p.lat} for p in places],
        "looked_for": LOOKED_FOR,
        "digest": _digest(places, here),
    }
    with transaction.atomic():
        found, _new = Survey.objects.update_or_create(network=name, defaults={"made_at": at, "document": document})
        Reach.objects.filter(survey=found).delete()
        Reach.objects.bulk_create(
            [
                Reach(
                    survey=found, commune_id=code,
                    minutes=round(float(minutes[i]), 1) if np.isfinite(minutes[i]) else None,
                    place=places[nearest[i]].number if nearest[i] >= 0 else "",
                )
                for i, code in enumerate(here.codes)
            ],
            batch_size=1000,
        )  # fmt: skip
    return found


def _digest(places: list[network.OpenPlace], here: Ground) -> str:
    """What a measure depends on: where places are, where people are."""
    told = [
        repr(places),
        repr(here.codes),
        here.lon.tobytes().hex(),
        here.lat.tobytes().hex(),
        here.people.tobytes().hex(),
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _equity(minutes: Any, here: Ground) -> dict[str, float | None]:
    found = measure.equity(minutes, here.people)
    return {
        name: round(float(value), 4) if np.isfinite(value) else None
        for name, value in (
            ("mean", found.mean), ("median", found.median), ("ninth_decile", found.ninth_decile),
            ("gini", found.gini), ("beyond", found.beyond),
        )
    }  # fmt: skip


def _overlap(pairs: Pairs, here: Ground) -> list[int]:
    everything = np.ones(pairs.n_sites, dtype=bool)
    return [round(float(v)) for v in measure.overlap(pairs, here.people, everything, OVERLAP_WITHIN)]
