"""Communes of the official geographic code, what they were, what they belong to, how far they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Commune(models.Model):
    """A commune of today. ``lon`` ``lat``: centroid, WGS 84 degrees. ``folded``: name without accents."""

    code = models.CharField(_("code officiel"), max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=100)
    folded = models.CharField(max_length=100, editable=False, db_index=True)
    departement = models.CharField(_("département"), max_length=3, db_index=True)
    region = models.CharField(_("région"), max_length=2)
    lon = models.FloatField()
    lat = models.FloatField()
    area_km2 = models.FloatField(_("superficie (km²)"))

    class Meta:
        ordering = ("folded", "code")
        indexes = [models.Index(fields=["lat", "lon"], name="commune_point")]

    def __str__(self) -> str:
        return f"{self.name} ({self.departement})"


class Population(models.Model):
    """Legal population (population municipale) of a commune for a reference year."""

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField(_("année de référence"))
    inhabitants = models.PositiveIntegerField(_("habitants"))

    class Meta:
        ordering = ("commune_id", "-year")
        constraints = [models.UniqueConstraint(fields=["commune", "year"], name="one_population_a_year")]

    def __str__(self) -> str:
        return f"{self.commune_id} {self.year}: {self.inhabitants}"


class Grouping(models.Model):
    """A grouping of communes with its SIREN: CC, CA, CU, métropole, or a syndicat."""

    siren = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(_("nom"), max_length=150)
    kind = models.CharField(_("sorte"), max_length=10)
    communes = models.ManyToManyField(Commune, related_name="groupings")

    class Meta:
        ordering = ("name", "siren")

    def __str__(self) -> str:
        return self.name


class FormerCommune(models.Model):
    """A commune of yesterday (delegated or associated today) and the commune that now holds it."""

    code = models.CharField(max_length=5)
    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=100, editable=False, db_index=True)
    kind = models.CharField(max_length=20)
    current = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="former")

    class Meta:
        ordering = ("folded", "code")
        constraints = [models.UniqueConstraint(fields=["code", "name"], name="one_former_commune")]

    def __str__(self) -> str:
        return self.name


class Zone(models.Model):
    """A named set of communes. ``family`` groups zones that are classes of one another.

    A perimeter ("former Basse-Normandie") has an empty family; a class ("low", "strong") of the family
    ``vulnerability`` is at most one for a commune.
    """

    key = models.SlugField(_("code"), max_length=60, primary_key=True)
    name = models.CharField(_("nom"), max_length=150)
    family = models.SlugField(_("famille"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    communes = models.ManyToManyField(Commune, related_name="zones", blank=True)

    class Meta:
        ordering = ("family", "name", "key")

    def __str__(self) -> str:
        return self.name


class Travel(models.Model):
    """Minutes by road between two communes, as a file gave them; both ways unless the file says two."""

    origin = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="+")
    destination = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="+")
    minutes = models.FloatField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("origin_id", "destination_id")
        constraints = [
            models.UniqueConstraint(fields=["origin", "destination"], name="one_travel_a_pair"),
            models.CheckConstraint(condition=models.Q(minutes__gte=0), name="travel_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.origin_id} → {self.destination_id}: {self.minutes:g} min"


class Revision(models.Model):
    """Counts the loads of territory data: what is drawn from them is cached by this number."""

    number = models.PositiveIntegerField(default=0)
    loaded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.number)
