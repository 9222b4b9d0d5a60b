"""The Region's board, its exports, the renewal campaign, the sample of visits."""

from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from escale.capabilities.label import wording
from escale.capabilities.label.actions import following
from escale.capabilities.label.exports import board as exports
from escale.capabilities.label.forms.board import BoardForm
from escale.capabilities.label.models import Label, Referential
from escale.capabilities.label.queries import board as boards
from escale.capabilities.label.queries import sampling
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import NoHat
from escale.ui.routes import done

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(request: SignedIn) -> HttpResponse:
    """The Region's board of its labels; for a place's people, their own."""
    form, asked = _asked(request, request.GET)
    found = boards.board(request.user, request.at, asked)
    region = organisations.is_of_the_region(request.user, request.at)
    context = {
        "board": found, "form": form, "asked": asked, "query": urlencode(asked.pairs), "region": region,
        "counts": [(wording.CHECKED_SHORT[name], n) for name, n in found.counts.items()],
        "uninvited": sum(1 for one in found.soon if one.invited_at is None), "done": request.GET.get("fait", "")[:6],
        "words": wording.CHECKED_SHORT,
    }  # fmt: skip
    return render(request, "label/board.html", context)


def table(request: SignedIn) -> HttpResponse:
    """The list as CSV."""
    return _file(request, "csv")


def workbook(request: SignedIn) -> HttpResponse:
    """The list as a spreadsheet."""
    return _file(request, "xlsx")


def invite(request: SignedIn) -> HttpResponse:
    """A renewal campaign: writes to every place of the list whose label ends soon and that was not written to."""
    _region(request)
    _form, asked = _asked(request, request.POST)
    n = following.invite_all(list(boards.ending(request.user, request.at, asked)), by=request.user, at=request.at)
    return done(f"{reverse('label-board')}?{urlencode([*asked.pairs, ('fait', str(n))])}")


def sample(request: SignedIn) -> HttpResponse:
    """Which places to visit first, and why."""
    _region(request)
    rows = Referential.objects.filter(state="published").order_by("title", "key")
    told = [(one, *sampling.sample(request.user, request.at, one.key)) for one in rows]
    return render(request, "label/sample.html", {"told": [one for one in told if one[1]]})


def _asked(request: SignedIn, given: QueryDict) -> tuple[BoardForm, boards.Asked]:
    seen = Label.objects.visible_to(request.user, request.at).order_by()
    labels = sorted(set(seen.values_list("referential__key", "referential__title")), key=lambda pair: pair[1])
    departements = sorted(set(seen.values_list("place__commune__departement", flat=True)))
    form = BoardForm(given, labels=labels, departements=departements)
    return form, form.asked()


def _file(request: SignedIn, kind: str) -> HttpResponse:
    _form, asked = _asked(request, request.GET)
    rows = list(boards.labels(request.user, request.at, asked))
    body = exports.as_csv(rows) if kind == "csv" else exports.as_xlsx(rows)
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8" if kind == "csv" else XLSX)
    answer["Content-Disposition"] = f'attachment; filename="labels-{request.at:%Y%m%d}.{kind}"'
    return answer


def _region(request: SignedIn) -> None:
    if not organisations.is_of_the_region(request.user, request.at):
        raise NoHat
