"""Reads of schemes: calls as the public sees them, drafts as the service writes them."""

from escale.capabilities.calls.schemes.queries.around import answered, attachments, beside, questions_to_handle
from escale.capabilities.calls.schemes.queries.asked import led_to
from escale.capabilities.calls.schemes.queries.calls import (
    READY,
    SHOWN,
    answer,
    named,
    ready,
    with_territory,
)
from escale.capabilities.calls.schemes.queries.drafts import (
    changes,
    compared_with,
    draft_of,
    editions_told,
    prepared_by,
    services_of,
    steps_of,
    years_later,
)
from escale.capabilities.calls.schemes.queries.listing import Filters, Found, Row, listed, rows, themes
from escale.capabilities.calls.schemes.queries.previews import shown_document

__all__ = [
    "READY",
    "SHOWN",
    "Filters",
    "Found",
    "Row",
    "answer",
    "answered",
    "attachments",
    "beside",
    "changes",
    "compared_with",
    "draft_of",
    "editions_told",
    "led_to",
    "listed",
    "named",
    "prepared_by",
    "questions_to_handle",
    "ready",
    "rows",
    "services_of",
    "shown_document",
    "steps_of",
    "themes",
    "with_territory",
    "years_later",
]
