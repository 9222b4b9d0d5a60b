"""What other services' pages show of the label: those of a place; its self-diagnosis for a dossier, then and now."""

from datetime import datetime

from django.template.loader import render_to_string

from escale.capabilities.label import wording
from escale.capabilities.label.models import Label, Referential, Request
from escale.capabilities.label.queries import diagnosis, said
from escale.foundation.journal.models import Subject
from escale.foundation.journal.record import has_hat
from escale.foundation.people.models import Person
from escale.foundation.places import queries as places
from escale.foundation.places.models import Place


def of_place(place: Place, at: datetime) -> str:
    """The labels that a place holds at this instant, with what anyone may check and take away."""
    found = place.labels.valid(at).select_related("referential").order_by("referential__title", "pk")
    labels = list(found)
    return render_to_string("label/of_place.html", {"labels": labels}) if labels else ""


def asked(dossier: Subject, place: Place, key: str, type: str, *, by: Person, at: datetime) -> str:
    """The self-diagnosis of the place for the label that a dossier asks, and what it was when it was filed."""
    filed = Request.objects.filter(dossier=dossier).select_related("referential", "edition").first()
    referential = filed.referential if filed else Referential.objects.filter(key=key, state="published").first()
    edition = filed.edition if filed else referential.edition if referential else None
    if referential is None or edition is None:
        return render_to_string("label/panel.html", {"place": place, "key": key, "referential": None})
    whole = places.whole(Place.objects.all()).get(pk=place.pk)
    found = diagnosis.of(whole, edition, at, (filed.type if filed else type) or None)
    context = {
        "place": whole, "referential": referential, "found": found, "sentence": wording.VERDICTS[found["verdict"]],
        "lines": diagnosis.lines(found, said.contradicted(whole, edition)), "filed": filed,
        "then": wording.VERDICTS[filed.told["verdict"]] if filed else "", "key": key,
        "tends": has_hat(whole, "read", by=by, at=at), "label": Label.objects.filter(dossier=dossier).first(), "visit": said.last_visit(whole, referential.series_id),
    }  # fmt: skip
    return render_to_string("label/panel.html", context)
