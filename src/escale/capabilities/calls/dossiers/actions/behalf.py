"""An officer enters a dossier for an applicant who could not file it: paper, outage. Always with its trace."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.actions import drafts
from escale.capabilities.calls.dossiers.models import Behalf, Dossier, Way
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.models import Person
from escale.rules.figures import shown_instant
from escale.rules.refusal import NoHat, Refused


def enter(
    scheme: Scheme, organisation: Organisation, *, way: Way, received_at: datetime, reason: str, by: Person, at: datetime
) -> Dossier:  # fmt: skip
    """A draft that the call's service fills from what it received at ``received_at``, and files as of that instant.

    Raises ``NoHat`` (not an officer of the service), ``Refused`` (not_received, not_open).
    """
    if scheme.service_id not in organisations.services_of(by, at):
        raise NoHat
    if received_at > at:
        raise Refused(
            "not_received", _("La date de réception est à venir : indiquez quand le service a reçu le dossier.")
        )
    if scheme.edition is None or scheme.phase(received_at) != "open":
        sentence = _("« {title} » n’acceptait pas de dossier le {when}.")
        raise Refused("not_open", sentence.format(title=scheme.title, when=shown_instant(received_at)))
    with transaction.atomic():
        dossier = drafts.born(scheme, organisation, by=by, at=at, case={}, note=reason)
        Behalf.objects.create(dossier=dossier, way=way, received_at=received_at, reason=reason, by=by, at=at)
    return dossier
