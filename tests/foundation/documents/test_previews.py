"""A HEIC photo is shown as a JPEG, made once; a lie or a bomb is refused in words."""

import base64
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from escale.foundation.documents import actions, previews, storage
from escale.foundation.documents.models import Document
from escale.rules.refusal import Refused
from tests.foundation.documents import hostile

pytestmark = pytest.mark.django_db
#: 64 × 48 points, the left half blue, the right half red.
PHOTO = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERA"
    "AAEAAQAAAAABoQABAAAAAAAAACQAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAA"
    "AHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    "5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAA"
    "MAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAACxtZGF0AAAAICgBrxmA70mlv//ov8R8"
    "p1b+psheF5FAf9FaefD9w21v"
)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.ESCALE_FILES_URL = f"file://{tmp_path}"


def kept(content, at):
    return actions.store(SimpleUploadedFile("IMG_0042.heic", content), by=None, at=at)


def test_a_photo_is_shown_as_a_jpeg_made_once(at):
    photo = kept(PHOTO, at)
    made = previews.preview(photo, at=at)
    assert (made.kind, made.name) == ("jpeg", "IMG_0042.jpg")
    with storage.reading(made.sha256) as file:
        picture = Image.open(io.BytesIO(file.read()))
    assert picture.size == (64, 48)
    red, _green, blue = picture.getpixel((8, 24))
    assert blue > 150 and red < 80
    fresh = Document.objects.select_related("preview").get(pk=photo.pk)
    assert previews.preview(fresh, at=at).pk == made.pk
    assert storage.digest_of(photo.sha256) == photo.sha256


def test_a_picture_that_lies_is_refused_in_words(at):
    with pytest.raises(Refused) as refused:
        previews.preview(kept(hostile.HEIC, at), at=at)
    assert refused.value.code == "picture_damaged"


def test_a_picture_too_large_to_be_drawn_is_refused(at, monkeypatch):
    monkeypatch.setattr(previews, "MOST_PIXELS", 64 * 48 - 1)
    with pytest.raises(Refused) as refused:
        previews.preview(kept(PHOTO, at), at=at)
    assert refused.value.code == "picture_too_large"


def test_the_preview_goes_with_its_original(at):
    photo = kept(PHOTO, at)
    made = previews.preview(photo, at=at)
    photo.refresh_from_db()
    actions.erase(photo, at=at)
    made.refresh_from_db()
    assert made.status == "erased" and not storage.place(made.sha256).exists()
