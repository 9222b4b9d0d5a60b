"""Addresses of the directory: what the public reads, then the space of those who keep a page, then acts."""

from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern

from escale.capabilities.directory.views import data, intake, life, manage, place, public, received
from escale.foundation.people.request import SignedIn
from escale.ui.routes import act, api, page


def _one(route: str, view: Any, name: str, verb: str, *, asks: bool = False) -> URLPattern:
    return act(f"lieux/<slug:slug>/{route}", view, name, act=verb, thing="place", asks=asks)


def _decided(word: str, thing: str, verb: str, view: Any) -> URLPattern:
    @wraps(view)
    def decide(request: SignedIn, key: int) -> HttpResponse:
        answer: HttpResponse = view(request, key, verb)
        return answer

    return act(f"lieux/{word}/<int:key>/{verb}", decide, f"{thing}-{verb}", act=verb, thing=thing)


urlpatterns = [
    page("lieux/", public.index, "places", who="public"),
    api("lieux.geojson", data.geojson, "places-geojson", who="public"),
    api("lieux.csv", data.table, "places-csv", who="public"),
    api("lieux/points.json", data.points, "places-points", who="public"),
    api("lieux/point/<int:key>/", data.point, "places-point", who="public"),
    api("api/v1/places", data.listed, "api-places", who="public"),
    api("api/v1/openapi.json", data.description, "api-description", who="public"),
    page("mes-lieux/", manage.mine, "my-places", who="signed-in"),
    act("lieux/create", life.create, "place-create", act="create", thing="place", asks=True),
    page("lieux/demandes/", received.claims, "claims", who="signed-in"),
    page("lieux/signalements/", received.reports, "reports", who="signed-in"),
    page("lieux/ressemblances/", received.resemblances, "resemblances", who="signed-in"),
    api("lieux/demandes/<int:key>/piece", received.paper, "claim-paper", who="act", thing="claim", act="read"),
    *(_decided("demandes", "claim", verb, received.decide) for verb in ("accept", "refuse", "withdraw")),
    *(_decided("signalements", "report", verb, received.answer) for verb in ("follow", "dismiss")),
    *(_decided("ressemblances", "resemblance", verb, received.judge) for verb in ("unite", "separate")),
    page("lieux/imports/", intake.index, "intakes", who="signed-in"),
    act("lieux/imports/create", intake.create, "intake-create", act="create", thing="intake", asks=True),
    page("lieux/imports/<slug:number>/", intake.show, "intake", thing="intake"),
    api("lieux/imports/<slug:number>/refus.csv", intake.refusals, "intake-refusals", who="act", thing="intake", act="read"),
    act("lieux/imports/<slug:number>/match", intake.match, "intake-match", act="match", thing="intake"),
    act("lieux/imports/<slug:number>/apply", intake.apply, "intake-apply", act="apply", thing="intake"),
    act("lieux/imports/<slug:number>/drop", intake.drop, "intake-drop", act="drop", thing="intake"),
    page("lieux/<slug:slug>/", place.show, "place", who="public", thing="place"),
    page("lieux/<slug:slug>/affiche/", place.poster, "place-poster", who="public", thing="place"),
    api("lieux/<slug:slug>/qr.svg", place.code, "place-code", who="public", thing="place"),
    api("lieux/<slug:slug>/ouvertures.ics", place.openings, "place-openings", who="public", thing="place"),
    api("lieux/<slug:slug>/photos/<int:key>.jpg", place.photo, "place-photo", who="public", thing="place"),
    page("lieux/<slug:slug>/gerer/", manage.home, "place-manage", thing="place", act="edit"),
    _one("<slug:section>/edit", manage.edit, "place-edit", "edit", asks=True),
    _one("set-hours", manage.set_hours, "place-set-hours", "set-hours", asks=True),
    _one("furnish", manage.furnish, "place-furnish", "furnish", asks=True),
    _one("price", manage.price, "place-price", "price", asks=True),
    _one("name-people", manage.name_people, "place-name-people", "name-people", asks=True),
    _one("close-days", manage.close_days, "place-close-days", "close-days", asks=True),
    _one("closures/<int:key>/reopen-days", manage.reopen_days, "place-reopen-days", "reopen-days"),
    _one("add-photo", manage.add_photo, "place-add-photo", "add-photo", asks=True),
    _one("photos/<int:key>/remove-photo", manage.remove_photo, "place-remove-photo", "remove-photo"),
    _one("carry", manage.carry, "place-carry", "carry", asks=True),
    _one("publish", life.publish, "place-publish", "publish"),
    _one("confirm", life.confirm, "place-confirm", "confirm"),
    _one("move", life.move, "place-move", "move", asks=True),
    _one("close", life.close, "place-close", "close", asks=True),
    _one("reopen", life.reopen, "place-reopen", "reopen"),
    _one("merge", life.merge, "place-merge", "merge", asks=True),
    act("lieux/<slug:slug>/claims/create", received.claim, "claim-create", act="create", thing="claim", who="signed-in", asks=True),
    act("lieux/<slug:slug>/reports/create", received.report, "report-create", act="create", thing="report", who="public", asks=True),
]  # fmt: skip
