"""Two bare views beside the site's own: one insert, one page with the same rows and the same bytes."""

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from benchmarks.bare import calls
from escale.capabilities.calls.dossiers.models import Dossier, Piece
from escale.foundation.questionnaires.models import Answer, Row
from escale.site.urls import urlpatterns as site

ROWS = Template(
    "<!doctype html><title>{{ title }}</title><table>{% for one in answers %}<tr><td>{{ one.0 }}</td><td>{{ one.1 }}</td>"
    "<td>{{ one.2 }}</td><td>{{ one.3 }}</td></tr>{% endfor %}</table>{% for one in rows %}<p>{{ one }}</p>{% endfor %}"
    "{% for one in pieces %}<p>{{ one.0 }} {{ one.1 }} {{ one.2 }}</p>{% endfor %}"
)


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """The transaction floor: one row, durable."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare_row (said) VALUES (%s)", ["un texte"])
    return HttpResponse(b"{}", content_type="application/json")


def page(request: HttpRequest, number: str, size: int) -> HttpResponse:
    """The page floor: the rows that the dossier's page reads, in a bare template, filled up to its bytes."""
    dossier = Dossier.objects.get(number=number)
    answers = Answer.objects.filter(sheet=dossier.sheet_id).values_list("code", "row", "typed", "rev")
    rows = Row.objects.filter(sheet=dossier.sheet_id).values_list("key", flat=True)
    pieces = Piece.objects.filter(dossier=dossier).values_list("code", "version", "document__name")
    body = ROWS.render(Context({"title": number, "answers": answers, "rows": rows, "pieces": pieces})).encode()
    return HttpResponse(body + b" " * max(0, size - len(body)))


urlpatterns = [
    path("bare/insert", insert),
    path("bare/page/<str:number>/<int:size>", page),
    path("bare/calls/<int:size>", calls.index),
    path("bare/calls/<slug:key>/<int:size>", calls.show),
    path("bare/calls/<slug:key>/asked/<int:size>", calls.asked),
    *site,
]
