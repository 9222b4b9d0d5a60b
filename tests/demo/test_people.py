"""The demonstration's people exist, and its door opens in a demonstration only."""

import json

import pytest

from escale.demo import people
from escale.site.cli import main

pytestmark = pytest.mark.django_db
FIRST = {
    "applicant", "applicant-editor", "applicant-reader", "stranger",
    "officer", "lead-officer", "officer-elsewhere", "administrator",
}  # fmt: skip


@pytest.fixture
def demo(settings, at):
    settings.ESCALE_DEMO = True
    people.build(at)
    people.build(at)


def test_the_command_lists_them(demo, capsys):
    assert main(["demo", "people", "--json"]) == 0
    lines = {line["key"]: line for line in json.loads(capsys.readouterr().out)["people"]}
    assert set(lines) >= FIRST
    assert lines["applicant"]["hats"] == ["owner"]
    assert lines["applicant-editor"]["organisation"] == lines["applicant"]["organisation"]
    assert lines["officer"]["hats"] == ["officer"]


def test_the_door_signs_in_without_limit(demo, client):
    for _time in range(20):
        page = client.get("/demo/officer/").content.decode()
        assert page.count('<form id="sign-in"') == 1
        assert client.post("/demo/officer/sign-in").status_code == 303
    assert client.get("/compte/").status_code == 200


def test_the_door_is_shut_elsewhere(demo, client, settings, capsys):
    settings.ESCALE_DEMO = False
    assert client.get("/demo/officer/").status_code == 404
    assert client.post("/demo/officer/sign-in").status_code == 404
    assert main(["demo", "people"]) == 1
