"""A field of a Django form as the parameters of the part ``field``."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

#: The first widget that matches names the kind.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.PasswordInput, "password"),
    (forms.EmailInput, "email"),
    (forms.NumberInput, "number"),
    (forms.URLInput, "url"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.DateTimeInput, "datetime"),
    (forms.DateInput, "date"),
    (forms.TimeInput, "time"),
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.SelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
)


def parameters(bound: BoundField, given: dict[str, Any]) -> dict[str, Any]:
    """What the part ``field`` needs to show ``bound``; ``given`` wins.

    The widget's attributes ``data-kind``, ``data-unit`` and ``data-url`` choose the kind, the unit and the
    address of suggestions; the others go to the control.
    """
    widget = bound.field.widget
    attrs = {key: value for key, value in widget.attrs.items() if key not in ("data-kind", "data-unit", "data-url")}
    kind = given.get("kind") or widget.attrs.get("data-kind") or _kind(widget)
    value = bound.value()
    several = kind == "checkboxes"
    shown = "" if several or kind in ("file", "password") else _written(widget, value)
    if kind == "checkbox":
        shown = "on" if value else ""
    return {
        "kind": kind,
        "name": bound.html_name,
        "id": bound.id_for_label if kind not in ("radios", "checkboxes") else bound.auto_id,
        "label": bound.label,
        "help": bound.help_text or "",
        "errors": tuple(str(error) for error in bound.errors),
        "required": bound.field.required,
        "value": shown,
        "values": tuple(str(one) for one in (value or ())) if several else (),
        "options": tuple((str(key), label) for key, label in getattr(widget, "choices", ())),
        "unit": widget.attrs.get("data-unit", ""),
        "url": widget.attrs.get("data-url", ""),
        "attrs": attrs,
        **given,
    }


def summary(form: forms.BaseForm) -> list[tuple[str, str]]:
    """The errors of a form as (id of the control, sentence), the form's own first with an empty id."""
    lines = [("", str(error)) for error in form.non_field_errors()]
    for name in form.errors:
        if name in form.fields:
            bound = form[name]
            lines += [(f"field-{bound.html_name}", str(error)) for error in bound.errors]
    return lines


def _kind(widget: forms.Widget) -> str:
    return next((kind for widgets, kind in KINDS if isinstance(widget, widgets)), "text")


def _written(widget: forms.Widget, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(widget, forms.DateInput | forms.DateTimeInput) and hasattr(value, "isoformat"):
        return str(value.isoformat())[:16] if isinstance(widget, forms.DateTimeInput) else str(value.isoformat())[:10]
    written = widget.format_value(value) if not isinstance(widget, forms.Select | forms.RadioSelect) else value
    return "" if written is None else str(written)
