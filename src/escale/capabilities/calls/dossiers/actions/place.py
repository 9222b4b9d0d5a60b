"""Choosing the place for which a dossier asks a label."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import AskedPlace, Dossier
from escale.capabilities.calls.dossiers.queries import place as queries
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused


def choose(dossier: Dossier, slug: str, *, by: Person, at: datetime) -> None:
    """Takes the place of this address; "" takes the choice back. Raises ``Refused`` for a place of someone else."""
    with transaction.atomic():
        found = queries.choices(dossier, at).filter(slug=slug).first() if slug else None
        if slug and found is None:
            raise Refused("not_yours", _("Ce lieu n’est pas l’un des vôtres : demandez d’abord à tenir sa fiche."))
        record.perform(dossier, "choose-place", by=by, at=at, data={"place": slug})
        if found is None:
            AskedPlace.objects.filter(dossier=dossier).delete()
        else:
            AskedPlace.objects.update_or_create(dossier=dossier, defaults={"place": found, "by": by, "at": at})
