"""Who has a place nearby: the page, one commune, the downloads."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.planner import exports, panels, wording
from escale.capabilities.planner.models import Survey
from escale.capabilities.planner.queries import coverage as queries
from escale.foundation.territory import queries as territory
from escale.rules.refusal import Unknown
from escale.rules.regions import DEPARTEMENT_NAMES
from escale.ui.routes import Request

MINUTES = (10, 15, 20, 30, 45)
LISTED = 30


def index(request: Request) -> HttpResponse:
    """Shares within 10 to 30 minutes, by département; the uncovered; the worst off; downloads."""
    asked = _asked(request)
    found = queries.survey(asked.network)
    context: dict[str, Any] = {"asked": asked, "survey": found, "query": _query(asked)} | _choices()
    if found is None:
        return render(request, "planner/coverage.html", context)
    rows = queries.communes(found, asked)
    places = found.document["places"]
    names = {one["number"]: one["name"] for one in places}
    far = queries.uncovered(rows, asked.minutes)
    context |= {
        "whole": queries.share(_("Ensemble"), rows),
        "lines": queries.by_departement(rows, DEPARTEMENT_NAMES),
        "thresholds": queries.THRESHOLDS,
        "within": sum(one.people for one in rows if one.within(asked.minutes)),
        "far": far[:LISTED],
        "far_count": len(far),
        "far_people": sum(one.people for one in far),
        "worst": [(one, names.get(one.place, "")) for one in queries.worst_off(rows)],
        "equity": found.document["equity"],
        "overlap": found.document["overlap"],
        "places": len(places),
        "map_url": f"{reverse('coverage-map')}?{_query(asked)}",
        "drawing": panels.coverage_drawing(rows, [(one["lon"], one["lat"]) for one in places], asked.minutes),
    }
    return render(request, "planner/coverage.html", context)


def commune(request: Request, code: str) -> HttpResponse:
    """How far the people of one commune must go."""
    here = territory.commune(code)
    if here is None:
        raise Unknown
    lines = []
    for network in ("open", "labelled"):
        found = queries.survey(network)
        if found is None:
            continue
        row = found.reaches.filter(commune_id=here.code).first()
        names = {one["number"]: one["name"] for one in found.document["places"]}
        place = names.get(row.place, "") if row else ""
        lines.append((wording.NETWORKS[network], row.minutes if row else None, place, found.made_at))
    people = territory.population(here.code)
    context = {"commune": here, "lines": lines, "people": people}
    return render(request, "planner/commune.html", context)


def as_csv(request: Request) -> HttpResponse:
    """The communes of the page, as a table."""
    asked = _asked(request)
    rows = queries.communes(_survey(asked), asked)
    return _file(exports.coverage_csv(rows), "text/csv; charset=utf-8", "couverture.csv")


def as_geojson(request: Request) -> HttpResponse:
    """The communes of the page, as points."""
    asked = _asked(request)
    found = _survey(asked)
    text = exports.coverage_geojson(found, queries.communes(found, asked))
    return _file(text, "application/geo+json", "couverture.geojson")


def as_map(request: Request) -> HttpResponse:
    """The communes of the page near or far, and the open places, for the map."""
    asked = _asked(request)
    found = _survey(asked)
    rows = ((one, "near" if one.within(asked.minutes) else "far") for one in queries.communes(found, asked))
    places = [(one["name"], one["lon"], one["lat"], "") for one in found.document["places"]]
    text = exports.on_map(rows, [(str(wording.NETWORKS[asked.network]), places)])
    return HttpResponse(text, content_type="application/json")


def _survey(asked: queries.Ask) -> Survey:
    found = queries.survey(asked.network)
    if found is None:
        raise Unknown
    return found


def _asked(request: Request) -> queries.Ask:
    """What the address asks; words that mean nothing here ask nothing."""
    given = request.GET
    network = given.get("network", "")
    minutes = given.get("minutes", "")
    departement = given.get("departement", "")
    grouping = given.get("grouping", "")
    return queries.Ask(
        network if network in ("open", "labelled") else "open",
        int(minutes) if minutes in {str(n) for n in MINUTES} else 20,
        departement if departement in DEPARTEMENT_NAMES else "",
        grouping if grouping.isascii() and grouping.isdigit() and len(grouping) == 9 else "",
    )


def _query(asked: queries.Ask) -> str:
    kept = {name: value for name, value in vars(asked).items() if value not in ("", "open", 20)}
    return urlencode(kept)


def _choices() -> dict[str, Any]:
    names = [(code, DEPARTEMENT_NAMES.get(code, code)) for code in queries.departements()]
    return {
        "networks": [(code, wording.NETWORKS[code]) for code in ("open", "labelled")],
        "minutes_choices": [(str(n), f"{n} min") for n in MINUTES],
        "departements": [("", _("Toute la Région")), *names],
        "groupings": [("", _("Tous")), *queries.groupings()],
    }


def _file(text: str, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
