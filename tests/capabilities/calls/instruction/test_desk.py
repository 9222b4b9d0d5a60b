"""The desk: who sees what, filters, typed sorts, search without accents, pages by key, exports, acts in number."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from escale.capabilities.calls.instruction.actions import desk as actions
from escale.capabilities.calls.instruction.actions import handling
from escale.capabilities.calls.instruction.models import Absence
from escale.capabilities.calls.instruction.queries import asking, desk, narrowing
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.foundation.documents import spreadsheets
from escale.foundation.organisations import actions as organisations
from escale.foundation.organisations.models import Service
from tests.capabilities.calls.instruction.world import World, days
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(1))
    return World(at)


def refs(page):
    return re.findall(r'<tr data-ref="([^"]+)"', page.content.decode())


def test_only_the_service_sees_its_dossiers(world):
    dossier = world.filed()
    assert refs(world.browser(world.officer).get("/instruction/")) == [dossier.number]
    assert refs(world.browser(world.elsewhere).get("/instruction/")) == []
    assert world.browser(world.mayor).get("/instruction/").status_code == 403
    assert world.browser(world.elsewhere).get(f"/instruction/{dossier.number}/").status_code == 404
    assert world.browser(world.mayor).get(f"/instruction/{dossier.number}/").status_code == 403


def test_search_forgives_accents_and_takes_beginnings(world):
    barn, other = world.filed("L’Été à la Grange"), world.filed("Bureaux partagés", key="b")
    client = world.browser(world.officer)
    for words in ("ete", "ÉTÉ grange", barn.number, "gran", "honfleur ete"):
        assert refs(client.get("/instruction/", {"q": words})) == [barn.number], words
    assert set(refs(client.get("/instruction/", {"q": "honfleur"}))) == {barn.number, other.number}
    assert refs(client.get("/instruction/", {"q": "\x00été 💥"})) == [barn.number]


def test_numbers_sort_as_numbers_and_amounts_too(world):
    small, large, middle = (
        world.filed(f"Projet {n}", works=works, rooms=rooms, key=str(n))
        for n, (works, rooms) in enumerate((("9000", 9), ("100000", 100), ("20000", 20)))
    )
    client = world.browser(world.officer)
    want = [small.number, middle.number, large.number]
    assert refs(client.get("/instruction/?sort=spending")) == want
    assert refs(client.get("/instruction/?sort=-spending_cents")) == want[::-1]
    assert refs(client.get("/instruction/?sort=answer.desks.count&scheme=granges-2026")) == want
    assert refs(client.get("/instruction/?answer.desks.count.min=20&sort=spending")) == [middle.number, large.number]
    assert refs(client.get("/instruction/?answer.has_owner=no&answer.desks.count.max=20&sort=spending")) == want[:2]


def test_pages_by_key_show_each_dossier_once(world, at):
    numbers = {world.filed(f"Projet {n}", works=str(9000 + n // 3), key=str(n)).number for n in range(11)}
    for sort in (
        "-filed",
        "spending",
        "-spending",
        "title",
        "due",
        "applicant",
        "number",
        "answer.desks.count",
        "answer.none",
    ):
        seen, after = [], ""
        for _turn in range(6):
            page = desk.page(asking.Ask(sort=sort, after=after), world.officer, at, size=4)
            seen += [one.number for one in page.dossiers]
            after = page.after
            if not after:
                break
        assert len(seen) == 11 and set(seen) == numbers, sort


def test_strange_addresses_are_answered(world):
    world.filed()
    client = world.browser(world.officer)
    for address in (
        "?sort=nothing", "?state=x", "?officer=99999999999999999999", "?after=abc~9", "?after=~", "?after=2026~1&sort=due",
        "?columns=a,b", "?scheme=none", "?answer.x.min=NaN", "?answer.=1", "?q=%FF%FE", "?after=1e400~1&sort=answer.desks.count",
        "?sort=answer.", "?scope=all'", "?sort=spending&after=99999999999999999999~3",
    ):  # fmt: skip
        assert client.get(f"/instruction/{address}").status_code == 200, address
    assert "n’est pas un filtre connu" in client.get("/instruction/?sort=nothing").content.decode()


def test_few_put_in_order_or_many_walked_give_the_same_pages(world, at, monkeypatch):
    """Up to ``MOST_COUNTED`` what answers is put in order at once; beyond, an index is walked from page to page."""
    for n in range(6):
        days_after = at + days(n % 3)
        one = world.filed(
            f"Halle {n % 2} bis" if n else "Autre", works=str(9000 + n // 2), rooms=n, key=str(n), at=days_after
        )
        if n % 2:
            handling.assign(one, world.officer, by=world.officer, at=at + days(3))
    asks = [
        asking.Ask(sort=f"{sign}{sort}", **more)
        for sort in ("filed", "title", "spending", "due", "number", "answer.desks.count", "answer.none")
        for sign in ("", "-")
        for more in (
            {},
            {"q": "halle bis"},
            {"scope": "mine", "answers": (("desks.count.min", "2"), ("desks.count.max", "4"))},
        )
    ]

    def pages(ask):
        seen, after = [], ""
        while not seen or after:
            page = desk.page(asking.replace(ask, after=after), world.officer, at + days(4), size=2)
            seen.append([one.number for one in page.dossiers])
            after = page.after
        return seen

    few = [pages(ask) for ask in asks]
    assert {sum(map(len, seen)) for seen in few} == {6, 5, 1}
    monkeypatch.setattr(desk, "MOST_COUNTED", 0)
    assert [pages(ask) for ask in asks] == few


def test_the_rarest_of_what_is_asked_is_walked(world, at):
    for n in range(4):
        world.filed("Atelier rouge" if n == 2 else "Atelier", key=str(n))
    asked = narrowing.narrowed(asking.Ask(q="atelier rouge"), world.officer, at + days(1))
    assert asked._shortest() is asked.trails[1] and len(asked.first_keys(9)) == 1
    alone = narrowing.narrowed(asking.Ask(q="atelier", scope="mine"), world.officer, at + days(1))
    assert alone._shortest() is None and alone.first_keys(9) == []


@pytest.mark.parametrize(
    "address",
    [
        "", "?sort=due", "?scope=mine&sort=-aid", "?q=honfleur&state=submitted&scheme=granges-2026&columns=title,answer.start_on",
        "?scheme=granges-2026&sort=-answer.start_on&answer.start_on.min=2020-01-01&columns=title,answer.start_on&q=honfleur",
        "?scope=mine&q=honfleur&scheme=granges-2026&sort=-answer.start_on&columns=title,answer.start_on&answer.desks.count.max=9",
        "?sort=answer.start_on&officer=none", "?scheme=granges-2026&sort=due&columns=answer.start_on,answer.has_owner",
    ],
)  # fmt: skip
def test_few_queries_whatever_the_number_of_rows(world, address):
    client, counts = world.browser(world.officer), []
    for n in range(3):
        mine = world.filed(f"Projet {n}", key=str(n))
        if "mine" in address:
            handling.assign(mine, world.officer, by=world.officer, at=world.at)
        actions.open_sheet(world.filed(f"Autre {n}", key=f"o{n}"), by=world.colleague, at=world.at + days(1))
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"/instruction/{address}")
        assert len(refs(page)) == (n + 1 if "mine" in address else 2 * n + 2)
        counts.append(len([one for one in captured.captured_queries if "democlock" not in one["sql"]]))
    assert len(set(counts)) == 1 and counts[0] <= 12, counts


def test_a_tab_for_each_service(world):
    culture = Service.objects.get(key="culture")
    organisations.give_mandate(world.officer, "officer", at=world.at, service=culture)
    dossier, client = world.filed(), world.browser(world.officer)
    assert "Service de la culture" not in client.get("/instruction/").content.decode()  # no call of theirs yet
    document, _problems = schemes.read({**DOCUMENT, "key": "culture-2026", "service": "culture"})
    schemes.publish(document, by=None, at=world.at)
    page = client.get("/instruction/").content.decode()
    assert f'href="?service={culture.pk}"' in page and f'href="?service={world.service.pk}"' in page
    assert refs(client.get(f"/instruction/?service={world.service.pk}")) == [dossier.number]
    assert refs(client.get(f"/instruction/?service={culture.pk}")) == []
    # The service of others is no way in.
    assert refs(world.browser(world.elsewhere).get(f"/instruction/?service={world.service.pk}")) == []


def test_exports_hold_what_is_seen_and_no_formula(world):
    dossier = world.filed("=HYPERLINK(1)")
    client = world.browser(world.officer)
    text = b"".join(client.get("/instruction/export.csv").streaming_content).decode("utf-8-sig")
    assert dossier.number in text and "'=HYPERLINK(1)" in text
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/instruction/export.xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][:2] == [dossier.number, "=HYPERLINK(1)"] and 5000.0 in rows[1]
    assert b"".join(world.browser(world.elsewhere).get("/instruction/export.csv").streaming_content).count(b"\n") == 1
    assert spreadsheets.harmless("-1+2") == "'-1+2"


def test_acts_in_number_show_first_what_they_would_do(world):
    one, two = world.filed("Un"), world.filed("Deux", key="b")
    handling.recuse(two, reason="", by=world.colleague, at=world.at)
    client = world.browser(world.officer)
    asked = {"do": "assign", "ref": [one.number, two.number], "officer": world.colleague.pk}
    preview = client.post("/instruction/bulk", asked).content.decode()
    assert re.findall(r'data-ref="(\S+)" data-ok="(\w+)"', preview) == [(one.number, "yes"), (two.number, "no")]
    assert world.again(one).officer is None
    sure = {"do": "assign", "confirm": "1", "ref": [one.number, two.number], f"to-{one.number}": world.colleague.pk,
            f"to-{two.number}": world.colleague.pk}  # fmt: skip
    answer = client.post("/instruction/bulk", sure)
    result = client.get(answer["Location"]).content.decode()
    assert answer.status_code == 303 and re.findall(r'data-ok="(\w+)"', result) == ["yes", "no"]
    assert (world.again(one).officer, world.again(two).officer) == (world.colleague, None)


def test_sharing_out_follows_load_absence_and_interest(world):
    first = world.filed("Un")
    handling.assign(first, world.colleague, by=world.officer, at=world.at)
    actions.go_away(replacement=world.officer, since=world.at, until=world.at + days(9), by=world.lead, at=world.at)
    two = world.filed("Deux", key="b")
    client = world.browser(world.officer)
    preview = client.post("/instruction/bulk", {"do": "share-out", "ref": [two.number]}).content.decode()
    assert "Samira Haddad" in preview  # the colleague has one already, the head is away
    assert refs(world.browser(world.officer).get("/instruction/?scope=mine")) == []
    handling.assign(two, world.lead, by=world.officer, at=world.at)
    assert refs(world.browser(world.officer).get("/instruction/?scope=mine")) == [two.number]
    assert Absence.objects.count() == 1


def test_views_are_kept_and_shared(world):
    world.filed()
    client = world.browser(world.officer)
    kept = client.post("/instruction/views/keep?state=submitted&sort=due", {"name": "À trier", "shared": "on"})
    assert kept.status_code == 303
    page = world.browser(world.colleague).get("/instruction/").content.decode()
    assert "À trier" in page and "state=submitted&amp;sort=due" in page
    assert client.post("/instruction/views/keep", {"name": ""}).status_code == 422


def test_opened_by_someone_else_is_told(world):
    dossier = world.filed()
    world.browser(world.colleague).get(f"/instruction/{dossier.number}/")
    reading.move_to(world.at + days(1))
    page = world.browser(world.officer).get("/instruction/").content.decode()
    assert "Ouvert par Bruno Piel" in page
