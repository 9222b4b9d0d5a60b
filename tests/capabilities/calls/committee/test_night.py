"""Committee night: the planner's sets of the committee's own dossiers, beside its ranking, for its eyes only."""

import re
from html import unescape

import pytest

from escale.capabilities.planner.models import Scenario
from escale.capabilities.planner.tasks import solving
from escale.foundation.clock import reading
from tests.capabilities.calls.committee.hall import Hall
from tests.capabilities.calls.instruction.world import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(10))
    return Hall(at)


def test_the_sets_stand_beside_the_committees_ranking(hall):
    best, low, last = (hall.scored(mark, title) for mark, title in ((5, "A"), (1, "Sous le minimum"), (4, "C")))
    sitting, client = hall.sitting(best, low, last), hall.browser(hall.officer)
    address = f"/comites/{sitting.number}/classement/"
    page = client.get(address).content.decode()
    asked = unescape(re.search(r'name="question" value="([^"]+)"', page)[1])
    assert client.post("/planification/comite/create", {"question": asked + "x"}).status_code == 409
    made = client.post("/planification/comite/create", {"question": asked})
    assert made.status_code == 303
    scenario = Scenario.objects.get()
    rows = {row["title"]: row for row in scenario.question["dossiers"]}
    assert {title: (row["score"], row["aid_cents"], row["retained"]) for title, row in rows.items()} == {
        "A": (100.0, 500_000, True), "C": (80.0, 500_000, True),
    }  # fmt: skip
    assert scenario.question["budget_cents"] == 1_200_000
    solving.compute(scenario.number)
    page = client.get(address).content.decode()
    assert "Le classement du comité" in page and "Le plus d’habitants" in page
    assert hall.browser(hall.colleague).get(made["Location"]).status_code == 404
    shared = client.post(f"{made['Location']}share")
    assert shared.status_code == 409 and "il ne se partage pas" in shared.content.decode()
    member = hall.browser(hall.members[0]).get(address).content.decode()
    assert "Et si l’on regardait la carte" not in member
