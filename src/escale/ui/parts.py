"""The components: one table says each one's parameters; templates, gallery, README and tests follow it.

``{% part "tag" label="Ouvert" tone="open" %}`` renders ``ui/parts/tag.html`` with these parameters alone;
``{% frame "sheet" title="…" %}…{% endframe %}`` also gives it ``content``. What is not given takes the value
written here, so that a template never meets an undefined name; what is not declared is refused.
"""

from dataclasses import dataclass, field
from typing import Any

from django.template import Context
from django.utils.safestring import SafeString


class WrongParameters(Exception):
    """A component was called with a parameter it does not have, or without one that it needs."""


@dataclass(frozen=True)
class Part:
    """One component: what it is for, what it needs, what it may be given; a frame surrounds content."""

    use: str
    needs: tuple[str, ...] = ()
    may: dict[str, Any] = field(default_factory=dict)
    frame: bool = False


PARTS: dict[str, Part] = {
    # Where one is
    "crumbs": Part("Path to the page: trail of (label, url); the page itself is not in it", ("trail",)),
    "heading": Part(
        "Title of a page; content: its acts",
        ("title",),
        {"over": "", "lead": "", "tag": "", "tone": ""},
        True,
    ),
    "tabs": Part("Tabs that are links: items of (label, url, current)", ("items", "label")),
    "steps": Part(
        "Sections of a form: items with label, url, state (complete|empty|wrong|started), missing, current",
        ("items", "label"),
    ),
    "progress": Part("Where a thing is in its life: items with label, note, state (past|now|next)", ("items",)),
    # Acts
    "link": Part("A link drawn as a button", ("label", "url"), {"tone": "", "icon": "", "after": ""}),
    "submit": Part(
        "The button of a form",
        ("label",),
        {"tone": "main", "icon": "", "name": "", "value": "", "formaction": "", "reason": "", "skips": False},
    ),
    "act": Part(
        "A POST form of one button; with a reason it is disabled and says why; fields: hidden (name, value)",
        ("label", "url"),
        {"tone": "main", "icon": "", "reason": "", "fields": (), "id": ""},
    ),
    # Messages
    "alert": Part(
        "A message that stays; tone info|refusal|done|waiting; a refusal has its code; content or text",
        (),
        {"text": "", "tone": "info", "title": "", "code": "", "live": True},
        True,
    ),
    "summary": Part("Errors of a form on its top: errors of (field id, sentence)", ("errors",), {"title": ""}),
    "empty": Part(
        "Nothing to show: says why and what to do; dots: a drawing",
        ("title",),
        {"text": "", "dots": ""},
        True,
    ),
    # Fields
    "field": Part(
        "A question and its control: kind text|email|tel|password|search|url|textarea|number|amount|date|"
        "datetime|time|select|radios|checkboxes|checkbox|file|commune|hidden; options (value, label[, help]); groups of a select (title, options)",
        ("name", "label"),
        {
            "kind": "text",
            "id": "",
            "value": "",
            "values": (),
            "options": (),
            "groups": (),
            "help": "",
            "errors": (),
            "error": "",
            "unit": "",
            "required": True,
            "rows": 4,
            "attrs": {},
            "big": False,
            "boxed": False,
            "inline": False,
            "url": "",
            "accept": "",
            "multiple": False,
            "hint": "",
        },
    ),
    "search": Part("A search box", ("label",), {"name": "q", "value": "", "action": "", "hidden": ()}),
    "repeat": Part(
        "A block repeated: content holds its rows (`repeat_row`), blank an empty one for the script",
        ("code", "add"),
        {"blank": "", "count": 0, "most": 0, "label": ""},
        True,
    ),
    "repeat_row": Part(
        "One row of a repeated block, with its acts (name `row-act`)",
        ("code", "row", "title"),
        {"up": True, "down": True, "remove": True},
        True,
    ),
    # Things to read
    "tag": Part("A state in a word; tone open|done|no|waiting|plain", ("label",), {"tone": ""}),
    "facts": Part("Definition list: items of (term, value)", ("items",)),
    "verdicts": Part("Criteria: items with verdict, message, source (optional)", ("items",)),
    "answer": Part(
        "The sentence that answers; verdict eligible|ineligible|incomplete|to_examine",
        ("title", "verdict"),
        {},
        True,
    ),
    "receipt": Part(
        "Aid as a till receipt: lines with label, amount_cents, reason; total_cents",
        ("lines", "total_cents"),
        {"total_label": "", "title": ""},
    ),
    "timeline": Part(
        "What happened: entries with at (date or instant), what, by, note, state (past|now)", ("entries",)
    ),
    "sheet": Part("A sheet beside the text", (), {"title": "", "id": ""}, True),
    "details": Part("What is folded", ("title",), {"open": False, "icon": ""}, True),
    "filter": Part(
        "The filters as a sentence: parts of (label, url that takes it off or empty); content: the form",
        ("parts",),
        {"lead": "", "open": False, "label": ""},
        True,
    ),
    "pages": Part("Before and after in a list read by key", (), {"before": "", "after": "", "sentence": ""}),
    "piece": Part(
        "One file: name, facts in a line; content: its acts",
        ("name",),
        {"url": "", "facts": "", "state": "", "tone": ""},
        True,
    ),
    "dots": Part("The dots with their sentence", ("drawing", "sentence")),
    "map": Part(
        "A map beside its list: outlines and points as GeoJSON addresses; without script, only the list",
        ("label", "points"),
        {"outlines": "", "tiles": "", "credit": ""},
    ),
    "entry": Part("One of the main entries of the home page", ("label", "url"), {"text": ""}),
}


def render(context: Context, name: str, given: dict[str, Any], content: str = "") -> SafeString:
    """The markup of the part ``name``; raises WrongParameters."""
    part = PARTS.get(name)
    if part is None:
        raise WrongParameters(f"there is no part {name!r}: see escale/ui/README.md")
    missing = [need for need in part.needs if need not in given]
    strange = [key for key in given if key not in part.needs and key not in part.may]
    if missing or strange:
        raise WrongParameters(f"part {name!r}: missing {missing}, unknown {strange}")
    values = {**part.may, **given, "content": content}
    inner = context.new(values)
    if (token := context.get("csrf_token")) is not None:
        inner["csrf_token"] = token
    assert context.template is not None
    template = context.template.engine.get_template(f"ui/parts/{name}.html")
    return template.render(inner)
