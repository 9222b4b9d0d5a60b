"""Who prepares a dossier, who did what, what they tell one another."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Comment, Dossier
from escale.capabilities.calls.dossiers.queries.form import Call
from escale.foundation.journal.models import Entry
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Membership
from escale.foundation.people.models import Person
from escale.foundation.questionnaires.models import Answer, Row
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.showing import words

#: How many changes of answers one page tells.
MOST = 200


@dataclass(frozen=True)
class Done:
    """One thing that someone did: when, who (None: the site), what, where in the form."""

    at: datetime
    who: Person | None
    what: str
    section: str = ""
    note: str = ""


def members(dossier: Dossier, at: datetime) -> "QuerySet[Membership]":
    """Those who act for the organisation, the ones who sign first."""
    return organisations.members_of(dossier.organisation, at).order_by("role", "person__name", "pk")


def comments(dossier: Dossier, section: str) -> "QuerySet[Comment]":
    """The remarks on a section, oldest first."""
    return Comment.objects.filter(dossier=dossier, section=section).select_related("by", "settled_by")


def waiting(dossier: Dossier, call: Call) -> list[tuple[str, str, int]]:
    """The sections with remarks that are not settled: title, key, how many."""
    found = Comment.objects.filter(dossier=dossier, settled_at__isnull=True).values("section").order_by("section")
    counts = {row["section"]: row["n"] for row in found.annotate(n=Count("pk"))}
    titles = {section.key: section.title for section in call.form.sections}
    return [(titles.get(key, _("Les pièces")), key, n) for key, n in counts.items()]


def history(dossier: Dossier, call: Call) -> list[Done]:
    """Who did what, the newest first: acts of the journal, the last hand on each answer, rows taken away."""
    labels = dossier.WORDING.acts
    found = [
        Done(entry.at, entry.by, str(labels.get(entry.act, _("Commencer le dossier"))), note=entry.note)
        for entry in Entry.objects.filter(subject=dossier.subject).select_related("by")
    ]
    answers = Answer.objects.filter(sheet=dossier.sheet).select_related("by").order_by("-at", "-pk")[:MOST]
    found += [_answered(call, answer) for answer in answers]
    taken = Row.objects.filter(sheet=dossier.sheet, removed_at__isnull=False).select_related("removed_by")
    for row in taken.order_by("-removed_at", "-pk")[:MOST]:
        assert row.removed_at is not None
        section = call.form.section_of.get(row.block)
        what = _("Ligne retirée : {label}").format(label=_label(call, Place(row.block)))
        found.append(Done(row.removed_at, row.removed_by, what, section.title if section else ""))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _answered(call: Call, answer: Answer) -> Done:
    place = Place(answer.code, answer.row)
    question, section = call.form.question(place), call.form.section_of.get(place.code.partition(".")[0])
    said = words(question, answer.typed) if question else ""
    shown = said if len(said) <= 80 else f"{said[:80]}…"
    what = _("{label} : « {said} »").format(label=_label(call, place), said=shown or _("(vide)"))
    return Done(answer.at, answer.by, what, section.title if section else "")


def _label(call: Call, place: Place) -> str:
    question = call.form.question(place)
    if question is not None:
        return question.label
    item = call.form.items.get(place.code)
    return item.label if item is not None else _("question retirée")


def people(dossier: Dossier, at: datetime) -> list[Person]:
    """To whom the dossier may be handed over: who fills dossiers of the organisation, but who is in charge."""
    writers = members(dossier, at).filter(role__in=("owner", "editor"))
    return [one.person for one in writers if one.person_id != (dossier.keeper_id or dossier.created_by_id)]


def context(dossier: Dossier, section: str, hats: Any) -> dict[str, Any]:
    """What the part ``comments.html`` needs; nothing for who is not of the team."""
    if not set(hats) & dossier.POLICY["comment"].hats:
        return {"comments": None, "section_key": section}
    return {"comments": list(comments(dossier, section)), "section_key": section}
