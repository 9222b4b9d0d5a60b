"""URLs as an index of verbs: each address says what it is and who may come.

Deny by default: what is not declared ``public`` or ``token`` asks for a signed-in person before the view
is entered. ``escale routes`` prints this index, the tests walk it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

#: Fields of ours, that nobody typed.
HIDDEN_WHEN_KEPT = frozenset({"seen", "row-act", "add", "key", "person"})

type Kind = Literal["page", "act", "api"]
type Who = Literal["public", "signed-in", "token", "act"]
type View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Route:
    """What an address is. ``who`` ``act`` means: the table of acts of ``thing`` decides for ``act``.

    ``keeps``: it receives long texts; who posts there with an ended session or an old page reads them again
    on the answer and sends them anew, instead of losing them.
    """

    kind: Kind
    methods: tuple[str, ...]
    who: Who
    thing: str = ""
    act: str = ""
    keeps: bool = False


class Request(HttpRequest):
    """What views receive: the middleware adds when it came (UTC), its number and its route."""

    at: datetime
    id: str
    route: Route


def page(route: str, view: View, name: str, *, who: Who = "act", thing: str = "", act: str = "read") -> URLPattern:
    """A page that is read (GET)."""
    shown = act if who == "act" else ""
    return path(route, _guarded(view, Route("page", ("GET", "HEAD"), who, thing, shown)), name=name)


def act(
    route: str, view: View, name: str, *, act: str, thing: str = "", who: Who = "act", asks: bool = False,
    keeps: bool = False,
) -> URLPattern:  # fmt: skip
    """A POST whose address ends in ``/<act>``; with ``asks``, GET shows the form that posts to it."""
    methods = ("GET", "HEAD", "POST") if asks else ("POST",)
    return path(route, _guarded(view, Route("act", methods, who, thing, act, keeps)), name=name)


def api(
    route: str, view: View, name: str, *, who: Who, thing: str = "", act: str = "",
    methods: tuple[str, ...] = ("GET", "HEAD"),
) -> URLPattern:  # fmt: skip
    """An address that answers JSON (or another data format), errors included."""
    return path(route, _guarded(view, Route("api", methods, who, thing, act)), name=name)


def done(url: str) -> HttpResponseRedirect:
    """The answer to an act that was done: 303, go and read there."""
    return HttpResponseRedirect(url, status=303)


def wants_json(request: HttpRequest) -> bool:
    """Whether the answer, an error above all, must be JSON."""
    route = getattr(request, "route", None)
    if route is not None and route.kind == "api":
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def kept(request: HttpRequest, status: int, code: str = "", sentence: str = "") -> HttpResponse:
    """The page that gives back what was posted by someone whose session ended (401), page was too old (403),
    or who finds someone else signed in on this computer (409). ``sentence``: a rule said no (``code``), it is only to copy.
    """
    posted = [(name, text) for name, texts in request.POST.lists() for text in texts if name != "csrfmiddlewaretoken"]
    shown = [(name, text) for name, text in posted if text.strip() and name not in HIDDEN_WHEN_KEPT]
    back = request.path.rsplit("/", 1)[0] + "/"
    context = {"posted": posted, "shown": shown, "back": back, "status": status, "code": code, "sentence": sentence}
    return render(request, "ui/answers/kept.html", context, status=status)


def _guarded(view: View, route: Route) -> View:
    @wraps(view)
    def enter(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.route = route
        if request.method not in route.methods:
            return HttpResponseNotAllowed(route.methods)
        if route.who in ("signed-in", "act") and not request.user.is_authenticated:
            return _sign_in(request)
        return view(request, *args, **kwargs)

    enter.route = route  # type: ignore[attr-defined]  # found again by the index of routes
    return enter


def _sign_in(request: Request) -> HttpResponse:
    if wants_json(request):
        message = _("Connectez-vous pour continuer.")
        return JsonResponse({"error": {"code": "signed_out", "message": message}}, status=401)
    if request.method == "POST" and request.route.keeps:
        return kept(request, 401)
    back = request.get_full_path() if request.method in ("GET", "HEAD") else request.path.rsplit("/", 1)[0] + "/"
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': back})}")
