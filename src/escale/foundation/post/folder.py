"""A mail backend that writes one ``.eml`` file a mail: demonstrations, tests, a Region without SMTP."""

import uuid
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes each message under ``EMAIL_FILE_PATH``; a name is never used twice, a file never half read."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{uuid.uuid4().hex}.eml"
            draft = folder / f".{name}.part"
            draft.write_bytes(message.message().as_bytes())
            draft.replace(folder / name)
        return len(email_messages)
