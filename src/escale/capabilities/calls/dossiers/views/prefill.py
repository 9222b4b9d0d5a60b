"""Taking up the answers of an earlier dossier: which one, what would be copied, done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.actions import drafts
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists, prefill
from escale.capabilities.calls.dossiers.views.dossiers import see_other
from escale.foundation.journal.access import obtain
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import Refused


def take_up(request: SignedIn, number: str) -> HttpResponse:
    """Shows the earlier dossiers and what one would fill; posting copies it."""
    dossier: Dossier = obtain(lists.WHOLE, request, "prefill", number=number)
    sources = list(prefill.sources(dossier, request.user, request.at)[:50])
    asked = request.POST.get("from") or request.GET.get("from", "")
    chosen = next((one for one in sources if one.number == asked), None)
    if request.method == "POST":
        if chosen is None:
            raise Refused("no_source", _("Choisissez le dossier dont vous reprenez les réponses."))
        drafts.take_up(dossier, chosen, by=request.user, at=request.at)
        return see_other(dossier.get_absolute_url())
    options = [(one.number, f"{one.title or one.number} · {one.scheme.title}", one.number) for one in sources]
    context = {
        "dossier": dossier, "sources": sources, "options": options, "chosen": chosen.number if chosen else "",
        "offer": prefill.offer(dossier, chosen) if chosen else None,
    }  # fmt: skip
    return render(request, "dossiers/prefill.html", context)
