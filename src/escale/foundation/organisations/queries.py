"""Who acts for which organisation, who is what for the Region, at an instant."""

from datetime import datetime

from django.db.models import BigAutoField, Count, DateTimeField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from escale.foundation.journal.models import Entry
from escale.foundation.organisations.models import Invitation, Mandate, Membership, Organisation, Service
from escale.foundation.people.models import Person
from escale.foundation.prepared import Prepared, Slot
from escale.foundation.territory.names import fold
from escale.rules.legal import bare_number
from escale.ui.routes import Request

OFFICERS = ("officer", "lead_officer")
#: Who works for the Region.
OF_THE_REGION = (*OFFICERS, "administrator", "secretary")


def role_of(person: Person, organisation: Organisation, at: datetime) -> str | None:
    """``owner``, ``editor``, ``reader``, or None."""
    rows = Membership.objects.holding(at).filter(person=person, organisation=organisation)
    return rows.values_list("role", flat=True).first()


def organisations_of(person: Person, at: datetime, *roles: str) -> "QuerySet[Organisation]":
    """The active organisations for which the person acts, in one of ``roles`` when given."""
    rows = Membership.objects.holding(at).filter(person=person)
    rows = rows.filter(role__in=roles) if roles else rows
    return Organisation.objects.filter(pk__in=rows.values("organisation"), state="active")


def invitations_for(person: Person, at: datetime) -> "QuerySet[Invitation]":
    """The invitations that wait for this person's answer."""
    rows = Invitation.objects.filter(email=person.email, state="pending", expires_at__gt=at)
    return rows.select_related("organisation", "invited_by", "subject")


def found(person: Person, at: datetime, text: str) -> "QuerySet[Organisation]":
    """What the Region's people find by name or SIRET among the sheets that they may read."""
    rows = Organisation.objects.visible_to(person, at).select_related("commune")
    bare = bare_number(text)
    digits = bare if bare.isdigit() and len(bare) >= 3 else ""
    asked = Q(name__icontains=text) | Q(commune__folded__startswith=fold(text))
    return rows.filter(asked | Q(siret__startswith=digits)) if digits else rows.filter(asked)


def last_edit(organisation: Organisation) -> Entry | None:
    """Who changed the sheet last, and when."""
    rows = Entry.objects.filter(subject=organisation.subject, act__in=("edit", "create"))
    return rows.select_related("by").order_by("-n").first()


def history(organisation: Organisation) -> "QuerySet[Entry]":
    """What happened to the organisation, the newest first."""
    return Entry.objects.filter(subject=organisation.subject).select_related("by").order_by("-n")


def memberships_of(person: Person, at: datetime) -> "QuerySet[Membership]":
    """What the person is for which organisation, organisations and communes joined."""
    rows = Membership.objects.holding(at).filter(person=person)
    return rows.select_related("organisation__commune").order_by("organisation__name", "pk")


def is_officer(person: Person, at: datetime) -> bool:
    """Whether the person is an officer of any service."""
    return Mandate.objects.holding(at).filter(person=person, kind__in=OFFICERS).exists()


def member(person: Person, organisation: Organisation, at: datetime) -> Membership | None:
    """What the person is for the organisation now."""
    return _MEMBER.first(person=person.pk, organisation=organisation.pk, at=at)


def _membership() -> "QuerySet[Membership]":
    when = Slot("at", DateTimeField())
    rows = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=when), since__lte=when)
    asked = rows.filter(person=Slot("person", BigAutoField()), organisation=Slot("organisation", BigAutoField()))
    return asked.order_by("pk")[:1]


_MEMBER: Prepared[Membership, Membership] = Prepared(_membership)


def members_of(organisation: Organisation, at: datetime) -> "QuerySet[Membership]":
    """Those who act for the organisation now, persons joined."""
    return Membership.objects.holding(at).filter(organisation=organisation).select_related("person")


def services_of(person: Person, at: datetime) -> set[int]:
    """Keys of the services in which the person is an officer."""
    rows = Mandate.objects.holding(at).filter(person=person, kind__in=OFFICERS, service__isnull=False)
    return set(rows.values_list("service_id", flat=True))


def with_mandates() -> "QuerySet[Person]":
    """Persons with their mandates, the newest first, and where each is held."""
    rows = Mandate.objects.select_related("service", "commune", "organisation").order_by("-since", "-pk")
    return Person.objects.prefetch_related(Prefetch("mandates", queryset=rows))


def people_of_region(
    at: datetime, text: str = "", *, kind: str = "", service: str = "", ended: bool = False
) -> "QuerySet[Person]":  # fmt: skip
    """Who holds a mandate now or later (``ended``: who ever held one), by name or mail, kind, service."""
    rows = Mandate.objects.all() if ended else Mandate.objects.filter(Q(until__isnull=True) | Q(until__gt=at))
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(service__key=service) if service else rows
    found = with_mandates().filter(pk__in=rows.values("person"))
    found = found.filter(Q(name__icontains=text) | Q(email__icontains=text)) if text else found
    return found.order_by("name", "pk")


def services_with_officers(at: datetime) -> "QuerySet[Service]":
    """The services, with the number of officers that each has now."""
    holding = Mandate.objects.holding(at).filter(kind__in=OFFICERS, service=OuterRef("pk")).order_by()
    counted = holding.values("service").annotate(n=Count("person", distinct=True)).values("n")
    return Service.objects.annotate(officers=Coalesce(Subquery(counted), 0))


def region_history() -> "QuerySet[Entry]":
    """What was done to the Region's people and services, the newest first."""
    return Entry.objects.filter(subject__kind="region").select_related("by").order_by("-n")


def services_for(request: Request) -> set[int]:
    """``services_of`` whoever asks, read once a request."""
    return {service for kind, service in mandates_for(request) if kind in OFFICERS and service}


def mandates_for(request: Request) -> set[tuple[str, int | None]]:
    """The mandates of whoever asks, as (kind, service), read once a request: the menu and the page both ask."""
    known: set[tuple[str, int | None]] | None = getattr(request, "mandates", None)
    if known is None:
        known = set()
        if isinstance(request.user, Person):
            rows = Mandate.objects.holding(request.at).filter(person=request.user).order_by("pk")
            known = set(rows.values_list("kind", "service_id"))
        request.mandates = known  # type: ignore[attr-defined]  # kept for the length of the request
    return known


def kinds_for(request: Request) -> set[str]:
    """The kinds of mandates that whoever asks holds."""
    return {kind for kind, _service in mandates_for(request)}


def has_mandate(person: Person, kind: str, at: datetime, service: Service | None = None) -> bool:
    """Whether the person holds such a mandate (in that service)."""
    rows = Mandate.objects.holding(at).filter(person=person, kind=kind)
    return (rows.filter(service=service) if service else rows).exists()


def mandates_of(person: Person, at: datetime) -> set[str]:
    """The kinds of mandates the person holds."""
    return set(Mandate.objects.holding(at).filter(person=person).values_list("kind", flat=True))


def is_of_the_region(person: Person, at: datetime) -> bool:
    """Whether the person works for the Region: officer of any service, or administrator."""
    return Mandate.objects.holding(at).filter(person=person, kind__in=OF_THE_REGION).exists()
