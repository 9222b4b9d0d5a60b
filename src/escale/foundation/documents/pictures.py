"""Pictures that people send: checked from their bytes, made smaller, without what the camera wrote in them."""

import io
import warnings

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from escale.foundation.documents import checks, names
from escale.rules.refusal import Refused

PICTURES = ("jpeg", "png", "webp")
MOST_PIXELS = 50_000_000
WIDEST = 1600


def check(upload: File) -> None:
    """Raises ``Refused``: too heavy, not a picture, a name that lies."""
    name = names.clean(upload.name or "")
    checks.check_size(name, upload.size, settings.ESCALE_UPLOAD_MAX_BYTES)
    checks.check_content(name, io.BytesIO(upload.read()), PICTURES)


def redrawn(upload: File) -> tuple[bytes, tuple[int, int]]:
    """The picture as a JPEG of at most ``WIDEST`` pixels. Its size is read from its head before anything is decoded."""
    name = names.clean(upload.name or "")
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
