"""Bare pages of calls: the same rows as the site's pages read, in the plainest template, filled up to their bytes."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template

from escale.capabilities.calls.schemes.models import Scheme

LIST = Template(
    "<!doctype html><title>Appels</title><ul>{% for one in rows %}<li><a href=/appels/{{ one.key }}/>{{ one.title }}</a>"
    "<p>{{ one.summary }}</p><p>{{ one.closes_at }}</p></li>{% endfor %}</ul>"
)
ONE = Template(
    "<!doctype html><title>{{ one.title }}</title><h1>{{ one.title }}</h1><p>{{ one.summary }}</p><p>{{ one.closes_at }}</p>"
)


def index(request: HttpRequest, size: int) -> HttpResponse:
    """Every public call."""
    rows = Scheme.objects.public().values("key", "title", "summary", "kind", "funds", "state", "opens_at", "closes_at")
    return _filled(LIST.render(Context({"rows": rows})), size)


def show(request: HttpRequest, key: str, size: int) -> HttpResponse:
    """One call with its edition."""
    one = Scheme.objects.select_related("edition").get(key=key)
    return _filled(ONE.render(Context({"one": one})), size)


def _filled(text: str, size: int) -> HttpResponse:
    body = text.encode()
    return HttpResponse(body + b" " * max(0, size - len(body)))
