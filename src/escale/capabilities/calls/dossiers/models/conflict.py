"""Who a dossier concerns, and who must therefore know nothing of how it is examined."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from escale.foundation.organisations.models import Dated, DatedQuerySet, Mandate, Membership, Organisation
from escale.foundation.people.models import Person
from escale.foundation.territory.models import Commune

#: A tie that ended counts this long: three years, as for whoever leaves a public post (code pénal, art. 432-13).
TAIL = timedelta(days=3 * 365)


class Party(models.Model):
    """An organisation that the dossier concerns: the applicant, a partner. Rebuilt from what was filed."""

    dossier = models.ForeignKey("Dossier", on_delete=models.CASCADE, related_name="parties")
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("dossier_id", "id")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.name}"


class Conflict(Dated):
    """Someone said, or was found, to have an interest in a dossier: from ``since`` they know nothing of its
    examination. What can be inferred (membership, mandate) is not written here: it is asked each time.
    """

    SOURCES = {"declared": _("déclaré par la personne"), "reported": _("signalé par le service")}

    dossier = models.ForeignKey("Dossier", on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=list(SOURCES.items()))
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = DatedQuerySet["Conflict"].as_manager()

    class Meta:
        ordering = ("dossier_id", "since", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "person"], condition=Q(until__isnull=True), name="one_open_conflict"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="conflict_order"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.person_id}"


def inferred(person: Person, at: datetime) -> "QuerySet[Party]":
    """The parties to which the person is tied: member, mandate in the organisation or in the commune."""
    member = _recent(Membership.objects.filter(person=person), at)
    sits = _recent(Mandate.objects.filter(person=person), at)
    return Party.objects.filter(
        Q(organisation__in=member.values("organisation"))
        | Q(organisation__in=sits.filter(organisation__isnull=False).values("organisation"))
        | Q(commune__in=sits.filter(commune__isnull=False).values("commune"))
    )


def declared(person: Person, at: datetime) -> "QuerySet[Conflict]":
    """The conflicts written for the person that hold."""
    return Conflict.objects.holding(at).filter(person=person)


def interested(dossier: int, at: datetime) -> "QuerySet[Person]":
    """Whoever has an interest in the dossier (its key): no mail of the Region's side tells them of it."""
    parties = Party.objects.filter(dossier=dossier)
    organisations, communes = parties.values("organisation"), parties.values("commune")
    sits = _recent(Mandate.objects.all(), at)
    return Person.objects.filter(
        Q(pk__in=Conflict.objects.holding(at).filter(dossier=dossier).values("person"))
        | Q(pk__in=_recent(Membership.objects.filter(organisation__in=organisations), at).values("person"))
        | Q(pk__in=sits.filter(organisation__in=organisations).values("person"))
        | Q(pk__in=sits.filter(commune__in=communes).values("person"))
    )


def ties(dossiers: Collection[int], people: Collection[int], at: datetime) -> set[tuple[int, int]]:
    """The (dossier, person) pairs, of these keys, between which there is an interest at ``at``. Four queries."""
    held = Conflict.objects.holding(at).filter(dossier__in=dossiers, person__in=people)
    found = set(held.values_list("dossier_id", "person_id"))
    organisations: dict[int, set[int]] = {}
    communes: dict[str, set[int]] = {}
    member = _recent(Membership.objects.filter(person__in=people), at)
    for person, organisation in member.values_list("person_id", "organisation_id"):
        organisations.setdefault(organisation, set()).add(person)
    sits = _recent(Mandate.objects.filter(person__in=people), at)
    sits = sits.filter(Q(organisation__isnull=False) | Q(commune__isnull=False))
    for person, organisation, commune in sits.values_list("person_id", "organisation_id", "commune_id"):
        if organisation is not None:
            organisations.setdefault(organisation, set()).add(person)
        if commune is not None:
            communes.setdefault(commune, set()).add(person)
    if organisations or communes:
        parties = Party.objects.filter(dossier__in=dossiers).order_by("pk")
        for dossier, organisation, commune in parties.values_list("dossier_id", "organisation_id", "commune_id"):
            tied = organisations.get(organisation or 0, set()) | communes.get(commune or "", set())
            found |= {(dossier, person) for person in tied}
    return found


def _recent[M: models.Model](ties: "DatedQuerySet[M]", at: datetime) -> "QuerySet[M]":
    return ties.filter(Q(until__isnull=True) | Q(until__gt=at - TAIL), since__lte=at)
