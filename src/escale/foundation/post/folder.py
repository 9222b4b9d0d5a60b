"""A mail backend that writes one ``.eml`` file a mail: demonstrations, tests, a Region without SMTP."""

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes each message under ``folder``; a name is never used twice, a file never half read."""

    def __init__(self, *, folder: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(folder)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{uuid.uuid4().hex}.eml"
            draft = self.folder / f".{name}.part"
            draft.write_bytes(message.message().as_bytes())
            draft.replace(self.folder / name)
        return len(email_messages)
