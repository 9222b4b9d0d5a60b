"""A delegate applies for a public owner: the form asks which one, of delegates alone."""

import copy

import pytest

from escale.capabilities.calls.dossiers.actions import drafts
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists, readiness
from escale.foundation.clock import reading
from tests import build
from tests.capabilities.calls.dossiers.filling import World, text
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
PROJECT = "le-projet"
DELEGATED = copy.deepcopy(DOCUMENT)
DELEGATED["who"] = {
    "legal_forms": ["commune", "spl"], "delegates": {"legal_forms": ["spl"], "owner_legal_forms": ["commune"]}
}  # fmt: skip
OWNER = {
    "owner_name": "Commune de Clécy", "owner_legal_form": "commune", "owner_siret": "", "owner_commune": "Clécy (14162)"
}  # fmt: skip


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    return World(at, DELEGATED)


@pytest.fixture
def delegate(world):
    """A local public company with its own draft; gives the director, its browser and the draft."""
    director = build.person(world.at, name="Paul Directeur")
    company = build.organisation(world.at, by=director, name="SPL du Bocage", legal_form="spl", siret="")
    world.dossier = drafts.create(world.scheme, company, by=director, at=world.at)
    world.address = world.dossier.get_absolute_url()
    return world.browser(director)


def ready(world):
    return readiness.prepare(lists.whole().get(pk=world.dossier.pk), world.at)


def delegation(world):
    return next(one for one in ready(world).answer["criteria"] if one["code"] == "delegation")


def test_a_town_is_not_asked_for_whom_it_applies(world):
    page = text(world.browser(world.mayor).get(f"{world.address}{PROJECT}/"))
    assert "Propriétaire représenté" not in page
    assert "owner" not in ready(world).case
    assert not any("Propriétaire représenté" in gap.sentence for gap in ready(world).gaps)


def test_a_delegate_says_for_which_owner_and_the_rules_read_it(world, delegate):
    assert "Propriétaire représenté" in text(delegate.get(f"{world.address}{PROJECT}/"))
    assert any("Propriétaire représenté" in gap.sentence for gap in ready(world).gaps), "it is required of a delegate"
    assert delegation(world)["verdict"] == "missing"
    assert world.save(delegate, PROJECT, OWNER).status_code == 303
    assert ready(world).case["owner"] == {"name": "Commune de Clécy", "legal_form": "commune", "commune": "14162"}
    assert delegation(world)["verdict"] == "met" and "Commune de Clécy" in delegation(world)["message"]
    world.save(delegate, PROJECT, OWNER | {"owner_legal_form": "association"})
    assert delegation(world)["verdict"] == "failed"


def test_what_the_eligibility_test_knew_of_the_owner_is_not_asked_again(world):
    director = build.person(world.at)
    company = build.organisation(world.at, by=director, name="SPL", legal_form="spl", siret="")
    case = {"owner": {"name": "Commune de Clécy", "legal_form": "commune", "commune": "14162"}}
    made = drafts.create(world.scheme, company, by=director, at=world.at, case=case)
    world.dossier = Dossier.objects.get(pk=made.pk)
    assert ready(world).case["owner"] == case["owner"]


def test_the_owner_is_never_taken_for_the_delegate_itself(world, delegate):
    typed = dict(world.dossier.sheet.answers.values_list("code", "typed"))
    assert "owner_commune" not in typed and "owner_siret" not in typed, "the sheet of the delegate says nothing of it"
