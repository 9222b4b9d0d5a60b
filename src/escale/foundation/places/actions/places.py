"""The place itself: born, described, listed, confirmed, moved, closed, reopened, merged."""

import re
from datetime import date, datetime
from itertools import chain, count
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from escale.foundation.journal import record
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.models import Person
from escale.foundation.places import where
from escale.foundation.places.models import OldAddress, Origin, Place, Standing
from escale.foundation.territory.models import Commune
from escale.rules.refusal import Refused

LONGEST_SLUG = 70
#: Words that the directory's own addresses use.
RESERVED = frozenset({"create", "demandes", "signalements", "ressemblances", "point", "imports"})


def free_slug(name: str, commune: Commune, taken: set[str] | None = None) -> str:
    """An address that no page has or had: the name, then the commune, then a number."""
    first = slugify(re.sub(r"[’']", " ", name))[:LONGEST_SLUG].strip("-") or "lieu"
    longer = f"{first[:45]}-{slugify(re.sub(r"[’']", ' ', commune.name))[:24]}".strip("-")
    candidates = chain((first, longer), (f"{longer}-{n}" for n in count(2)))
    if taken is None:
        begins = {"slug__startswith": first[:45]}
        taken = {*Place.objects.filter(**begins).values_list("slug", flat=True)}
        taken |= {*OldAddress.objects.filter(**begins).values_list("slug", flat=True)}
    return next(one for one in candidates if one not in taken and one not in RESERVED)


def create(*, by: Person | None, at: datetime, source: str = "", note: str = "", **values: Any) -> Place:
    """A new place, in preparation. Raises ``Refused`` (outside_region, impossible_point)."""
    commune = values.get("commune") or Commune.objects.get(pk=values["commune_id"])
    _check_where(commune, values)
    with transaction.atomic():
        place = Place(**values, source=source)
        place.slug = free_slug(place.name, commune)
        place.origins = _origins(place, values, source or "page", at)
        record.begin(
            place, number=place.slug, title=place.name, address=f"/lieux/{place.slug}/", by=by, at=at, note=note
        )
        Standing.objects.create(place=place, kind="known", since=at, source=source)
    return place


def edit(place: Place, *, by: Person | None, at: datetime, rev: int, source: str = "page", **values: Any) -> list[str]:
    """Changes what is said; gives the names of the fields that changed.

    ``rev`` is the revision seen: refused when someone else wrote meanwhile, with nothing lost of either.
    """
    with transaction.atomic():
        begin_write(place, "edit" if by else "import", by=by, at=at, rev=rev)
        commune = values.get("commune") or place.commune
        _check_where(commune, {"lon": place.lon, "lat": place.lat, **values})
        changed = [name for name, value in values.items() if getattr(place, name) != value]
        for name in changed:
            setattr(place, name, values[name])
        place.origins = _origins(place, {name: values[name] for name in changed}, source, at)
        end_write(place, "edit" if by else "import", by=by, at=at, fields=[*changed, "origins"], told=changed)
    return changed


def begin_write(place: Place, act: str, *, by: Person | None, at: datetime, rev: int | None = None) -> None:
    """Locks the place, asks the table, refuses a revision that is no longer the last. Inside a transaction."""
    record.lock(place)
    record.check(place, act, by=by, at=at)
    now = Place.objects.filter(pk=place.pk).values_list("rev", flat=True).get()
    if rev is not None and now != rev:
        raise Refused(
            "changed_meanwhile",
            _(
                "Quelqu’un d’autre a modifié cette fiche entre-temps. Ce que vous avez tapé est resté ci-dessous : "
                "comparez avec la fiche, puis enregistrez de nouveau."
            ),
        )
    place.rev = now


def end_write(
    place: Place, act: str, *, by: Person | None, at: datetime, fields: list[str] | None = None,
    told: list[str] | None = None, note: str = "",
) -> None:  # fmt: skip
    """Counts the write, keeps ``fields``, writes the journal's line."""
    place.rev += 1
    place.save(update_fields=[*(fields or []), "rev"])
    record.perform(place, act, by=by, at=at, note=note, data={"fields": sorted(told)} if told else None)


def publish(place: Place, *, by: Person | None, at: datetime) -> None:
    """Lists the place in the public directory. Refused while what a visitor needs is missing."""
    missing = [label for label, there in (
        (_("le nom"), place.name), (_("au moins une sorte de lieu"), place.kinds), (_("l’adresse"), place.address),
    ) if not there]  # fmt: skip
    if missing:
        raise Refused("incomplete", _("Il manque encore : {what}.").format(what=", ".join(missing)))
    with transaction.atomic():
        begin_write(place, "publish", by=by, at=at)
        place.checked_on = place.checked_on or at.date()
        end_write(place, "publish", by=by, at=at, fields=["checked_on"])


def carry(place: Place, carrier: Organisation | None, *, by: Person, at: datetime, rev: int | None = None) -> None:
    """Links the place to the organisation that carries it, whose people then keep its page too; None undoes it.

    Raises ``Refused`` (not_yours) when someone who is not of the Region names an organisation they do not act for.
    """
    theirs = organisations.is_of_the_region(by, at) or carrier is None
    if carrier is not None and not theirs and organisations.role_of(by, carrier, at) not in ("owner", "editor"):
        words = _("Vous n’agissez pas pour « {name} » : demandez à ses responsables, ou à la Région, de faire ce lien.")
        raise Refused("not_yours", words.format(name=carrier.name))
    with transaction.atomic():
        begin_write(place, "carry", by=by, at=at, rev=rev)
        place.carrier = carrier
        end_write(place, "carry", by=by, at=at, fields=["carrier"], told=["carrier"])


def confirm(place: Place, day: date, *, by: Person, at: datetime) -> None:
    """Someone of the place says that all is up to date on ``day``."""
    with transaction.atomic():
        begin_write(place, "confirm", by=by, at=at)
        place.checked_on = day
        end_write(place, "confirm", by=by, at=at, fields=["checked_on"])


def move(place: Place, day: date, *, by: Person, at: datetime, **values: Any) -> None:
    """The place has a new address since ``day``; the page remains, and the old address leads to it."""
    commune = values.get("commune") or place.commune
    _check_where(commune, values)
    with transaction.atomic():
        begin_write(place, "move", by=by, at=at)
        before = place.slug
        for name, value in {**values, "moved_on": day}.items():
            setattr(place, name, value)
        if commune.pk != place.commune_id or before != free_slug(place.name, commune, set()):
            place.slug = free_slug(place.name, commune)
            OldAddress.objects.get_or_create(slug=before, defaults={"place": place, "since": at})
        end_write(place, "move", by=by, at=at, fields=[*values, "moved_on", "slug"], told=sorted(values))


def close(place: Place, day: date, *, by: Person, at: datetime, note: str = "") -> None:
    """The place closes for good; its page says so and stays."""
    with transaction.atomic():
        begin_write(place, "close", by=by, at=at)
        place.closed_on = day
        end_write(place, "close", by=by, at=at, fields=["closed_on"], note=note)


def reopen(place: Place, *, by: Person, at: datetime, note: str = "") -> None:
    """The place was not closed for good after all."""
    with transaction.atomic():
        begin_write(place, "reopen", by=by, at=at)
        place.closed_on = None
        end_write(place, "reopen", by=by, at=at, fields=["closed_on"], note=note)


def merge(place: Place, into: Place, *, by: Person, at: datetime, note: str = "") -> None:
    """``place`` was ``into`` all along: its address leads there, its references of files too."""
    if into.pk == place.pk or into.state == "merged":
        raise Refused("wrong_target", _("Choisissez un autre lieu, qui soit encore dans l’annuaire."))
    with transaction.atomic():
        begin_write(place, "merge", by=by, at=at)
        place.merged_into = into
        place.save(update_fields=["merged_into"])
        Origin.objects.filter(place=place).update(place=into)
        Place.objects.filter(merged_into=place).update(merged_into=into)
        end_write(place, "merge", by=by, at=at, note=note)


def _check_where(commune: Commune, values: dict[str, Any]) -> None:
    where.check_region(commune)
    lon, lat = values.get("lon"), values.get("lat")
    if (lon is None) != (lat is None):
        raise Refused("impossible_point", _("Donnez la longitude et la latitude, ou aucune des deux."))
    if lon is not None and lat is not None:
        where.check_point(commune, lon, lat)


def _origins(place: Place, values: dict[str, Any], source: str, at: datetime) -> dict[str, Any]:
    day = at.date().isoformat()
    said = {name: {"source": source, "on": day} for name, value in values.items() if value not in ("", None, ())}
    return {**place.origins, **said}
