"""Organisations and those who act for them; the Region's services and dated mandates."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from escale.foundation.journal.models import Stateful
from escale.foundation.organisations import policy, wording
from escale.foundation.people.models import Person
from escale.foundation.territory.models import Commune
from escale.rules.legal import LEGAL_FORMS, SIZES

#: The mandates that read every sheet.
READERS = ("officer", "lead_officer", "administrator")


class DatedQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows that hold from ``since`` until ``until`` (excluded; empty: until further notice)."""

    def holding(self, at: datetime) -> "DatedQuerySet[M]":
        """The rows that hold at this instant."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


class Dated(models.Model):
    """A fact with a beginning and perhaps an end, half-open, UTC instants."""

    since = models.DateTimeField(_("depuis"))
    until = models.DateTimeField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        abstract = True


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Which organisations someone may see."""

    def visible_to(self, person: Person, at: datetime) -> "OrganisationQuerySet":
        """Those of which the person is a member; all of them for the Region's officers and administrators."""
        if Mandate.objects.holding(at).filter(person=person, kind__in=READERS).exists():
            return self
        return self.filter(pk__in=Membership.objects.holding(at).filter(person=person).values("organisation"))


class Organisation(Stateful):
    """A legal person that files dossiers or runs places. It owns them: they outlive its members' accounts."""

    POLICY: ClassVar = policy.ORGANISATION
    WORDING: ClassVar = wording.ORGANISATION

    name = models.CharField(_("nom"), max_length=200)
    legal_form = models.CharField(_("forme juridique"), max_length=30, choices=list(LEGAL_FORMS.items()))
    siret = models.CharField("SIRET", max_length=14, blank=True)
    rna = models.CharField("RNA", max_length=10, blank=True)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="+", verbose_name=_("commune"))
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=5, blank=True)
    created_on = models.DateField(_("date de création"), null=True, blank=True)
    fte = models.DecimalField(_("équivalents temps plein"), max_digits=8, decimal_places=2, null=True, blank=True)
    size = models.CharField(_("taille"), max_length=10, choices=list(SIZES.items()), blank=True)
    is_ess = models.BooleanField(_("entreprise de l’économie sociale et solidaire"), default=False)
    vat = models.CharField(_("TVA"), max_length=15, choices=list(wording.VAT.items()), blank=True)
    vat_recovered = models.DecimalField(
        _("part de TVA récupérée"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    representative = models.CharField(_("représentée par"), max_length=200, blank=True)
    quality = models.CharField(_("en qualité de"), max_length=100, blank=True)
    iban = models.CharField("IBAN", max_length=34, blank=True)
    bank_holder = models.CharField(_("titulaire du compte"), max_length=200, blank=True)
    rev = models.PositiveIntegerField(default=0)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=["siret"], condition=~Q(siret=""), name="one_organisation_a_siret"),
            # A percentage, said by who recovers a part of its VAT and by nobody else.
            models.CheckConstraint(
                condition=Q(vat="partly", vat_recovered__range=(0, 100)) | Q(vat_recovered__isnull=True),
                name="vat_recovered_in_part",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/organisations/{self.pk}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.Hat]:
        """The role of the membership that holds, and the hats of the Region's people; None is the clock."""
        if person is None:
            yield policy.Hat.CLOCK
            return
        members = Membership.objects.holding(at).filter(organisation=self)
        for role in members.filter(person=person).values_list("role", flat=True):
            yield policy.Hat(role)
        held = Mandate.objects.holding(at).filter(person=person, kind__in=READERS)
        kinds = set(held.values_list("kind", flat=True))
        if "administrator" in kinds:
            yield policy.Hat.ADMINISTRATOR
        if kinds - {"administrator"}:
            yield policy.Hat.OFFICER
            if not members.exists():
                yield policy.Hat.KEEPER

    @property
    def masked_iban(self) -> str:
        """The IBAN with its middle hidden: it is never shown whole on a screen."""
        return f"{self.iban[:4]} •••• •••• {self.iban[-4:]}" if self.iban else ""


class Membership(Dated):
    """A person acts for an organisation in one role. ``represents``: is its legal representative, and so signs."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=10, choices=list(wording.ROLE_NAMES.items()))
    represents = models.BooleanField(_("représente légalement l’organisation"), default=False)

    objects = DatedQuerySet["Membership"].as_manager()

    class Meta:
        ordering = ("organisation_id", "since", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(until__isnull=True), name="one_open_membership"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="member_order"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation} · {self.role}"


class Invitation(Stateful):
    """Someone is asked by mail to join an organisation. Only who signs in with that mail may answer."""

    POLICY: ClassVar = policy.INVITATION
    WORDING: ClassVar = wording.INVITATION

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("adresse électronique"))
    role = models.CharField(_("rôle"), max_length=10, choices=list(wording.ROLE_NAMES.items()))
    represents = models.BooleanField(_("représente légalement l’organisation"), default=False)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ("-invited_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(state=policy.InvitationState.PENDING),
                name="one_pending_invitation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.InvitationHat]:
        """The clock, the one invited, or an owner of the organisation."""
        if person is None:
            yield policy.InvitationHat.CLOCK
            return
        if person.email == self.email:
            yield policy.InvitationHat.INVITED
        if policy.Hat.OWNER in self.organisation.hats_of(person, at):
            yield policy.InvitationHat.OWNER


class Link(models.Model):
    """Another undertaking that forms one single undertaking with the organisation (regulation 2023/2831)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(_("nom"), max_length=200)
    siren = models.CharField("SIREN", max_length=9)

    class Meta:
        ordering = ("name", "id")
        constraints = [models.UniqueConstraint(fields=["organisation", "siren"], name="one_link_a_siren")]

    def __str__(self) -> str:
        return self.name


class Region(Stateful):
    """The Region itself, one row: the thing whose journal tells who gave which mandate to whom."""

    POLICY: ClassVar = policy.REGION
    WORDING: ClassVar = wording.REGION

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_region")]

    def __str__(self) -> str:
        return str(_("la Région"))

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.RegionHat]:
        """The commands' hat, or the administrator's."""
        if person is None:
            yield policy.RegionHat.CLOCK
        elif Mandate.objects.holding(at).filter(person=person, kind="administrator").exists():
            yield policy.RegionHat.ADMINISTRATOR


class Service(models.Model):
    """A service of the Region: it owns calls, its officers read their dossiers."""

    key = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=150)
    email = models.EmailField(_("adresse électronique"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Mandate(Dated):
    """What someone is for the Region, and from when until when.

    ``service`` for officers; ``commune`` or ``organisation`` where an elected person also sits elsewhere;
    ``reference``: the act that names them (order, deliberation).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    kind = models.CharField(_("fonction"), max_length=20, choices=list(wording.MANDATES.items()))
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reference = models.CharField(_("acte de désignation"), max_length=200, blank=True)

    objects = DatedQuerySet["Mandate"].as_manager()

    class Meta:
        ordering = ("person_id", "since", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["officer", "lead_officer"]) | Q(service__isnull=False),
                name="officers_have_a_service",
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="mandate_order"),
        ]
        indexes = [models.Index(fields=["person", "kind"], name="mandate_of_person")]

    def __str__(self) -> str:
        return f"{self.person} · {self.kind}"
