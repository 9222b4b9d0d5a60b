"""A call whose aid is computed for each partner: the plan asks who bears each expense, the dossier gives the amount."""

import copy
import re

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


def test_the_vat_that_an_organisation_does_not_recover_counts_in_its_plan(world):
    odile = world.browser(world.mayor)
    page = text(odile.get(f"/organisations/{world.town.pk}/edit"))
    assert 'name="vat_recovered"' in page and 'value="partly"' in page
    shown = dict(re.findall(r'name="(name|rev|address|postcode)"[^>]*?value="([^"]*)"', page))
    typed = shown | {"legal_form": "commune", "commune": "14333", "vat": "partly", "vat_recovered": "140"}
    wrong = odile.post(f"/organisations/{world.town.pk}/edit", typed)
    assert wrong.status_code == 422 and "entre 0 et 100" in text(wrong)
    assert odile.post(f"/organisations/{world.town.pk}/edit", typed | {"vat_recovered": "40,0 %"}).status_code == 303
    plan = {
        "expenses.e1.category": "works",
        "expenses.e1.label": "Toiture",
        "expenses.e1.ht": "10 000",
        "expenses.e1.vat": "2 000",
    }
    world.save(odile, "le-budget", plan)
    assert "récupère une partie de la TVA" in text(odile.get(f"{world.address}le-budget/"))
    ready = readiness.prepare(lists.whole().get(pk=world.dossier.pk), world.at)
    assert ready.case["applicant"]["vat_recovered"] == "40.00 %"
    assert ready.spending_cents == 1_120_000
