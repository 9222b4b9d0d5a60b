"""Desk pages of schemes: the list, a new one, the overview of one, its screens."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes import actions, queries, wording
from escale.capabilities.calls.schemes.forms import drafts as forms
from escale.capabilities.calls.schemes.queries import parts
from escale.capabilities.calls.schemes.views.drafted import Drafted, drafted, person_of
from escale.foundation.editions import screens, typed
from escale.rules.refusal import NoHat, Refused, Unknown
from escale.rules.scheme.format.whole import SCHEME
from escale.ui.routes import Request


def index(request: Request) -> HttpResponse:
    """The schemes of my services, those in preparation first."""
    mine = queries.prepared_by(person_of(request), request.at)
    rows = [(one, wording.PHASES[one.phase(request.at)] if one.edition_id else "") for one in mine]
    return render(request, "schemes/desk.html", {"schemes": rows})


def create(request: Request) -> HttpResponse:
    """Begins a scheme: empty, from a file, or from an existing one."""
    person = person_of(request)
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
        key=given["key"], title=given["title"], service=given["service"], tree=form.tree(), by=person, at=request.at,
        origin=given["model"].edition if given["model"] else None,
    )  # fmt: skip
    return HttpResponseRedirect(reverse("scheme", args=[scheme.key]), status=303)


def edit(request: Request, key: str) -> HttpResponse:
    """One page of the draft: what is typed is kept as it is, right or not."""
    draft = drafted(request, key, "edit" if request.method == "POST" else "prepare")
    place = request.GET.get("place", "")[:300]
    kind = screens.kind_at(SCHEME, draft.tree, typed.steps_of(place))
    if kind is None or (place and place.split(".", 1)[0] not in parts.ORDER):
        raise Unknown
    if request.method == "POST":
        return _keep(request, draft, place)
    return _screen(request, draft, place)


def _keep(request: Request, draft: Drafted, place: str) -> HttpResponse:
    do, typed_rev, gone = request.POST.get("do", "save"), request.POST.get("rev", ""), None
    if do == "restore":
        _restore(request, draft)
    elif do != "undo":
        forms.type_in(draft.tree, place, request.POST)
        gone = forms.change(draft.tree, do)
    try:
        rev = int(typed_rev) if typed_rev.isdecimal() and len(typed_rev) < 9 else 0
        if do == "undo":
            draft.tree = actions.undo(draft.scheme, rev=rev, by=person_of(request), at=request.at).document
            place = _still(draft.tree, place)
        else:
            actions.save(draft.scheme, draft.tree, rev=rev, by=person_of(request), at=request.at)
    except Refused as refused:
        if refused.code not in ("changed_meanwhile", "nothing_to_undo"):
            raise
        return _screen(request, draft, place, refused=refused, status=409)
    request.session.pop("removed", None)
    if gone is not None:
        request.session["removed"] = {"key": draft.scheme.key, "place": do.partition(" ")[2], "value": gone}
    return HttpResponseRedirect(forms.after_doing(draft.tree, request.path, place, do), status=303)


def _still(tree: dict[str, Any], place: str) -> str:
    """The place, or the nearest above it that is still there."""
    steps = typed.steps_of(place)
    while steps and screens.kind_at(SCHEME, tree, steps) is None:
        steps = steps[:-1]
    return screens.page_of(SCHEME, tree, steps)


def _restore(request: Request, draft: Drafted) -> None:
    """Puts back what was removed last, where it stood."""
    kept = request.session.get("removed")
    steps = typed.steps_of(kept["place"]) if kept and kept["key"] == draft.scheme.key else []
    if kept and steps and screens.kind_at(SCHEME, draft.tree, steps[:-1]) is not None:
        typed.insert(draft.tree, steps, kept["value"])


def _screen(
    request: Request, draft: Drafted, place: str, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    shown = forms.screen_of(draft.tree, draft.problems, place)
    overview, after = reverse("scheme", args=[draft.scheme.key]), parts.following(place)
    context = {
        "scheme": draft.scheme, "rev": draft.rev, "place": place, "refused": refused, **shown,
        "groups": _steps(draft, place), "after": parts.label_of(after) if after is not None else "",
        "here": [one for one in parts.pointed(draft.tree, draft.problems) if one[0].startswith(_under(place))],
        "steps": queries.steps_of(draft.scheme),
        "removed": request.session.get("removed", {}).get("key") == draft.scheme.key,
        "trail": [(_("Appels du service"), reverse("schemes")), (draft.scheme.title, overview),
                  *parts.crumbs(draft.tree, place, request.path)],
    }  # fmt: skip
    return render(request, "schemes/edit.html", context, status=status)


def _under(place: str) -> str:
    return f"?place={place}#" if place else "?place=#"


def _steps(draft: Drafted, place: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """The parts beside the page, as the list of steps draws them."""
    head, address = place.split(".", 1)[0], reverse("scheme-edit", args=[draft.scheme.key])
    return [
        (title, [{"label": one.label, "url": f"{address}?place={one.place}", "state": one.state, "missing": one.missing,
                  "current": one.place == head} for one in group])
        for title, group in parts.parts(draft.tree, draft.problems)
    ]  # fmt: skip
