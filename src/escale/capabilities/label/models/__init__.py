"""Tables of the label, by noun."""

from escale.capabilities.label.models.following import Step, YearReport
from escale.capabilities.label.models.label import Alert, Label, Referential
from escale.capabilities.label.models.request import Request
from escale.capabilities.label.models.said import Declaration, Paper
from escale.capabilities.label.models.visit import Finding, Visit, VisitPhoto

__all__ = [
    "Alert",
    "Declaration",
    "Finding",
    "Label",
    "Paper",
    "Referential",
    "Request",
    "Step",
    "Visit",
    "VisitPhoto",
    "YearReport",
]
