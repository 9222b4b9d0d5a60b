"""What the committee does to its ranking: a place by hand, a dossier set aside, hypotheses on the envelopes."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Item, Simulation, Sitting
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused

#: Hypotheses that one call may keep in a sitting.
MOST = 20


def rank(
    sitting: Sitting, item: Item, *, place: int | None, set_aside: bool, reason: str, by: Person, at: datetime
) -> None:
    """Moves a dossier to ``place`` (from 1; None: back where its score puts it), or sets it aside, with the reason."""
    moved = place is not None or set_aside
    if moved and not reason.strip():
        raise Refused("reason_missing", _("Dites pourquoi le comité change ce classement : le procès-verbal le dira."))
    with transaction.atomic():
        data = {"dossier": item.dossier.number, "place": place, "set_aside": set_aside}
        record.perform(sitting, "rank", by=by, at=at, note=reason, data=data)
        item.rank, item.set_aside = (None if set_aside else place), set_aside
        item.reason = reason.strip() if moved else ""
        item.save(update_fields=["rank", "set_aside", "reason"])


def simulate(
    sitting: Sitting, scheme: Scheme, name: str, settings: dict[str, Any], *, keep: bool, by: Person, at: datetime
) -> Simulation:
    """Keeps a hypothesis under its name (the same name is replaced); with ``keep`` the session works with it."""
    with transaction.atomic():
        data = {"call": scheme.key, "name": name, "settings": settings, "kept": keep}
        record.perform(sitting, "simulate", by=by, at=at, data=data)
        rows = Simulation.objects.filter(sitting=sitting, scheme=scheme)
        if not rows.filter(name=name).exists() and rows.count() >= MOST:
            sentence = _("{most} hypothèses sont gardées pour cet appel : reprenez un nom déjà donné.")
            raise Refused("too_many", sentence.format(most=MOST))
        if keep:
            rows.update(kept=False)
        kept, _made = Simulation.objects.update_or_create(
            sitting=sitting, scheme=scheme, name=name, defaults={"settings": settings, "kept": keep, "by": by, "at": at}
        )
    return kept
