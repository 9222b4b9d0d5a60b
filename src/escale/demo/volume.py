"""Volume for measures and rehearsals: many places by bulk writes, the same for a seed, sound for ``escale doctor``."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction

from escale.capabilities.directory.actions import indexing
from escale.demo.places import NAMES, PROFILES, SENTENCES, WEEKS
from escale.foundation.journal import record
from escale.foundation.places import osm
from escale.foundation.places.actions.hours import opening_rows
from escale.foundation.places.actions.places import free_slug
from escale.foundation.places.models import Access, Equipment, OldAddress, Opening, Place, Standing, Tariff, Week
from escale.foundation.territory.models import Commune

BATCH = 500
SOURCE = "volume"


def places(count: int, *, seed: int, at: datetime) -> int:
    """Adds ``count`` listed places to the territory. Gives how many there are now."""
    random = Random(seed)
    communes = list(Commune.objects.order_by("pk"))
    read = {text: osm.read(text) for text in WEEKS if text}
    with transaction.atomic():
        taken = {*Place.objects.values_list("slug", flat=True), *OldAddress.objects.values_list("slug", flat=True)}
        made: list[Place] = []
        for start in range(0, count, BATCH):
            some = [_place(n, random, communes, taken, seed) for n in range(start, min(start + BATCH, count))]
            record.begin_many(
                [(one, one.slug, one.name, f"/lieux/{one.slug}/") for one in some], by=None, at=at, then=("publish",)
            )
            _inside(some, random, read, at)
            made += some
        indexing.index([place.pk for place in made])
    return Place.objects.count()


def _place(n: int, random: Random, communes: list[Commune], taken: set[str], seed: int) -> Place:
    commune = random.choice(communes)
    name = f"{random.choice(NAMES)} de {commune.name}"[:140]
    place = Place(
        **random.choice(PROFILES), name=name, commune=commune, address=f"{random.randint(1, 90)} rue du Volume",
        postcode=f"{commune.departement}{random.randint(0, 999):03d}", pivot=f"{seed % 1000:03d}{n:09d}00",
        lon=round(commune.lon + random.uniform(-0.02, 0.02), 6), lat=round(commune.lat + random.uniform(-0.02, 0.02), 6),
        summary=random.choice(SENTENCES), opened_on=date(2015, 1, 1) + timedelta(days=random.randint(0, 4000)),
        carrier_name=f"Structure fictive {n}", source=SOURCE,
    )  # fmt: skip
    place.slug = free_slug(name, commune, taken)
    taken.add(place.slug)
    return place


def _inside(some: list[Place], random: Random, read: dict[str, osm.Read], at: datetime) -> None:
    weeks: list[Week] = []
    openings: list[Opening] = []
    rows: dict[Any, list[Any]] = {Access: [], Equipment: [], Tariff: [], Standing: []}
    for place in some:
        text = random.choice(WEEKS)
        for regime, week in read[text].weeks.items() if text else ():
            row = Week(place=place, regime=regime.value)
            weeks.append(row)
            openings += opening_rows(row, week)
        if random.random() < 0.6:
            rows[Access].append(Access(place=place, need="step_free", met=random.random() < 0.6))
        rows[Equipment].append(Equipment(place=place, code="wifi", figure=Decimal(random.randint(0, 1))))
        unit = random.choice(("hour", "day", "month", "free"))
        rows[Tariff].append(Tariff(place=place, unit=unit, cents=0 if unit == "free" else random.randint(100, 20_000)))
        rows[Standing].append(Standing(place=place, kind="known", since=at, source=SOURCE))
        if random.random() < 0.2:
            until = at + timedelta(days=random.randint(1, 1000))
            rows[Standing].append(Standing(place=place, kind="labelled", since=at, until=until, source=SOURCE))
    Week.objects.bulk_create(weeks, batch_size=BATCH)
    Opening.objects.bulk_create(openings, batch_size=2000)
    for model, lines in rows.items():
        model.objects.bulk_create(lines, batch_size=BATCH)
