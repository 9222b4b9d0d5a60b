"""What is asked of the desk: filters, sort, columns, from an address; an address gives the same page to all who may."""

from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.dossiers.policy import AWAITING, FILED
from escale.foundation.questionnaires.reading import clean

#: Word of an address → column of the dossier that orders the list.
SORTS = {
    "filed": "filed_at",
    "due": "due_at",
    "number": "number",
    "applicant": "applicant",
    "title": "title",
    "spending": "spending_cents",
    "aid": "aid_cents",
}
#: What may be shown: word → heading. The number is always there.
COLUMNS = {
    "title": _("Projet"),
    "applicant": _("Déposant"),
    "scheme": _("Appel"),
    "state": _("État"),
    "due": _("Échéance"),
    "awaited": _("Attendu de"),
    "officer": _("Suivi par"),
    "filed": _("Déposé le"),
    "spending": _("Dépenses"),
    "aid": _("Aide calculée"),
    "proposed": _("Aide proposée"),
    "advised": _("Avis du comité"),
    "voted": _("Aide votée"),
    "verdict": _("Recevabilité"),
}
USUAL = ("title", "applicant", "state", "due", "officer", "filed", "aid")
#: Groups of states beside the states themselves.
GROUPS = {"open": AWAITING}
SCOPES = {"mine": _("Mes dossiers"), "service": _("Mon service"), "all": _("Tous")}
MOST_TEXT = 200


@dataclass(frozen=True)
class Ask:
    """What the desk is asked. ``service``: the key of one of the person’s. ``answers``: filters on answers, name (``code``, ``code.min``, ``code.max``) → text."""

    scope: str = "all"
    service: str = ""
    q: str = ""
    scheme: str = ""
    state: str = ""
    officer: str = ""
    sort: str = "-filed"
    after: str = ""
    columns: tuple[str, ...] = USUAL
    answers: tuple[tuple[str, str], ...] = ()
    wrong: tuple[str, ...] = field(default=(), compare=False)

    @property
    def descends(self) -> bool:
        return self.sort.startswith("-")

    @property
    def key(self) -> str:
        """The sort without its direction."""
        return self.sort.removeprefix("-")

    @property
    def answer_code(self) -> str:
        """The answer that orders the list; empty when a column does."""
        return self.key.removeprefix("answer.") if self.key.startswith("answer.") else ""

    def address(self, **changes: Any) -> str:
        """The query string of this view, changed; the page is the first one unless said."""
        one = replace(self, **{"after": "", **changes})
        said = {
            "scope": "" if one.scope == "all" else one.scope, "service": one.service, "q": one.q, "scheme": one.scheme, "state": one.state,
            "officer": one.officer, "sort": "" if one.sort == "-filed" else one.sort,
            "columns": "" if one.columns == USUAL else ",".join(one.columns), "after": one.after,
        }  # fmt: skip
        pairs = [(name, text) for name, text in said.items() if text]
        return urlencode([*pairs, *((f"answer.{name}", text) for name, text in one.answers)])


def read(data: Any) -> Ask:
    """Reads an address (a ``QueryDict``). What is unknown is left out and named in ``wrong``: never an error page."""
    wrong: list[str] = []
    given = {
        name: _text(data.get(name, ""))
        for name in ("scope", "service", "q", "scheme", "state", "officer", "sort", "after")
    }
    columns = tuple(dict.fromkeys(one for raw in data.getlist("columns") for one in _text(raw).split(",") if one))
    strange = [one for one in columns if one not in COLUMNS and not one.startswith("answer.")]
    if given["scope"] and given["scope"] not in SCOPES:
        wrong.append(given["scope"])
        given["scope"] = ""
    if given["state"] and given["state"] not in GROUPS and given["state"] not in {str(one) for one in FILED}:
        wrong.append(given["state"])
        given["state"] = ""
    sort = _sort(given["sort"], wrong)
    answers = [
        (name.removeprefix("answer.")[:130], _text(data.get(name)))
        for name in data
        if name.startswith("answer.") and _text(data.get(name))
    ]
    return Ask(
        scope=given["scope"] or "all", service=given["service"], q=given["q"], scheme=given["scheme"], state=given["state"],
        officer=given["officer"], sort=sort, after=given["after"],
        columns=tuple(one for one in columns if one not in strange) or USUAL, answers=tuple(answers[:20]),
        wrong=tuple(wrong + strange),
    )  # fmt: skip


def number(text: str) -> Decimal | None:
    """A number typed in a filter, or None."""
    try:
        found = Decimal(text.replace(",", ".").replace("\u202f", "").replace(" ", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10**17 else None


def _sort(text: str, wrong: list[str]) -> str:
    if not text:
        return "-filed"
    sign, key = ("-", text[1:]) if text.startswith("-") else ("", text)
    key = key if key.startswith("answer.") else key.removesuffix("_at").removesuffix("_cents")
    if key in SORTS or (key.startswith("answer.") and len(key) > len("answer.")):
        return f"{sign}{key[:140]}"
    wrong.append(text)
    return "-filed"


def _text(value: Any) -> str:
    return str(clean(value or "")).replace("\x00", "").strip()[:MOST_TEXT]
