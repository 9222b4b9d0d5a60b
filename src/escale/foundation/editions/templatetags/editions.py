"""``{% load editions %}``: a place of a draft as controls."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.inclusion_tag("editions/node.html")
def node(node: Any) -> dict[str, Any]:
    """The controls of one place of the description, those below it included (see ``screens``)."""
    return {"node": node}


@register.inclusion_tag("editions/node_control.html")
def node_control(node: Any) -> dict[str, Any]:
    """One control."""
    return {"node": node}


@register.inclusion_tag("editions/node_forms.html")
def node_forms(node: Any) -> dict[str, Any]:
    """One of several forms: what is usually compared first, the other sorts folded."""
    return {"node": node}


@register.inclusion_tag("editions/node_row.html")
def node_row(node: Any) -> dict[str, Any]:
    """The words of a row that has no page of its own."""
    return {"node": node, "folded_title": _("Réglages moins courants")}
