"""The list of places: first-class, with the map beside it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from escale.capabilities.directory.panels import rows
from escale.capabilities.directory.panels import search as panels
from escale.capabilities.directory.queries import question, search
from escale.foundation.places import queries as places
from escale.ui.routes import Request

ROWS = 24


def index(request: Request) -> HttpResponse:
    """The places that answer, one page of them, and how many there are."""
    asked = question.read(request.GET, request.at)
    context: dict[str, Any] = {
        "asked": asked,
        "search": panels.markup(asked, request.GET),
        "problems": [(f"field-{name}", sentence) for name, sentence in asked.problems.items()],
        "rows": "",
        "count": 0,
        "unknown": "",
        "limit": asked.near.limit if asked.near else "",
    }
    query = kept(request.GET, asked)
    if not asked.problems:
        count, found = search.page(asked, request.at, first=(asked.page - 1) * ROWS, rows=ROWS)
        context["count"], context["rows"] = count, _rows(found, request.at)
        context["pages"] = _pages(asked.page, count, query)
        context["unknown"] = _unknown(asked, request) if asked.access else ""
    context |= {
        "parts": panels.parts(asked, request.GET),
        "quick": panels.quick(query, request.at),
        "query": query.urlencode(),
        "tiles": settings.ESCALE_TILES_URL,
        "credit": settings.ESCALE_TILES_CREDIT,
        "title": panels.title(asked, context["count"]),
    }
    return render(request, "directory/index.html", context, status=422 if asked.problems else 200)


def _rows(found: list[tuple[str, float | None]], at: datetime) -> SafeString:
    made = rows.Rows(places.holidays_near(at), at)
    told = made.rows([brief for brief, _far in found], [search.kilometres(far) for _brief, far in found])
    return mark_safe(told)  # escaped there


def kept(typed: QueryDict, asked: question.Question) -> QueryDict:
    """The question without its page and without empty words: what an address shares. Digits typed by hand are
    shared as the commune that they were taken for.
    """
    query = QueryDict(mutable=True)
    for name in question.PARAMETERS:
        values = [value for value in typed.getlist(name) if value.strip()]
        if name == "near" and values and asked.near and question.BY_HAND in typed and values[-1].strip().isdigit():
            values = [asked.near.commune]
        if values and name != "page":
            query.setlist(name, values)
    return query


def _pages(page: int, count: int, query: QueryDict) -> dict[str, str]:
    last = max(1, -(-count // ROWS))

    def address(number: int) -> str:
        query_of = query.copy()
        query_of["page"] = str(number)
        return f"?{query_of.urlencode()}"

    return {
        "before": address(page - 1) if page > 1 else "",
        "after": address(page + 1) if page < last else "",
        "sentence": _("Page {page} sur {last}").format(page=page, last=last),
    }


def _unknown(asked: question.Question, request: Request) -> str:
    """Where those places are that answer everything but did not say whether they meet the need."""
    if any(said != "yes" for _need, said in asked.access):
        return ""
    query = kept(request.GET, asked)
    query.setlist("access", [f"{need}:unknown" for need, _said in asked.access])
    return f"?{query.urlencode()}"
