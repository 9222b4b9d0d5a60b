"""The same question as the list, answered as data: GeoJSON, CSV, the map's points, the API."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from escale.capabilities.directory.exports import api
from escale.capabilities.directory.exports import files as exports
from escale.capabilities.directory.models import Record
from escale.capabilities.directory.panels import rows
from escale.capabilities.directory.queries import question, search
from escale.foundation.places import queries as places
from escale.foundation.questionnaires.reading import clean
from escale.rules.refusal import Refused
from escale.ui.routes import Request


def geojson(request: Request) -> HttpResponse:
    """``/lieux.geojson``: every place found."""
    asked = question.read(request.GET, request.at)
    if asked.problems:
        return _wrong(asked)
    body = exports.geojson(search.matching(asked, request.at), request.at)
    return _answer(request, body, "application/geo+json")


def table(request: Request) -> HttpResponse:
    """``/lieux.csv``: every place found."""
    asked = question.read(request.GET, request.at)
    if asked.problems:
        return _wrong(asked)
    found = search.matching(asked, request.at)
    body = exports.table(found, request.at, settings.ESCALE_BASE_URL)
    response = _answer(request, body, "text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lieux.csv"'
    return response


def points(request: Request) -> HttpResponse:
    """What the map draws: the place's number and its point."""
    asked = question.read(request.GET, request.at)
    if asked.problems:
        return _wrong(asked)
    return _answer(request, exports.points(search.matching(asked, request.at)), "application/json")


def point(request: Request, key: int) -> HttpResponse:
    """One place of the map, as its row in the list."""
    found = get_object_or_404(Record, pk=min(key, 2**62))
    return HttpResponse(rows.Rows(places.holidays_near(request.at), request.at).rows([found.brief]))


def listed(request: Request) -> HttpResponse:
    """``/api/v1/places``."""
    asked = question.read(request.GET, request.at)
    limit = str(clean(request.GET.get("limit", ""))) or str(api.USUAL)
    if not (limit.isascii() and limit.isdigit() and len(limit) < 6 and 1 <= int(limit) <= api.MOST):
        asked.problems["limit"] = _("Donnez un nombre de 1 à {most}.").format(most=api.MOST)
    if asked.problems:
        return _wrong(asked)
    found = search.matching(asked, request.at)
    try:
        cursor = str(clean(request.GET.get("cursor", "")))[:1000]
        told, following = api.page(found, asked, request.at, cursor=cursor, limit=int(limit))
    except Refused as refused:
        return _error(refused.code, refused.message, 422)
    body = {"count": found.count(), "places": told, "next_cursor": following or None}
    response = _answer(request, json.dumps(body, ensure_ascii=False), "application/json")
    if following:
        query = request.GET.copy()
        query["cursor"] = following
        response["Link"] = f'<{settings.ESCALE_BASE_URL}/api/v1/places?{query.urlencode()}>; rel="next"'
    return response


def description(request: Request) -> HttpResponse:
    """``/api/v1/openapi.json``."""
    return _answer(request, json.dumps(api.openapi(settings.ESCALE_BASE_URL), ensure_ascii=False), "application/json")


def _answer(request: Request, body: str, content_type: str) -> HttpResponse:
    content = body.encode("utf-8", "replace")
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    given = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    response: HttpResponse = (
        HttpResponseNotModified() if tag in given or "*" in given else HttpResponse(content, content_type=content_type)
    )
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _wrong(asked: question.Question) -> HttpResponse:
    told = " ".join(f"{name} : {sentence}" for name, sentence in asked.problems.items())
    return _error("wrong_question", told, 422, fields=asked.problems)


def _error(code: str, message: str, status: int, **more: Any) -> HttpResponse:
    body = {"error": {"code": code, "message": message, **more}}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
