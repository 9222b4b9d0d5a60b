"""``{% load questionnaires %}``: a question as a field."""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from escale.foundation.questionnaires import cells
from escale.ui import parts

register = template.Library()


@register.simple_tag(takes_context=True)
def question(context: Context, field: dict[str, Any]) -> SafeString:
    """The field of a question (see ``showing.parameters``), and the choice to make when two people answered it;
    a statement is a text to read.
    """
    if field["kind"] == "statement":
        text = mark_safe(linebreaks(field["help"], autoescape=True))
        return format_html('<div class="statement"><p><strong>{}</strong></p>{}</div>', field["label"], text)
    shown = dict(field)
    choice = shown.pop("choice", None)
    drawn = parts.render(context, "field", shown)
    return drawn + render_to_string("questionnaires/choice.html", choice) if choice else drawn


@register.simple_tag
def cell(field: dict[str, Any]) -> SafeString:
    """The field of a question in a cell of a table, and the choice to make when two people answered it."""
    made = cells.drawn(field)
    return made + render_to_string("questionnaires/choice.html", field["choice"]) if "choice" in field else made


@register.inclusion_tag("questionnaires/items.html")
def questions(items: Any) -> dict[str, Any]:
    """Questions and repeated blocks, in order (see ``showing.items``)."""
    return {"items": items}


@register.inclusion_tag("questionnaires/scripts.html")
def filling_scripts() -> dict[str, Any]:
    """The scripts of a page on which one fills a form, for its ``<head>``."""
    return {}


@register.inclusion_tag("questionnaires/orphans.html")
def orphans(found: Any) -> dict[str, Any]:
    """Texts that have no place any more (see ``showing.Orphan``): shown to be copied."""
    return {"orphans": found}


@register.inclusion_tag("questionnaires/sign_again.html", takes_context=True)
def sign_again(context: Context) -> dict[str, Any]:
    """Signing in again on the spot, when a session ends while one types. Outside any form."""
    return {"here": context["request"].path}


@register.simple_block_tag(takes_context=True)
def autosave(context: Context, content: str, url: str, changed_at: Any = None) -> SafeString:
    """Around questions: each is saved at ``url`` as soon as it is left."""
    said = {"url": url, "changed_at": changed_at, "person": context["request"].user.key, "content": content}
    return render_to_string("questionnaires/autosave.html", said)
