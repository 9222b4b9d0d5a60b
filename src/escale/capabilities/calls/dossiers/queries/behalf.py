"""When a dossier counts as filed: now, or when the service received what it enters for the applicant."""

from datetime import datetime

from escale.capabilities.calls.dossiers.models import Behalf, Dossier


def of(dossier: Dossier) -> Behalf | None:
    """Why the service enters the dossier, or None when the applicant does."""
    found: Behalf | None = getattr(dossier, "behalf", None)
    return found


def moment(dossier: Dossier, at: datetime) -> datetime:
    """The instant that the deadline looks at: the reception's when the service enters the dossier, else ``at``."""
    entered = of(dossier)
    return at if entered is None else min(at, entered.received_at)
