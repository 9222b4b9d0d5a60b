"""The place itself: what it is, where, whose, its addresses of yesterday, where its values come from."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from escale.foundation.journal.models import Stateful
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Membership, Organisation
from escale.foundation.people.models import Person
from escale.foundation.places import policy, wording
from escale.foundation.places.fields import CodesField
from escale.foundation.territory.models import Commune
from escale.rules.lambert93 import to_lambert93
from escale.rules.places import PREMISES


class PlaceQuerySet(models.QuerySet["Place"]):
    """Which places someone may see."""

    def listed(self) -> "PlaceQuerySet":
        """What the public directory holds."""
        return self.filter(state=policy.State.LISTED)

    def visible_to(self, person: Person, at: datetime) -> "PlaceQuerySet":
        """Those whose page the person keeps; all of them for the Region."""
        if organisations.is_of_the_region(person, at):
            return self
        own = Membership.objects.holding(at).filter(person=person, role__in=("owner", "editor"))
        kept = Q(stewards__until__isnull=True) | Q(stewards__until__gt=at)
        mine = self.filter(kept, stewards__person=person, stewards__since__lte=at).values("pk")
        return self.filter(Q(pk__in=mine) | Q(carrier__in=own.values("organisation")))


class Place(Stateful):
    """A third place. ``lon`` ``lat``: WGS 84 degrees, both or none. ``origins``: field → source and day.

    ``rev`` counts writes: who saves says which one was seen, so that two managers never overwrite each other.
    """

    POLICY: ClassVar = policy.PLACE
    WORDING: ClassVar = wording.PLACE

    slug = models.SlugField(_("adresse de la page"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=150)
    kinds = CodesField(_("sortes"))
    typology = CodesField(_("typologie nationale"))
    summary = models.CharField(_("en une phrase"), max_length=280, blank=True)
    description = models.TextField(_("présentation"), max_length=5000, blank=True)
    carrier = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="places", verbose_name=_("porteur")
    )
    carrier_name = models.CharField(_("structure porteuse"), max_length=200, blank=True)
    pivot = models.CharField(_("SIRET ou RNA"), max_length=14, blank=True)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="places", verbose_name=_("commune"))
    former_commune = models.CharField(_("ancienne commune"), max_length=100, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    complement = models.CharField(_("complément d’adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=5, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    emails = CodesField(_("courriels"))
    websites = CodesField(_("sites"))
    opened_on = models.DateField(_("ouvert depuis le"), null=True, blank=True)
    premises = models.CharField(_("titre d’occupation"), max_length=20, choices=list(PREMISES.items()), blank=True)
    premises_until = models.DateField(_("fin d’occupation des locaux"), null=True, blank=True)
    open_on_public_holidays = models.BooleanField(_("ouvert les jours fériés"), default=False)
    welcome_hours = models.CharField(_("heures d’accueil humain"), max_length=200, blank=True)
    house_rules = models.TextField(_("règles de la maison"), max_length=5000, blank=True)
    languages = CodesField(_("langues"))
    services = CodesField(_("services"))
    publics = CodesField(_("publics"))
    care = CodesField(_("prise en charge"))
    fees = CodesField(_("frais"))
    access_modes = CodesField(_("modalités d’accès"))
    support = CodesField(_("accompagnement"))
    programmes = CodesField(_("programmes nationaux"))
    trainings = CodesField(_("formations et labels nationaux"))
    other_labels = CodesField(_("autres labels"))
    roaming = CodesField(_("itinérance"))
    acceslibre = models.CharField(_("fiche Acceslibre"), max_length=300, blank=True)
    booking_url = models.CharField(_("prise de rendez-vous"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=100, blank=True)
    checked_on = models.DateField(_("vérifié le"), null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    moved_on = models.DateField(_("déménagé le"), null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    origins = models.JSONField(default=dict, blank=True)
    rev = models.PositiveIntegerField(default=0)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="point_on_earth",
            ),
            models.CheckConstraint(
                condition=~Q(state=policy.State.MERGED) | Q(merged_into__isnull=False), name="merged_says_where"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="not_merged_into_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["pivot"], name="place_pivot"),
            models.Index(fields=["state"], name="place_state"),
            models.Index(fields=["postcode", "state", "commune"], name="place_postcode"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("place", args=[self.slug])

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.Hat]:
        """Steward by name or through the carrier's organisation, officer of the Region, or the clock."""
        if person is None:
            yield policy.Hat.CLOCK
            return
        if self.stewards.holding(at).filter(person=person).exists() or (
            self.carrier is not None and organisations.role_of(person, self.carrier, at) in ("owner", "editor")
        ):
            yield policy.Hat.STEWARD
        if organisations.is_of_the_region(person, at):
            yield policy.Hat.OFFICER

    @property
    def lambert93(self) -> tuple[float, float] | None:
        """The point in Lambert-93 metres (EPSG:2154), to the centimetre."""
        if self.lon is None or self.lat is None:
            return None
        x, y = to_lambert93(self.lon, self.lat)
        return round(x, 2), round(y, 2)


class OldAddress(models.Model):
    """An address that the place's page had: it still answers, and leads to the new one."""

    slug = models.SlugField(max_length=80, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="old_addresses")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug


class Origin(models.Model):
    """The name that a source gives to the place: what makes a second import find it again."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="known_as")
    source = models.CharField(max_length=100)
    ref = models.CharField(max_length=200)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ("source", "ref")
        constraints = [models.UniqueConstraint(fields=["source", "ref"], name="one_place_a_reference")]

    def __str__(self) -> str:
        return f"{self.source} {self.ref}"
