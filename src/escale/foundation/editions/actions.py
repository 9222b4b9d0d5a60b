"""Writing drafts, freezing editions, layering amendments."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from escale.foundation.editions.models import Amendment, Draft, Edition, Series
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused
from escale.rules.shape.reading import canonical_text, digest


def series_of(kind: str, key: str) -> Series:
    """The series of that key, made when it is new."""
    Series.objects.bulk_create([Series(kind=kind, key=key)], ignore_conflicts=True)
    return Series.objects.get(kind=kind, key=key)


def save_draft(
    series: Series, document: dict[str, Any], *, rev: int, by: Person | None, at: datetime,
    origin: Edition | None = None,
) -> Draft:  # fmt: skip
    """Keeps a draft. ``rev`` is the revision that was read; refused when someone saved since."""
    with transaction.atomic():
        found = Draft.objects.select_for_update().filter(series=series).first()
        if found is None:
            return Draft.objects.create(series=series, document=document, rev=1, by=by, at=at, origin=origin)
        if found.rev != rev:
            name = str(found.by) if found.by else _("quelqu’un")
            sentence = _(
                "{name} a enregistré ce brouillon entre-temps. Rechargez la page : votre saisie est ci-dessous."
            )
            raise Refused("changed_meanwhile", sentence.format(name=name))
        found.document, found.rev, found.by, found.at = document, rev + 1, by, at
        found.save()
        return found


def publish(kind: str, document: dict[str, Any], *, by: Person | None, at: datetime) -> tuple[Edition, bool]:
    """Freezes a canonical document as the next edition of its key; the same content gives the same edition."""
    sha256 = digest(document)
    with transaction.atomic():
        series = Series.objects.select_for_update().get(pk=series_of(kind, document["key"]).pk)
        known = series.editions.filter(sha256=sha256).first()
        if known:
            return known, False
        last = series.editions.order_by("-n").values_list("n", flat=True).first() or 0
        edition = Edition.objects.create(
            series=series, n=last + 1, document=canonical_text(document), sha256=sha256,
            published_at=at, published_by=by,
        )  # fmt: skip
    return edition, True


def amend(
    edition: Edition, payload: dict[str, Any], *, reason: str, by: Person | None, at: datetime, act: str = ""
) -> Amendment:
    """Layers an act on an edition, with its reason."""
    with transaction.atomic():
        Series.objects.select_for_update().get(pk=edition.series_id)
        n = edition.amendments.count() + 1
        return Amendment.objects.create(edition=edition, n=n, payload=payload, reason=reason, act=act, at=at, by=by)
