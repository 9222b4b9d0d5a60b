"""Every page of the label is clean for axe at both widths, and never scrolls sideways."""

from datetime import timedelta

import pytest
from django.test import Client

from escale.capabilities.label.actions import following, life
from escale.foundation.clock import reading
from escale.foundation.territory import loading
from tests.capabilities.label import cast as casting

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def who(at, settings):
    loading.load_default(at=at)
    settings.ESCALE_DEMO = True
    reading.move_to(at + timedelta(days=11))
    found = casting.cast(at)
    found.visit = casting.reported(found)
    found.label = life.grant(
        found.place, found.referential, act_reference="CP", since=at - timedelta(days=915), until=at + timedelta(days=150),
        by=found.lead, at=at,
    )  # fmt: skip
    following.plan_steps(found.label, [("Poser une rampe", at.date() + timedelta(days=5))], by=found.lead, at=at)
    return found


def enter(page, person, live_server):
    client = Client()
    client.force_login(person)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def test_each_page_is_clean(page, who, live_server, violations):
    diagnosis = f"/label/essai/lieux/{who.place.slug}/"
    asked = {
        "lead": ["/label/suivi/", "/label/suivi/echantillon/", "/label/referentiels/", "/label/referentiels/create",
                 f"/label/referentiels/essai/?lieu={who.place.slug}", "/label/referentiels/essai/edit?place=criteria.0",
                 who.label.get_absolute_url(), diagnosis, f"{diagnosis}plan-visit", "/label/visites/"],
        "steward": [diagnosis, who.label.get_absolute_url(), who.visit.get_absolute_url(), "/label/",
                    f"/verifier/{who.label.code}/", f"/lieux/{who.place.slug}/"],
    }  # fmt: skip
    found = []
    for person, addresses in asked.items():
        page.context.clear_cookies()
        enter(page, getattr(who, person), live_server)
        for address in addresses:
            answer = page.goto(address)
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
            said = violations(page) + (["scrolls sideways"] if wide else [])
            found += [(person, address, one) for one in [*said, *([answer.status] if answer.status != 200 else [])]]
    assert found == []
