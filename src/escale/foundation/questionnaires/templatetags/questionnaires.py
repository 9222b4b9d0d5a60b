"""``{% load questionnaires %}``: a question as a field."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from escale.ui import parts

register = template.Library()


@register.simple_tag(takes_context=True)
def question(context: Context, field: dict[str, Any]) -> SafeString:
    """The field of a question (see ``showing.parameters``); a statement is a text to read."""
    if field["kind"] == "statement":
        text = mark_safe(linebreaks(field["help"], autoescape=True))
        return format_html('<div class="statement"><p><strong>{}</strong></p>{}</div>', field["label"], text)
    return parts.render(context, "field", field)


@register.inclusion_tag("questionnaires/items.html")
def questions(items: Any) -> dict[str, Any]:
    """Questions and repeated blocks, in order (see ``showing.items``)."""
    return {"items": items}
