"""Pages of calls: the list, one call, the eligibility test, the simulator, the calendar feed, the answer as JSON."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from escale.capabilities.calls.schemes import exports, panels, queries, wording
from escale.capabilities.calls.schemes.forms import asking as forms
from escale.capabilities.calls.schemes.models import Scheme
from escale.rules.legal import LEGAL_FORMS
from escale.rules.scheme import trial
from escale.rules.scheme.filing import Window
from escale.rules.scheme.format.words import PARIS
from escale.rules.shape.problem import Problem
from escale.ui.routes import Request

MOST_CASE_BYTES = 256 * 1024


def index(request: Request) -> HttpResponse:
    """Calls open, coming and past, with what the visitor asks of them."""
    asked = {name: request.GET.get(name, "")[:100] for name in ("fund", "kind", "audience", "departement")}
    filters = queries.Filters(text=request.GET.get("q", "")[:100], **asked)
    groups = queries.by_phase(queries.listed(filters, request.at), request.at)
    context = {
        "groups": [(wording.PHASES[phase], phase, groups[phase]) for phase in ("open", "coming", "past")],
        "found": any(groups.values()),
        "filters": filters,
        "kinds": [("", _("Toutes")), *wording.KINDS.items()],
        "funds": [("", _("Tous")), *wording.FUNDS.items()],
        "audiences": [("", _("Tous")), *((form, _(label)) for form, label in LEGAL_FORMS.items())],
        "at": request.at,
    }
    return render(request, "schemes/index.html", context)


def show(request: Request, key: str) -> HttpResponse:
    """One call: what, for whom, how much, until when, what to prepare, whom to call."""
    scheme = _public(key)
    edition = queries.ready(scheme)
    context = {**described(request, scheme, edition), "amendments": panels.amendments(scheme, edition.document)}
    return render(request, "schemes/show.html", context)


def described(request: Request, scheme: Scheme, edition: trial.Edition) -> dict[str, Any]:
    """What the page of an edition shows, frozen or still written."""
    return {
        "scheme": scheme,
        "document": edition.document,
        "calendar": edition.calendar,
        "phase": scheme.phase(request.at),
        "phase_label": wording.PHASES[scheme.phase(request.at)],
        "kind_label": wording.KINDS[edition.document["kind"]],
        "window": edition.calendar.window_at(request.at) or edition.calendar.next_after(request.at),
        "sections": _texts(edition.document),
        "trail": [(_("Appels et aides"), reverse("calls"))],
        "days": _days(edition.calendar.window_at(request.at), request.at),
    }


def eligibility(request: Request, key: str) -> HttpResponse:
    """« Suis-je éligible ? »: a few questions, an answer in words, without an account."""
    return _test(request, key, money=False)


def simulator(request: Request, key: str) -> HttpResponse:
    """The same questions and the money: the aid as lines."""
    return _test(request, key, money=True)


def _test(request: Request, key: str, *, money: bool) -> HttpResponse:
    scheme = _public(key)
    trail = [(_("Appels et aides"), reverse("calls")), (scheme.title, scheme.get_absolute_url())]
    return tried(request, scheme, queries.ready(scheme), money=money, trail=trail)


def tried(
    request: Request, scheme: Scheme, edition: trial.Edition, *, money: bool, trail: list[tuple[str, str]]
) -> HttpResponse:
    """The questions of an edition, frozen or still written, and its answer to what was typed."""
    asked = forms.controls(edition, money=money)
    context: dict[str, Any] = {"scheme": scheme, "controls": asked, "money": money, "trail": trail}
    if not request.GET:
        return render(request, "schemes/test.html", context)
    case, right = forms.read(asked, request.GET)
    if not right:
        context["errors"] = [(one.id, sentence) for one in asked for sentence in one.errors]
        return render(request, "schemes/test.html", context, status=422)
    case = forms.alone_or_with({**case, "filed_at": request.at.isoformat()})
    found, problems = queries.answer(edition, case)
    if found is None:
        context["errors"] = [("", problem.message) for problem in problems]
        return render(request, "schemes/test.html", context, status=422)
    context.update(answer=found, title=wording.VERDICTS[found["verdict"]])
    return render(request, "schemes/test.html", context)


@csrf_exempt
def attempt(request: Request, key: str) -> HttpResponse:
    """``POST /appels/<key>/try``: a JSON case, the same object as ``escale scheme try --json``."""
    scheme = _public(key)
    if int(request.headers.get("Content-Length") or 0) > MOST_CASE_BYTES:
        return _wrong([Problem("too_big", _("Le cas pèse plus de 256 ko."))])
    try:
        tree = json.loads(request.body)
    except (ValueError, RecursionError):
        return _wrong([Problem("not_json", _("Le corps de la requête n’est pas du JSON lisible."))])
    found, problems = queries.answer(queries.ready(scheme), tree)
    if found is None:
        return _wrong(problems)
    return JsonResponse({"schema": "escale.scheme-try/1", **found}, json_dumps_params={"ensure_ascii": False})


def feed(request: Request) -> HttpResponse:
    """The calendar of calls, for any calendar software."""
    schemes = Scheme.objects.public().only(*queries.LISTED)
    return HttpResponse(exports.calendar(schemes, request.at), content_type="text/calendar; charset=utf-8")


def _days(window: Window | None, at: datetime) -> int | None:
    """Whole days, in Paris, until the window closes; None when it does not."""
    if window is None or window.closes is None:
        return None
    return (window.closes.astimezone(PARIS).date() - at.astimezone(PARIS).date()).days


def _public(key: str) -> Scheme:
    return get_object_or_404(Scheme.objects.public().select_related("edition", "service"), key=key)


def _wrong(problems: list[Problem]) -> JsonResponse:
    message = " ".join(problem.message for problem in problems[:3])
    body = {"code": "invalid", "message": message, "problems": [one.as_json() for one in problems]}
    return JsonResponse({"error": body}, status=422)


def _texts(document: dict[str, Any]) -> list[tuple[str, str]]:
    """The written sections of a call's page, in order, those that exist."""
    titles = {
        "aims": _("Objectifs"),
        "audience": _("Pour qui"),
        "how_much": _("Combien"),
        "expenses": _("Dépenses retenues"),
        "process": _("Après le dépôt"),
        "duties": _("Vos engagements"),
        "silence": _("Sans réponse"),
        "remedies": _("Voies de recours"),
    }
    texts = document.get("texts", {})
    return [(title, texts[name]) for name, title in titles.items() if name in texts]
