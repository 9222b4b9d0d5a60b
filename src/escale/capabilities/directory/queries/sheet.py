"""What the page of a place shows, and what it says of itself to machines (schema.org)."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from escale.foundation.places import queries as places
from escale.foundation.places.models import Place
from escale.foundation.places.models.hours import REGIMES
from escale.foundation.territory import queries as territory
from escale.rules import doors, hours
from escale.rules.holidays import is_public_holiday
from escale.rules.places import EQUIPMENT, MEASURES, NEEDS, SERVICES
from escale.ui.figures import number

FIRST_HOUR, LAST_HOUR = 7, 23
WEEKS_AHEAD = 4
SCHEMA_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def strips(weeks: dict[hours.Regime, hours.Week], today: date) -> list[dict[str, Any]]:
    """Each regime's week: days in words, and as bars (tenths of an hour from 7 h) for the drawing."""
    return [
        {
            "label": REGIMES[regime],
            "days": [
                {
                    "name": _(doors.WEEKDAYS[n]),
                    "hours": doors.shown(spans),
                    "open": bool(spans),
                    "today": n == today.weekday(),
                    "bars": [_bar(span) for span in spans],
                }
                for n, spans in enumerate(week)
            ],
            "total": number(hours.minutes_a_week(week) / 60, 0 if hours.minutes_a_week(week) % 60 == 0 else 1),
            "count": hours.days_a_week(week),
        }
        for regime, week in weeks.items()
    ]


def _bar(span: hours.Span) -> tuple[int, int]:
    first, last = FIRST_HOUR * 60, LAST_HOUR * 60
    start = min(max(span.start, first), last)
    return (start - first) // 6, max(1, (min(max(span.end, first), last) - start) // 6)


def month(opening: hours.Opening, today: date) -> list[list[dict[str, Any]]]:
    """Five weeks from this Monday: what each day will be."""
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=n) for n in range(7 * (WEEKS_AHEAD + 1))]
    told = [
        {
            "day": day,
            "past": day < today,
            "today": day == today,
            "hours": doors.shown(spans),
            "open": bool(spans),
            "reason": reason or (_("jour férié") if not spans and is_public_holiday(day) else ""),
        }
        for day, spans, reason in places.calendar(opening, days)
    ]
    return [told[start : start + 7] for start in range(0, len(told), 7)]


def there(place: Place) -> dict[str, list[tuple[str, str]]]:
    """What is there, as (label, figure) by heading; what is not said is left out."""
    equipment, missing, measured = [], [], []
    for one in place.equipment.all():
        if one.code in MEASURES:
            label, unit, _most = MEASURES[one.code]
            when = _(" (le {day})").format(day=one.measured_on.strftime("%d/%m/%Y")) if one.measured_on else ""
            measured.append((_(label), f"{_figure(one.figure)} {unit}{when}"))
        elif not one.figure:
            missing.append((_(EQUIPMENT[one.code]), ""))
        else:
            equipment.append((_(EQUIPMENT[one.code]), _figure(one.figure) if one.counted else ""))
    return {"equipment": equipment, "missing": missing, "measured": measured}


def _figure(value: Decimal) -> str:
    return number(value, 0 if value == int(value) else 1 if value * 10 == int(value * 10) else 2)


def access(place: Place) -> list[dict[str, str]]:
    """Each need: yes, no, or not said, which are three different answers."""
    said = {one.need: one for one in place.access.all()}
    words = {True: ("yes", _("oui")), False: ("no", _("non"))}
    return [
        {
            "label": _(label),
            "answer": words[said[need].met][0] if need in said else "unknown",
            "words": words[said[need].met][1] if need in said else _("non renseigné"),
            "note": said[need].note if need in said else "",
        }
        for need, label in NEEDS.items()
    ]


def nearest(place: Place, count: int = 4) -> list[tuple[Place, float]]:
    """The nearest other listed places with a point, and how many kilometres away."""
    if place.lon is None or place.lat is None:
        return []
    box = 0.6
    near = (
        Place.objects.listed()
        .filter(lat__range=(place.lat - box, place.lat + box), lon__range=(place.lon - box, place.lon + box))
        .exclude(pk=place.pk)
        .order_by("pk")
    )
    rows = near.values_list("pk", "lon", "lat")
    far = sorted(
        (territory.great_circle_m(place.lon, place.lat, lon, lat) / 1000, key)
        for key, lon, lat in rows
        if lon is not None and lat is not None
    )[:count]
    found = Place.objects.select_related("commune").in_bulk([key for _km, key in far])
    return [(found[key], km) for km, key in far if key in found]


def structured(place: Place, opening: hours.Opening, at: datetime) -> SafeString:
    """schema.org LocalBusiness as JSON-LD, safe inside a ``<script>``."""
    week = places.ordinary_week(dict(opening.weeks))
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "@id": f"{settings.ESCALE_BASE_URL}{place.get_absolute_url()}",
        "url": f"{settings.ESCALE_BASE_URL}{place.get_absolute_url()}",
        "name": place.name,
        "description": place.summary or place.description[:300],
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.address,
            "postalCode": place.postcode,
            "addressLocality": place.commune.name,
            "addressCountry": "FR",
        },
        "telephone": place.phone,
        "sameAs": list(place.websites),
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": EQUIPMENT[one.code], "value": bool(one.figure)}
            for one in place.equipment.all()
            if one.code in EQUIPMENT
        ],
        "openingHoursSpecification": _specified(week),
        "specialOpeningHoursSpecification": [_closed(one) for one in opening.closures if one.until > at.date()],
        "knowsAbout": [SERVICES[code] for code in place.services if code in SERVICES],
        "geo": {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon} if place.lat else None,
    }
    text = json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(f'<script type="application/ld+json">{escaped}</script>')  # escaped above


def _closed(one: hours.Closure) -> dict[str, str]:
    """Days without opening: schema.org says it with the same hour twice."""
    return {
        "@type": "OpeningHoursSpecification",
        "validFrom": one.first.isoformat(),
        "validThrough": (one.until - timedelta(days=1)).isoformat(),
        "opens": "00:00",
        "closes": "00:00",
    }


def _specified(week: hours.Week | None) -> list[dict[str, Any]]:
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{SCHEMA_DAYS[day]}",
            "opens": f"{span.start // 60:02}:{span.start % 60:02}",
            "closes": "23:59" if span.end == hours.DAY else f"{span.end // 60 % 24:02}:{span.end % 60:02}",
        }
        for day, spans in enumerate(week or ())
        for span in spans
    ]
