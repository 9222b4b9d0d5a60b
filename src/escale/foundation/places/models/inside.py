"""What is inside: spaces, equipment, prices, accessibility, people who welcome, photos."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from escale.foundation.documents.models import Document
from escale.foundation.places.models.place import Place
from escale.rules.places import EQUIPMENT, MEASURES, NEEDS, ROLES, SPACES, UNITS


class Space(models.Model):
    """A space: ``units`` alike (six desks), each for ``capacity`` people; ``part_of``: half of a hall."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="spaces")
    kind = models.CharField(_("sorte"), max_length=20, choices=list(SPACES.items()))
    name = models.CharField(_("nom"), max_length=100, blank=True)
    capacity = models.PositiveSmallIntegerField(_("personnes"), null=True, blank=True)
    units = models.PositiveSmallIntegerField(_("nombre"), default=1)
    floor_m2 = models.PositiveIntegerField(_("surface (m²)"), null=True, blank=True)
    part_of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts")

    class Meta:
        ordering = ("place_id", "id")
        constraints = [
            models.CheckConstraint(condition=Q(units__gte=1), name="a_space_has_units"),
            models.CheckConstraint(condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")), name="not_part_of_itself"),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class Equipment(models.Model):
    """What is there, or is not (``figure`` 0), or was measured; nothing written: not said."""

    CODES: ClassVar[dict[str, str]] = {**EQUIPMENT, **{code: label for code, (label, _unit, _most) in MEASURES.items()}}

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="equipment")
    code = models.CharField(_("équipement"), max_length=20, choices=list(CODES.items()))
    figure = models.DecimalField(_("combien"), max_digits=9, decimal_places=2)
    counted = models.BooleanField(_("compté"), default=False)
    measured_on = models.DateField(_("mesuré le"), null=True, blank=True)

    class Meta:
        ordering = ("place_id", "code")
        constraints = [
            models.UniqueConstraint(fields=["place", "code"], name="one_line_an_equipment"),
            models.CheckConstraint(condition=Q(figure__gte=0), name="equipment_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.figure}"


class Tariff(models.Model):
    """A price in the unit in which it is said."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="tariffs")
    what = models.CharField(_("pour quoi"), max_length=100, blank=True)
    unit = models.CharField(_("unité"), max_length=10, choices=list(UNITS.items()))
    cents = models.PositiveIntegerField(_("prix"), default=0)
    note = models.CharField(_("précision"), max_length=150, blank=True)

    class Meta:
        ordering = ("place_id", "id")
        constraints = [models.CheckConstraint(condition=~Q(unit="free") | Q(cents=0), name="free_costs_nothing")]

    def __str__(self) -> str:
        return f"{self.cents} {self.unit}"


class Access(models.Model):
    """What is said of one need: yes or no; nothing written: not known."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="access")
    need = models.CharField(_("besoin"), max_length=20, choices=list(NEEDS.items()))
    met = models.BooleanField(_("oui"))
    note = models.CharField(_("précision"), max_length=200, blank=True)

    class Meta:
        ordering = ("place_id", "id")
        constraints = [models.UniqueConstraint(fields=["place", "need"], name="one_answer_a_need")]

    def __str__(self) -> str:
        return f"{self.need} {self.met}"


class Staff(models.Model):
    """Someone who welcomes. The name is shown only when the person agreed, and since when."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="staff")
    role = models.CharField(_("rôle"), max_length=20, choices=list(ROLES.items()))
    fte = models.DecimalField(_("équivalents temps plein"), max_digits=4, decimal_places=2, null=True, blank=True)
    name = models.CharField(_("prénom et nom"), max_length=150, blank=True)
    consent_at = models.DateTimeField(_("accord de la personne"), null=True, blank=True)

    class Meta:
        ordering = ("place_id", "id")
        constraints = [models.CheckConstraint(condition=Q(fte__isnull=True) | Q(fte__gte=0), name="fte_not_negative")]

    def __str__(self) -> str:
        return self.get_role_display()

    @property
    def shown_name(self) -> str:
        """The name, if the person agreed to be named."""
        return self.name if self.consent_at else ""


class Photo(models.Model):
    """A picture of the place, with whom to thank and what it shows, in words."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="photos")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(_("ce que montre la photo"), max_length=250)
    credit = models.CharField(_("crédit"), max_length=150)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ("place_id", "id")

    def __str__(self) -> str:
        return self.alt
