"""A whole jury: 49 dossiers scored, ranked, advised as the envelope allows, voted; 22 awards that add up to the cent."""

import io
from datetime import date

import pytest
from python_calamine import load_workbook

from escale.capabilities.calls.committee.actions import session, voting
from escale.capabilities.calls.committee.actions.voting import Deed
from escale.capabilities.calls.committee.queries.decisions import decisions_of
from escale.capabilities.calls.committee.queries.envelopes import purses
from escale.capabilities.calls.dossiers.models import Dossier
from escale.foundation.clock import reading
from tests.capabilities.calls.committee.hall import Hall
from tests.capabilities.calls.instruction.world import days

pytestmark = pytest.mark.django_db
#: Works in euros and mark of 50, by dossier: neither follows the other, none is tied around the cut.
WORKS = [7001 + 137 * (n * 29 % 49) for n in range(49)]
MARKS = [1 + n * 17 % 49 for n in range(49)]
#: What the last one funded gets, in cents: less than what it asks.
LAST = 123_457


def test_twenty_two_awards_of_a_jury_of_forty_nine_add_up_to_the_cent(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(20))
    best = sorted(range(49), key=lambda n: -MARKS[n])
    halves = [WORKS[n] * 50 for n in range(49)]
    envelope = sum(halves[n] for n in best[:21]) + LAST
    assert halves[best[21]] > LAST
    hall = Hall(
        at,
        scoring={"scale": "50", "least": "0", "marks": [{"code": "quality", "label": "Qualité", "weight": "100"}]},
        envelopes=[{"code": "main", "label": "E", "amount": f"{envelope / 100:.2f}", "budget_line": "905-57"}],
    )
    dossiers = [hall.scored(MARKS[n], f"Projet {n:02d}", str(WORKS[n]), key=f"k{n}") for n in range(49)]
    sitting, client = hall.opened(*dossiers), hall.browser(hall.officer)
    assert client.post(f"/comites/{sitting.number}/follow").status_code == 200
    session.close(sitting, by=hall.officer, at=at + days(11))
    vote = voting.create(hall.service, "Aides", by=hall.officer, at=at + days(12), sitting=sitting)
    assert client.post(f"/deliberations/{vote.number}/fill").status_code == 303
    deed = Deed("CP 26-03-1", date(2026, 3, 20), "Commission permanente du 20 mars 2026")
    voting.record_vote(vote, deed, by=hall.secretary, at=at + days(20))
    found = decisions_of(list(Dossier.objects.all()), at + days(20))
    by_number = {one.pk: n for n, one in enumerate(dossiers)}
    paid = {by_number[key]: one.amount_cents for key, one in found.items() if one.pays}
    assert paid == {**{n: halves[n] for n in best[:21]}, best[21]: LAST}
    assert (len(found), len(paid), sum(paid.values())) == (49, 22, envelope)
    assert {one.outcome for key, one in found.items() if by_number[key] == best[21]} == {"partial"}
    assert purses(hall.scheme)[0].available_cents == 0
    rows = load_workbook(io.BytesIO(client.get(f"/deliberations/{vote.number}/annexe.xlsx").content))
    heads, *lines = rows.get_sheet_by_index(0).to_python()
    assert round(sum(line[heads.index("Voté")] or 0 for line in lines) * 100) == envelope
    total = client.get(f"/deliberations/{vote.number}/").content.decode().replace("\u202f", "")
    assert f"{envelope // 100},{envelope % 100:02d}" in total
