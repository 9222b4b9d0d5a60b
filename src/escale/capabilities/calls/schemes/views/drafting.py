"""Desk pages of schemes: the list, a new one, its screens, preview, bench, and the steps to publishing."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes import actions, queries, wording
from escale.capabilities.calls.schemes.forms import drafts as forms
from escale.capabilities.calls.schemes.models import Scheme
from escale.capabilities.calls.schemes.views import public
from escale.foundation.editions import screens, typed
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.rules.refusal import NoHat, Refused, Unknown
from escale.rules.scheme import trial
from escale.rules.scheme.format.whole import SCHEME
from escale.rules.shape.problem import Problem
from escale.ui.routes import Request


@dataclass
class Drafted:
    """A scheme and what is being written of it: the tree, its revision, what is wrong."""

    scheme: Scheme
    tree: dict[str, Any]
    rev: int
    document: dict[str, Any] | None
    problems: list[Problem]


def index(request: Request) -> HttpResponse:
    """The schemes of my services, those in preparation first."""
    schemes = queries.prepared_by(_person(request), request.at)
    return render(request, "schemes/desk.html", {"schemes": schemes})


def create(request: Request) -> HttpResponse:
    """Begins a scheme: empty, from a file, or from an existing one."""
    person = _person(request)
    services = queries.services_of(person, request.at)
    if not services:
        raise NoHat
    form = forms.BeginForm(
        request.POST or None, request.FILES or None, services=services, models=queries.prepared_by(person, request.at)
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "schemes/create.html", {"form": form}, status=422 if form.errors else 200)
    given = form.cleaned_data
    scheme = actions.begin(
        key=given["key"], title=given["title"], service=given["service"], tree=form.tree(), by=person, at=request.at
    )
    return HttpResponseRedirect(reverse("scheme-edit", args=[scheme.key]), status=303)


def edit(request: Request, key: str) -> HttpResponse:
    """One page of the draft: what is typed is kept as it is, right or not."""
    draft = _drafted(request, key, "edit" if request.method == "POST" else "prepare")
    place = request.GET.get("place", "")[:300]
    kind = screens.kind_at(SCHEME, draft.tree, typed.steps_of(place))
    if kind is None:
        raise Unknown
    if request.method == "POST":
        return _keep(request, draft, place)
    return _screen(request, draft, place)


def _keep(request: Request, draft: Drafted, place: str) -> HttpResponse:
    do, typed_rev, gone = request.POST.get("do", "save"), request.POST.get("rev", ""), None
    if do == "restore":
        _restore(request, draft)
    else:
        forms.type_in(draft.tree, place, request.POST)
        gone = typed.change(draft.tree, do)
    try:
        rev = int(typed_rev) if typed_rev.isdecimal() else 0
        actions.save(draft.scheme, draft.tree, rev=rev, by=_person(request), at=request.at)
    except Refused as refused:
        if refused.code != "changed_meanwhile":
            raise
        return _screen(request, draft, place, refused=refused, status=409)
    request.session.pop("removed", None)
    if gone is not None:
        request.session["removed"] = {"key": draft.scheme.key, "place": do.partition(" ")[2], "value": gone}
    return HttpResponseRedirect(forms.after_doing(draft.tree, request.path, place, do), status=303)


def _restore(request: Request, draft: Drafted) -> None:
    """Puts back the row that was removed last, where it stood."""
    kept = request.session.get("removed")
    if kept and kept["key"] == draft.scheme.key:
        typed.insert(draft.tree, typed.steps_of(kept["place"]), kept["value"])


def _screen(
    request: Request, draft: Drafted, place: str, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    shown = forms.screen_of(draft.tree, draft.problems, place)
    person = _person(request)
    acts = [
        (wording.SCHEME.acts[name], reverse(url, args=[draft.scheme.key]), verdict.refusal.message if verdict.refusal else "")
        for name, url in (("submit-for-review", "scheme-submit"), ("send-back", "scheme-send-back"), ("publish", "scheme-publish"))
        if (verdict := record.verdict(draft.scheme, name, by=person, at=request.at)).has_hat and verdict.allowed
    ]  # fmt: skip
    context = {
        "scheme": draft.scheme, "rev": draft.rev, "place": place, "acts": acts, "refused": refused, **shown,
        "removed": request.session.get("removed", {}).get("key") == draft.scheme.key,
        "trail": [(_("Appels du service"), reverse("schemes")),
                  *([(draft.scheme.title, request.path)] if place else [])],
    }  # fmt: skip
    return render(request, "schemes/edit.html", context, status=status)


def preview(request: Request, key: str) -> HttpResponse:
    """The public page as it would be."""
    draft = _drafted(request, key, "prepare")
    return public.shown(request, draft.scheme, _loaded(draft), amendments=())


def bench(request: Request, key: str) -> HttpResponse:
    """Tries a case on the draft: verdict, criteria, lines of the aid."""
    draft = _drafted(request, key, "prepare")
    edition = _loaded(draft)
    trail = [(_("Appels du service"), reverse("schemes")), (draft.scheme.title, reverse("scheme-edit", args=[key]))]
    return public.tried(request, draft.scheme, edition, money="aid" in edition.document, trail=trail)


def submit(request: Request, key: str) -> HttpResponse:
    """Asks a second person to read."""
    return _step(request, key, "submit-for-review")


def send_back(request: Request, key: str) -> HttpResponse:
    """Gives the draft back to its writers."""
    return _step(request, key, "send-back")


def _step(request: Request, key: str, act: str) -> HttpResponse:
    draft = _drafted(request, key, "prepare")
    actions.move(draft.scheme, act, by=_person(request), at=request.at)
    return HttpResponseRedirect(reverse("scheme-edit", args=[key]), status=303)


def publish(request: Request, key: str) -> HttpResponse:
    """Freezes the draft and shows it to all."""
    draft = _drafted(request, key, "prepare")
    actions.publish_draft(draft.scheme, by=_person(request), at=request.at)
    return HttpResponseRedirect(draft.scheme.get_absolute_url(), status=303)


def _drafted(request: Request, key: str, act: str) -> Drafted:
    """The scheme when the person's service prepares it (else 404), and its draft, begun from what is in force."""
    scheme = Scheme.objects.visible_to(_person(request), request.at).select_related("service", "edition", "series")
    found = scheme.filter(key=key).first()
    if found is None or not record.verdict(found, "prepare", by=_person(request), at=request.at):
        raise Unknown
    record.check(found, act, by=_person(request), at=request.at)
    tree, rev = queries.draft_of(found)
    document, problems = actions.read(json.loads(json.dumps(tree)))
    return Drafted(found, tree, rev, document, problems)


def _loaded(draft: Drafted) -> trial.Edition:
    if draft.document is None:
        sentence = _("{n} points sont à revoir avant d’essayer. Le premier : {why}")
        raise Refused("not_ready", sentence.format(n=len(draft.problems), why=draft.problems[0].message))
    return trial.load(draft.document)


def _person(request: Request) -> Person:
    assert isinstance(request.user, Person)
    return request.user
