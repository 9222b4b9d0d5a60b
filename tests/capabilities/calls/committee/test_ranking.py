"""The ranking: ties said, moved by hand with a reason, minimum score; envelopes simulated, hypotheses side by side."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escale.capabilities.calls.committee.actions import preparing
from escale.capabilities.calls.committee.actions import ranking as actions
from escale.capabilities.calls.committee.queries import sittings
from escale.capabilities.calls.committee.queries.ranking import rankings
from escale.capabilities.calls.committee.queries.strips import compared, strips
from escale.foundation.clock import reading
from escale.rules.refusal import Refused
from tests.capabilities.calls.committee.hall import Hall
from tests.capabilities.calls.instruction.world import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(10))
    return Hall(at)


def places(hall, sitting):
    return rankings(list(sittings.all_items(sitting)), hall.at + days(10))[hall.scheme.pk]


def told(hall, sitting):
    return [(one.item.dossier.title, one.position, one.tied) for one in places(hall, sitting)]


def lines(hall, sitting):
    (strip,) = strips(sitting, hall.officer, hall.at + days(10))
    return {row.place.item.dossier.title: (row.words, row.line.amount_cents) for row in strip.rows}


def test_ties_are_said_and_a_place_by_hand_has_its_reason(hall):
    a, b, c, d = (hall.scored(mark, title) for mark, title in ((5, "A"), (4, "B"), (4, "C"), (1, "D")))
    sitting = hall.sitting(a, b, c, d)
    assert told(hall, sitting) == [("A", 1, 1), ("B", 2, 2), ("C", 2, 2), ("D", 4, 1)]
    assert [one.retained for one in places(hall, sitting)] == [True, True, True, False]
    with pytest.raises(Refused):
        actions.rank(sitting, hall.item(sitting, c), place=1, set_aside=False, reason=" ", by=hall.officer, at=hall.at)
    client = hall.browser(hall.officer)
    address = f"/comites/{sitting.number}/{c.number}/rank"
    assert client.post(address, {"place": "1", "reason": ""}).status_code == 422
    assert client.post(address, {"place": "1", "reason": "Projet mûr."}).status_code == 303
    assert told(hall, sitting) == [("C", 1, 1), ("A", 2, 1), ("B", 3, 1), ("D", 4, 1)]
    assert "placé par le comité" in client.get(f"/comites/{sitting.number}/classement/").content.decode()
    assert client.post(address, {"place": "", "reason": ""}).status_code == 303
    assert told(hall, sitting)[0] == ("A", 1, 1)
    client.post(address, {"set_aside": "on", "reason": "Hors sujet."})
    assert told(hall, sitting)[-1][0] == "C" and lines(hall, sitting)["C"] == ("hors classement", 0)


def test_the_cut_line_the_partial_award_and_the_waiting_list(hall):
    sitting = hall.sitting(*(hall.scored(mark, title) for mark, title in ((5, "A"), (4, "B"), (3, "C"), (2, "D"))))
    assert lines(hall, sitting) == {
        "A": ("financé", 500_000), "B": ("financé", 500_000), "C": ("financé en partie", 200_000),
        "D": ("hors enveloppe", 0),
    }  # fmt: skip
    page = hall.browser(hall.officer).get(f"/comites/{sitting.number}/classement/").content.decode()
    assert page.index("Ici s’arrête l’enveloppe") < page.index(">D<") and page.index(">C<") < page.index("Ici s’arrête")
    how = {"partial": "never", "beyond": "stop", "ties": True, "waiting": 1, "envelopes": {}, "quotas": []}
    actions.simulate(sitting, hall.scheme, "Sans part", how, keep=True, by=hall.officer, at=hall.at + days(10))
    assert lines(hall, sitting)["C"] == ("liste d’attente", 0)


def test_hypotheses_stand_side_by_side(hall):
    sitting = hall.sitting(*(hall.scored(mark, title) for mark, title in ((5, "A"), (4, "B"), (3, "C"))))
    client, address = hall.browser(hall.officer), f"/comites/{sitting.number}/classement/{hall.scheme.key}/"
    first = {
        "name": "Réserve",
        "partial": "last",
        "beyond": "stop",
        "ties": "on",
        "waiting": "0",
        "amount.main": "12 000",
        "reserve.main": "4000",
    }
    assert client.post(f"{address}simulate", first).status_code == 303
    quota = {
        **first,
        "name": "Quota",
        "reserve.main": "0",
        "quota.0.for": "category:creation",
        "quota.0.count": "1",
        "keep": "on",
    }
    assert client.post(f"{address}simulate", quota).status_code == 303
    more = {**first, "name": "Plus", "reserve.main": "", "amount.main": "15 000,00"}
    assert client.post(f"{address}simulate", more).status_code == 303
    assert client.post(f"{address}simulate", {**first, "amount.main": "beaucoup"}).status_code == 422
    seen = compared(sitting, hall.scheme, hall.at + days(10))
    spent = {one.name: (one.funded, one.spent_cents) for one in seen["columns"]}
    assert spent == {"Réserve": (2, 800_000), "Quota": (1, 500_000), "Plus": (3, 1_500_000)}
    page = client.get(address).content.decode()
    assert "celle de la séance" in page and all(name in page for name in spent)
    assert client.get(f"{address}simulate?s=999999999999999999999").status_code == 200
    assert hall.browser(hall.members[0]).get(address).status_code == 403


def test_pages_cost_as_many_queries_whatever_the_number_of_dossiers(hall):
    first = hall.scored(5, "A")
    sitting, client = hall.opened(first), hall.browser(hall.officer)
    paths = [f"/comites/{sitting.number}/{path}" for path in ("", "classement/", "seance/", "ecran/")]
    counts = []
    for more in ((), ("B", "C", "D")):
        for title in more:
            preparing.add(sitting, [hall.scored(3, title).number], by=hall.officer, at=hall.at + days(10))
        for path in paths:
            client.get(path)
        counts.append([queries_of(client, path) for path in paths])
    assert counts[0] == counts[1]


def queries_of(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)
