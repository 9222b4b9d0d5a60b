"""A value of a draft in words, by its description: for the overview, the rows of a list, the differences."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from escale.foundation.editions.dialect import PLAIN, Dialect
from escale.foundation.editions.vocabulary import choices
from escale.rules.figures import PARIS, shown_day, shown_instant, shown_number
from escale.rules.money import cents_of, shown_euros
from escale.rules.shape.kinds import Kind, ListOf, OneOf, Record, resolved
from escale.rules.shape.problem import Wrong
from escale.rules.shape.scalar import Checked, Code, Day, Euros, Number, YesNo

MOST = 160


def named(row: Any) -> str:
    """How a row of a list calls itself."""
    if not isinstance(row, dict):
        return ""
    return next((str(row[word]) for word in ("title", "label", "name", "code") if row.get(word)), "")


class Saying:
    """Puts the values of one draft in words."""

    def __init__(self, dialect: Dialect = PLAIN, tree: Any = None) -> None:
        self.dialect, self.tree = dialect, tree

    def say(self, kind: Kind, value: Any, *, most: int = MOST) -> str:
        """The value in words, shortened; empty when there is nothing to say."""
        text = self._say(kind, value)
        return f"{text[: most - 1].rstrip()}…" if len(text) > most else text

    def _say(self, kind: Kind, value: Any) -> str:
        real = resolved(kind)
        if value in (None, "", [], {}):
            return ""
        if isinstance(real, Record):
            return self._record(real, value) if isinstance(value, dict) else ""
        if isinstance(real, ListOf):
            return self._list(real, value) if isinstance(value, list) else ""
        if isinstance(real, OneOf):
            told = self.dialect.tell.get(real.name)
            return told(value, self.tree) if told and isinstance(value, dict) else ""
        return self._scalar(real, value)

    def _record(self, kind: Record, value: dict[str, Any]) -> str:
        told = self.dialect.tell.get(kind.name)
        if told:
            return told(value, self.tree)
        parts = []
        for one in kind.fields:
            if isinstance(resolved(one.kind), Code) or one.name not in value:
                continue
            said = self._say(one.kind, value[one.name])
            if said:
                bare = one.name in ("label", "title", "name", "kind")
                parts.append(said if bare else _("{label} : {problem}").format(label=_(one.label), problem=said))
        return _(" ; ").join(parts)

    def _list(self, kind: ListOf, value: list[Any]) -> str:
        item = resolved(kind.item)
        if isinstance(item, Record | OneOf):
            names = [name for row in value if (name := named(row) or self._say(item, row))]
            return " · ".join(names)
        options = {word: label for _group, rows in self.dialect.suggest(item, [], self.tree) for word, label in rows}
        return ", ".join(options.get(str(one), self._scalar(item, one)) for one in value)

    def _scalar(self, kind: Any, value: Any) -> str:
        text = str(value) if not isinstance(value, bool) else ("yes" if value else "no")
        if isinstance(kind, YesNo):
            return _("oui") if text in ("yes", "true", "True") else _("non")
        known = dict(choices(kind))
        if text in known:
            return known[text]
        if isinstance(kind, Euros):
            return in_euros(text)
        if isinstance(kind, Day) or (isinstance(kind, Checked) and kind.name == "instant"):
            return _moment(text)
        if isinstance(kind, Number) and isinstance(value, int) and not (kind.least or 0) > 1000:
            return shown_number(value)
        return text.replace("\n", " ")


def in_euros(value: Any) -> str:
    """An amount of a draft as it is shown; as it was typed when it is no amount."""
    text = str(value)
    try:
        return shown_euros(cents_of(text))
    except Wrong:
        return text


def _moment(text: str) -> str:
    try:
        if len(text) == 10:
            return shown_day(date.fromisoformat(text))
        at = datetime.fromisoformat(text)
        return shown_instant(at if at.tzinfo else at.replace(tzinfo=PARIS))
    except ValueError:
        return text
