"""Bare pages of calls: the rows that the site's pages show, in the plainest template, filled up to their bytes."""

import json

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template

from escale.capabilities.calls.schemes.models import Attachment, Question, Scheme
from escale.rules.legal import LEGAL_FORMS

SHOWN = 50

LIST = Template(
    "<!doctype html><title>Appels</title><p>{{ count }}</p><ul>{% for one in rows %}<li><a href=/appels/{{ one.key }}/>"
    "{{ one.title }}</a><p>{{ one.summary }}</p><p>{{ one.closes_at }}</p></li>{% endfor %}</ul>"
)
ONE = Template(
    "<!doctype html><title>{{ one.title }}</title><h1>{{ one.title }}</h1><p>{{ one.summary }}</p><p>{{ one.opens_at }} "
    "{{ one.closes_at }} {{ document.who.label }}</p>{% for text in document.texts.values %}<p>{{ text }}</p>{% endfor %}"
    "{% for it in document.criteria %}<li>{{ it.title }} {{ it.source }}</li>{% endfor %}"
    "{% for it in document.scoring.marks %}<li>{{ it.label }} {{ it.weight }}</li>{% endfor %}"
    "{% for it in document.pieces %}<li>{{ it.label }}</li>{% endfor %}"
    "{% for it in joined %}<li>{{ it.title }}</li>{% endfor %}{% for it in told %}<p>{{ it.text }} {{ it.answer }}</p>{% endfor %}"
    "<p>{{ document.contact.name }} {{ document.contact.phone }} {{ document.contact.email }}</p>"
)
ASKED = Template(
    "<!doctype html><title>{{ one.title }}</title><form><select>{% for key, label in legal_forms %}<option value={{ key }}>"
    "{{ label }}</option>{% endfor %}</select>{% for part in document.form %}{% for it in part.questions %}<label>{{ it.label }}"
    "<input name={{ it.code }}></label>{% endfor %}{% endfor %}{% for it in document.expenses %}<label>{{ it.label }}"
    "<input name={{ it.code }}></label>{% endfor %}</form>"
)


def index(request: HttpRequest, size: int) -> HttpResponse:
    """As many calls as a page of the list shows, and how many there are."""
    found = Scheme.objects.public()
    rows = found.order_by("closes_at", "title").values("key", "title", "summary", "state", "opens_at", "closes_at")
    return _filled(LIST.render(Context({"rows": rows[:SHOWN], "count": found.count()})), size)


def show(request: HttpRequest, key: str, size: int) -> HttpResponse:
    """One call with its edition, its documents and its answers."""
    one = Scheme.objects.select_related("edition").get(key=key)
    joined = Attachment.objects.filter(scheme=one, removed_at=None).values("title")
    told = Question.objects.filter(scheme=one, state="answered").values("text", "answer")
    context = {"one": one, "document": json.loads(one.edition.document), "joined": joined, "told": told}  # type: ignore[union-attr]  # a public call has an edition
    return _filled(ONE.render(Context(context)), size)


def asked(request: HttpRequest, key: str, size: int) -> HttpResponse:
    """The questions of one call."""
    one = Scheme.objects.select_related("edition").get(key=key)
    context = {"one": one, "document": json.loads(one.edition.document), "legal_forms": list(LEGAL_FORMS.items())}  # type: ignore[union-attr]  # a public call has an edition
    return _filled(ASKED.render(Context(context)), size)


def _filled(text: str, size: int) -> HttpResponse:
    body = text.encode()
    return HttpResponse(body + b" " * max(0, size - len(body)))
