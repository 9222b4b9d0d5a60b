"""Addresses of the directory: what the public reads."""

from escale.capabilities.directory.views import data, place, public
from escale.ui.routes import api, page

urlpatterns = [
    page("lieux/", public.index, "places", who="public"),
    api("lieux.geojson", data.geojson, "places-geojson", who="public"),
    api("lieux.csv", data.table, "places-csv", who="public"),
    api("lieux/points.json", data.points, "places-points", who="public"),
    api("lieux/point/<int:key>/", data.point, "places-point", who="public"),
    api("api/v1/places", data.listed, "api-places", who="public"),
    api("api/v1/openapi.json", data.description, "api-description", who="public"),
    page("lieux/<slug:slug>/", place.show, "place", who="public", thing="place"),
    page("lieux/<slug:slug>/affiche/", place.poster, "place-poster", who="public", thing="place"),
    api("lieux/<slug:slug>/qr.svg", place.code, "place-code", who="public", thing="place"),
    api("lieux/<slug:slug>/ouvertures.ics", place.openings, "place-openings", who="public", thing="place"),
    api("lieux/<slug:slug>/photos/<int:key>.jpg", place.photo, "place-photo", who="public", thing="place"),
]
