"""What is inside a place: each list is replaced whole, as it was seen on the screen."""

import io
import warnings
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from escale.foundation.documents import actions as documents
from escale.foundation.documents import checks, names
from escale.foundation.people.models import Person
from escale.foundation.places.actions.places import begin_write, end_write
from escale.foundation.places.models import Access, Equipment, Photo, Place, Space, Staff, Tariff
from escale.rules.refusal import Refused

PICTURES = ("jpeg", "png", "webp")
MOST_PIXELS = 50_000_000
MOST_PHOTOS = 12
WIDEST = 1600

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
    name = names.clean(upload.name or "")
    checks.check_size(name, upload.size, settings.ESCALE_UPLOAD_MAX_BYTES)
    checks.check_content(name, io.BytesIO(upload.read()), PICTURES)
    with transaction.atomic():
        begin_write(place, "add-photo", by=by, at=at)
        content, (width, height) = _redrawn(name, upload)
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


def _redrawn(name: str, upload: File) -> tuple[bytes, tuple[int, int]]:
    """The picture as a JPEG of at most ``WIDEST`` pixels. Its size is read from its head before anything is decoded."""
    upload.seek(0)
    made = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(upload) as picture:
                _check_pixels(name, *picture.size)
                small = ImageOps.exif_transpose(picture).convert("RGB")
        small.thumbnail((WIDEST, WIDEST))
        small.save(made, "JPEG", quality=82, optimize=True)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise Refused(
            "file_damaged",
            _("« {name} » ne s’ouvre pas comme une image, ou elle est démesurée : choisissez-en une autre.").format(
                name=name
            ),
        ) from error
    return made.getvalue(), small.size


def _check_pixels(name: str, width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Refused(
            "file_too_many_pixels",
            _("« {name} » compte {n} millions de pixels : {most} au plus. Réduisez-la, puis déposez-la.").format(
                name=name, n=round(width * height / 1e6), most=MOST_PIXELS // 1_000_000
            ),
        )
