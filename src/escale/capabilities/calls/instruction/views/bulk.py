"""Acts on several dossiers: the preview, then the result line by line."""

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions import bulk as actions
from escale.capabilities.calls.instruction.queries import asking
from escale.foundation.people.models import Person
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import Refused
from escale.ui.routes import done

MOST = 200


def bulk(request: SignedIn) -> HttpResponse:
    """GET: what was done last. POST: what would be done; with ``confirm``, does it."""
    back = f"{reverse('desk')}?{asking.read(request.GET).address()}"
    if request.method != "POST":
        return render(request, "instruction/bulk.html", {"lines": request.session.get("bulk", []), "back": back})
    do, refs = request.POST.get("do", ""), list(dict.fromkeys(request.POST.getlist("ref")))[:MOST]
    if do not in actions.ACTS or not refs:
        raise Refused("nothing_chosen", _("Cochez au moins un dossier et choisissez une action."))
    if request.POST.get("confirm"):
        pairs = [(ref, _key(request.POST.get(f"to-{ref}", ""))) for ref in refs]
        result = actions.run(do, pairs, by=request.user, at=request.at)
        request.session["bulk"] = [asdict(one) for one in result]
        return done(f"{reverse('desk-bulk')}?{request.GET.urlencode()}")
    found = list(lists.whole().handled_by(request.user, request.at).filter(number__in=refs).order_by("number"))
    key = _key(request.POST.get("officer", ""))
    officer = Person.objects.filter(pk=key).first() if key else None
    lines = actions.plan(do, found, officer, by=request.user, at=request.at)
    context = {"lines": lines, "back": back, "do": do, "planned": [one for one in lines if one.ok]}
    return render(request, "instruction/bulk.html", context)


def _key(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
