"""A photo that browsers cannot show (HEIC), as a JPEG: made once when someone asks, kept beside the original."""

import io
from datetime import datetime

import pi_heif
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from escale.foundation.documents import actions, storage
from escale.foundation.documents.models import Document
from escale.rules.refusal import Refused

#: Kinds that have a preview.
CONVERTED = frozenset({"heic"})
#: No telephone's photo has more points than this; a bomb does.
MOST_PIXELS = 80_000_000
LARGEST_SIDE = 2400
QUALITY = 85


def preview(document: Document, *, at: datetime) -> Document:
    """The JPEG of a HEIC photo, its longest side at most 2400 points. Raises ``Refused`` (picture_damaged,
    picture_too_large, file_lost, storage_unavailable); the original stays what it is.
    """
    kept: Document | None = document.preview
    if kept is not None:
        return kept
    made = _jpeg(document)
    with transaction.atomic():
        fresh = Document.objects.select_for_update(of=("self",)).select_related("preview").get(pk=document.pk)
        if fresh.preview is not None:
            return fresh.preview
        name = f"{document.name.rpartition('.')[0] or document.name}.jpg"
        kept = actions.store_bytes(made, name=name, kind="jpeg", at=at)
        Document.objects.filter(pk=document.pk).update(preview=kept)
    return kept


def _jpeg(document: Document) -> bytes:
    damaged = _("« {name} » ne peut pas être affiché : la photo est abîmée. L’original peut être téléchargé.")
    try:
        with storage.reading(document.sha256) as file:
            photo = pi_heif.open_heif(file, convert_hdr_to_8bit=True)
            if photo.size[0] * photo.size[1] > MOST_PIXELS:
                sentence = _("« {name} » est trop grande pour être affichée : téléchargez l’original.")
                raise Refused("picture_too_large", sentence.format(name=document.name))
            picture = photo.to_pillow().convert("RGB")
    except storage.Lost as error:
        raise Refused("file_lost", _("« {name} » a disparu de notre stockage.").format(name=document.name)) from error
    except storage.Unavailable as error:
        raise Refused(
            "storage_unavailable", _("Notre stockage ne répond pas : réessayez dans quelques minutes.")
        ) from error
    except (ValueError, EOFError, RuntimeError, SyntaxError, OSError) as error:
        raise Refused("picture_damaged", damaged.format(name=document.name)) from error
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()
