"""What is inside a place: each list is replaced whole, as it was seen on the screen."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from escale.foundation.documents import actions as documents
from escale.foundation.documents import pictures
from escale.foundation.people.models import Person
from escale.foundation.places.actions.places import begin_write, end_write
from escale.foundation.places.models import Access, Equipment, Photo, Place, Space, Staff, Tariff
from escale.rules.refusal import Refused

MOST_PHOTOS = 12

#: Which list → its model and the act that writes it.
LISTS: dict[str, tuple[type[models.Model], str]] = {
    "spaces": (Space, "furnish"),
    "equipment": (Equipment, "furnish"),
    "access": (Access, "furnish"),
    "tariffs": (Tariff, "price"),
    "staff": (Staff, "name-people"),
}


def replace(
    place: Place, name: str, rows: Iterable[dict[str, Any]], *, by: Person | None, at: datetime, rev: int | None = None
) -> None:
    """Replaces one list (a key of ``LISTS``) by ``rows`` (field → value)."""
    replace_all(place, {name: [dict(row) for row in rows]}, by=by, at=at, rev=rev)


def replace_all(
    place: Place, lists: dict[str, list[dict[str, Any]]], *, by: Person | None, at: datetime, rev: int | None = None
) -> None:
    """Replaces lists that one act writes, in one go: all of them, or none. A space's ``part``: rank of its whole."""
    act = LISTS[next(iter(lists))][1] if by else "import"
    with transaction.atomic():
        begin_write(place, act, by=by, at=at, rev=rev)
        for name, rows in lists.items():
            model = LISTS[name][0]
            model._default_manager.filter(place=place).delete()
            parts = [row.pop("part", None) for row in rows] if name == "spaces" else []
            made = model._default_manager.bulk_create([model(place=place, **row) for row in rows])
            for one, part in zip(made, parts, strict=False):
                if part is not None:
                    Space.objects.filter(pk=one.pk).update(part_of=made[part].pk)
        end_write(place, act, by=by, at=at, told=sorted(lists))


def add_photo(place: Place, upload: File, *, alt: str, credit: str, by: Person, at: datetime) -> Photo:
    """Keeps a picture, made smaller and without what the camera wrote in it (place, serial number).

    Raises ``Refused``: not a picture, a name that lies, too many pixels, too many photos.
    """
    if place.photos.count() >= MOST_PHOTOS:
        raise Refused("too_many_photos", _("{n} photos au plus : retirez-en une d’abord.").format(n=MOST_PHOTOS))
    pictures.check(upload)
    with transaction.atomic():
        begin_write(place, "add-photo", by=by, at=at)
        content, (width, height) = pictures.redrawn(upload)
        document = documents.store_bytes(content, name=f"{place.slug}.jpg", kind="jpeg", by=by, at=at)
        photo = Photo.objects.create(place=place, document=document, alt=alt, credit=credit, width=width, height=height)
        end_write(place, "add-photo", by=by, at=at)
    return photo


def remove_photo(photo: Photo, *, by: Person, at: datetime) -> None:
    """Takes a picture off the page and destroys its bytes."""
    place, document = photo.place, photo.document
    with transaction.atomic():
        begin_write(place, "remove-photo", by=by, at=at)
        photo.delete()
        documents.erase(document, at=at)
        end_write(place, "remove-photo", by=by, at=at)
