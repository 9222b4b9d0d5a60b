"""Several letters at once: signed by whoever may, sent by the service."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee import tasks
from escale.capabilities.calls.committee.actions import notifying
from escale.capabilities.calls.committee.forms.letters import SignForm
from escale.capabilities.calls.committee.queries import batches
from escale.capabilities.calls.committee.queries import notifying as letters
from escale.capabilities.calls.committee.views.letter_models import scheme_of
from escale.foundation.organisations.queries import is_of_the_region
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import NoHat, Refused
from escale.ui.routes import done

#: Letters signed in one request.
MOST = 500


def mine(request: SignedIn) -> HttpResponse:
    """What awaits my signature, what was written to my organisations."""
    return _mine(request)


def _mine(request: SignedIn, status: int = 200, form: SignForm | None = None, told: object = None) -> HttpResponse:
    context = {
        "to_sign": list(batches.to_sign(request.user, request.at)[:MOST]), "told": told, "refused": None,
        "received": list(batches.received(request.user, request.at)[:200]), "sign_form": form or SignForm(),
        "calls": batches.calls_in_hand(request.user, request.at),
        "inside": is_of_the_region(request.user, request.at),
    }  # fmt: skip
    return render(request, "committee/my_letters.html", context, status=status)


def sign(request: SignedIn) -> HttpResponse:
    """Signs the letters that were ticked; says line by line what was done."""
    form = SignForm(request.POST)
    if not form.is_valid():
        return _mine(request, 422, form)
    chosen = set(request.POST.getlist("ref")[:MOST])
    told = []
    for letter in (
        batches.to_sign(request.user, request.at)
        .filter(number__in=chosen)
        .select_related("dossier__service", "subject")
    ):
        name = letter.address[0] if letter.address else ""
        try:
            notifying.sign(letter, quality=form.cleaned_data["quality"], by=request.user, at=request.at)
            told.append(notifying.Told(letter.number, name, _("signée."), True))
        except Refused as refused:
            told.append(notifying.Told(letter.number, name, refused.message, False))
        except NoHat:
            told.append(notifying.Told(letter.number, name, _("Votre rôle ne le permet pas."), False))
    return _mine(request, told=told)


def send(request: SignedIn, key: str) -> HttpResponse:
    """Sends the signed letters of a call, one by one in the background."""
    scheme = scheme_of(request, key)
    tasks.send_all(letters.of_call(scheme).handled_by(request.user, request.at), by=request.user)
    return done(reverse("letters", args=[key]) + "#sent")
