"""The desk: the list, its exports, the views kept."""

from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.policy import FILED
from escale.capabilities.calls.dossiers.wording import DOSSIER
from escale.capabilities.calls.instruction import exports
from escale.capabilities.calls.instruction.actions import desk as actions
from escale.capabilities.calls.instruction.forms import ViewForm
from escale.capabilities.calls.instruction.queries import around, asking, columns, desk
from escale.capabilities.calls.instruction.queries.columns import Cell
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import NoHat
from escale.ui.routes import done

MOST_EXPORTED = 20_000


def index(request: SignedIn) -> HttpResponse:
    """The list of what the person handles, one page by key."""
    if not organisations.services_for(request):
        raise NoHat
    return _page(request, asking.read(request.GET))


def _page(request: SignedIn, ask: asking.Ask, form: ViewForm | None = None, status: int = 200) -> HttpResponse:
    person, at = request.user, request.at
    services = organisations.services_for(request)
    known = around.context(person, at, services)
    scheme = next((one for one in known["schemes"] if one.key == ask.scheme), None)
    told = around.asked_of(scheme)
    labels = told.labels
    page = desk.page(ask, person, at, services=services, compared=told.compared)
    seen = around.opened(page.dossiers, person, at)
    context = {
        **known, "ask": ask, "page": page, "heads": columns.heads(ask, labels), "labels": labels,
        "first": f"?{ask.address()}", "following": f"?{ask.address(after=page.after)}" if page.after else "",
        "lines": columns.lines(ask, page, person, at, seen, labels), "scheme": scheme, "scored": told.scored,
        "due": around.due_soon(person, at, services) if ask == asking.Ask() else [], "sentence": _sentence(ask, known), "view_form": form or ViewForm(),
        "states": [(str(one), DOSSIER.states[one]) for one in DOSSIER.states if one in FILED],
        "columns": asking.COLUMNS, "answers": dict(ask.answers),
        "tabs": around.tabs(ask, known["schemes"]),
    }  # fmt: skip
    return render(request, "instruction/desk.html", context, status=status)


def _sentence(ask: asking.Ask, known: dict[str, Any]) -> list[tuple[str, str]]:
    """The filters as words, each with the address that takes it off."""
    parts = [(str(asking.SCOPES[ask.scope]) if ask.scope == "mine" else _("Dossiers du service"), "")]
    if ask.scheme:
        title = next((one.title for one in known["schemes"] if one.key == ask.scheme), ask.scheme)
        parts.append((title, f"?{ask.address(scheme='')}"))
    if ask.service:
        name = next((one.service.name for one in known["schemes"] if str(one.service_id) == ask.service), ask.service)
        parts.append((name, f"?{ask.address(service='')}"))
    if ask.state:
        label = columns.group_label(ask.state)
        parts.append((label, f"?{ask.address(state='')}"))
    if ask.officer:
        parts.append((columns.officer_label(ask.officer, known["officers"]), f"?{ask.address(officer='')}"))
    for name, text in ask.answers:
        kept = tuple(pair for pair in ask.answers if pair != (name, text))
        parts.append((_("{label} : {problem}").format(label=name, problem=text), f"?{ask.address(answers=kept)}"))
    if ask.q:
        parts.append((f"« {ask.q} »", f"?{ask.address(q='')}"))
    label = columns.sort_label(ask)
    parts.append((label, f"?{ask.address(sort='-filed')}" if ask.sort != "-filed" else ""))
    return parts


def export(request: SignedIn) -> HttpResponseBase:
    """The same list, all its pages (20 000 lines at most), as CSV or XLSX."""
    ask, kind = asking.read(request.GET), request.path.rpartition(".")[2]
    schemes = around.schemes_of(organisations.services_of(request.user, request.at))
    labels = around.asked_of(next((one for one in schemes if one.key == ask.scheme), None)).labels
    heads = columns.heads(ask, labels)
    rows = _exported(request, ask, heads)
    titles = [head.label for head in heads]
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            exports.as_csv(titles, rows), content_type="text/csv; charset=utf-8"
        )
    else:
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = HttpResponse(exports.as_xlsx(titles, rows), content_type=sheet)
    response["Content-Disposition"] = f'attachment; filename="dossiers.{kind}"'
    return response


def _exported(request: SignedIn, ask: asking.Ask, heads: list[columns.Head]) -> Iterator[tuple[str, list[Cell]]]:
    for dossiers in batched(desk.exported(ask, request.user, request.at, MOST_EXPORTED), 1000):
        answers = desk.shown(ask, dossiers)
        for dossier in dossiers:
            yield dossier.number, [columns.cell(head, dossier, answers) for head in heads[1:]]


def keep(request: SignedIn) -> HttpResponse:
    """Keeps the filters, sort and columns of an address under a name."""
    if not organisations.services_of(request.user, request.at):
        raise NoHat
    form, ask = ViewForm(request.POST), asking.read(request.GET)
    if not form.is_valid():
        return _page(request, ask, form, 422)
    actions.keep_view(
        ask, name=form.cleaned_data["name"], shared=form.cleaned_data["shared"], by=request.user, at=request.at
    )
    return done(f"{reverse('desk')}?{ask.address()}")


def forget(request: SignedIn, pk: int) -> HttpResponse:
    """Forgets a view of one's own."""
    actions.forget_view(pk, by=request.user)
    return done(reverse("desk"))
