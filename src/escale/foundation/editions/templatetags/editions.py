"""``{% load editions %}``: a place of a draft as controls."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("editions/node.html")
def node(node: Any) -> dict[str, Any]:
    """The controls of one place of the description, those below it included (see ``screens``)."""
    return {"node": node}
