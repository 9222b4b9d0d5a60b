"""The way down to the post, which stands above: the site names the function that writes mails."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from escale.foundation.people.models import Person


def write(to: str | Person, template: str, context: dict[str, Any], *, at: datetime, **given: Any) -> None:
    """Writes a mail through ``settings.ESCALE_WRITE_MAIL`` (see ``post.actions.write`` for what may be given)."""
    import_string(settings.ESCALE_WRITE_MAIL)(to, template, context, at=at, **given)
