"""The place of a dossier: among which one chooses, what is asked for it, what is missing."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigAutoField, Q, QuerySet
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import AskedPlace, Dossier
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.foundation.organisations import queries as organisations
from escale.foundation.places.models import Place, Steward
from escale.foundation.prepared import Prepared, Slot
from escale.foundation.questionnaires.filled import Gap

PLACE = "le-lieu"


@dataclass(frozen=True)
class Request:
    """The label that a dossier asks for a place: the referential's key, the type ("" : the first that fits)."""

    place: Place
    referential: str
    type: str


def choices(dossier: Dossier, at: datetime) -> "QuerySet[Place]":
    """Places of the applicant: those that it carries, those whose page its people keep."""
    people = organisations.members_of(dossier.organisation, at).values("person")
    kept = Steward.objects.holding(at).filter(person__in=people).values("place")
    rows = Place.objects.filter(Q(carrier=dossier.organisation) | Q(pk__in=kept)).exclude(
        state__in=("closed", "merged")
    )
    return rows.select_related("commune").order_by("name", "pk")


def chosen(dossier: Dossier) -> Place | None:
    """The place of the dossier."""
    row = AskedPlace.objects.filter(dossier=dossier).select_related("place__commune", "place__carrier").first()
    return row.place if row else None


def asks(dossier: Dossier) -> bool:
    """Whether the call grants a label."""
    return "label" in call_of(dossier.edition).document


def requested(dossier: Dossier) -> Request | None:
    """What is asked, once a place was chosen."""
    spec = call_of(dossier.edition).document.get("label")
    place = chosen(dossier) if spec else None
    return Request(place, spec["referential"], spec.get("type", "")) if spec and place else None


def requested_by(subject: int) -> Request | None:
    """What the dossier of a journal's subject asks; most choose no place, and are not read."""
    if _CHOSEN.first(subject=subject) is None:
        return None
    return requested(Dossier.objects.select_related("edition").get(subject=subject))


_CHOSEN: Prepared[AskedPlace, AskedPlace] = Prepared(
    lambda: AskedPlace.objects.filter(dossier__subject=Slot("subject", BigAutoField())).order_by()
)


def gaps(dossier: Dossier) -> list[Gap]:
    """The place that a filing needs."""
    spec = call_of(dossier.edition).document.get("label")
    if not spec or not spec.get("required", True) or chosen(dossier) is not None:
        return []
    return [Gap(PLACE, "place", _("Choisissez le lieu pour lequel le label est demandé."))]
