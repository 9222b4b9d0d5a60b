"""Reading the environment: one place for every variable, its meaning and its default."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # synchronous=FULL: a receipt has legal effect, it must survive a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;",
}


def load_demo_file(folder: Path) -> None:
    """Takes the variables of ``var/demo.env`` (written by ``make demo``) when no database is named.

    So that ``.venv/bin/escale …`` typed in the checkout speaks of the demonstration that runs there.
    """
    file = folder / "var" / "demo.env"
    if "ESCALE_DATABASE_URL" in os.environ or not file.is_file():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        name, sign, value = line.partition("=")
        if sign and name.startswith("ESCALE_"):
            os.environ.setdefault(name, value)


def database(url: str) -> dict[str, Any]:
    """Django's database settings for ``sqlite:////abs/file.db`` or ``postgresql://…``.

    Raises ``ImproperlyConfigured`` with the forms that are understood.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path.startswith("/") and not parts.netloc:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": "/" + unquote(parts.path).lstrip("/"),
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": None,
        }
    if parts.scheme in ("postgresql", "postgres"):
        asked = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")) or "escale",
            "USER": asked.pop("user", "") or unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": asked.pop("host", "") or parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}, **asked},
        }
    raise ImproperlyConfigured(
        "ESCALE_DATABASE_URL: expected sqlite:////abs/file.db or postgresql://user@host:port/db, "
        f"got {parts.scheme or 'nothing'}://…"
    )


def email(url: str) -> dict[str, Any]:
    """Django's mailer for ``smtp://user:pass@host:port`` (``smtps``: TLS) or ``file:///folder``."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "BACKEND": "escale.foundation.post.folder.FolderBackend",
            "OPTIONS": {"folder": unquote(parts.path)},
        }
    if parts.scheme in ("smtp", "smtps"):
        return {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": parts.hostname or "localhost",
                "port": parts.port or (465 if parts.scheme == "smtps" else 25),
                "username": unquote(parts.username or ""),
                "password": unquote(parts.password or ""),
                "use_ssl": parts.scheme == "smtps",
                "timeout": 20,
            },
        }
    raise ImproperlyConfigured("ESCALE_EMAIL_URL: expected smtp://host:port or file:///folder")


def flag(name: str) -> bool:
    """True when the variable is ``1``."""
    return os.environ.get(name, "") == "1"


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated values of a variable, blanks dropped."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def origin(address: str) -> list[str]:
    """Where an address template (tiles of a map) is served from, for the content security policy; none when empty."""
    parts = urlsplit(address)
    host = re.sub(r"^\{s\}\.", "*.", parts.netloc)
    return [f"{parts.scheme}://{host}"] if parts.scheme and host else []
