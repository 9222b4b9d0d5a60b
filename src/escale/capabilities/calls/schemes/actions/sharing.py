"""Secret links to the preview of a draft."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from escale.capabilities.calls.schemes.models import PreviewLink, Scheme
from escale.foundation.journal import record
from escale.foundation.people.models import Person


def share_preview(scheme: Scheme, *, days: int, by: Person, at: datetime) -> str:
    """A new secret address, good for ``days``; it is given once and kept nowhere."""
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        record.perform(scheme, "share-preview", by=by, at=at, data={"days": days})
        PreviewLink.objects.create(
            scheme=scheme, digest=digest(secret), by=by, at=at, expires_at=at + timedelta(days=days)
        )
    return secret


def revoke_preview(scheme: Scheme, number: int, *, by: Person, at: datetime) -> None:
    """A link stops working at once. Revoking twice changes nothing more."""
    with transaction.atomic():
        record.perform(scheme, "revoke-preview", by=by, at=at, data={"link": number})
        scheme.preview_links.filter(pk=number, revoked_at__isnull=True).update(revoked_at=at)


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
