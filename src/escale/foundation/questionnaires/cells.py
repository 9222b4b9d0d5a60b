"""A field in a cell of a table, written without templates: a plan has hundreds, and the part ``field`` costs too much there.

The markup is that of the part, without its help: scripts and styles find the same names.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_PLAIN = {"text": "text", "email": "email", "tel": "tel", "commune": "text"}


def drawn(field: Mapping[str, Any]) -> SafeString:
    """The markup of ``showing.parameters`` (folded): a text, a number, an amount or a list."""
    name, key = escape(field["name"]), escape(field["id"])
    errors = [escape(one) for one in field["errors"]]
    wrong = f' aria-invalid="true" aria-describedby="{key}-error"' if errors else ""
    said = f'<p class="field__error" id="{key}-error"><span>{"<br>".join(errors)}</span></p>' if errors else ""
    control = _control(field, f'id="{key}" name="{name}"{wrong}{_attributes(field["attrs"])}')
    state = " field--error" if errors else ""
    free = "" if field["required"] else f' <span class="field__optional">{_("(facultatif)")}</span>'
    label = f'<label class="field__label" for="{key}">{escape(field["label"])}{free}</label>'
    return mark_safe(f'<div class="field{state}" id="field-{name}">{label}{said}{control}</div>')


def _control(field: Mapping[str, Any], inside: str) -> str:
    value = str(field["value"])
    match field["kind"]:
        case "select":
            return f'<select class="input" {inside}>{_options(tuple(field["options"]), value)}</select>'
        case "amount" | "number":
            mode = "decimal" if field["kind"] == "amount" else "numeric"
            unit = field["unit"] or ("€" if field["kind"] == "amount" else "")
            shown = f'<span class="measured__unit">{escape(unit)}</span>' if unit else ""
            typed = f'type="text" inputmode="{mode}" autocomplete="off" value="{escape(value)}"'
            return f'<div class="measured"><input class="input input--number" {typed} {inside}>{shown}</div>'
    return f'<input class="input" type="{_PLAIN.get(field["kind"], "text")}" value="{escape(value)}" {inside}>'


@lru_cache(maxsize=512)
def _options(options: tuple[tuple[str, str, str], ...], chosen: str) -> str:
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
        for value, label, _said in options
    )


def _attributes(given: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(value)}"'
        for name, value in given.items()
        if value is not False
    )
