"""What every request passes through: its instant, its language for the rules, its refusals in words."""

import logging
import re
import threading
import uuid
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import translation

from escale.foundation.clock.reading import now
from escale.rules import words
from escale.rules.refusal import NoHat, Refused, Unknown
from escale.site import answers
from escale.ui.routes import Request

type Next = Callable[[Request], HttpResponse]
_FORMS = ("multipart/", "application/x-www-form-urlencoded")
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
log = logging.getLogger("escale")


class ReceivedAt:
    """Notes when the request reached the site, before anything else, and gives it a number."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.at = now()  # the only clock that views read
        asked = request.headers.get("X-Request-ID", "")
        request.id = asked if _SAFE_ID.fullmatch(asked) else uuid.uuid4().hex
        response = self.get_response(request)
        response["X-Request-ID"] = request.id
        return response


class Gate:
    """Lets a few requests of this process work at once, the others wait their turn, each with its instant noted.

    The server hands over many requests at the same time so that none waits in a queue before ``ReceivedAt``
    has seen it: a filing of the last second is in time however busy the site is. What a browser sends slowly
    is received before the turn, so that a telephone in a valley holds nobody up.
    """

    room = threading.BoundedSemaphore(settings.ESCALE_CONCURRENCY)

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        try:
            _receive(request)
        except SuspiciousOperation:
            return answers.too_much(request)
        except OSError:
            return answers.no_room(request)
        with self.room:
            return self.get_response(request)


def _receive(request: Request) -> None:
    """Reads a form, its files too, to its end. A broken form is then an empty one: its token is missing. Raises
    ``SuspiciousOperation`` (more than a form can hold), ``OSError`` (no room for its files).
    """
    if request.method == "POST" and (request.content_type or "").startswith(_FORMS):
        with suppress(MultiPartParserError, UnreadablePostError):
            request.POST  # noqa: B018  # reading it receives it


class Speaking:
    """The language of the request: the one chosen (cookie), else French; the pure rules speak it too."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language), words.speaking(translation.gettext):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class Answers:
    """Turns what was refused into an answer in words: 409, 403, 404, or 500 with a number."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return answers.wrong_method(request, response.headers.get("Allow", ""))
        return response

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        match error:
            case Refused():
                return answers.refused(request, error.refusal)
            case NoHat():
                return answers.no_hat(request)
            case Unknown() | Http404():
                return answers.unknown(request)
            case SuspiciousOperation():
                return answers.too_much(request)
        log.exception("request %s failed", request.id)
        return answers.failed(request)
