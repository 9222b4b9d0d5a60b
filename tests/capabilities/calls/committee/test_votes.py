"""The vote of the assembly: recorded with its act, once, by its secretary; what it decides of each dossier."""

from datetime import date

import pytest

from escale.capabilities.calls.committee.actions import voting
from escale.capabilities.calls.committee.actions.voting import Deed, Said
from escale.capabilities.calls.committee.queries.decisions import decision_of
from escale.foundation.clock import reading
from escale.rules.refusal import NoHat, Refused
from tests.capabilities.calls.committee.hall import Hall
from tests.capabilities.calls.instruction.world import days

pytestmark = pytest.mark.django_db
DEED = Deed("CP 26-04-142", date(2026, 3, 20), "Commission permanente du 20 mars 2026")


@pytest.fixture
def hall(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(20))
    return Hall(at)


def awarded(dossier, cents=500_000):
    return Said(dossier.pk, "awarded", (("Région", "905-57", "main", cents),))


def test_a_vote_is_recorded_once_by_the_assemblys_secretary(hall):
    dossier, at = hall.examined(), hall.at + days(20)
    vote = voting.create(hall.service, "Aides aux tiers-lieux", by=hall.officer, at=at)
    voting.set_lines(vote, [awarded(dossier)], by=hall.officer, at=at)
    with pytest.raises(NoHat):
        voting.record_vote(vote, DEED, by=hall.officer, at=at)
    voting.record_vote(vote, DEED, by=hall.secretary, at=at)
    found = decision_of(dossier, at)
    assert (found.outcome, found.amount_cents, found.reference) == ("awarded", 500_000, "CP 26-04-142")
    assert [(part.funder, part.budget_line, part.cents) for part in found.parts] == [("Région", "905-57", 500_000)]
    assert (hall.again(dossier).state, hall.again(dossier).voted_cents) == ("voted", 500_000)
    with pytest.raises(Refused) as again:
        voting.record_vote(vote, DEED, by=hall.secretary, at=at)
    assert again.value.code == "already_recorded" and "Bertrand Fouques" in again.value.refusal.message
    other = voting.create(hall.service, "La même", by=hall.officer, at=at)
    voting.set_lines(other, [awarded(hall.examined("Autre"))], by=hall.officer, at=at)
    with pytest.raises(Refused) as same:
        voting.record_vote(other, DEED, by=hall.secretary, at=at)
    assert same.value.code == "already_recorded" and vote.number in same.value.refusal.message


def test_the_pages_say_who_records(hall):
    dossier, at = hall.examined(), hall.at + days(20)
    vote = voting.create(hall.service, "Aides aux tiers-lieux", by=hall.officer, at=at)
    voting.set_lines(vote, [awarded(dossier)], by=hall.officer, at=at)
    page = hall.browser(hall.officer).get(f"/deliberations/{vote.number}/").content.decode()
    assert "secrétariat de l’assemblée" in page and "5 000" in page.replace("\u202f", " ")
    typed = {"reference": DEED.reference, "voted_on": "2026-03-20", "session": DEED.session}
    assert hall.browser(hall.officer).post(f"/deliberations/{vote.number}/record", typed).status_code == 403
    client = hall.browser(hall.secretary)
    assert client.post(f"/deliberations/{vote.number}/record", {**typed, "voted_on": "2099-01-01"}).status_code == 422
    assert client.post(f"/deliberations/{vote.number}/record", typed).status_code == 303
    assert client.post(f"/deliberations/{vote.number}/record", typed).status_code == 409
    assert "CP 26-04-142" in client.get(f"/deliberations/{vote.number}/").content.decode()
    assert hall.browser(hall.elsewhere).get(f"/deliberations/{vote.number}/").status_code == 404
