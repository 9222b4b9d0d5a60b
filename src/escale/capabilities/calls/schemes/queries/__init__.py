"""Reads of schemes: calls as the public sees them, drafts as the service writes them."""

from escale.capabilities.calls.schemes.queries.calls import (
    LISTED,
    READY,
    Filters,
    answer,
    by_phase,
    listed,
    ready,
    with_territory,
)
from escale.capabilities.calls.schemes.queries.drafts import (
    a_year_later,
    changes,
    compared_with,
    draft_of,
    prepared_by,
    services_of,
)
from escale.capabilities.calls.schemes.queries.previews import shown_document

__all__ = [
    "LISTED",
    "READY",
    "Filters",
    "a_year_later",
    "answer",
    "by_phase",
    "changes",
    "compared_with",
    "draft_of",
    "listed",
    "prepared_by",
    "ready",
    "services_of",
    "shown_document",
    "with_territory",
]
