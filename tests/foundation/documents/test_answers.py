"""A file handed out runs nothing in the site's name."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from escale.foundation.documents import actions, answers, storage
from escale.rules.refusal import Refused
from tests.foundation.documents import hostile

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(at, tmp_path, settings):
    settings.ESCALE_FILES_URL = f"file://{tmp_path}"
    return actions.store(SimpleUploadedFile('é"; x=y.png', hostile.png()), by=None, at=at)


def test_it_is_saved_under_its_name_and_locked_up(document):
    response = answers.serve(document)
    assert b"".join(response.streaming_content) == hostile.png()
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%A9_")
    response.close()


def test_a_picture_may_be_shown(document):
    response = answers.serve(document, shown=True)
    assert response["Content-Disposition"].startswith("inline")
    response.close()


def test_the_same_file_is_not_sent_twice(document, rf):
    request = rf.get("/", headers={"If-None-Match": f'"{document.sha256}"'})
    assert answers.serve(document, request).status_code == 304


def test_a_file_lost_or_erased_is_said_in_words(document, at):
    storage.place(document.sha256).unlink()
    with pytest.raises(Refused, match="a disparu"):
        answers.serve(document)
    actions.erase(document, at=at)
    with pytest.raises(Refused, match="durée de conservation"):
        answers.serve(document)
