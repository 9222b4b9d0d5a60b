"""Tables of dossiers, one module a noun."""

from escale.capabilities.calls.dossiers.models.behalf import Behalf, Way
from escale.capabilities.calls.dossiers.models.conflict import Conflict, Party
from escale.capabilities.calls.dossiers.models.dossier import (
    AnswerIndex,
    Dossier,
    DossierQuerySet,
    DossierVersion,
    Frozen,
    FrozenEvidence,
    Notice,
    Piece,
    Receipt,
)
from escale.capabilities.calls.dossiers.models.message import MailChoice, Message, MessageFile, Pace, Reading, Side
from escale.capabilities.calls.dossiers.models.partnership import Partnership
from escale.capabilities.calls.dossiers.models.place import AskedPlace
from escale.capabilities.calls.dossiers.models.team import Comment
from escale.capabilities.calls.dossiers.models.words import Word

__all__ = [
    "AnswerIndex",
    "AskedPlace",
    "Behalf",
    "Comment",
    "Conflict",
    "Dossier",
    "DossierQuerySet",
    "DossierVersion",
    "Frozen",
    "FrozenEvidence",
    "MailChoice",
    "Message",
    "MessageFile",
    "Notice",
    "Pace",
    "Partnership",
    "Party",
    "Piece",
    "Reading",
    "Receipt",
    "Side",
    "Way",
    "Word",
]
