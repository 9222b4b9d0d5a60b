"""Drawings that pages of the planner share."""

from collections.abc import Sequence
from typing import Any

from django.core import signing
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from escale.capabilities.planner.models import Scenario
from escale.capabilities.planner.queries.coverage import CommuneReach
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.request import SignedIn
from escale.ui.dots import layers_svg

#: What signs a committee's question on its way through the page.
NIGHT = "committee-night"
CURVE_WIDTH, CURVE_HEIGHT, CURVE_EDGE = 640, 300, 44


def coverage_drawing(rows: Sequence[CommuneReach], lit: Sequence[tuple[float, float]], minutes: float) -> SafeString:
    """Communes near a place as full dots, the others as rings, places as lamps."""
    near = [(one.lon, one.lat, one.people) for one in rows if one.within(minutes)]
    far = [(one.lon, one.lat, one.people) for one in rows if not one.within(minutes)]
    return layers_svg((("far", far), ("near", near)), lit)


def plan_drawing(rows: Sequence[CommuneReach], result: dict[str, Any]) -> SafeString:
    """Already served, newly served, still far; the chosen sites as lamps."""
    reached = result.get("reached", {})
    sets: dict[int, list[tuple[float, float, int]]] = {0: [], 1: [], 2: []}
    for one in rows:
        sets[reached.get(one.code, 0)].append((one.lon, one.lat, one.people))
    lit = [(site["lon"], site["lat"]) for site in result.get("sites", [])]
    return layers_svg((("far", sets[0]), ("near", sets[1]), ("gained", sets[2])), lit)


def curve(result: dict[str, Any]) -> dict[str, Any] | None:
    """The curve as the points of two SVG lines, its ticks, and its table."""
    points = result.get("curve") or []
    if len(points) < 2:
        return None
    last, top = points[-1][0], max(one[2] for one in points) or 1
    low = min(one[1] for one in points) * 0.95
    edge, width, height = CURVE_EDGE, CURVE_WIDTH, CURVE_HEIGHT

    def at(k: float, people: float) -> str:
        x = edge + (k - points[0][0]) / max(last - points[0][0], 1) * (width - edge - 12)
        y = height - edge / 1.6 - (people - low) / max(top - low, 1) * (height - edge)
        return f"{x:.1f},{y:.1f}"

    return {
        "covered": " ".join(at(k, people) for k, people, _bound in points),
        "bound": " ".join(at(k, people) for k, _covered, people in points),
        "rows": [
            {"k": k, "covered": covered, "bound": bound, "more": covered - (points[i - 1][1] if i else result["already"])}
            for i, (k, covered, bound) in enumerate(points)
        ],
        "width": width,
        "height": height,
        "money": result.get("curve_of") == "budget",
        "first": points[0][0],
        "last": last,
    }  # fmt: skip


def beside_a_committee(request: SignedIn, given: dict[str, Any]) -> SafeString:
    """Beside a committee's ranking: the sets of its dossiers that reach most people or points, as last computed by the
    person, or the button that asks for them. ``given``: ``about``, ``call``, ``call_title``, ``budget_cents``, ``dossiers``.
    """
    if not organisations.is_of_the_region(request.user, request.at):
        return SafeString("")
    mine = Scenario.objects.filter(created_by=request.user, question__about=given["about"]).order_by("-pk").first()
    run = mine.runs.order_by("-n").first() if mine else None
    fresh = mine is not None and all(mine.question.get(name) == given[name] for name in ("budget_cents", "dossiers"))
    context = {
        "question": signing.dumps(given, salt=NIGHT, compress=True), "scenario": mine, "fresh": fresh,
        "result": run.result if run and run.result.get("sets") is not None else None,
        "computing": bool(run and run.status in run.ALIVE),
    }  # fmt: skip
    return render_to_string("planner/beside.html", context, request=request)
