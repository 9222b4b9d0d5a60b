"""What the directory keeps of a person and of an organisation, for their takeout."""

from datetime import datetime

from escale.capabilities.directory.models import Claim, Report
from escale.foundation.documents.exports import keep
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.models import Person
from escale.foundation.people.takeout import Takeout
from escale.foundation.places.file import described
from escale.foundation.places.models import Place, Steward


def of_person(takeout: Takeout, person: Person, at: datetime) -> None:
    """The pages that the person keeps or kept, those they asked to keep with what they gave as proof, the mistakes that
    they reported under their address.
    """
    kept = Steward.objects.filter(person=person).order_by("pk")
    takeout.tell("fiches-de-lieux", list(kept.values("place__name", "place__slug", "since", "until")))
    asked = Claim.objects.filter(claimant=person).order_by("pk")
    takeout.tell("demandes-de-fiche", list(asked.values("place__name", "quality", "proof", "state", "claimed_at")))
    for claim in asked.filter(document__isnull=False).select_related("document"):
        if claim.document is not None:
            keep(takeout, f"demandes-de-fiche/{claim.document.name}", claim.document)
    said = Report.objects.filter(email=person.email).order_by("pk")
    takeout.tell("signalements", list(said.values("place__name", "text", "state", "reported_at")))


def of_organisation(takeout: Takeout, organisation: Organisation, at: datetime) -> None:
    """The page of each place that the organisation carries, as its file."""
    for place in Place.objects.filter(carrier=organisation).order_by("pk"):
        takeout.tell(f"lieux/{place.slug}", described(place))
