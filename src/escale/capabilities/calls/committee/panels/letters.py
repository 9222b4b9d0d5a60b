"""What a dossier's page says of the letters about it."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from escale.capabilities.calls.committee.models import Letter
from escale.capabilities.calls.committee.policy import LEFT, LetterState
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import DECIDED
from escale.foundation.people.request import SignedIn


def of_dossier(request: SignedIn, dossier: Dossier) -> str:
    """The letters that the person reads, the newest first; nothing before there is one. The service also finds where
    letters are prepared.
    """
    found = Letter.objects.filter(dossier=dossier).visible_to(request.user, request.at).select_related("dossier")
    letters = list(found.exclude(state=LetterState.CANCELLED).order_by("-pk")[:50])
    inside = Dossier.objects.handled_by(request.user, request.at).filter(pk=dossier.pk).exists()
    if not letters and not (inside and dossier.state in DECIDED):
        return ""
    waits = next((one for one in letters if one.state == LetterState.SENT), None) if not inside else None
    context = {"letters": letters, "inside": inside, "dossier": dossier, "waits": waits, "left": LEFT}
    plain: HttpRequest = request
    return render_to_string("committee/dossier_letters.html", context, plain)
