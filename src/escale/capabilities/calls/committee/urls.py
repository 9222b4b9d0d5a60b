"""Addresses of the committee and of the assembly's votes: pages, then acts."""

from django.urls import register_converter

from escale.capabilities.calls.committee.views import sittings, votes
from escale.ui.routes import act, page

SITTING, VOTE = "sitting", "vote"


class SittingConverter:
    """A sitting's number, ``C26-0042``: nothing else reaches a view."""

    regex = r"C[0-9]{2}-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class VoteConverter(SittingConverter):
    """A vote's number, ``V26-0042``."""

    regex = r"V[0-9]{2}-[0-9]{4,9}"


register_converter(SittingConverter, "sitting")
register_converter(VoteConverter, "vote")

_ONE = "comites/<sitting:number>/"
_VOTE = "deliberations/<vote:number>/"

SITTINGS = [
    page("comites/", sittings.index, "sittings", who="signed-in"),
    act("comites/create", sittings.create, "sitting-create", act="create", who="signed-in", asks=True),
    page(_ONE, sittings.show, "sitting", thing=SITTING),
    act(f"{_ONE}edit", sittings.edit, "sitting-edit", act="edit", thing=SITTING, asks=True),
    act(f"{_ONE}seat", sittings.seat, "sitting-seat", act="seat", thing=SITTING),
    act(f"{_ONE}membres/<int:pk>/unseat", sittings.unseat, "sitting-unseat", act="unseat", thing=SITTING),
    act(f"{_ONE}add", sittings.add, "sitting-add", act="add", thing=SITTING),
    act(f"{_ONE}<dossier:dossier>/remove", sittings.remove, "sitting-remove", act="remove", thing=SITTING),
    act(f"{_ONE}convene", sittings.convene, "sitting-convene", act="convene", thing=SITTING),
    act(f"{_ONE}cancel", sittings.cancel, "sitting-cancel", act="cancel", thing=SITTING, asks=True),
]

VOTES = [
    page("deliberations/", votes.index, "votes", who="signed-in"),
    act("deliberations/create", votes.create, "vote-create", act="create", who="signed-in", asks=True),
    page(_VOTE, votes.show, "vote", thing=VOTE),
    act(f"{_VOTE}record", votes.record, "vote-record", act="record", thing=VOTE),
    act(f"{_VOTE}drop", votes.drop, "vote-drop", act="drop", thing=VOTE),
]

urlpatterns = SITTINGS + VOTES
