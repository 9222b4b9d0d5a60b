"""Keeping the search's index true: each place's row is made again from its own tables, in the same transaction."""

import json
from collections.abc import Iterable
from typing import Any

from escale.capabilities.directory.models import Listing, OpenSpan
from escale.capabilities.directory.queries import record
from escale.foundation.journal.models import Entry
from escale.foundation.places import queries as places
from escale.foundation.places.fields import packed
from escale.foundation.places.models import Place
from escale.rules.hours import Regime

BATCH = 500


def follow(entry: Entry) -> None:
    """After any act on a place: its row is made again."""
    index(Place.objects.filter(subject_id=entry.subject_id).values_list("pk", flat=True))


def index(keys: Iterable[int]) -> int:
    """Makes the rows of these places again; one that is not listed has none. Gives how many were made."""
    made = 0
    wanted = list(keys)
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        Listing.objects.filter(pk__in=some).delete()
        rows, spans = [], []
        for place in places.whole(Place.objects.listed()).filter(pk__in=some):
            told = record.described(place)
            rows.append(row(place, told))
            spans += _spans(place.pk, told["weeks"])
        Listing.objects.bulk_create(rows, batch_size=BATCH)
        OpenSpan.objects.bulk_create(spans, batch_size=2000)
        made += len(rows)
    return made


def row(place: Place, told: dict[str, Any]) -> Listing:
    """The row of one place, not saved."""
    x, y, z = record.unit_vector(place.lon, place.lat)
    dated = any(one["until"] for one in told["standings"]) or len(told["standings"]) > 1
    standings = json.dumps([one["kind"] for one in told["standings"]], separators=(",", ":"))
    prices: dict[str, int] = {}
    for one in told["tariffs"]:
        key = f"price_{one['unit']}"
        prices[key] = min(prices.get(key, one["cents"]), one["cents"])
    return Listing(
        place=place, slug=place.slug, rank=record.rank(told), words=record.searched(told), commune=place.commune_id,
        zone=told["zone"], lon=place.lon, lat=place.lat, x=x, y=y, z=z,
        kinds=packed(place.kinds), services=packed(place.services), publics=packed(place.publics),
        equipment=packed(code for code, figure in told["equipment"].items() if figure),
        access_yes=packed(need for need, said in told["access"].items() if said == "yes"),
        access_no=packed(need for need, said in told["access"].items() if said == "no"),
        open_on_public_holidays=place.open_on_public_holidays,
        card=json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        brief=record.brief(told), feature=record.feature(told, record.HOLE if dated else standings),
        dated=json.dumps(told["standings"], separators=(",", ":")) if dated else "", **prices,
    )  # fmt: skip


def _spans(key: int, weeks: dict[str, Any]) -> list[OpenSpan]:
    """Both weeks as they hold: a missing regime falls back on the one of all the year."""
    found = []
    for holidays, regime in ((False, Regime.SCHOOL), (True, Regime.HOLIDAYS)):
        week = weeks.get(regime.value, weeks.get(Regime.NORMAL.value, ()))
        found += [
            OpenSpan(listing_id=key, holidays=holidays, weekday=day, start=start, end=end)
            for day, spans in enumerate(week)
            for start, end in spans
        ]
    return found
