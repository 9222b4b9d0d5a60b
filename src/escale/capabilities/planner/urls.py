"""Addresses of the planner: pages, then acts."""

from django.urls import register_converter

from escale.capabilities.planner.views import coverage, night, scenarios
from escale.ui.routes import act, api, page

THING = "scenario"


class NumberConverter:
    """A scenario's number, ``S26-0042``: nothing else reaches a view."""

    regex = r"S[0-9]{2}-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CommuneConverter(NumberConverter):
    """A commune's official code, of today or of yesterday."""

    regex = r"[0-9][0-9AB][0-9]{3}"


register_converter(NumberConverter, "scenario")
register_converter(CommuneConverter, "commune")

_ONE = "planification/<scenario:number>/"
_ACTS = ("run", "stop", "share", "publish", "take-back", "archive")
_FILES = ("plan.json", "map.json", "sites.csv", "sites.geojson", "memo.pdf")

urlpatterns = [
    page("couverture/", coverage.index, "coverage", who="public"),
    api("couverture.csv", coverage.as_csv, "coverage-csv", who="public"),
    api("couverture.geojson", coverage.as_geojson, "coverage-geojson", who="public"),
    api("couverture/carte.json", coverage.as_map, "coverage-map", who="public"),
    page("couverture/<commune:code>/", coverage.commune, "coverage-commune", who="public"),
    page("planification/", scenarios.index, "scenarios", who="signed-in"),
    page("planification/compare/", scenarios.compare, "scenarios-compare", who="signed-in"),
    api("planification/compare/carte.json", scenarios.compare_map, "scenarios-compare-map", who="signed-in"),
    act("planification/create", scenarios.create, "scenario-create", act="create", thing=THING, asks=True),
    act("planification/comite/create", night.create, "scenario-night", act="create", thing=THING, who="signed-in"),
    page(_ONE, scenarios.show, "scenario", who="public", thing=THING),
    page(f"{_ONE}pourquoi/", scenarios.why, "scenario-why", who="public", thing=THING),
    api(f"{_ONE}progress", scenarios.progress, "scenario-progress", who="public", thing=THING),
    *[api(f"{_ONE}{name}", scenarios.download, f"scenario-{name}", who="public", thing=THING) for name in _FILES],
    *[act(f"{_ONE}{name}", scenarios.act, f"scenario-{name}", act=name, thing=THING) for name in _ACTS],
    act(f"{_ONE}rename", scenarios.rename, "scenario-rename", act="rename", thing=THING),
]
