"""What templates say: parts, fields, icons, figures. ``{% load ui %}``."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

from escale.ui import bound as fields
from escale.ui import figures, gallery, kept, parts

register = template.Library()
register.tag("kept", kept.parse)
_LINE = re.compile(r"\n\s*")


@register.simple_tag(takes_context=True)
def part(context: Context, component: str, **given: Any) -> SafeString:
    """One component, by its name and parameters (see ``escale.ui.parts``)."""
    return parts.render(context, component, given)


@register.simple_block_tag(takes_context=True)
def frame(context: Context, content: str, component: str, **given: Any) -> SafeString:
    """A component around content: ``{% frame "sheet" title="…" %}…{% endframe %}``."""
    return parts.render(context, component, given, content)


@register.simple_tag(takes_context=True)
def exhibit(context: Context, component: str, state: gallery.State) -> SafeString:
    """A component in one state of the gallery."""
    return parts.render(context, component, state.given, mark_safe(state.content))


@register.simple_tag(takes_context=True)
def field(context: Context, bound: BoundField, **given: Any) -> SafeString:
    """A field of a Django form, with its label, help and errors."""
    return parts.render(context, "field", fields.parameters(bound, given))


@register.simple_tag(takes_context=True)
def fieldset(context: Context, form: BaseForm) -> SafeString:
    """All fields of a form, in order."""
    shown = [parts.render(context, "field", fields.parameters(one, {})) for one in form]
    return mark_safe("".join(shown))


@register.simple_tag(takes_context=True)
def errors(context: Context, form: BaseForm) -> SafeString | str:
    """The summary of a form's errors, with links to the fields; nothing when there is none."""
    lines = fields.summary(form)
    return parts.render(context, "summary", {"errors": lines}) if lines else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """A Lucide icon, always beside a word: it is hidden from screen readers."""
    return _icon(str(name))


@register.simple_tag
def thing(kind: str, ref: object, state: object) -> SafeString:
    """The attributes of ``<main>`` on a thing's page."""
    return format_html(' data-thing="{}" data-ref="{}" data-state="{}"', kind, ref, getattr(state, "value", state))


@register.simple_tag
def attributes(given: dict[str, Any]) -> SafeString:
    """A dictionary as HTML attributes; true alone, false left out."""
    return flatatt(given)


@register.filter
def euros(cents: int | None) -> str:
    """Cents as « 12 500,00 € »; a dash when unknown."""
    return "\u2013" if cents is None else figures.euros(cents)


@register.filter
def euros_short(cents: int | None) -> str:
    """Cents as « 12 500 € » when there are no cents to show."""
    return "\u2013" if cents is None else figures.euros(cents, short=True)


@register.filter
def number(value: int | float | Decimal | None, decimals: int = 0) -> str:
    """A number with narrow no-break spaces between thousands."""
    return "\u2013" if value is None else figures.number(value, decimals)


@register.filter
def day(value: date | datetime | None) -> str:
    """« mardi 3 mars 2026 »."""
    return "" if value is None else figures.day(value)


@register.filter
def day_plain(value: date | datetime | None) -> str:
    """« 3 mars 2026 »."""
    return "" if value is None else figures.day(value, week=False)


@register.filter
def day_short(value: date | datetime | None) -> str:
    """« 03/03/2026 », for the desk."""
    return "" if value is None else figures.short_day(value)


@register.filter
def last_day(value: datetime | None) -> datetime | None:
    """An instant of the last day of what ends, excluded, at ``value``: midnight ends the day before."""
    return value and value - timedelta(microseconds=1)


@register.filter
def day_hour(value: datetime | None) -> str:
    """« mardi 3 mars 2026 à 23 h 59 »."""
    return "" if value is None else figures.day_hour(value)


@register.filter
def day_hour_short(value: datetime | None) -> str:
    """« 03/03/2026 23 h 59 », for the desk."""
    return "" if value is None else figures.day_hour(value, short=True)


@register.filter
def hour(value: datetime | None) -> str:
    """« 14 h 02 »."""
    return "" if value is None else figures.hour(value)


@register.filter
def filesize(octets: int) -> str:
    """« 1,4 Mo »."""
    return figures.size(octets)


@register.filter
def when(value: date | datetime) -> str:
    """A date as a date, an instant as an instant: short, for journals."""
    if isinstance(value, datetime):
        return figures.day_hour(value, short=True)
    return figures.short_day(value) if isinstance(value, date) else str(value)


@register.filter
def iso(value: date | datetime) -> str:
    """The machine's form for ``<time datetime>``."""
    return value.isoformat() if isinstance(value, date) else ""


@register.filter
def before(text: str, mark: str) -> str:
    """What stands before ``mark``."""
    return text.split(mark, 1)[0]


@register.filter
def after(text: str, mark: str) -> str:
    """What stands after ``mark``; nothing when it is absent."""
    return text.partition(mark)[2]


@register.filter
def under(path: str, address: str) -> bool:
    """Whether ``path`` is ``address`` or a page below it."""
    return path == address or (address != "/" and path.startswith(address))


@register.filter
def holds(values: Any, value: Any) -> bool:
    """Whether ``value`` is among ``values``, both read as text."""
    return str(value) in {str(one) for one in values}


@lru_cache(maxsize=256)
def _icon(name: str) -> SafeString:
    drawn = lucide(name, size=20, stroke_width="1.75", aria_hidden="true", focusable="false", **{"class": "icon"})
    return mark_safe(_LINE.sub("", drawn))


@register.filter
def or_name(key: str, name: str) -> str:
    """The id given, else one made of the field's name."""
    return key or f"id_{name}"


@register.filter
def at(value: Any, key: Any) -> Any:
    """What a list or a dictionary holds at ``key``; nothing when it holds nothing there."""
    try:
        return value[key]
    except (KeyError, IndexError, TypeError):
        return ""


@register.filter
def same(value: Any, other: Any) -> bool:
    """Whether both read the same."""
    return str(value) == str(other)


@register.filter
def paired(heads: list[Any], row: list[Any]) -> list[tuple[Any, Any]]:
    """A row of a table with the head of each cell, for ``data-label``."""
    return list(zip(heads, row, strict=False))


@register.simple_tag
def htmx() -> SafeString:
    """The script for parts of pages, on the pages that use it."""
    config = '{"includeIndicatorCSS":false,"includeIndicatorStyles":false,"allowEval":false}'
    return format_html(
        '<meta name="htmx-config" content="{}"><script src="{}" defer></script>',
        config,
        static("ui/vendor/htmx/htmx.min.js"),
    )
