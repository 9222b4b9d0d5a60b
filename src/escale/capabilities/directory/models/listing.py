"""The index that the public searches: one row a listed place, rebuilt with each of its writes.

Nothing here is the truth: ``actions.indexing`` makes every row again from the place's own tables, and a
check of ``escale doctor`` compares both.
"""

from django.db import models

from escale.foundation.places.fields import CodesField
from escale.foundation.places.models import Place
from escale.rules.places import UNITS

PRICED = tuple(UNITS)
#: Which way of making rows this is: one more each time that what a row holds changes. Rows of another are made
#: again by ``escale migrate`` and by each tick.
MAKE = 1


class Listing(models.Model):
    """What a search asks and what a row, the map or an export shows of one place.

    Its rows are narrow, since a search reads many of them; what is shown stands in ``Record``. ``rank``: the
    alphabetical order, the same on both databases. ``x`` ``y`` ``z``: the point on the unit sphere, so that
    distances are compared in SQL. ``late``: an opening runs past midnight. ``made``: the ``MAKE`` that made the row.
    """

    place = models.OneToOneField(Place, on_delete=models.CASCADE, primary_key=True, related_name="+")
    slug = models.CharField(max_length=80)
    rank = models.CharField(max_length=260)
    words = models.TextField()
    commune = models.CharField(max_length=5, db_index=True)
    zone = models.CharField(max_length=1, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)
    z = models.FloatField(null=True)
    kinds = CodesField()
    services = CodesField()
    publics = CodesField()
    equipment = CodesField()
    access_yes = CodesField()
    access_no = CodesField()
    price_hour = models.PositiveIntegerField(null=True)
    price_half_day = models.PositiveIntegerField(null=True)
    price_day = models.PositiveIntegerField(null=True)
    price_week = models.PositiveIntegerField(null=True)
    price_month = models.PositiveIntegerField(null=True)
    price_ticket = models.PositiveIntegerField(null=True)
    price_year = models.PositiveIntegerField(null=True)
    price_free = models.PositiveIntegerField(null=True)
    open_on_public_holidays = models.BooleanField(default=False)
    late = models.BooleanField(default=False)
    made = models.PositiveSmallIntegerField(default=0, db_index=True)

    class Meta:
        ordering = ("rank", "place_id")
        indexes = [
            # In the order of the list, with the words: a search by words reads this index alone.
            models.Index(fields=["rank", "place", "words"], name="listing_words"),
            models.Index(fields=["lat", "lon"], name="listing_point"),
        ]

    def __str__(self) -> str:
        return self.slug


class Record(models.Model):
    """What is shown of a listed place. ``card``: the public record as JSON; ``brief``: the part of it that a row of
    the list shows; ``feature``: as GeoJSON, whose standings are filled in from ``dated`` when they begin or end on
    a day.
    """

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, primary_key=True, related_name="record")
    card = models.TextField()
    brief = models.TextField()
    feature = models.TextField()
    dated = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.listing_id)


class OpenSpan(models.Model):
    """One opening of a listed place: in school time, or (``holidays``) in the school holidays of its zone.

    ``start`` and ``end``: minutes of the wall clock. What runs past midnight has a row more, ``night``: its minutes of
    the day after, under the weekday on which it began.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="spans", db_index=False)
    holidays = models.BooleanField()
    night = models.BooleanField(default=False)
    weekday = models.PositiveSmallIntegerField()
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("listing_id", "holidays", "weekday", "night", "start")
        indexes = [
            # All that is open at an instant; then whether one place is, asked of a few.
            models.Index(fields=["holidays", "weekday", "night", "start", "end", "listing"], name="open_span_all"),
            models.Index(fields=["listing", "holidays", "weekday", "night", "start", "end"], name="open_span_one"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.weekday} {self.start}-{self.end}"
