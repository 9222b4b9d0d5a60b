"""What the vote of a dossier does to the label it asks for."""

from django.tasks import task
from django.utils.translation import gettext as _

from escale.capabilities.label.actions import requests
from escale.capabilities.label.queries import people
from escale.foundation.clock.reading import now
from escale.foundation.journal.models import Entry
from escale.foundation.places.models import Place
from escale.foundation.post.actions import write
from escale.rules.refusal import NoHat, Refused


@task()
def grant(pk: int, place: int, key: str, type: str) -> None:
    """Grants (or renews) what this line of a dossier's journal voted. Safe to run twice; who must know is told why not."""
    entry, at = Entry.objects.select_related("subject").get(pk=pk), now()
    where = Place.objects.get(pk=place)
    if entry.data.get("outcome") not in requests.GIVING:
        return
    if not requests.Request.objects.filter(dossier=entry.subject).exists():
        requests.file(entry.subject, where, key, type, at=at)
    try:
        if requests.grant_voted(entry, at=at) is not None:
            return
        reason = _("aucun référentiel en vigueur à l’adresse {key}.").format(key=key)
    except (Refused, NoHat) as refused:
        reason = (
            refused.message
            if isinstance(refused, Refused)
            else _("le référentiel {key} n’est plus en vigueur.").format(key=key)
        )
    context = {
        "number": entry.subject.number,
        "act": entry.data.get("reference", ""),
        "place": where.name,
        "reason": reason,
    }
    for person in people.leads(at):
        write(
            person, "label/not_granted", context, about=entry.subject, at=at, key=f"label-not-granted-{pk}-{person.pk}"
        )


def follow(entry: Entry, place: Place, key: str, type: str) -> None:
    """Enqueues the grant with the line of the vote."""
    grant.enqueue(entry.pk, place.pk, key, type)
