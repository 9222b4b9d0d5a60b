"""The parts of a draft for whoever writes it: what each says, what is to be mended and where."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from escale.capabilities.calls.schemes.queries.dialect import DIALECT
from escale.foundation.editions import typed
from escale.foundation.editions.saying import Saying, named
from escale.foundation.editions.screens import kind_at, page_of
from escale.foundation.editions.vocabulary import simple
from escale.rules.scheme.advice import advice
from escale.rules.scheme.format.whole import SCHEME
from escale.rules.shape.kinds import Record
from escale.rules.shape.problem import Problem, Step

#: What the service cannot change on a screen: the format, the address, who owns it.
FIXED = ("schema", "key", "service")
FIRST = Record(
    "scheme", SCHEME.label, tuple(one for one in SCHEME.fields if simple(one.kind) and one.name not in FIXED)
)
#: Parts in the order in which one writes a call, not in the order of the file.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (gettext_noop("L’appel"), ("", "calendar", "contact", "texts")),
    (gettext_noop("Qui et quoi"), ("who", "partners", "project_types", "themes", "follows", "label")),
    (gettext_noop("Ce que remplit le porteur"), ("form", "expenses", "pieces")),
    (gettext_noop("Les règles"), ("criteria", "aid", "limits")),
    (gettext_noop("L’instruction"), ("envelopes", "scoring", "clocks", "instruction")),
)
ORDER = tuple(place for _title, places in GROUPS for place in places)


@dataclass(frozen=True)
class Part:
    """One part of a draft: ``said`` in words, ``wrong`` how many points are to be mended."""

    place: str
    label: str
    help: str
    said: str
    wrong: int
    written: bool

    @property
    def state(self) -> str:
        """As the list of steps draws it."""
        return "wrong" if self.wrong else "complete" if self.written else "empty"

    @property
    def missing(self) -> str:
        """What the list of steps says beside it."""
        if self.wrong:
            return _("{n} à revoir").format(n=self.wrong)
        return _("Écrit") if self.written else _("Vide")


def label_of(place: str) -> str:
    """The name of a part, of its first step."""
    field = SCHEME.get(place.split(".", 1)[0])
    return _(field.label) if field else _("L’essentiel")


def parts(tree: dict[str, Any], problems: list[Problem]) -> list[tuple[str, list[Part]]]:
    """All parts in their groups."""
    saying = Saying(DIALECT, tree)
    pages = [page_of(SCHEME, tree, problem.steps) for problem in problems]
    out = []
    for title, places in GROUPS:
        out.append((_(title), [_part(place, tree, pages, saying) for place in places]))
    return out


def _part(place: str, tree: dict[str, Any], pages: list[str], saying: Saying) -> Part:
    wrong = sum(1 for page in pages if page.split(".", 1)[0] == place)
    if not place:
        said = saying.say(FIRST, {name: tree[name] for name in ("kind", "funds") if name in tree})
        return Part("", _("L’essentiel"), _("Le titre, la sorte d’appel, le résumé."), said, wrong, "title" in tree)
    field = SCHEME.get(place)
    assert field is not None
    said = saying.say(field.kind, tree.get(place))
    return Part(place, _(field.label), _(advice("scheme", place)), said, wrong, bool(tree.get(place)))


def pointed(tree: dict[str, Any], problems: list[Problem]) -> list[tuple[str, str]]:
    """Each problem with the address where it is mended: (query and anchor, sentence with its place in words)."""
    found = []
    for problem in problems:
        page = page_of(SCHEME, tree, problem.steps)
        anchor = "#at-" + "-".join(map(str, problem.steps))
        where = " › ".join(trail_in_words(tree, problem.steps))
        said = _("{label} : {problem}").format(label=where, problem=problem.message) if where else problem.message
        found.append((f"?{urlencode({'place': page})}{anchor}", said))
    return found


def trail_in_words(tree: Any, steps: list[Step]) -> list[str]:
    """A place in words: parts, names of rows, labels of words."""
    words: list[str] = []
    for length in range(1, len(steps) + 1):
        step, before = steps[length - 1], kind_at(SCHEME, tree, steps[: length - 1])
        if isinstance(step, int):
            words.append(named(typed.at(tree, steps[:length])) or _("ligne {n}").format(n=step + 1))
        elif isinstance(before, Record) and (field := before.get(str(step))):
            words.append(_(field.label))
    return words


def crumbs(tree: Any, place: str, address: str) -> list[tuple[str, str]]:
    """The pages above ``place``: (name, address), the nearest last."""
    found = []
    steps = typed.steps_of(place)
    for length in range(1, len(steps)):
        above = typed.place_of(steps[:length])
        if page_of(SCHEME, tree, steps[:length]) == above:
            name = named(typed.at(tree, steps[:length])) if isinstance(steps[length - 1], int) else label_of(above)
            found.append((name or _("Sans nom"), f"{address}?{urlencode({'place': above})}"))
    return found


def following(place: str) -> str | None:
    """The part written after this one; None after the last."""
    head = place.split(".", 1)[0]
    rank = ORDER.index(head) if head in ORDER else -1
    return ORDER[rank + 1] if 0 <= rank < len(ORDER) - 1 else None
