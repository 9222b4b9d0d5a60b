"""The settings of the tests: the site's own, with cheap hashing, plain static files, throw-away folders."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("ESCALE_SECRET_KEY", "a-key-for-tests-only-long-enough-to-be-taken")
_folder = Path(tempfile.mkdtemp(prefix="escale-tests-"))
os.environ.setdefault("ESCALE_DATABASE_URL", f"sqlite:///{_folder}/escale.db")
os.environ.setdefault("ESCALE_EMAIL_URL", f"file://{_folder}/mail")
os.environ.setdefault("ESCALE_FILES_URL", f"file://{_folder}/files")

from escale.site.settings import *  # noqa: E402, F403  # the environment above must be set first
from escale.site.settings import TEMPLATES  # noqa: E402  # likewise

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = _folder / "static"
STATIC_ROOT.mkdir()


class Undefined(str):
    """A template variable that nobody gave: the test fails where it is shown."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"undefined template variable: {name}")


# Django puts the variable's name in place of %s, and asks first whether %s is there.
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
