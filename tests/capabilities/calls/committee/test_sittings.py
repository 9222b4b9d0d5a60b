"""A sitting: its agenda, its members called by mail, what they see of it."""

import pytest

from escale.capabilities.calls.committee.actions import preparing
from escale.foundation.clock import reading
from escale.foundation.post.models import Mail
from escale.rules.refusal import Refused
from tests.capabilities.calls.committee.hall import Hall
from tests.capabilities.calls.instruction.world import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(3))
    return Hall(at)


def test_members_are_called_once_the_agenda_is_there(hall):
    sitting, at = hall.sitting(convene=False), hall.at + days(2)
    with pytest.raises(Refused) as empty:
        preparing.convene(sitting, by=hall.officer, at=at)
    assert empty.value.code == "empty_agenda"
    preparing.add(sitting, [hall.examined().number], by=hall.officer, at=at)
    assert hall.browser(hall.members[0]).get(f"/comites/{sitting.number}/").status_code == 404
    assert preparing.convene(sitting, by=hall.officer, at=at) == 3
    assert {mail.to for mail in Mail.objects.filter(template="committee/convened")} == {m.email for m in hall.members}
    page = hall.browser(hall.members[0]).get(f"/comites/{sitting.number}/")
    assert page.status_code == 200 and "La grange de l’Aître" in page.content.decode()
    assert hall.browser(hall.elsewhere).get(f"/comites/{sitting.number}/").status_code == 404
    assert hall.browser(hall.mayor).get(f"/comites/{sitting.number}/").status_code == 404


def test_a_dossier_waits_for_one_sitting_at_a_time(hall):
    dossier = hall.examined()
    hall.sitting(dossier)
    with pytest.raises(Refused) as taken:
        hall.sitting(dossier, convene=False)
    assert taken.value.code == "nothing_to_add"


def test_a_sitting_is_prepared_on_its_pages(hall):
    dossier, client = hall.examined(), hall.browser(hall.officer)
    made = client.post(
        "/comites/create", {"title": "Comité", "held_at": "2026-03-20T14:00", "place": "Caen", "quorum": "1"}
    )
    assert made.status_code == 303
    address = made["Location"]
    assert client.post(f"{address}seat", {"person": str(hall.members[0].pk), "role": "chair"}).status_code == 303
    assert client.post(f"{address}add", {"ref": [dossier.number]}).status_code == 303
    assert client.post(f"{address}convene").status_code == 303
    assert client.post(f"{address}convene").status_code == 409
    assert client.post("/comites/create", {"title": "", "held_at": "hier", "quorum": "9" * 30}).status_code == 422
