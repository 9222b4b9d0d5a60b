"""A request that is too large is refused from its header alone."""

import io

import pytest
from django.core.handlers.wsgi import WSGIHandler

pytestmark = pytest.mark.django_db
LIMIT = 20 * 1024 * 1024


class Unread(io.RawIOBase):
    """A body that must not be touched."""

    def read(self, size=-1):
        raise AssertionError("the body was read")

    readline = readinto = read


def post(size, **headers):
    said = {}
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/connexion/send-code", "SERVER_NAME": "testserver",
        "SERVER_PORT": "80", "wsgi.input": Unread(), "wsgi.url_scheme": "http", "CONTENT_LENGTH": str(size),
        "CONTENT_TYPE": "multipart/form-data; boundary=x", "REMOTE_ADDR": "192.0.2.1", **headers,
    }  # fmt: skip
    body = WSGIHandler()(environ, lambda status, sent: said.update(status=status, **dict(sent)))
    return said["status"], b"".join(body).decode()


@pytest.mark.parametrize("size", [LIMIT + 2 * 1024 * 1024, 2 * 1024**3])
def test_two_gigabytes_are_refused_unread(size):
    status, page = post(size)
    assert status.startswith("422")
    assert 'data-code="file_too_large"' in page
    assert "20 Mo" in page


def test_a_script_gets_json():
    status, answer = post(LIMIT * 2, HTTP_ACCEPT="application/json")
    assert status.startswith("422")
    assert '"code": "file_too_large"' in answer


def test_the_limit_is_a_setting(settings):
    settings.ESCALE_UPLOAD_MAX_BYTES = 1024
    assert post(2 * 1024 * 1024)[0].startswith("422")
