"""Fragments of pages: a form and pieces as the applicant will see them, the life of a call beside its draft."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes import actions, queries, wording
from escale.capabilities.calls.schemes.models import Scheme, Timing
from escale.capabilities.calls.schemes.queries.dialect import names
from escale.foundation.editions.models import Draft
from escale.foundation.editions.saying import in_euros
from escale.foundation.journal import record
from escale.foundation.journal.models import Entry
from escale.foundation.people.models import Person
from escale.rules.figures import shown_instant
from escale.rules.scheme import telling
from escale.rules.scheme.format.words import moment
from escale.ui.figures import day, day_hour

_KINDS = {
    "long_text": "textarea", "number": "number", "amount": "amount", "date": "date", "email": "email", "phone": "tel",
    "url": "url", "commune": "commune", "yes_no": "radios", "commitment": "radios", "choice": "radios",
    "choices": "checkboxes",
}  # fmt: skip


def preview_tabs(address: str, shown: str) -> list[tuple[str, str, bool]]:
    """The three things that one looks at before publishing."""
    labels = (("page", _("Page publique")), ("form", _("Formulaire")), ("pieces", _("Pièces à joindre")))
    return [(label, f"{address}?{urlencode({'view': view})}", view == shown) for view, label in labels]


def form_shown(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The pages of the form: title, help, questions as fields; a condition is said in words."""
    known = names(document)
    return [
        {
            "title": section["title"],
            "help": section.get("help", ""),
            "questions": [_question(one, known) for one in section["questions"]],
        }
        for section in document.get("form", [])
    ]


def _question(one: dict[str, Any], known: dict[str, str]) -> dict[str, Any]:
    options = [(option["code"], option["label"]) for option in one.get("options", [])]
    if one["kind"] in ("yes_no", "commitment"):
        options = [("yes", _("Oui")), ("no", _("Non"))]
    asked = telling.condition(one["visible_if"], known) if "visible_if" in one else ""
    return {
        "code": one["code"], "label": one["label"], "help": one.get("help", ""), "unit": one.get("unit", ""),
        "kind": _KINDS.get(one["kind"], "text"), "options": options, "required": bool(one.get("required")),
        "only": _("Posée seulement si {x}.").format(x=asked) if asked else "",
        "statement": one["kind"] == "statement", "block": [_question(inner, known) for inner in one.get("questions", [])],
    }  # fmt: skip


def pieces_shown(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The pieces: name, help, whether required, for whom in words."""
    known = names(document)
    return [
        {
            "label": one["label"],
            "help": one.get("help", ""),
            "required": one.get("required", True),
            "only": _("si {x}").format(x=telling.condition(one["when"], known)) if "when" in one else "",
            "template": one.get("template", ""),
        }
        for one in document.get("pieces", [])
    ]


#: The phases of the public list, in their order, and how many rows a page shows of each.
GROUPS = ("open", "coming", "past")
MOST_ROWS = 50
FIRST_PAST = 10


@dataclass(frozen=True)
class Group:
    """Calls of one phase on a page, each beside its sentence; addresses of the pages before and after."""

    phase: str
    label: str
    count: int
    rows: list[tuple[queries.Row, str]]
    before: str
    after: str
    sentence: str


def groups(found: queries.Found, phase: str, page: int, given: QueryDict, at: datetime) -> list[Group]:
    """The list cut in phases: all that is open or coming, the last past ones; one phase alone has pages."""
    out = []
    cut: dict[str, tuple[int, list[int]]] = {}
    for one in GROUPS if not phase else (phase,):
        most = FIRST_PAST if one == "past" and not phase else MOST_ROWS
        start = (page - 1) * most if phase else 0
        cut[one] = start + most, found[one][start : start + most]
    loaded = queries.rows(key for _end, keys in cut.values() for key in keys)
    for one, (end, keys) in cut.items():
        count = len(found[one])
        after = _paged(given, one, page + 1 if phase else 1) if count > end else ""
        before = _paged(given, one, page - 1) if phase and page > 1 else ""
        sentence = _("{shown} sur {count}").format(shown=len(keys), count=count) if after or before else ""
        told = [(loaded[key], when(loaded[key].timing, one, at)) for key in keys]
        out.append(Group(one, str(wording.PHASES[one]), count, told, before, after, sentence))
    return out


def _paged(given: QueryDict, phase: str, page: int) -> str:
    query = given.copy()
    query["phase"], query["page"] = phase, str(page)
    return f"?{query.urlencode()}"


def when(timing: Timing, phase: str, at: datetime) -> str:
    """When a call closes, opens or closed, in a sentence."""
    if timing.suspended:
        return _("Suspendu")
    if phase == "open":
        closes = (timing.window(at) or (None, None))[1]
        if closes is not None:
            return _("Ferme le {when}").format(when=day_hour(closes))
        opens = timing.next_opening(at)
        return _("Prochaine vague le {when}").format(when=day_hour(opens)) if opens else _("Ouvert toute l’année")
    opens, closed = timing.next_opening(at), timing.last_closing(at)
    if phase == "coming" and opens is not None:
        return _("Ouvre le {when}").format(when=day_hour(opens))
    return _("Fermé depuis le {when}").format(when=day(closed)) if closed is not None else _("Terminé")


#: The acts of the desk in their order: (act, name of its address, whether a page asks for more first).
DESK_ACTS = (
    ("submit-for-review", "scheme-submit", False),
    ("send-back", "scheme-send-back", False),
    ("publish", "scheme-publish", False),
    ("replace", "scheme-publish", False),
    ("prolong", "scheme-prolong", True),
    ("close-early", "scheme-close-early", True),
    ("suspend", "scheme-suspend", True),
    ("resume", "scheme-resume", True),
    ("correct", "scheme-correct", True),
    ("change-envelope", "scheme-change-envelope", True),
    ("archive", "scheme-archive", True),
)


def standing(scheme: Scheme, at: datetime) -> list[tuple[str, str]]:
    """Where the call is, as terms and values."""
    found = [(_("État"), scheme.state_label)]
    if scheme.edition is not None:
        found.append((_("Pour le public"), str(wording.PHASES[scheme.phase(at)])))
        said = _("{n}, publiée le {when}").format(
            n=scheme.edition.n, when=day_hour(scheme.edition.published_at, short=True)
        )
        found.append((_("Version en vigueur"), said))
    draft = Draft.objects.filter(series=scheme.series_id).select_related("by").first()
    if draft is not None:
        said = _("{who}, le {when}").format(who=draft.by or _("un fichier"), when=day_hour(draft.at, short=True))
        found.append((_("Dernière modification"), said))
    return found


def acts(scheme: Scheme, problems: int, *, by: Person, at: datetime) -> list[tuple[str, str, str, bool]]:
    """What the person may do now: (label, address, reason against it, whether a page asks first)."""
    found = []
    for name, url, asks in DESK_ACTS:
        verdict = record.verdict(scheme, name, by=by, at=at)
        if verdict.allowed:
            publishes = name in ("publish", "replace")
            reason = actions.why_not_publish(scheme, problems, by=by) if publishes else ""
            if name in ("publish", "replace") and scheme.edition is not None and not _is_written(scheme):
                continue
            found.append((str(wording.SCHEME.acts[name]), reverse(url, args=[scheme.key]), reason, asks))
    return found


def _is_written(scheme: Scheme) -> bool:
    """A published call without a draft has nothing to publish: no button at all."""
    return Draft.objects.filter(series=scheme.series_id).exists()


def around(scheme: Scheme) -> list[tuple[str, str]]:
    """The other pages of a call."""
    pages = (
        ("scheme-bench", _("Essayer un cas")),
        ("scheme-differences", _("Ce qui change")),
        ("scheme-attachments", _("Documents à télécharger")),
        ("scheme-questions", _("Questions du public")),
        ("scheme-links", _("Liens d’aperçu")),
    )
    found = [(label, reverse(name, args=[scheme.key])) for name, label in pages]
    if scheme.edition is not None:
        found.append((_("La page publique"), scheme.get_absolute_url()))
    return found


def history(scheme: Scheme) -> list[dict[str, Any]]:
    """The last acts, the newest first."""
    entries = Entry.objects.filter(subject=scheme.subject_id).select_related("by").order_by("-n")[:8]
    words = {**wording.SCHEME.acts, "create": _("Commencer l’appel")}
    return [
        {"at": one.at, "what": str(words.get(one.act, one.act)), "by": str(one.by or _("Le site")), "note": one.note}
        for one in entries
    ]


def amendments(scheme: Scheme, document: dict[str, Any]) -> list[dict[str, Any]]:
    """The acts that changed the edition in force, the newest first, as the public reads them."""
    assert scheme.edition is not None
    labels = {one["code"]: one["label"] for one in document.get("envelopes", [])}
    found = []
    for one in scheme.edition.amendments.all():
        said, payload = "", one.payload
        if payload["kind"] in ("prolong", "close"):
            said = _("Il ferme désormais le {when}.").format(when=shown_instant(moment(payload["until"], end=True)))
        elif payload["kind"] == "envelope":
            said = f"{labels.get(payload['code'], payload['code'])} : {in_euros(payload['amount'])}"
        label = str(wording.AMENDMENTS.get(payload["kind"], ""))
        found.append({"label": label, "reason": one.reason, "at": one.at, "act": one.act, "said": said})
    return found[::-1]
