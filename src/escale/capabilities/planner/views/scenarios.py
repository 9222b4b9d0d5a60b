"""Scenarios: the list, a question, its progress and result, why not, comparison, acts, downloads."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from escale.capabilities.planner import actions, exports, forms, panels, wording
from escale.capabilities.planner.models import Run, Scenario
from escale.capabilities.planner.queries import coverage, saying, scenarios
from escale.foundation.documents.typesetting import pdf
from escale.foundation.journal.access import obtain
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.foundation.people.request import SignedIn
from escale.foundation.territory import queries as territory
from escale.rules.refusal import NoHat, Unknown
from escale.ui.routes import Request, done

MEMO = Path(__file__).resolve().parent.parent / "papers" / "memo.typ"
COMPARED = 3


def index(request: SignedIn) -> HttpResponse:
    """The scenarios that I read."""
    _region_only(request)
    listed = [(one, saying.goal(one.question)) for one in scenarios.listed(request.user, request.at)[:200]]
    return render(request, "planner/index.html", {"scenarios": listed, "statuses": wording.STATUSES})


def create(request: SignedIn) -> HttpResponse:
    """Asks a question; its computation begins at once."""
    _region_only(request)
    given = request.POST if request.method == "POST" else request.GET
    goal = given.get("goal", "places")
    goal = goal if goal in forms.NEEDED else "places"
    begun = _begun(request)
    goal = begun.question["goal"] if begun and "goal" not in given else goal
    first = forms.begun_from(begun.question, begun.name) if begun else None
    form = forms.ScenarioForm(request.POST or None, request.FILES or None, goal=goal, begun=first)
    if request.method == "POST" and form.is_valid():
        made = actions.create(
            name=form.cleaned_data["name"],
            question=form.question(),
            files=form.uploads(),
            by=request.user,
            at=request.at,
        )
        return done(made.get_absolute_url())
    more = f"&from={begun.number}" if begun else ""
    tabs = [(wording.GOALS[code], f"?goal={code}{more}", code == goal) for code in forms.NEEDED]
    context = {"form": form, "tabs": tabs, "own": [form[name] for name in forms.NEEDED[goal]]}
    return render(request, "planner/create.html", context, status=422 if request.method == "POST" else 200)


def show(request: Request, number: str) -> HttpResponse:
    """The answer, how sure it is, why these sites; or how far the computation has come."""
    scenario = _readable(request, number)
    run, answered = scenario.last_run, scenarios.answered(scenario)
    context: dict[str, Any] = {
        "scenario": scenario, "run": run, "answered": answered, "goal": saying.goal(scenario.question),
        "status": wording.STATUSES[run.status] if run else "", "acts": _acts(request, scenario),
        "rename": forms.RenameForm(initial={"name": scenario.name}),
    }  # fmt: skip
    if answered is not None:
        context |= _result(scenario, answered)
    return render(request, "planner/show.html", context)


def progress(request: Request, number: str) -> JsonResponse:
    """How far the newest run has come."""
    run = _readable(request, number).last_run
    if run is None:
        raise Unknown
    return JsonResponse(
        {"run": run.n, "status": run.status, "covered": run.covered, "bound": run.bound, "told_at": run.told_at}
    )


def why(request: Request, number: str) -> HttpResponse:
    """« Pourquoi pas ma commune ? »"""
    scenario = _readable(request, number)
    run = scenarios.answered(scenario)
    typed = request.GET.get("commune", "")[:100]
    found = territory.find(typed, 8) if typed else []
    exact = [one for one in found if one.folded == territory.fold(typed) or one.code == typed.upper()]
    here = exact[0] if len(exact) == 1 else found[0] if len(found) == 1 else None
    context: dict[str, Any] = {"scenario": scenario, "typed": typed, "found": found, "here": here, "run": run}
    if here is not None and run is not None:
        answer = scenarios.why_not(run.result, here.code)
        names = {site["id"]: site["name"] for site in run.result.get("sites", [])}
        context |= {"answer": answer, "sentences": saying.why_not(answer, here.name, names) if answer else []}
    return render(request, "planner/why.html", context)


def compare(request: SignedIn) -> HttpResponse:
    """Up to three scenarios side by side."""
    _region_only(request)
    numbers = request.GET.getlist("s")[:COMPARED]
    shown: list[dict[str, Any]] = []
    for one, run in _compared(request):
        # Letters are those of the map, which shows no committee night.
        mark = exports.LETTERS[sum(bool(before["mark"]) for before in shown)] if "sets" not in run.result else ""
        shown.append({"scenario": one, "goal": saying.goal(one.question), "mark": mark, **_result(one, run)})
    choices = [(one.number, f"{one.number} · {one.name}") for one in scenarios.listed(request.user, request.at)[:100]]
    on_map = any(one["mark"] for one in shown)
    address = f"{reverse('scenarios-compare-map')}?{urlencode([('s', number) for number in numbers])}" if on_map else ""
    context = {"shown": shown, "choices": choices, "numbers": numbers, "map_url": address}
    return render(request, "planner/compare.html", context)


def act(request: SignedIn, number: str) -> HttpResponse:
    """Run, stop, share, publish, take back, archive: the act is the address's last word."""
    name = request.route.act
    scenario: Scenario = obtain(Scenario.objects.select_related("subject"), request, name, number=number)
    if name == "run":
        actions.run(scenario, by=request.user, at=request.at)
    elif name == "stop":
        actions.stop(scenario, by=request.user, at=request.at)
    else:
        actions.move(scenario, name, by=request.user, at=request.at)
    return done(reverse("scenarios") if name == "archive" else scenario.get_absolute_url())


def rename(request: SignedIn, number: str) -> HttpResponse:
    """Another name."""
    scenario: Scenario = obtain(Scenario.objects.select_related("subject"), request, "rename", number=number)
    form = forms.RenameForm(request.POST)
    if not form.is_valid():
        return render(request, "planner/rename.html", {"scenario": scenario, "form": form}, status=422)
    actions.rename(scenario, form.cleaned_data["name"], by=request.user, at=request.at)
    return done(scenario.get_absolute_url())


def download(request: Request, number: str) -> HttpResponse:
    """The plan, its sites, or its memo: the address's last word says which."""
    scenario = _readable(request, number)
    run = scenarios.answered(scenario)
    if run is None:
        raise Unknown
    name = request.path.rsplit("/", 1)[1]
    if name == "memo.pdf":
        if "covered" not in run.result:
            raise Unknown
        return HttpResponse(pdf(MEMO, exports.memo(scenario, run)), content_type="application/pdf")
    text, kind = {
        "map.json": lambda: (_on_map(scenario, run), "application/json"),
        "plan.json": lambda: (exports.plan_json(scenario, run), "application/json"),
        "sites.csv": lambda: (exports.sites_csv(run.result), "text/csv; charset=utf-8"),
        "sites.geojson": lambda: (exports.sites_geojson(run.result), "application/geo+json"),
    }[name]()
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{scenario.number}-{name}"'
    return response


def compare_map(request: SignedIn) -> HttpResponse:
    """The scenarios of the comparison on one map."""
    _region_only(request)
    layers = [exports.sites_on_map(one.name, run.result) for one, run in _compared(request) if "sets" not in run.result]
    rows = ((one, "plain") for one in coverage.everyone())
    return HttpResponse(exports.on_map(rows, layers), content_type="application/json")


def _compared(request: SignedIn) -> list[tuple[Scenario, Run]]:
    """The scenarios of the address that have an answer, by number."""
    numbers = request.GET.getlist("s")[:COMPARED]
    found = scenarios.listed(request.user, request.at).filter(number__in=numbers).order_by("number")
    pairs = [(one, scenarios.answered(one)) for one in found]
    return [(one, run) for one, run in pairs if run is not None]


def _on_map(scenario: Scenario, run: Run) -> str:
    reached = run.result.get("reached", {})
    rows = ((one, ("far", "near", "gained")[reached.get(one.code, 0)]) for one in coverage.everyone())
    return exports.on_map(rows, [exports.sites_on_map(scenario.name, run.result)])


def _readable(request: Request, number: str) -> Scenario:
    """The scenario when it is published, or when the person reads it. Raises ``Unknown``."""
    public = Scenario.objects.published().filter(number=number).select_related("subject", "created_by").first()
    if public is not None:
        return public
    if not isinstance(request.user, Person):
        raise Unknown
    return obtain(Scenario.objects.select_related("subject", "created_by"), request, "read", number=number)


def _begun(request: SignedIn) -> Scenario | None:
    """The scenario that the new question starts from, when the address names one that the person reads."""
    number = request.GET.get("from", "")[:20]
    found = scenarios.listed(request.user, request.at).filter(number=number).first() if number else None
    return found if found is not None and found.question["goal"] in forms.NEEDED else None


def _region_only(request: SignedIn) -> None:
    if not organisations.is_of_the_region(request.user, request.at):
        raise NoHat


def _acts(request: Request, scenario: Scenario) -> list[dict[str, Any]]:
    """The buttons that this person has here, each with its reason when it is disabled."""
    if not isinstance(request.user, Person):
        return []
    hats, at, policy = scenario.hats_of(request.user, request.at), request.at, scenario.POLICY
    worn = list(hats)
    shown = [row for row in policy.open_to(hats=worn, state=scenario.state) if row.name not in ("read", "rename")]
    found = []
    for row in shown:
        answer = policy.verdict(row.name, hats=worn, thing=scenario, at=at, words=scenario.WORDING)
        if row.name == "stop" and not answer:
            continue
        reason = answer.refusal.message if answer.refusal else ""
        url = f"{scenario.get_absolute_url()}{row.name}"
        found.append({"label": scenario.WORDING.acts[row.name], "url": url, "reason": reason, "name": row.name})
    return found


def _result(scenario: Scenario, run: Run) -> dict[str, Any]:
    result = run.result
    context: dict[str, Any] = {"result": result, "assumptions": saying.assumptions(scenario, run)}
    if "sets" in result:
        rows = scenario.question["dossiers"]
        return context | {"titles": {row["number"]: row for row in rows}}
    return context | {
        "map_url": f"{scenario.get_absolute_url()}map.json",
        "sentence": saying.answer(result),
        "certainty": saying.certainty(result),
        "drawing": panels.plan_drawing(coverage.everyone(), result),
        "curve": panels.curve(result),
    }
