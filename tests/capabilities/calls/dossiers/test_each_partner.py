"""A call whose aid is computed for each partner: the plan asks who bears each expense, the dossier gives the amount."""

import copy

import pytest

from escale.capabilities.calls.dossiers.queries import lists, readiness
from escale.foundation.clock import reading
from tests.capabilities.calls.dossiers.filling import World, text
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
CONSORTIUM = copy.deepcopy(DOCUMENT)
CONSORTIUM["partners"] = {"lead": "yes"}
CONSORTIUM["aid"]["components"] = [{
    "code": "each", "label": "Aide au partenaire", "each_partner": "yes",
    "rates": [{"when": {"fact": "row.legal_form", "is": "commune"}, "rate": "50 %"}, {"rate": "80 %"}],
}]  # fmt: skip


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    return World(at, CONSORTIUM)


def test_who_bears_each_expense_decides_of_the_aid(world):
    odile = world.browser(world.mayor)
    partners = {
        "partners.lead.name": "Commune de Honfleur", "partners.lead.legal_form": "commune", "partners.lead.lead": "yes",
        "partners.b.name": "Les Ateliers", "partners.b.legal_form": "association", "partners.b.lead": "no",
    }  # fmt: skip
    world.save(odile, "les-partenaires", partners)
    plan = {
        "expenses.e1.category": "works", "expenses.e1.label": "Toiture", "expenses.e1.ht": "10 000",
        "expenses.e1.partner": "Commune de Honfleur", "expenses.e2.category": "works", "expenses.e2.label": "Établis",
        "expenses.e2.ht": "1 000", "expenses.e2.partner": "Les Ateliers",
    }  # fmt: skip
    world.save(odile, "le-budget", plan)
    page = text(odile.get(f"{world.address}le-budget/"))
    assert '<option value="Les Ateliers">' in page and "Aide au partenaire : Les Ateliers" in page.replace(
        "\u00a0", " "
    )
    ready = readiness.prepare(lists.whole().get(pk=world.dossier.pk), world.at)
    assert ready.answer["aid"]["by_partner"] == {"Commune de Honfleur": 500_000, "Les Ateliers": 80_000}
    world.save(odile, "le-budget", plan | {"expenses.e2.partner": "Un inconnu"})
    ready = readiness.prepare(lists.whole().get(pk=world.dossier.pk), world.at)
    assert ready.answer["aid"]["total_cents"] is None
    assert any("partenaire qui porte chaque dépense" in line["message"] for line in ready.answer["criteria"])
