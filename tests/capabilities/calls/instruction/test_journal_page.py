"""The journal of a dossier, read by each party according to its rights."""

import pytest

from escale.capabilities.calls.instruction.actions import handling
from escale.foundation.clock import reading
from tests.capabilities.calls.instruction.world import World, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(1))
    return World(at)


def test_each_party_reads_the_journal_according_to_its_rights(world):
    dossier = world.filed()
    handling.assign(dossier, world.colleague, by=world.lead, at=world.at)
    handling.note(dossier, "Un mot entre nous.", by=world.officer, at=world.at)
    address = f"/dossiers/{dossier.number}/journal"
    inside = world.browser(world.officer).get(address).content.decode()
    assert "Confier le dossier" in inside and world.lead.name in inside and "Écrire une note interne" in inside
    told = world.browser(world.mayor).get(address).content.decode()
    assert "Déposer le dossier" in told and "Odile Marais" in told
    for hidden in ("Confier le dossier", "note interne", world.lead.name, world.officer.name):
        assert hidden not in told
    assert world.browser(world.elsewhere).get(address).status_code == 404
    assert address in world.browser(world.mayor).get(f"/dossiers/{dossier.number}/").content.decode()


def test_whoever_has_an_interest_no_longer_reads_it(world):
    dossier = world.filed()
    handling.recuse(dossier, reason="Mon frère.", by=world.officer, at=world.at)
    assert world.browser(world.officer).get(f"/dossiers/{dossier.number}/journal").status_code == 404
