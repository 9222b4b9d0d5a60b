"""The directory's questions answered by hand, over its own CSV: what a stranger would count."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from escale.foundation.places import osm
from escale.foundation.places.queries import holidays
from escale.foundation.territory.names import fold
from escale.foundation.territory.queries import great_circle_m, minutes_between
from escale.rules.holidays import is_public_holiday
from escale.rules.hours import Closure, Opening, open_at, spans_on
from escale.rules.places import EQUIPMENT, KINDS, NEEDS, PUBLICS, SERVICES, STANDINGS, UNITS

PARIS = ZoneInfo("Europe/Paris")
NEARS = {"14118": (-0.3704, 49.1846), "50129": None, "49.2,-0.4": (-0.4, 49.2), "76540": None}
MOMENTS = [
    "2026-03-03T10:00", "2026-03-28T23:30", "2026-03-29T01:30", "2026-03-29T03:30", "2026-10-25T01:30",
    "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", "2026-12-25T10:00", "2026-05-01T15:00", "2026-04-06T09:00",
    "2026-02-18T09:45", "2026-07-14T11:00", "2026-11-24T08:59", "2026-11-24T12:30", "2026-11-28", "2026-12-25",
    "2026-08-15", "2026-10-31T00:30", "2027-01-01T00:15",
]  # fmt: skip


def exported(client):
    """Every line of ``/lieux.csv``, in its order."""
    answer = client.get("/lieux.csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def question(random: Random) -> dict[str, object]:
    """A random question as address parameters."""
    asked: dict[str, object] = {}
    draw = {
        "kind": lambda: random.sample(list(KINDS), random.randint(1, 2)),
        "service": lambda: random.sample(list(SERVICES), 1),
        "public": lambda: random.sample(list(PUBLICS), 1),
        "equipment": lambda: random.sample(["wifi", "fibre", "printer", "screens"], random.randint(1, 2)),
        "access": lambda: [random.choice(["", ":yes", ":no", ":unknown"]).join([random.choice(list(NEEDS)[:3]), ""])],
        "open_at": lambda: random.choice(MOMENTS),
        "q": lambda: random.choice(["caen", "rue du", "Établi", "14", "l'atelier bac", "honfleur", "été"]),
        "standing": lambda: [random.choice(list(STANDINGS))],
        "unit": lambda: random.choice(list(UNITS)),
    }
    for name in random.sample(list(draw), random.choice([0, 1, 1, 2])):
        asked[name] = draw[name]()
    if "unit" in asked and random.random() < 0.7:
        asked["price_max"] = random.choice(["0", "3", "12,50", "150"])
    if random.random() < 0.5:
        asked["near"] = random.choice(list(NEARS))
        measure = random.choice(["km", "minutes", ""])
        if measure:
            asked[measure] = random.choice(["5", "12", "25", "60"])
    return asked


class Naive:
    """Counts over the lines of the export; ``points``: commune code → centroid, for ``near``."""

    def __init__(self, lines, points, at):
        self.lines, self.points, self.at = lines, points, at
        self.calendar = holidays()["B"]
        self.minutes = {}

    def answer(self, asked):
        """The addresses of the places that answer, in order."""
        found = [line for line in self.lines if self.fits(line, asked)]
        if near := asked.get("near"):
            point = self.points.get(near) or NEARS[near]
            found.sort(key=lambda line: self.far(line, point))  # the export's order settles ties
        return [line["id"] for line in found]

    def far(self, line, point):
        if not line["lon"]:
            return float("inf")
        return great_circle_m(*point, float(line["lon"]), float(line["lat"]))

    def fits(self, line, asked):
        kinds = asked.get("kind", [])
        text = " ".join(
            fold(line[name]) for name in ("name", "address", "complement", "postcode", "commune", "former_commune")
        )
        return (
            (not kinds or bool(set(kinds) & set(line["kinds"].split("|"))))
            and all(code in line["services"].split("|") for code in asked.get("service", []))
            and all(code in line["publics"].split("|") for code in asked.get("public", []))
            and all(self.there(line, code) for code in asked.get("equipment", []))
            and all(self.access(line, *(f"{one}:yes".split(":")[:2])) for one in asked.get("access", []))
            and all(line[f"standing_{kind}"] == "yes" for kind in asked.get("standing", []))
            and all(word in text for word in fold(asked.get("q", "")).split())
            and self.price(line, asked)
            and self.open(line, asked.get("open_at"))
            and self.near(line, asked)
        )

    def there(self, line, code):
        assert code in EQUIPMENT
        return line[f"equipment_{code}"] not in ("", "0", "no")

    def access(self, line, need, answer):
        return line[f"access_{need}"] == answer

    def price(self, line, asked):
        if not asked.get("unit"):
            return True
        price = line[f"price_{asked['unit']}"]
        most = float(str(asked.get("price_max", "inf")).replace(",", "."))
        return bool(price) and float(price) <= most

    def opening(self, line):
        read = osm.read(line["opening_hours"]) if line["opening_hours"] else osm.Read()
        assert read.problems == ()
        days = [[date.fromisoformat(day) for day in one.split("/")] for one in line["closures"].split("|") if one]
        closures = [Closure(first, last + timedelta(days=1)) for first, last in days]
        return Opening(read.weeks, closures, self.calendar, line["open_on_public_holidays"] == "yes")

    def open(self, line, typed):
        if not typed:
            return True
        opening = self.opening(line)
        if len(typed) == 10:
            day = date.fromisoformat(typed)
            assert opening.open_on_public_holidays or not (is_public_holiday(day) and spans_on(opening, day))
            return bool(spans_on(opening, day))
        at = datetime.fromisoformat(typed)
        return open_at(opening, at if at.tzinfo else paris(at))

    def near(self, line, asked):
        if asked.get("km"):
            point = self.points.get(asked["near"]) or NEARS[asked["near"]]
            return self.far(line, point) <= float(asked["km"]) * 1000
        if asked.get("minutes"):
            origin = asked["near"] if asked["near"] in self.points else self.nearest(asked["near"])
            pair = (origin, line["insee"])
            if pair not in self.minutes:
                self.minutes[pair] = minutes_between(*pair).minutes
            return self.minutes[pair] <= float(asked["minutes"])
        return True

    def nearest(self, near):
        lon, lat = NEARS[near]
        return min(self.points, key=lambda code: great_circle_m(lon, lat, *self.points[code]))


def paris(wall):
    """The instant of a wall time in Paris, by trying the two offsets it can have."""
    for offset in (2, 1):
        instant = (wall - timedelta(hours=offset)).replace(tzinfo=UTC)
        if instant.astimezone(PARIS).replace(tzinfo=None) == wall:
            return instant
    return (wall - timedelta(hours=1)).replace(tzinfo=UTC)
