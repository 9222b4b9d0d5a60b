"""The list, beginning a dossier, one dossier's page."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from escale.capabilities.calls.dossiers import forms, panels
from escale.capabilities.calls.dossiers.actions import drafts
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import FILED
from escale.capabilities.calls.dossiers.queries import (
    behalf,
    lists,
    messages,
    partners,
    prefill,
    readiness,
    standing,
    team,
)
from escale.capabilities.calls.dossiers.queries.case import applicant
from escale.capabilities.calls.dossiers.queries.copies import sections_of
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.schemes import queries as schemes
from escale.capabilities.calls.schemes.forms import asking as tests
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal.access import obtain
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires import showing
from escale.foundation.questionnaires.reading import clean
from escale.foundation.questionnaires.saving import new_key

#: The longest text of answers carried from the eligibility test.
MOST_ANSWERS = 16_000


def see_other(address: str) -> HttpResponse:
    """Done: the browser goes on to ``address`` (303)."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def index(request: SignedIn) -> HttpResponse:
    """The dossiers that I read, the newest first."""
    dossiers = list(lists.visible(request.user, request.at)[:500])
    unread = messages.unread_counts(request.user, dossiers)
    rows = [(one, unread.get(one.pk, 0)) for one in dossiers]
    offered = partners.offered(request.user, request.at)[:100]
    context = {"offered": offered, "rows": rows, "may_enter": organisations.is_officer(request.user, request.at)}
    return render(request, "dossiers/index.html", context)


def create(request: SignedIn) -> HttpResponse:
    """Begins a dossier for a call: in the name of which organisation."""
    key = str(clean(request.POST.get("call") or request.GET.get("call", "")))
    scheme = get_object_or_404(Scheme.objects.public().select_related("edition", "service"), key=key)
    mine = organisations.organisations_of(request.user, request.at, "owner", "editor")
    choices = [(str(one.pk), one.name) for one in mine]
    first = {"organisation": choices[0][0]} if len(choices) == 1 else {}
    form = forms.BeginForm(request.POST or None, initial=first, organisations=choices)
    if request.method == "POST" and form.is_valid():
        chosen = mine.get(pk=form.cleaned_data["organisation"])
        again = str(clean(request.headers.get("Idempotency-Key") or request.POST.get("key", "")))
        case = _tested(scheme, chosen, request.POST.get("answers", ""))
        dossier = drafts.create(scheme, chosen, by=request.user, at=request.at, key=again[:80], case=case)
        return see_other(dossier.get_absolute_url())
    answers, whole = carried(request.POST.get("answers") or request.GET.get("answers", ""))
    context = {"scheme": scheme, "form": form, "choices": choices, "answers": answers, "cut": not whole}
    context["key"] = request.POST.get("key") or new_key()
    back = f"{request.path}?{urlencode({'call': key, 'answers': answers})}"
    context["organisation_url"] = f"{reverse('organisation-create')}?{urlencode({'next': back})}"
    return render(request, "dossiers/create.html", context, status=422 if request.method == "POST" else 200)


def carried(answers: str) -> tuple[str, bool]:
    """The answers that an address can carry, none cut in two, and whether these are all."""
    if len(answers) <= MOST_ANSWERS:
        return answers, True
    return answers[: MOST_ANSWERS + 1].rpartition("&")[0], False


def _tested(scheme: Scheme, chosen: Organisation, answers: str) -> dict[str, Any]:
    """What the eligibility test or the simulator was told, as a case: nothing is typed twice."""
    if not answers:
        return {}
    edition = schemes.ready(scheme)
    case, _right = tests.read(tests.controls(edition, money=True), QueryDict(carried(answers)[0]))
    return tests.with_applicant(edition.document, case, applicant(chosen))


def show(request: SignedIn, number: str) -> HttpResponse:
    """One dossier: its tasks while it is a draft, what was filed afterwards."""
    dossier: Dossier = obtain(lists.WHOLE, request, "read", number=number)
    context: dict[str, Any] = {"dossier": dossier, "scheme": dossier.scheme}
    version = lists.latest_version(dossier) if dossier.state in FILED else None
    if version is None:
        return _unfiled(request, dossier, context)
    document = lists.filed_document(version)
    context |= {
        "version": version,
        "document": document,
        "sections": sections_of(version),
        "answer": document["answer"],
    }
    context |= {**_around(request, dossier), "asides": panels.asides(request, dossier)}
    call = call_of(version.edition).document
    context |= {
        "pieces": _handed(dossier, call),
        "partnerships": dossier.partnerships.order_by("pk"),
        "whole_consortium": call.get("partners", {}).get("if_failed") == "fails_all",
    }
    return render(request, "dossiers/filed.html", context)


def _handed(dossier: Dossier, call: dict[str, Any]) -> list[tuple[str, Any]]:
    """The files of the dossier, each with the words of its piece."""
    labels = {one["code"]: one["label"] for one in call.get("pieces", [])}
    handed = dossier.pieces.filter(removed_at__isnull=True).select_related("document")
    return [(labels.get(one.code, one.code), one) for one in handed]


def _unfiled(request: SignedIn, dossier: Dossier, context: dict[str, Any]) -> HttpResponse:
    """A draft: what is left to do. An expired one: what was in it."""
    ready = readiness.prepare(dossier, request.at)
    context |= {"ready": ready, **_around(request, dossier)}
    if dossier.state == "draft":
        return render(
            request,
            "dossiers/draft.html",
            context
            | {
                "steps": panels.steps(dossier, ready),
                "known": prefill.known(dossier),
                "remarks": team.waiting(dossier, ready.call),
            },
        )
    return render(request, "dossiers/expired.html", context | {"summary": showing.summary(ready.filled, ready.asked)})


def _around(request: SignedIn, dossier: Dossier) -> dict[str, Any]:
    """Where the dossier is, what may be done with it, which dossiers it comes from or led to."""
    return {
        "entered": behalf.of(dossier),
        "standing": standing.standing(dossier, request.at),
        "acts": panels.acts(dossier, request.user, request.at),
        "unread": messages.unread_counts(request.user, [dossier]).get(dossier.pk, 0),
        "family": standing.family(dossier, request.user, request.at),
    }
