"""The public list: filters, phases wave by wave, pages, a constant number of queries, the calendar, the limit."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from escale.capabilities.calls.schemes import actions, queries
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.people import limits
from tests.capabilities.calls.schemes.conftest import CALL

pytestmark = pytest.mark.django_db


def publish(at, key, **words):
    document, problems = actions.read(CALL | {"key": key, "title": f"Appel {key}", **words})
    assert problems == [], problems
    return actions.publish(document, by=None, at=at)[0]


def shown(**asked):
    answer = Client().get("/appels/", asked)
    assert answer.status_code == 200, asked
    return {
        key
        for key in Scheme.objects.values_list("key", flat=True)
        if f'href="/appels/{key}/"' in answer.content.decode()
    }


@pytest.fixture
def calls(desk, at):
    cache.clear()
    publish(at, "calvados")
    publish(
        at, "honfleur", who={"perimeter": {"communes": ["14333"]}}, themes=[{"code": "c", "label": "Vie citoyenne"}]
    )
    publish(at, "eure", who={"legal_forms": ["business"], "perimeter": {"departements": ["27"]}}, funds=["feder"])
    publish(at, "partout", who={}, kind="aid", calendar={"kind": "permanent"}, tags=["friche"])


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ({}, {"calvados", "honfleur", "eure", "partout"}),
        ({"territory": "Honfleur"}, {"calvados", "honfleur", "partout"}),
        ({"territory": "14118"}, {"calvados", "partout"}),
        ({"territory": "Calvados"}, {"calvados", "honfleur", "partout"}),
        ({"territory": "27"}, {"eure", "partout"}),
        ({"departement": "14"}, {"calvados", "honfleur", "partout"}),
        ({"audience": "association"}, {"calvados", "honfleur", "partout"}),
        ({"audience": "company"}, {"eure", "partout", "honfleur"}),
        ({"theme": "vie citoyenne"}, {"honfleur"}),
        ({"fund": "feder"}, {"eure"}),
        ({"kind": "aid"}, {"partout"}),
        ({"q": "FRICHE"}, {"partout"}),
        ({"fund": "nope", "kind": "'; --"}, {"calvados", "honfleur", "eure", "partout"}),
        ({"q": "\x00", "territory": "\x00"}, {"calvados", "honfleur", "eure", "partout"}),
        ({"page": "999999999999"}, {"calvados", "honfleur", "eure", "partout"}),
    ],
)
def test_filters(asked, keys, calls):
    assert shown(**asked) == keys


@pytest.mark.parametrize("typed", ["Nulle-Part-sur-Rien", "Saint"])
def test_a_place_that_is_not_understood_is_asked_back(typed, calls):
    answer = Client().get("/appels/", {"territory": typed})
    assert answer.status_code == 422 and f'value="{typed}"' in answer.content.decode()


def test_between_two_waves_a_call_is_coming(desk, at):
    waves = [{"code": "a", "label": "A", "opens": "2026-01-05", "closes": "2026-01-31"},
             {"code": "b", "label": "B", "opens": "2026-09-01", "closes": "2026-09-30"}]  # fmt: skip
    one = publish(at, "vagues", calendar={"kind": "waves", "waves": waves})
    carried = publish(at, "reportees", calendar={"kind": "waves", "waves": waves, "late": "next_wave"})
    for when, phase in (
        ("2026-01-10", "open"),
        ("2026-03-03", "coming"),
        ("2026-09-15", "open"),
        ("2026-10-01", "past"),
    ):
        assert one.phase(datetime.fromisoformat(f"{when}T12:00+00:00")) == phase, when
    assert carried.phase(at) == "open", "a late dossier goes to the next wave"
    page = re.sub(r"\s", " ", Client().get("/appels/").content.decode())
    assert "Ouvre le mardi 1er septembre 2026" in page and "Prochaine vague le mardi 1er septembre 2026" in page
    events = list(Calendar.from_ical(Client().get("/appels.ics").content).walk("VEVENT"))
    assert len(events) == 8 and len({str(event["uid"]) for event in events}) == 8


def test_five_hundred_calls_ask_no_more_queries(desk, at):
    publish(at, "modele")
    publish(at, "ancien", calendar={"kind": "deadline", "closes": "2026-01-31"})
    pages = ("/appels/", "/appels/?territory=Honfleur&audience=commune&theme=culture", "/appels/modele/", "/appels.ics",
             "/appels/?phase=past")  # fmt: skip

    def counted():
        found = []
        for path in pages:
            Client().get(path)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert Client().get(path).status_code == 200
            found.append(len(queries))
        return found

    few = counted()
    for n in range(100):
        closed = {"calendar": {"kind": "deadline", "closes": "2026-01-31"}} if n % 2 else {}
        publish(at, f"appel-{n}", **closed)
    assert counted() == few
    listed = Client().get("/appels/").content.decode()
    assert listed.count('<li class="row') == 50 + 10, (
        "a page stays light: all that is open up to fifty, the last ten past ones"
    )
    assert listed.count('rel="next"') == 2 and "phase=past" in listed
    second = Client().get("/appels/?phase=open&page=2").content.decode()
    assert second.count('<li class="row') == 1 and 'rel="prev"' in second


def test_cases_posted_to_a_call_are_limited(desk, call, monkeypatch):
    case = json.dumps({"applicant": {"legal_form": "commune"}})
    post = {"content_type": "application/json", "data": case}
    assert Client().post("/appels/granges-2026/try", **post).status_code == 200
    monkeypatch.setitem(limits.LIMITS, "case-from-network", (2, 3600))
    assert Client().post("/appels/granges-2026/try", **post).status_code == 200
    refused = Client().post("/appels/granges-2026/try", **post)
    assert refused.status_code == 429 and refused.json()["error"]["code"] == "too_many"
    assert "minutes" in refused.json()["error"]["message"]


def test_utc_is_not_paris(desk, at):
    """A call that closes on a day is open until that day's last moment in Paris, on every page."""
    one = publish(at, "minuit")
    assert one.phase(datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC)) == "open"
    assert one.phase(datetime(2026, 3, 31, 22, 0, 0, tzinfo=UTC)) == "past"


def test_the_base_and_the_calendar_say_the_same_phase_at_every_edge(desk, at):
    """What the list's query sorts is what ``Scheme.phase`` says, to the microsecond, waves and suspended ones too."""
    waves = [{"code": "a", "label": "A", "opens": "2026-01-05", "closes": "2026-01-31"},
             {"code": "b", "label": "B", "opens": "2026-09-01", "closes": "2026-09-30"}]  # fmt: skip
    publish(at, "toujours", calendar={"kind": "permanent"})
    publish(at, "depuis", calendar={"kind": "permanent", "opens": "2026-02-01"})
    publish(at, "jusque", calendar={"kind": "deadline", "opens": "2026-02-01", "closes": "2026-03-31"})
    halted = publish(at, "suspendu", calendar={"kind": "deadline", "closes": "2026-03-31"})
    Scheme.objects.filter(pk=halted.pk).update(state="suspended")
    edges = {moment for one in Scheme.objects.all() for moment in (one.opens_at, one.closes_at) if moment}

    def agrees():
        for edge in edges:
            for moment in (edge - timedelta(microseconds=1), edge, edge + timedelta(microseconds=1)):
                found = queries.listed(queries.Filters(), moment)
                said = {key: phase for phase, keys in found.items() for key in keys}
                told = {one.pk: one.phase(moment).replace("suspended", "past") for one in Scheme.objects.all()}
                assert said == told, moment
                assert sum(map(len, found.values())) == len(told)

    agrees()
    publish(at, "vagues", calendar={"kind": "waves", "waves": waves})
    publish(at, "reportees", calendar={"kind": "waves", "waves": waves, "late": "next_wave"})
    agrees()
    opened = queries.listed(queries.Filters(), at)["open"]
    keys = [queries.rows(opened)[one].key for one in opened]
    assert keys == ["jusque", "reportees", "depuis", "toujours"], "what closes first comes first"
