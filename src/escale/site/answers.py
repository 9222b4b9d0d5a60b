"""The pages and JSON objects that say no: always a sentence, always what can be done."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from escale.rules.refusal import Refusal
from escale.ui.routes import kept, wants_json

#: Refusals that have a number of their own in HTTP; all others are a conflict with the state of the thing.
STATUS = {"too_many": 429, "gone": 410, "too_much": 413}


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A rule said no (409): the sentence in ``[role=alert][data-code]``."""
    answer = _say(request, STATUS.get(refusal.code, 409), refusal.code, refusal.message, "ui/answers/refused.html")
    if minutes := refusal.figures.get("minutes"):
        answer.headers["Retry-After"] = str(60 * int(str(minutes)))
    return answer


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
    return refused(request, Refusal("too_much", sentence))


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """The address is an act and was read, or the other way round (405)."""
    sentence = _("Cette adresse ne s’ouvre pas ainsi : revenez à la page et utilisez son bouton.")
    answer = _say(request, 405, "wrong_method", sentence, "ui/answers/unknown.html")
    answer.headers["Allow"] = allowed
    return answer


def no_room(request: HttpRequest) -> HttpResponse:
    """What was sent could not be received: our disk is full or does not answer (409, nothing kept)."""
    sentence = _(
        "Le fichier n’a pas pu être reçu : notre stockage ne répond pas ou il est plein. Rien n’a été enregistré de "
        "cet envoi. Gardez votre fichier et recommencez dans quelques minutes."
    )
    return refused(request, Refusal("storage_unavailable", sentence))


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


def samples(request: HttpRequest) -> dict[str, Callable[[], HttpResponse]]:
    """Each answer that says no, for the gallery, by its status."""
    late = _(
        "Le dossier ne peut plus être déposé : l’appel a fermé hier à 23 h 59. La prochaine vague ouvre le 2 avril."
    )
    many = _("Trop d’essais : six sont possibles en une heure. Recommencez dans 12 minutes.")
    gone = _("Cette question ne fait plus partie du formulaire. Rechargez la page : vos autres réponses y sont.")
    return {
        "403": lambda: no_hat(request),
        "404": lambda: unknown(request),
        "405": lambda: wrong_method(request, "POST"),
        "409": lambda: refused(request, Refusal("late", late)),
        "410": lambda: refused(request, Refusal("gone", gone)),
        "413": lambda: too_much(request),
        "429": lambda: refused(request, Refusal("too_many", many)),
        "500": lambda: failed(request),
    }
