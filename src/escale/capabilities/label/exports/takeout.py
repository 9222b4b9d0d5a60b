"""What the label keeps of a person and of an organisation, for their takeout."""

from datetime import datetime

from escale.capabilities.label.models import Declaration, Label, Paper, Visit, YearReport
from escale.foundation.documents.exports import keep
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.models import Person
from escale.foundation.people.takeout import Takeout


def of_person(takeout: Takeout, person: Person, at: datetime) -> None:
    """What the person declared for places, and the charters that they signed."""
    said = Declaration.objects.filter(by=person).order_by("pk")
    takeout.tell("label-declarations", list(said.values("place__name", "code", "value", "at")))
    made = Visit.objects.filter(visitor=person).order_by("pk")
    takeout.tell(
        "label-visites",
        list(made.values("number", "place__name", "planned_for", "visited_on", "opinion", "conclusion")),
    )
    told = YearReport.objects.filter(by=person).order_by("pk")
    takeout.tell("label-comptes-rendus", list(told.values("label__number", "year", "changes", "difficulties", "at")))
    signed = Label.objects.filter(signed_by=person).order_by("pk")
    takeout.tell("label-chartes", list(signed.values("number", "signed_quality", "signed_at", "signed_version")))


def of_organisation(takeout: Takeout, organisation: Organisation, at: datetime) -> None:
    """The labels of the organisation's places, what was declared for them, the papers given."""
    labels = Label.objects.filter(place__carrier=organisation).order_by("pk")
    told = ("number", "place__name", "state", "since", "until", "act_reference", "warned", "answer")
    takeout.tell("label/labels", list(labels.values(*told)))
    said = Declaration.objects.filter(place__carrier=organisation).order_by("pk")
    takeout.tell("label/declarations", list(said.values("place__name", "code", "value", "at")))
    papers = Paper.objects.filter(place__carrier=organisation, removed_at__isnull=True)
    for paper in papers.select_related("document", "place").order_by("pk"):
        keep(takeout, f"label/{paper.place.slug}/{paper.document.name}", paper.document)
