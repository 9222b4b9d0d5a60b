"""A town hall's secretary fills a dossier, the mayor files it, the officer of the service reads it; nobody else."""

import io
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from escale.capabilities.calls.dossiers.actions import filing
from escale.capabilities.calls.dossiers.models import AnswerIndex, Dossier, DossierVersion
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.foundation.organisations import actions as organisations
from escale.foundation.post.models import Mail
from escale.rules.refusal import Refused
from tests import build
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    service = build.service()
    other = build.service("culture", "Service de la culture")
    document, problems = schemes.read(DOCUMENT)
    assert problems == []
    scheme, _edition, _created = schemes.publish(document, by=None, at=at)
    mayor = build.person(at, name="Odile Marais")
    town = build.organisation(at, by=mayor)
    editor = build.person(at, name="Zoé Secrétaire")
    people = {
        "mayor": mayor,
        "editor": editor,
        "stranger": build.person(at),
        "officer": build.officer(at, service),
        "elsewhere": build.officer(at, other),
    }
    invitation = organisations.invite(town, email=editor.email, role="editor", by=mayor, at=at)
    organisations.accept(invitation, by=editor, at=at)
    return {"scheme": scheme, "town": town, "people": people}


def browser(world, who):
    client = Client(enforce_csrf_checks=False)
    client.force_login(world["people"][who])
    return client


def begin(client, town):
    answer = client.post("/dossiers/create", {"call": "granges-2026", "organisation": town.pk, "key": "k1"})
    assert answer.status_code == 303
    return answer["Location"]


def seen(page):
    found = re.search(r'name="seen" value="([^"]*)"', page.content.decode())
    return found[1].replace("&quot;", '"')


def save(client, address, section, **values):
    page = client.get(f"{address}{section}/")
    assert page.status_code == 200, page.content.decode()[:3000]
    data = {name.replace("__", "."): value for name, value in values.items()}
    return client.post(f"{address}{section}/save", {"seen": seen(page), **data})


def fill(client, address):
    answers = [
        save(client, address, "le-projet", project_title="La grange de l’Aître", project_type="creation"),
        save(client, address, "place", has_owner="no", start_on="1er mai 2026", desks__r1__room="Haute", desks__r1__count="4"),
        save(
            client, address, "le-budget", expenses__e1__category="works", expenses__e1__label="Toiture",
            expenses__e1__ht="10 000,00", expenses__e1__vat="2 000", funding__f1__source="own", funding__f1__amount="5000",
            funding__f2__source="public", funding__f2__funder="Région", funding__f2__state="asked",
            funding__f2__amount="5 000,00",
        ),
        client.post(
            f"{address}pieces/deliberation", {"file": SimpleUploadedFile("délibération.pdf", PDF, "application/pdf")}
        ),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [303] * 4, [a.content.decode()[:2000] for a in answers]


def sign(client, address, **values):
    data = {"signer": "Odile Marais", "quality": "maire", "honour": "on", "key": "once", **values}
    return client.post(f"{address}submit", data)


def test_from_the_call_to_the_receipt(world):
    secretary, mayor = browser(world, "editor"), browser(world, "mayor")
    address = begin(secretary, world["town"])
    fill(secretary, address)
    assert sign(secretary, address).status_code == 403
    assert mayor.get(f"{address}depot/").status_code == 200
    filed = sign(mayor, address)
    assert (filed.status_code, filed["Location"]) == (303, f"{address}recu")
    receipt = mayor.get(f"{address}recu").content.decode()
    assert "Odile Marais" in receipt and "Service du numérique" in receipt
    assert Mail.objects.filter(template="dossiers/receipt").count() == 1
    for paper in ("recu.pdf", "copie.pdf"):
        first, again = (b"".join(mayor.get(f"{address}{paper}").streaming_content) for _n in range(2))
        assert first.startswith(b"%PDF") and first == again


def test_what_is_filed_is_the_case_that_the_rules_read(world):
    mayor = browser(world, "mayor")
    address = begin(mayor, world["town"])
    fill(mayor, address)
    sign(mayor, address)
    document = json.loads(DossierVersion.objects.get().document)
    assert document["case"]["answers"] == {
        "has_owner": False, "start_on": "2026-05-01", "desks": [{"room": "Haute", "count": 4}],
    }  # fmt: skip
    assert document["case"]["expenses"] == [{"category": "works", "label": "Toiture", "ht": "10000", "vat": "2000"}]
    assert document["answer"]["verdict"] in ("eligible", "incomplete")
    assert set(AnswerIndex.objects.values_list("code", flat=True)) == {
        "has_owner", "start_on", "desks.room", "desks.count",
    }  # fmt: skip


def test_a_repeat_gives_the_first_answer(world):
    mayor = browser(world, "mayor")
    address = begin(mayor, world["town"])
    assert begin(mayor, world["town"]) == address
    fill(mayor, address)
    assert [sign(mayor, address)["Location"] for _n in range(2)] == [f"{address}recu"] * 2
    assert DossierVersion.objects.count() == 1
    other = sign(mayor, address, key="another")
    assert other.status_code == 409


def test_what_is_missing_is_said_with_links(world):
    mayor = browser(world, "mayor")
    address = begin(mayor, world["town"])
    refused = sign(mayor, address)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert 'data-code="incomplete"' in page
    assert f"{address}le-projet/#field-project_title" in page
    assert DossierVersion.objects.count() == 0


def test_the_plan_must_balance_to_the_cent(world):
    mayor = browser(world, "mayor")
    address = begin(mayor, world["town"])
    fill(mayor, address)
    save(mayor, address, "le-budget", funding__f1__amount="4999,99")
    refused = sign(mayor, address)
    assert refused.status_code == 409
    assert "0,01" in refused.content.decode()


def test_the_last_second_counts_and_the_next_one_is_late(world):
    mayor = browser(world, "mayor")
    address = begin(mayor, world["town"])
    fill(mayor, address)
    last = datetime(2026, 3, 31, 21, 59, 59, 999_999, tzinfo=UTC)
    dossier = lists.whole().get()
    by = {"signer": "Odile Marais", "quality": "maire", "by": world["people"]["mayor"]}
    with pytest.raises(Refused) as late:
        filing.submit(dossier, at=last + timedelta(microseconds=1), **by)
    assert (late.value.code, DossierVersion.objects.count()) == ("late", 0)
    reading.move_to(last + timedelta(minutes=1))
    page = sign(mayor, address)
    assert page.status_code == 409 and 'data-code="late"' in page.content.decode()
    assert filing.submit(dossier, at=last, **by).version.at == last


def test_read_by_the_right_people_alone_in_every_state(world, at):
    mayor = browser(world, "mayor")
    address = begin(mayor, world["town"])
    everyone = ("mayor", "editor", "stranger", "officer", "elsewhere")

    def who_reads():
        answers = {who: browser(world, who).get(address).status_code for who in everyone}
        dossier = Dossier.objects.get()
        for who, status in answers.items():
            listed = Dossier.objects.visible_to(world["people"][who], at).filter(pk=dossier.pk).exists()
            assert listed == (status == 200), (who, status)
        return {who for who, status in answers.items() if status == 200}

    assert who_reads() == {"mayor", "editor"}
    fill(mayor, address)
    sign(mayor, address)
    assert who_reads() == {"mayor", "editor", "officer"}
    file = f"{address}pieces/deliberation/1"
    answers = {who: browser(world, who).get(file) for who in everyone}
    assert {b"".join(answer.streaming_content) for answer in answers.values() if answer.streaming} == {PDF}
    codes = {who: answer.status_code for who, answer in answers.items()}
    assert codes == {"mayor": 200, "editor": 200, "officer": 200, "stranger": 404, "elsewhere": 404}
    assert browser(world, "officer").post(f"{address}withdraw", {"reason": "non"}).status_code == 403
    assert mayor.post(f"{address}withdraw", {"reason": "Le projet est reporté."}).status_code == 303
    assert who_reads() == {"mayor", "editor", "officer"}


def test_after_filing_nothing_is_written(world):
    mayor = browser(world, "mayor")
    address = begin(mayor, world["town"])
    fill(mayor, address)
    sign(mayor, address)
    body = json.dumps({"code": "project_title", "row": "", "base": 1, "value": "Autre"})
    assert mayor.post(f"{address}answer", body, content_type="application/json").status_code == 409
    assert mayor.post(f"{address}le-projet/save", {"project_title": "Autre"}).status_code == 409
    refused = mayor.post(f"{address}pieces/deliberation", {"file": io.BytesIO(PDF)})
    assert refused.status_code == 409


def test_conditional_questions_keep_what_was_typed(world):
    mayor = browser(world, "mayor")
    address = begin(mayor, world["town"])
    assert 'name="owner"' not in mayor.get(f"{address}place/").content.decode()
    save(mayor, address, "place", has_owner="yes", owner="Mme Lefèvre")
    save(mayor, address, "place", has_owner="no")
    assert 'name="owner"' not in mayor.get(f"{address}place/").content.decode()
    save(mayor, address, "place", has_owner="yes")
    assert 'value="Mme Lefèvre"' in mayor.get(f"{address}place/").content.decode()


def test_an_answer_alone_and_its_conflict(world):
    zoe, odile = browser(world, "editor"), browser(world, "mayor")
    address = begin(zoe, world["town"])

    def answer(client, **body):
        sent = client.post(f"{address}answer", json.dumps(body), content_type="application/json")
        return sent.status_code, sent.json()

    assert answer(zoe, code="project_title", row="", base=0, value="Une halle")[1]["rev"] == 1
    status, body = answer(odile, code="project_title", row="", base=0, value="Une grange")
    assert (status, body["rev"], body["value"], body["by"]) == (409, 1, "Une halle", "Zoé Secrétaire")
    status, body = answer(zoe, code="expenses.ht", row="e9", base=0, value="1.234")
    assert status == 200 and "1234" in body["problem"]
    assert answer(zoe, code="nothing", row="", base=0, value="x")[0] == 410
    assert Client().post(f"{address}answer", "{}", content_type="application/json").status_code == 401
    stranger = browser(world, "stranger")
    assert stranger.post(f"{address}answer", "{}", content_type="application/json").status_code == 404


def test_a_row_is_added_and_removed_without_losing_what_was_typed(world):
    mayor = browser(world, "mayor")
    address = begin(mayor, world["town"])
    save(mayor, address, "place", has_owner="no", add="desks")
    page = mayor.get(f"{address}place/").content.decode()
    row = re.search(r'name="desks\.(\w+)\.room"', page)[1]
    save(
        mayor, address, "place", has_owner="no", **{f"desks.{row}.room": "Basse"}, **{"row-act": f"remove desks {row}"}
    )
    assert "La remettre" in mayor.get(f"{address}place/").content.decode()
    save(mayor, address, "place", has_owner="no", **{"row-act": f"restore desks {row}"})
    assert 'value="Basse"' in mayor.get(f"{address}place/").content.decode()


def test_what_cannot_be_read_is_kept_on_the_page(world):
    mayor = browser(world, "mayor")
    address = begin(mayor, world["town"])
    answer = save(mayor, address, "le-budget", expenses__e1__ht="1.234", expenses__e1__label="Toiture")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="1.234"' in page and 'value="Toiture"' in page


def queries(client, act):
    with CaptureQueriesContext(connection) as captured:
        act(client)
    return len(captured)


def test_saving_and_filing_ask_the_same_number_of_queries_whatever_the_size(world):
    mayor = browser(world, "mayor")
    counts = []
    for size in (1, 30):
        address = mayor.post(
            "/dossiers/create", {"call": "granges-2026", "organisation": world["town"].pk, "key": f"size{size}"}
        )["Location"]
        fill(mayor, address)
        rows = {f"desks.s{n}.room": "Salle" for n in range(size)} | {"has_owner": "no"}
        page = mayor.get(f"{address}place/")
        saved = queries(mayor, lambda c: c.post(f"{address}place/save", {"seen": seen(page), **rows}))  # noqa: B023  # called at once
        filed = queries(mayor, lambda c: sign(c, address, key=f"file{size}"))  # noqa: B023  # called at once
        counts.append((saved, filed))
    assert counts[0] == counts[1]
