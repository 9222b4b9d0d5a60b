"""The pages and JSON objects that say no: always a sentence, always what can be done."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from escale.rules.refusal import Refusal
from escale.ui.routes import kept, wants_json


def refused(request: HttpRequest, refusal: Refusal, status: int = 409) -> HttpResponse:
    """A rule said no (409): the sentence in ``[role=alert][data-code]``."""
    return _say(request, status, refusal.code, refusal.message, "ui/answers/refused.html")


def no_hat(request: HttpRequest) -> HttpResponse:
    """The person knows the thing, their role does not allow the act (403)."""
    sentence = _("Votre rôle ne permet pas cette action. Demandez-la à la personne responsable du dossier.")
    return _say(request, 403, "no_hat", sentence, "ui/answers/no_hat.html")


def unknown(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing here, or nothing that this person may know of (404)."""
    sentence = _("Cette page n’existe pas, ou elle n’est pas ouverte avec votre compte.")
    return _say(request, 404, "unknown", sentence, "ui/answers/unknown.html")


def too_much(request: HttpRequest) -> HttpResponse:
    """More, or larger, than a form can hold (413)."""
    sentence = _("Cet envoi dépasse ce qu’un formulaire peut contenir : envoyez-le en plusieurs fois.")
    return refused(request, Refusal("too_much", sentence), status=413)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours (500) with the number to quote."""
    sentence = _("Une panne de notre côté empêche de répondre. Ce que vous avez enregistré est intact.")
    return _say(request, 500, "failed", sentence, "ui/answers/failed.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or too old (403)."""
    route = getattr(getattr(request.resolver_match, "func", None), "route", None)
    if request.method == "POST" and route is not None and route.keeps and not wants_json(request):
        return kept(request, 403)
    sentence = _("Cette page est restée ouverte trop longtemps. Revenez en arrière, rechargez-la et recommencez.")
    return _say(request, 403, "stale_form", sentence, "ui/answers/no_hat.html")


def _say(request: HttpRequest, status: int, code: str, sentence: str, template: str) -> HttpResponse:
    number = getattr(request, "id", "")
    if wants_json(request):
        body = {"error": {"code": code, "message": sentence, "request": number}}
        return JsonResponse(body, status=status)
    context = {"code": code, "sentence": sentence, "status": status, "number": number}
    return render(request, template, context, status=status)
