"""A draft's other acts: copied to a call that is open, moved to the newer text of its own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers import forms
from escale.capabilities.calls.dossiers.actions import life
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import differences, lists
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.dossiers.views.dossiers import see_other
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires.reading import clean
from escale.foundation.questionnaires.saving import new_key


def copy(request: SignedIn, number: str) -> HttpResponse:
    """A new draft from this dossier: for the same call when it is open again, or for another."""
    dossier: Dossier = obtain(lists.WHOLE, request, "copy", number=number)
    opened = [one for one in Scheme.objects.public() if one.phase(request.at) == "open"]
    opened.sort(key=lambda one: (one.pk != dossier.scheme_id, one.title))
    again = _("{title} (déposer de nouveau)")
    calls = [(one.key, again.format(title=one.title) if one.pk == dossier.scheme_id else one.title) for one in opened]
    initial = {"key": new_key(), "call": calls[0][0] if calls and opened[0].pk == dossier.scheme_id else None}
    form = forms.CopyForm(request.POST or None, initial=initial, calls=calls)
    if request.method == "POST" and form.is_valid():
        scheme = Scheme.objects.select_related("edition", "service").get(key=form.cleaned_data["call"])
        key = str(clean(request.headers.get("Idempotency-Key") or form.cleaned_data["key"]))[:80]
        return see_other(life.copy(dossier, scheme, by=request.user, at=request.at, key=key).get_absolute_url())
    context = {"dossier": dossier, "form": form, "calls": calls}
    return render(request, "dossiers/copy.html", context, status=422 if request.method == "POST" else 200)


def adopt(request: SignedIn, number: str) -> HttpResponse:
    """What the newer text changes for this draft; posting moves the draft to it."""
    dossier: Dossier = obtain(lists.WHOLE, request, "adopt", number=number)
    if request.method == "POST":
        life.adopt(dossier, by=request.user, at=request.at)
        return see_other(dossier.get_absolute_url())
    assert dossier.scheme.edition is not None
    before, after = call_of(dossier.edition), call_of(dossier.scheme.edition)
    context = {"dossier": dossier, "differences": differences.differences(before, after)}
    return render(request, "dossiers/adopt.html", context)
