"""Tables of dossiers, one module a noun."""

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

__all__ = [
    "AnswerIndex",
    "Dossier",
    "DossierQuerySet",
    "DossierVersion",
    "Frozen",
    "FrozenEvidence",
    "Notice",
    "Piece",
    "Receipt",
]
