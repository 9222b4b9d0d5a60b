"""Filling a section: its page, its saving by the button, one answer saved alone."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers import forms, panels
from escale.capabilities.calls.dossiers.actions import drafts, partners
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists, readiness, team
from escale.capabilities.calls.dossiers.queries.form import BUDGET, PARTNERS, call_of
from escale.capabilities.calls.dossiers.views import budget
from escale.capabilities.calls.dossiers.views.dossiers import see_other
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires import answers, posts, showing
from escale.foundation.questionnaires.filled import load
from escale.foundation.questionnaires.questions import ROW, Section
from escale.foundation.questionnaires.reading import clean, is_blank, read
from escale.foundation.questionnaires.saving import Change, Outcome
from escale.foundation.questionnaires.showing import Typing
from escale.rules.refusal import NoHat, Refused, Unknown
from escale.ui.routes import kept


def section(request: SignedIn, number: str, key: str) -> HttpResponse:
    """One section: its questions, what is typed, what is missing."""
    dossier: Dossier = obtain(lists.WHOLE, request, "read", number=number)
    if dossier.state != "draft":
        return see_other(dossier.get_absolute_url())
    return _page(request, dossier, _section(dossier, key), Typing(), 200)


def save(request: SignedIn, number: str, key: str) -> HttpResponse:
    """Saves a section by its button, then adds, moves or removes a row when that button was pressed."""
    try:
        dossier: Dossier = obtain(lists.WHOLE, request, "edit", number=number)
    except Refused as refused:
        return kept(request, 409, refused.code, refused.message)
    except NoHat:
        sentence = _("Votre rôle ne permet plus de remplir ce dossier : demandez à une personne qui le peut.")
        return kept(request, 403, "no_hat", sentence)
    if request.POST.get("person", str(request.user.key)) != str(request.user.key):
        return kept(request, 409)
    shown = _section(dossier, key)
    before = load(dossier.sheet, call_of(dossier.edition).form)
    changes = posts.changes(before, shown, request.POST)
    outcome = drafts.save(dossier, changes, by=request.user, at=request.at)
    if outcome.conflicts or outcome.gone or outcome.too_long:
        orphans = _orphans(dossier, changes, outcome)
        return _page(
            request, dossier, shown, answers.kept(changes, outcome), 409 if not outcome.too_long else 422, orphans
        )
    if (row := _row_act(request)) is not None:
        verb, code, row_key = row
        if verb == "invite":
            return _invite(request, dossier, shown, row_key)
        made = drafts.change_row(dossier, verb, code, row_key, by=request.user, at=request.at)
        return see_other(f"{dossier.get_absolute_url()}{key}/#row-{code}-{made}")
    if _unreadable(dossier, changes):
        return _page(request, dossier, shown, Typing(), 422)
    return see_other(_following(dossier, key))


def _invite(request: SignedIn, dossier: Dossier, shown: Section, row: str) -> HttpResponse:
    """The section is saved; now its partner is asked, or the page says why not."""
    try:
        partners.invite(dossier, row, by=request.user, at=request.at)
    except Refused as refused:
        return _page(request, dossier, shown, Typing(), 409, refused=refused)
    return see_other(f"{dossier.get_absolute_url()}{shown.key}/#partner-{row}")


def answer(request: SignedIn, number: str) -> HttpResponse:
    """``POST /dossiers/<number>/answer``: one answer, as soon as it is typed."""
    dossier: Dossier = obtain(lists.TO_FILL, request, "edit", number=number)
    call = call_of(dossier.edition)
    return answers.one_answer(
        request, call.form, lambda change: drafts.save(dossier, [change], by=request.user, at=request.at, call=call)
    )


def _page(
    request: SignedIn, dossier: Dossier, shown: Section, typing: Typing, status: int,
    orphans: list[showing.Orphan] | None = None, refused: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    ready = readiness.prepare(dossier, request.at)
    items = showing.section(ready.filled, shown, ready.asked, typing)
    bases = {place: conflict.base for place, conflict in typing.conflicts.items()}
    context = {
        "dossier": dossier,
        "section": shown,
        "items": items,
        "ready": ready,
        "orphans": orphans or [],
        "refused": refused,
        "section_gaps": ready.gaps_of(shown.key),
        **team.context(dossier, shown.key, dossier.hats_of(request.user, request.at)),
        "partners": panels.partners(ready) if shown.key == PARTNERS else [],
        "seen": posts.seen(ready.filled, posts.places(ready.filled, shown, ready.asked), bases),
        "steps": panels.steps(dossier, ready, shown.key),
        "errors": _errors(items) if status != 200 else [],
        "editable": "edit" in {row.name for row in _acts(request, dossier)},
        "changed_at": dossier.sheet.changed_at,
    }
    if shown.key == BUDGET:
        context |= panels.budget(ready, items) | forms.paste_options() | {"taken": budget.said(request)}
        return render(request, "dossiers/budget.html", context, status=status)
    return render(request, "dossiers/section.html", context, status=status)


def _acts(request: SignedIn, dossier: Dossier) -> list[Any]:
    return dossier.POLICY.open_to(hats=dossier.hats_of(request.user, request.at), state=dossier.state)


def _section(dossier: Dossier, key: str) -> Section:
    found = call_of(dossier.edition).form.by_key.get(key)
    if found is None:
        raise Unknown
    return found


def _errors(items: list[showing.Shown]) -> list[tuple[str, str]]:
    fields = [field for item in items for field in [item.field, *(f for row in item.rows for f in row.fields)] if field]
    return [
        (f"field-{one['name']}", _("{label} : {problem}").format(label=one["label"], problem=error))
        for one in fields
        for error in one["errors"]
    ]


def _orphans(dossier: Dossier, changes: list[Change], outcome: Outcome) -> list[showing.Orphan]:
    form, gone = call_of(dossier.edition).form, set(outcome.gone)
    lost = [change for change in changes if change.place in gone and not is_blank(change.typed)]
    return [showing.orphan(form, change.place, change.typed) for change in lost]


def _unreadable(dossier: Dossier, changes: list[Change]) -> bool:
    form = call_of(dossier.edition).form
    asked = [(form.question(change.place), clean(change.typed)) for change in changes]
    return any(question is not None and read(question, typed).problem for question, typed in asked)


def _row_act(request: SignedIn) -> tuple[str, str, str] | None:
    if code := request.POST.get("add"):
        return "add", code, ""
    words = request.POST.get("row-act", "").split(" ")
    return (words[0], words[1], words[2]) if len(words) == 3 and ROW.match(words[2]) else None


def _following(dossier: Dossier, key: str) -> str:
    keys = [section.key for section in call_of(dossier.edition).form.sections]
    rank = keys.index(key) + 1
    return f"{dossier.get_absolute_url()}{keys[rank]}/" if rank < len(keys) else dossier.get_absolute_url()
