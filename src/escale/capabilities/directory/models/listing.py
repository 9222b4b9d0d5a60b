"""The index that the public searches: one row a listed place, rebuilt with each of its writes.

Nothing here is the truth: ``actions.indexing`` makes every row again from the place's own tables, and a
check of ``escale doctor`` compares both.
"""

from django.db import models

from escale.foundation.places.fields import CodesField
from escale.foundation.places.models import Place
from escale.rules.places import UNITS

PRICED = tuple(UNITS)


class Listing(models.Model):
    """What a search asks and what a row, the map or an export shows of one place.

    ``rank``: the alphabetical order, the same on both databases. ``x`` ``y`` ``z``: the point on the unit
    sphere, so that distances are compared in SQL. ``card``: the public record as JSON; ``brief``: the part
    of it that a row of the list shows; ``feature``: as
    GeoJSON, whose standings are filled in from ``dated`` when they begin or end on a day.
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
    card = models.TextField()
    brief = models.TextField(default="[]")
    feature = models.TextField()
    dated = models.TextField(blank=True)

    class Meta:
        ordering = ("rank", "place_id")
        indexes = [
            # In the order of the list, with the words: a search by words reads this index alone.
            models.Index(fields=["rank", "place", "words"], name="listing_words"),
            models.Index(fields=["lat", "lon"], name="listing_point"),
        ]

    def __str__(self) -> str:
        return self.slug


class OpenSpan(models.Model):
    """One opening of a listed place: in school time, or (``holidays``) in the school holidays of its zone."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="spans", db_index=True)
    holidays = models.BooleanField()
    weekday = models.PositiveSmallIntegerField()
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("listing_id", "holidays", "weekday", "start")
        indexes = [models.Index(fields=["holidays", "weekday", "start", "end", "listing"], name="open_span_search")]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.weekday} {self.start}-{self.end}"
