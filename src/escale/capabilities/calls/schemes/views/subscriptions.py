"""Being told when a call opens: asked, confirmed and stopped by links of a mail, each with one button."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes import actions
from escale.capabilities.calls.schemes.forms.around import SubscribeForm
from escale.capabilities.calls.schemes.views.public import call_trail, public_scheme, refusal_status
from escale.foundation.people import limits
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused
from escale.ui.routes import Request


def subscribe(request: Request, key: str) -> HttpResponse:
    """Asks an address; the answer is the same whatever was known of it."""
    scheme, refused = public_scheme(key), None
    person = request.user if isinstance(request.user, Person) else None
    form = SubscribeForm(
        request.POST if request.method == "POST" else None, initial={"email": person.email if person else ""}
    )
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            limits.spend("subscription-from-network", limits.network(request), at=request.at)
            limits.spend("subscription-of-address", email.lower(), at=request.at)
            actions.subscribing.subscribe(scheme, email=email, at=request.at)
            sentence = _("Ouvrez le message que nous venons de vous envoyer, pour confirmer votre adresse.")
            return _told(request, _("Encore un geste"), sentence, scheme.get_absolute_url())
        except Refused as found:
            refused = found
    status = refusal_status(refused) if refused else 422 if form.errors else 200
    context = {"scheme": scheme, "form": form, "refused": refused, "trail": call_trail(scheme)}
    return render(request, "schemes/subscribe.html", context, status=status)


def confirm(request: Request, token: str) -> HttpResponse:
    """The page of the mailed link: one button, whose POST confirms."""
    found = actions.subscribing.of_token(token)
    back = found.scheme.get_absolute_url()
    if request.method == "POST":
        actions.subscribing.confirm(found, at=request.at)
        return _told(request, _("C’est noté"), _("Vous recevrez un message le jour où l’appel ouvrira."), back)
    sentence = _("Vous serez prévenu de l’ouverture de « {call} ».").format(call=found.scheme.title)
    context = {"title": _("Être prévenu"), "sentence": sentence, "label": _("Confirmer mon adresse"), "back": back}
    return render(request, "schemes/confirm.html", context)


def unsubscribe(request: Request, token: str) -> HttpResponse:
    """One button: the address is deleted."""
    found = actions.subscribing.of_token(token)
    back = found.scheme.get_absolute_url()
    if request.method == "POST":
        actions.subscribing.unsubscribe(found)
        return _told(
            request, _("C’est fait"), _("Votre adresse est effacée : vous ne recevrez plus rien sur cet appel."), back
        )
    sentence = _("Vous ne serez plus prévenu de l’ouverture de « {call} ».").format(call=found.scheme.title)
    context = {
        "title": _("Ne plus être prévenu"),
        "sentence": sentence,
        "label": _("Effacer mon adresse"),
        "back": back,
    }
    return render(request, "schemes/confirm.html", context)


def _told(request: Request, title: str, sentence: str, back: str) -> HttpResponse:
    return render(request, "schemes/said.html", {"title": title, "sentence": sentence, "back": back})
