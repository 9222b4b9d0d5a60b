"""Tables of instruction, one module a noun."""

from escale.capabilities.calls.instruction.models.asking import Correction, CorrectionItem, Note, Opinion
from escale.capabilities.calls.instruction.models.desk import Absence, Opening, SavedView, Specialty
from escale.capabilities.calls.instruction.models.examining import Examination, Judgement, Visa
from escale.capabilities.calls.instruction.models.reviewing import Expertise, Review

__all__ = [
    "Absence",
    "Correction",
    "CorrectionItem",
    "Examination",
    "Expertise",
    "Judgement",
    "Note",
    "Opening",
    "Opinion",
    "Review",
    "SavedView",
    "Specialty",
    "Visa",
]
