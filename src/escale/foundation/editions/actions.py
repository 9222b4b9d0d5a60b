"""Writing drafts, freezing editions, layering amendments."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from escale.foundation.editions.models import Amendment, Draft, Edition, Series
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused
from escale.rules.shape.reading import canonical_text, digest

#: How many saves of a draft can be undone.
MOST_STEPS = 30


def series_of(kind: str, key: str) -> Series:
    """The series of that key, made when it is new."""
    Series.objects.bulk_create([Series(kind=kind, key=key)], ignore_conflicts=True)
    return Series.objects.get(kind=kind, key=key)


def save_draft(
    series: Series, document: dict[str, Any], *, rev: int, by: Person | None, at: datetime,
    origin: Edition | None = None, before: dict[str, Any] | None = None,
) -> Draft:  # fmt: skip
    """Keeps a draft. ``rev`` is the revision that was read; refused when someone saved since.

    ``before``: what a new draft begins from, which undoing its first save brings back.
    """
    with transaction.atomic():
        found = Draft.objects.select_for_update().filter(series=series).first()
        if found is None:
            found = Draft.objects.create(series=series, document=document, rev=1, by=by, at=at, origin=origin)
            if before is not None and before != document:
                found.steps.create(rev=1, document=before, by=by, at=at)
        else:
            _unchanged(found, rev)
            if found.document != document:
                found.steps.create(rev=rev + 1, document=found.document, by=by, at=at)
                found.steps.filter(rev__lte=rev + 1 - MOST_STEPS).delete()
            found.document, found.rev, found.by, found.at = document, rev + 1, by, at
            found.save()
        if by is not None:
            found.writers.add(by)
        return found


def undo_draft(series: Series, *, rev: int, by: Person, at: datetime) -> Draft:
    """Brings back what the draft was before its last save. Refused when someone saved since ``rev``, or at the first."""
    with transaction.atomic():
        found = Draft.objects.select_for_update().filter(series=series).first()
        step = found.steps.first() if found is not None else None
        if found is None or step is None:
            raise Refused(
                "nothing_to_undo", _("Il n’y a plus rien à annuler : les étapes plus anciennes sont oubliées.")
            )
        _unchanged(found, rev)
        found.document, found.rev, found.by, found.at = step.document, rev + 1, by, at
        found.save()
        found.writers.add(by)
        step.delete()
        return found


def _unchanged(draft: Draft, rev: int) -> None:
    if draft.rev == rev:
        return
    name = str(draft.by) if draft.by else _("quelqu’un")
    sentence = _("{name} a enregistré ce brouillon entre-temps. Rechargez la page : votre saisie est ci-dessous.")
    raise Refused("changed_meanwhile", sentence.format(name=name))


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
