"""A request that is too large is refused from its header: not one byte of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from escale.foundation.documents.checks import megabytes
from escale.ui.routes import wants_json

#: What a form may weigh beside its file.
ROOM_FOR_ANSWERS = 1024 * 1024


class UploadLimit:
    """Stands before all that reads a body (the first is the check of the form's token, in its view phase). Answers 422 with a sentence; what was saved stays saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = _declared(request)
        if size <= settings.ESCALE_UPLOAD_MAX_BYTES + ROOM_FOR_ANSWERS:
            return self.get_response(request)
        sentence = _(
            "L’envoi pèse {size} : la limite est de {limit} par fichier et par envoi. Rien n’a été lu de cet "
            "envoi, et tout ce qui était enregistré l’est toujours. Revenez en arrière, réduisez le fichier ou "
            "envoyez-en plusieurs petits."
        ).format(size=megabytes(size), limit=megabytes(settings.ESCALE_UPLOAD_MAX_BYTES))
        return _refused(request, sentence)


def _declared(request: HttpRequest) -> int:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return int(declared) if declared.isdecimal() else 0


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    if wants_json(request) or request.headers.get("X-Requested-With"):
        body = {"error": {"code": "file_too_large", "message": sentence}}
        return JsonResponse(body, status=422)
    context = {"code": "file_too_large", "sentence": sentence, "status": 422, "number": ""}
    return render(request, "ui/answers/refused.html", context, status=422)
