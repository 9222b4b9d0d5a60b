"""Pages of calls: the list, one call, the eligibility test, the simulator, the calendar feed, the answer as JSON."""

import json
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from escale.capabilities.calls.schemes import exports, panels, queries, wording
from escale.capabilities.calls.schemes.forms import asking as forms
from escale.capabilities.calls.schemes.forms import listing
from escale.capabilities.calls.schemes.forms.earlier import with_earlier
from escale.capabilities.calls.schemes.forms.rows import asks_for_rows
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.people import limits
from escale.rules.legal import LEGAL_FORMS
from escale.rules.refusal import Refused
from escale.rules.scheme import trial
from escale.rules.scheme.filing import Window
from escale.rules.scheme.format.words import PARIS
from escale.rules.shape.problem import Problem
from escale.ui.routes import Request

MOST_CASE_BYTES = 256 * 1024


def index(request: Request) -> HttpResponse:
    """Calls open, coming and past, with what the visitor asks of them."""
    known = {"phase": frozenset(panels.GROUPS), "fund": frozenset(wording.FUNDS), "kind": frozenset(wording.KINDS),
             "audience": frozenset(LEGAL_FORMS)}  # fmt: skip
    asked = listing.read(request.GET, known)
    found = queries.listed(asked.filters, request.at)
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and 0 < len(number) < 6 else 1
    groups = panels.groups(found, asked.filters.phase, page, request.GET, request.at)
    context = {
        "groups": groups, "found": any(group.rows for group in groups), "filters": asked.filters, "asked": asked,
        # Nothing was asked: the form is the same for everyone, and kept; its choices are then not even made.
        "plain": "" if request.GET else "-",
        "kinds": lambda: [("", _("Toutes")), *wording.KINDS.items()],
        "funds": lambda: [("", _("Tous")), *wording.FUNDS.items()],
        "audiences": lambda: [("", _("Tous")), *((form, _(label)) for form, label in LEGAL_FORMS.items())],
        "themes": [("", _("Tous")), *queries.themes()],
        "phases": lambda: [("", _("Tous")), *((phase, wording.PHASES[phase]) for phase in panels.GROUPS)],
        "narrowed": any((asked.filters.kind, asked.filters.fund, asked.filters.theme, asked.filters.phase)),
    }  # fmt: skip
    return render(request, "schemes/index.html", context, status=422 if asked.wrong else 200)


def show(request: Request, key: str) -> HttpResponse:
    """One call: what, for whom, how much, until when, what to prepare, whom to call."""
    scheme = public_scheme(key)
    edition, digest = queries.named(scheme)
    amended = scheme.edition is not None and digest != scheme.edition.sha256
    amendments = panels.amendments(scheme, edition.document) if amended else []
    attachments, answered = queries.beside(scheme)
    context = {**described(request, scheme, edition), "amendments": amendments, "digest": digest,
               "attachments": attachments, "answered": answered, "is_public": True}  # fmt: skip
    context["in_phase"] = f"{digest} {context['phase']}"
    return render(request, "schemes/show.html", context)


def described(request: Request, scheme: Scheme, edition: trial.Edition) -> dict[str, Any]:
    """What the page of an edition shows, frozen or still written."""
    phase, window = scheme.phase(request.at), edition.calendar.window_at(request.at)
    return {
        "scheme": scheme,
        "document": edition.document,
        "calendar": edition.calendar,
        "phase": phase,
        "phase_label": wording.PHASES[phase],
        "kind_label": wording.KINDS[edition.document["kind"]],
        "window": window or edition.calendar.next_after(request.at),
        "sections": _texts(edition.document),
        "trail": [(_("Appels et aides"), reverse("calls"))],
        # What is kept of the page: by the edition's digest, some of it once for each phase that a call can be in.
        "digest": "",
        "in_phase": "",
        "days": _days(window, request.at),
    }


def versions(request: Request, key: str) -> HttpResponse:
    """Every published version of a call and what it changed: last year's stays readable."""
    scheme = public_scheme(key)
    context = {"scheme": scheme, "rows": queries.editions_told(scheme), "trail": call_trail(scheme)}
    return render(request, "schemes/versions.html", context)


def version(request: Request, key: str, n: int) -> HttpResponse:
    """One published version as it was, acts of that time included."""
    scheme = public_scheme(key)
    edition = get_object_or_404(scheme.series.editions, n=min(n, 2**31 - 1))
    context = {**described(request, scheme, queries.READY.of(edition)), "edition": edition, "trail": call_trail(scheme),
               "attachments": queries.attachments(scheme)}  # fmt: skip
    return render(request, "schemes/version.html", context)


def eligibility(request: Request, key: str) -> HttpResponse:
    """« Suis-je éligible ? »: a few questions, an answer in words, without an account."""
    return _test(request, key, money=False)


def simulator(request: Request, key: str) -> HttpResponse:
    """The same questions and the money: the aid as lines."""
    return _test(request, key, money=True)


def _test(request: Request, key: str, *, money: bool) -> HttpResponse:
    scheme = public_scheme(key)
    edition, digest = queries.named(scheme)
    return tried(request, scheme, edition, money=money, trail=call_trail(scheme), digest=digest)


def tried(
    request: Request, scheme: Scheme, edition: trial.Edition, *, money: bool, trail: list[tuple[str, str]],
    digest: str = "",
) -> HttpResponse:  # fmt: skip
    """The questions of an edition, frozen (its ``digest`` is then given) or still written, and its answer."""
    # An empty form is the same for everyone: it is kept by digest, and its controls are made only the first time.
    asked = None if digest and not request.GET else forms.controls(edition, money=money)
    empty: dict[str, Any] = {"scheme": scheme, "money": money, "trail": trail}
    context = empty | {"controls": asked, "digest": ""}
    if asked is None:
        kept = {"controls": partial(forms.controls, edition, money=money), "digest": f"{digest}{money}"}
        return render(request, "schemes/test.html", empty | kept)
    if asks_for_rows(asked, request.GET):
        for one in asked:
            one.fill(request.GET)
        return render(request, "schemes/test.html", context)
    if not request.GET:
        return render(request, "schemes/test.html", context)
    case, right = forms.read(asked, request.GET)
    if not right:
        context["errors"] = [(one.id, said) for block in asked for one in block.controls for said in one.errors]
        return render(request, "schemes/test.html", context, status=422)
    found, problems = queries.answer(edition, _case(edition, case, request.at))
    if found is None:
        context["errors"] = [("", problem.message) for problem in problems]
        return render(request, "schemes/test.html", context, status=422)
    context.update(answer=found, title=wording.VERDICTS[found["verdict"]], onward=forms.onward(request.GET))
    return render(request, "schemes/test.html", context)


def _case(edition: trial.Edition, said: dict[str, Any], at: datetime) -> dict[str, Any]:
    """What was said as a case of this instant."""
    case = with_earlier(said, edition.document.get("limits", []), at)
    case = forms.with_applicant(edition.document, {**case, "filed_at": at.isoformat()})
    return queries.led_to(edition, case)


@csrf_exempt
def attempt(request: Request, key: str) -> HttpResponse:
    """``POST /appels/<key>/try``: a JSON case, the same object as ``escale scheme try --json``."""
    scheme = public_scheme(key)
    limits.spend("case-from-network", limits.network(request), at=request.at)
    if int(request.headers.get("Content-Length") or 0) > MOST_CASE_BYTES:
        return _wrong([Problem("too_big", _("Le cas pèse plus de 256 ko."))])
    try:
        tree = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):
        return _wrong([Problem("not_json", _("Le corps de la requête n’est pas du JSON lisible."))])
    found, problems = queries.answer(queries.ready(scheme), tree)
    if found is None:
        return _wrong(problems)
    return JsonResponse({"schema": "escale.scheme-try/1", **found}, json_dumps_params={"ensure_ascii": False})


def feed(request: Request) -> HttpResponse:
    """The calendar of calls, for any calendar software."""
    schemes = Scheme.objects.public()
    return HttpResponse(exports.calendar(schemes, request.at), content_type="text/calendar; charset=utf-8")


def _days(window: Window | None, at: datetime) -> int | None:
    """Whole days, in Paris, until the window closes; None when it does not."""
    if window is None or window.closes is None:
        return None
    return (window.closes.astimezone(PARIS).date() - at.astimezone(PARIS).date()).days


def call_trail(scheme: Scheme) -> list[tuple[str, str]]:
    """The path to the pages below a call."""
    return [(_("Appels et aides"), reverse("calls")), (scheme.title, scheme.get_absolute_url())]


def refusal_status(refused: Refused) -> int:
    """429 when one may come back later, 409 otherwise."""
    return 429 if refused.code == "too_many" else 409


def public_scheme(key: str) -> Scheme:
    """The call of this key when it is public; 404 otherwise."""
    # The document is read when its digest is new to this process, and only then.
    return get_object_or_404(Scheme.objects.public().select_related("edition").only(*queries.SHOWN), key=key)


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
