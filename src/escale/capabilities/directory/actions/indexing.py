"""Keeping the search's index true: each place's row is made again from its own tables, in the same transaction."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from escale.capabilities.directory.models import Listing, OpenSpan, Record
from escale.capabilities.directory.models.listing import MAKE
from escale.capabilities.directory.queries import record
from escale.foundation.journal.models import Entry
from escale.foundation.places import queries as places
from escale.foundation.places.fields import packed
from escale.foundation.places.models import Place
from escale.foundation.prepared import put_many
from escale.rules.hours import DAY, Regime

#: Places read and rows written at once; those that a tick makes again at most.
BATCH, CATCH_UP = 500, 2_000


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
        rows, shown, spans = [], [], []
        for place in places.whole(Place.objects.listed()).filter(pk__in=some):
            told = record.described(place)
            opened = _spans(place.pk, told["weeks"])
            rows.append(row(place, told, late=any(one.night for one in opened)))
            shown.append(_shown(place.pk, told))
            spans += opened
        put_many(rows)
        put_many(shown)
        put_many(spans)
        made += len(rows)
    return made


def upgrade(at: datetime) -> int:
    """All the rows that an older version made, or that are missing: what ``escale migrate`` ends with."""
    done = 0
    while some := catch_up(at):
        done += some
    return done


def catch_up(_at: datetime) -> int:
    """Makes again rows that an older version made, and those that are missing, so many at a time. Gives how many."""
    made = Listing.objects.filter(made=MAKE).order_by().values("place")
    late = Place.objects.listed().exclude(pk__in=made).order_by("pk").values_list("pk", flat=True)
    with transaction.atomic():
        return index(late[:CATCH_UP])


def row(place: Place, told: dict[str, Any], *, late: bool) -> Listing:
    """The row of one place, not saved."""
    x, y, z = record.unit_vector(place.lon, place.lat)
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
        open_on_public_holidays=place.open_on_public_holidays, late=late, made=MAKE, **prices,
    )  # fmt: skip


def _shown(key: int, told: dict[str, Any]) -> Record:
    """What is shown of the place, not saved."""
    dated = any(one["until"] for one in told["standings"]) or len(told["standings"]) > 1
    standings = json.dumps([one["kind"] for one in told["standings"]], separators=(",", ":"))
    return Record(
        listing_id=key, card=json.dumps(told, ensure_ascii=False, separators=(",", ":")), brief=record.brief(told),
        feature=record.feature(told, record.HOLE if dated else standings),
        dated=json.dumps(told["standings"], separators=(",", ":")) if dated else "",
    )  # fmt: skip


def _spans(key: int, weeks: dict[str, Any]) -> list[OpenSpan]:
    """Both weeks as they hold: a missing regime falls back on the one of all the year."""
    found = []
    for holidays, regime in ((False, Regime.SCHOOL), (True, Regime.HOLIDAYS)):
        week = weeks.get(regime.value, weeks.get(Regime.NORMAL.value, ()))
        for day, spans in enumerate(week):
            for start, end in spans:
                span = {"listing_id": key, "holidays": holidays, "weekday": day}
                found.append(OpenSpan(**span, start=start, end=min(end, DAY)))
                if end > DAY:
                    found.append(OpenSpan(**span, night=True, start=0, end=end - DAY))
    return found
