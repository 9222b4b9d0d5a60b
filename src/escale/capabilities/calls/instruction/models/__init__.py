"""Tables of instruction, one module a noun."""

from escale.capabilities.calls.instruction.models.asking import Correction, CorrectionItem, Note, Opinion
from escale.capabilities.calls.instruction.models.desk import Absence, Opening, SavedView, Specialty
from escale.capabilities.calls.instruction.models.examining import Examination, Judgement, Visa

__all__ = [
    "Absence",
    "Correction",
    "CorrectionItem",
    "Examination",
    "Judgement",
    "Note",
    "Opening",
    "Opinion",
    "SavedView",
    "Specialty",
    "Visa",
]
