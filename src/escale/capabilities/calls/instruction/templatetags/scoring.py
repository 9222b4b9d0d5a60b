"""``{% load scoring %}``: scores in points."""

from django import template

from escale.capabilities.calls.instruction.queries.reviewing import shown

register = template.Library()


@register.filter
def points(hundredths: int | None) -> str:
    """« 72,5 » from hundredths of a point; a dash without a score."""
    return shown(hundredths)
