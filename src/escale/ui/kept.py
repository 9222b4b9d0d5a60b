"""Pieces of pages that are the same for everyone: rendered once a language, and once an edition's digest.

What is frozen never changes, so these need no expiry; what depends on the person, the instant or the
address must stay outside. ``{% kept "name" %}…{% endkept %}`` is keyed by the language alone,
``{% kept "name" digest %}`` by the digest too; an empty digest (a draft) is rendered each time.
"""

from collections import OrderedDict
from threading import Lock

from django import template
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 2000
_KEPT: OrderedDict[tuple[str, str, str], SafeString] = OrderedDict()
_LOCK = Lock()


class Kept(Node):
    """The block: found among what was rendered before, or rendered and kept."""

    def __init__(self, name: str, digest: FilterExpression | None, inside: NodeList) -> None:
        self.name, self.digest, self.nodelist = name, digest, inside

    def render(self, context: Context) -> SafeString:
        """The markup, the same object for the same key."""
        digest = str(self.digest.resolve(context)) if self.digest else "-"
        if not digest:
            return self.nodelist.render(context)
        key = (self.name, digest, get_language() or "")
        with _LOCK:
            if found := _KEPT.get(key):
                _KEPT.move_to_end(key)
                return found
        made = self.nodelist.render(context)
        with _LOCK:
            _KEPT[key] = made
            if len(_KEPT) > MOST:
                _KEPT.popitem(last=False)
        return made


def parse(parser: Parser, token: Token) -> Kept:
    """``{% kept "name" [digest] %}…{% endkept %}``; each name once in the whole project."""
    words = token.split_contents()[1:]
    if not 1 <= len(words) <= 2:
        raise template.TemplateSyntaxError('{% kept "name" [digest] %}')
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(words[0].strip("\"'"), parser.compile_filter(words[1]) if words[1:] else None, inside)


def forget() -> None:
    """Empties what is kept: after the settings that pages show have changed."""
    with _LOCK:
        _KEPT.clear()
