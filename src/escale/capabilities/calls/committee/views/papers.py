"""Minutes, book and annex, as PDF and XLSX."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from escale.capabilities.calls.committee import exports
from escale.capabilities.calls.committee.actions import papers
from escale.capabilities.calls.committee.queries import strips, votes
from escale.capabilities.calls.committee.views.sittings import sitting_for
from escale.capabilities.calls.committee.views.votes import vote_for
from escale.foundation.documents import answers
from escale.foundation.documents.models import Document
from escale.foundation.people.request import SignedIn

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def minutes(request: SignedIn, number: str) -> HttpResponseBase:
    """The minutes: a draft until the session is closed."""
    sitting = sitting_for(request, number)
    return _pdf(request, papers.minutes_paper(sitting, request.user, request.at), f"proces-verbal-{number}")


def book(request: SignedIn, number: str) -> HttpResponseBase:
    """The book of the committee."""
    sitting = sitting_for(request, number)
    return _pdf(request, papers.book_paper(sitting, request.user, request.at), f"livre-{number}")


def ranking_workbook(request: SignedIn, number: str) -> HttpResponse:
    """The ranking as a workbook."""
    sitting = sitting_for(request, number)
    return _xlsx(exports.ranking(strips.strips(sitting, request.user, request.at)), f"classement-{number}")


def annex(request: SignedIn, number: str) -> HttpResponseBase:
    """The annex as PDF."""
    vote = vote_for(request, number)
    return _pdf(request, papers.annex_paper(vote, request.user, request.at), f"annexe-{number}")


def annex_workbook(request: SignedIn, number: str) -> HttpResponse:
    """The annex as a workbook, which can be brought back."""
    vote = vote_for(request, number)
    return _xlsx(exports.annex(votes.lines_of(vote, request.user, request.at)), f"annexe-{number}")


def _pdf(request: SignedIn, made: bytes | Document, name: str) -> HttpResponseBase:
    if isinstance(made, Document):
        return answers.serve(made, request, shown=True)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _xlsx(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
