"""What a run leaves behind: the chosen sites with their reasons, what everyone gains, why not the others.

The document is read by pages, downloads and the memo; nothing of it is computed again by the site.
"""

from typing import Any

import numpy as np

from escale.capabilities.planner.queries.tables import figure
from escale.capabilities.planner.tasks.asked import Asked
from escale.capabilities.planner.tasks.ground import Ground
from escale.rules.regions import DEPARTEMENT_NAMES
from escale.siting import explain
from escale.siting.arrays import Flags, Floats
from escale.siting.fewest import Fewest
from escale.siting.night import Choice
from escale.siting.plan import Plan

#: Communes named as gaining by a site; the others are counted.
NAMED = 12


def of_plan(asked: Asked, here: Ground, plan: Plan) -> dict[str, Any]:
    """The result of choosing, with its proof."""
    question = asked.question
    plain = not question.has_floors
    always: Flags | None = None
    if plain:
        always, _never = explain.in_every_good_plan(
            question, plan.multipliers, plan.bound_multipliers, plan.covered
        )  # fmt: skip
    u = plan.multipliers if plain else None
    whole = len(asked.origin) == len(asked.got.demand.ids)
    multipliers = {}
    if whole:
        ids = asked.got.demand.ids
        multipliers = {ids[i]: figure(v) for i, v in enumerate(plan.multipliers.tolist()) if v}
    return _chosen(asked, here, plan.chosen, always, u) | {
        "bound": figure(plan.bound),
        "bound_multipliers": figure(plan.bound_multipliers),
        "gap": plan.gap,
        "spent": figure(plan.spent),
        "cpu_seconds": round(plan.cpu_seconds, 2),
        "multipliers": multipliers,
        "floor_multipliers": [figure(v) for v in plan.floor_multipliers.tolist()],
    }


def of_fewest(asked: Asked, here: Ground, found: Fewest) -> dict[str, Any]:
    """The result of looking for the fewest places."""
    assert found.chosen is not None
    return _chosen(asked, here, found.chosen, None, None) | {
        "places": found.places,
        "at_least": found.at_least,
        "wanted": figure(found.wanted),
    }


def of_night(asked: Asked, here: Ground, found: list[Choice], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The sets between most people and most points, beside the committee's own."""
    sets = [
        {
            "numbers": [rows[i]["number"] for i in np.flatnonzero(one.chosen)],
            "covered": figure(one.covered),
            "score": round(one.score, 2),
            "spent_cents": round(one.spent),
            "doubt": round(one.doubt, 1),
            "rate": None if np.isinf(one.rate) else round(one.rate, 2),
        }
        for one in found
    ]
    own = np.array([bool(row.get("retained")) for row in rows])
    theirs = {
        "numbers": [rows[i]["number"] for i in np.flatnonzero(own)],
        "covered": figure(asked.question.value(own)),
        "score": round(float(sum(row["score"] or 0 for row, kept in zip(rows, own, strict=True) if kept)), 2),
        "spent_cents": sum(int(row["aid_cents"]) for row, kept in zip(rows, own, strict=True) if kept),
    }
    return _everyone(asked) | {"sets": sets, "committee": theirs}


def _everyone(asked: Asked) -> dict[str, Any]:
    question = asked.question
    return {
        "total": figure(float(question.weight.sum())),
        "already": figure(float(question.weight[question.covered].sum())),
        "sites_possible": int(question.free.sum() + question.forced.sum()),
        "existing": len(asked.got.existing.ids) if asked.got.existing else 0,
    }


def _chosen(asked: Asked, here: Ground, chosen: Flags, always: Flags | None, u: Floats | None) -> dict[str, Any]:
    question, got = asked.question, asked.got
    names = _names(asked, here)
    sites: list[dict[str, Any]] = []
    for reason in explain.reasons(question, chosen):
        gains = _people_of(asked, reason.gains)
        sites.append(
            {
                "id": got.sites.ids[reason.site], "name": names.get(got.sites.ids[reason.site], ""),
                "lon": got.sites.lon[reason.site], "lat": got.sites.lat[reason.site],
                "cost_cents": got.cost_cents[reason.site], "forced": bool(question.forced[reason.site]),
                "alone": figure(round(reason.alone, 1)), "shared": figure(round(reason.shared, 1)),
                "gains": [[code, names.get(code, code), figure(round(people, 1))] for code, people in gains[:NAMED]],
                "gaining": len(gains),
                "substitute": got.sites.ids[reason.substitute] if reason.substitute >= 0 else "",
                "change": figure(round(reason.change, 1)),
                "always": bool(always[reason.site]) if always is not None else None,
            }
        )  # fmt: skip
    sites.sort(key=lambda one: -one["alone"])
    return _everyone(asked) | {
        "covered": figure(question.value(chosen)),
        "sites": sites,
        "names": {one["substitute"]: names.get(one["substitute"], "") for one in sites if one["substitute"]},
        "groups": _groups(asked, chosen),
        "swaps": len(explain.free_swaps(question, chosen)),
        "reached": _reached(asked, chosen),
        "why": _why(asked, chosen, u),
    }


def _names(asked: Asked, here: Ground) -> dict[str, str]:
    return {} if asked.from_files else dict(zip(here.codes, here.names, strict=True))


def _people_of(asked: Asked, rows: Any) -> list[tuple[str, float]]:
    """Demand newly served, with its people; rows that repeat one point are added up."""
    held: dict[str, float] = {}
    for row in rows:
        code = asked.got.demand.ids[asked.origin[row]]
        held[code] = held.get(code, 0.0) + float(asked.question.weight[row])
    return sorted(held.items(), key=lambda pair: -pair[1])


def _groups(asked: Asked, chosen: Flags) -> list[list[Any]]:
    """[group, total, before, after] of each group of the demand."""
    question = asked.question
    after = question.reached(chosen)
    label = np.array(asked.got.group, dtype=object)[asked.origin]
    return [
        [
            DEPARTEMENT_NAMES.get(name, name),
            figure(round(float(question.weight[label == name].sum()))),
            figure(round(float(question.weight[(label == name) & question.covered].sum()))),
            figure(round(float(question.weight[(label == name) & after].sum()))),
        ]
        for name in sorted({one for one in asked.got.group if one})
    ]


def _reached(asked: Asked, chosen: Flags) -> dict[str, int]:
    """Demand identifiers served: 1 by open places already, 2 by the plan."""
    question = asked.question
    after = question.reached(chosen)
    return {
        asked.got.demand.ids[asked.origin[row]]: 1 if question.covered[row] else 2
        for row in np.flatnonzero(after)[::-1]
    }


def _why(asked: Asked, chosen: Flags, u: Floats | None) -> dict[str, list[Any]]:
    """For each site that is not chosen: why, and the figures of the sentence."""
    question, ids = asked.question, asked.got.sites.ids
    loss = explain.shortfalls(question, u) if u is not None else np.zeros(len(ids))
    found = {}
    for site in np.flatnonzero(~chosen):
        why = explain.why_not(question, chosen, int(site))
        found[ids[site]] = [
            str(why.why), round(why.reach), round(why.served), round(why.taken), round(why.new),
            ids[why.instead] if why.instead >= 0 else "", round(why.change), round(float(loss[site])),
        ]  # fmt: skip
    return found
