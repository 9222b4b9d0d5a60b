"""Referentials as drafts on screens: the list, a new one, the overview with its differences and a try, each part."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.label import wording
from escale.capabilities.label.actions import drafting
from escale.capabilities.label.forms import drafts as forms
from escale.capabilities.label.models import Referential
from escale.capabilities.label.queries import diagnosis, drafts
from escale.foundation.editions import screens, typed
from escale.foundation.journal import record
from escale.foundation.journal.access import obtain
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.request import SignedIn
from escale.foundation.places import queries as places
from escale.foundation.places.models import Place
from escale.rules.label.format.referential import REFERENTIAL
from escale.rules.refusal import NoHat, Refused, Unknown
from escale.ui.routes import done


def index(request: SignedIn) -> HttpResponse:
    """The referentials, those in preparation first."""
    if not organisations.is_of_the_region(request.user, request.at):
        raise NoHat
    return render(request, "label/drafts.html", {"referentials": Referential.objects.order_by("state", "title", "key")})


def create(request: SignedIn) -> HttpResponse:
    """Begins a referential: empty, from a file, or from an existing one."""
    if not organisations.is_of_the_region(request.user, request.at):
        raise NoHat
    form, status = forms.BeginForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                found = drafting.begin(
                    key=given["key"], title=given["title"], tree=form.tree(), by=request.user, at=request.at
                )
                return done(reverse("referential-draft", args=[found.key]))
            except Refused as refused:
                form.add_error("key", refused.message)
                status = 409
    return render(request, "label/draft_create.html", {"form": form}, status=status)


def overview(request: SignedIn, key: str) -> HttpResponse:
    """Where the draft is: what is wrong, what changes, what it answers to a place."""
    return _overview(request, _get(request, "prepare", key), 200)


def edit(request: SignedIn, key: str) -> HttpResponse:
    """One page of the draft: what is typed is kept as it is, right or not."""
    found = drafts.drafted(_get(request, "edit" if request.method == "POST" else "prepare", key))
    place = request.GET.get("place", "")[:300].replace("\0", "")
    head = place.split(".", 1)[0]
    if head not in drafts.ORDER or screens.kind_at(REFERENTIAL, found.tree, typed.steps_of(place)) is None:
        raise Unknown
    if request.method != "POST":
        return _screen(request, found, place)
    do, rev = request.POST.get("do", "save"), request.POST.get("rev", "")
    forms.type_in(found.tree, place, request.POST)
    forms.change(found.tree, do)
    try:
        number = int(rev) if rev.isascii() and rev.isdecimal() and len(rev) < 9 else 0
        drafting.save(found.referential, found.tree, rev=number, by=request.user, at=request.at)
    except Refused as refused:
        return _screen(request, found, place, refused, 409)
    return HttpResponseRedirect(forms.after_doing(found.tree, request.path, place, do), status=303)


def publish(request: SignedIn, key: str) -> HttpResponse:
    """Freezes the draft and puts it in force."""
    found = _get(request, "publish", key)
    try:
        drafting.publish(found, by=request.user, at=request.at)
    except Refused as refused:
        return _overview(request, found, 409, refused)
    return done(found.get_absolute_url())


def _get(request: SignedIn, act: str, key: str) -> Referential:
    found = obtain(Referential.objects.select_related("edition", "series", "subject"), request, "read", key=key)
    record.check(found, act, by=request.user, at=request.at)
    return found


def _overview(request: SignedIn, referential: Referential, status: int, refused: Refused | None = None) -> HttpResponse:
    found = drafts.drafted(referential)
    slug = request.GET.get("lieu", "")[:80].replace("\0", "")
    tried = places.whole(Place.objects.filter(slug=slug)).first() if slug else None
    answer = diagnosis.tried(tried, found.document, request.at) if tried and found.document else None
    context = {
        "referential": referential, "found": found, "problems": drafts.pointed(found), "refused": refused,
        "parts": drafts.parts(found, reverse("referential-edit", args=[referential.key])),
        "changes": drafts.changes(found), "slug": slug, "tried": tried, "answer": answer,
        "places": [(one.slug, one.name) for one in Place.objects.listed().order_by("name", "pk")[:500]],
        "sentence": wording.VERDICTS[answer["verdict"]] if answer else "",
        "lines": diagnosis.lines(answer, {}) if answer else [],
        "publishes": record.verdict(referential, "publish", by=request.user, at=request.at).allowed,
    }  # fmt: skip
    return render(request, "label/draft.html", context, status=status)


def _screen(
    request: SignedIn, found: drafts.Drafted, place: str, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    head = place.split(".", 1)[0]
    rank = drafts.ORDER.index(head) + 1
    context: dict[str, Any] = {
        "referential": found.referential, "rev": found.rev, "place": place, "refused": refused,
        "steps": drafts.parts(found, request.path, place), **forms.screen_of(found, place),
        "after": drafts.label_of(drafts.ORDER[rank]) if rank < len(drafts.ORDER) else "",
        "here": [one for one in drafts.pointed(found) if place and one[0].startswith(f"?place={place}#")],
        "trail": [(_("Les référentiels"), reverse("referential-drafts")),
                  (found.referential.title, reverse("referential-draft", args=[found.referential.key])),
                  *([(drafts.label_of(head), f"{request.path}?place={head}")] if "." in place else [])],
    }  # fmt: skip
    return render(request, "label/draft_edit.html", context, status=status)
