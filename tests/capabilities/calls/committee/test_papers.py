"""Minutes, book, annex: what they say, kept once closed, without what the reader may not see; four amounts everywhere."""

import io
import json

import pytest
from python_calamine import load_workbook

from escale.capabilities.calls.committee.actions import session, voting
from escale.capabilities.calls.committee.actions.voting import Deed, Said
from escale.capabilities.calls.committee.models import Paper, Sitting
from escale.capabilities.calls.committee.queries import evidence, sittings, told
from escale.capabilities.calls.instruction.queries import statistics
from escale.foundation.clock import reading
from escale.foundation.organisations import actions as organisations
from tests import build
from tests.capabilities.calls.committee.hall import Hall
from tests.capabilities.calls.committee.test_votes import DEED
from tests.capabilities.calls.instruction.world import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(20))
    return Hall(at)


def paper(client, address):
    response = client.get(address)
    data = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200 and data.startswith(b"%PDF"), response
    return data


def cells(client, address):
    return load_workbook(io.BytesIO(client.get(address).content)).get_sheet_by_index(0).to_python()


def flat(told):
    return json.dumps(told, ensure_ascii=False).replace("\u202f", " ")


def test_the_minutes_are_kept_once_closed(hall):
    dossier, other = hall.examined("Le lavoir"), hall.examined("La criée", works="8000")
    elsewhere = build.organisation(hall.at, name="Caen", commune_id="14118")
    other.parties.update(organisation=elsewhere, commune=elsewhere.commune)
    organisations.give_mandate(hall.members[1], "elected", at=hall.at, commune=hall.town.commune)
    sitting = hall.opened(dossier, other)
    hall.opine(sitting, dossier, cents=400_000, reason="Devis élevé.", conditions="Un second devis.")
    client, member = hall.browser(hall.officer), hall.browser(hall.members[1])
    address = f"/comites/{sitting.number}/"
    draft = paper(client, f"{address}proces-verbal.pdf")
    assert not Paper.objects.exists()
    hall.opine(sitting, other, "adjourned", 0, reason="Visite à faire.")
    session.close(sitting, by=hall.officer, at=hall.at + days(10))
    sitting = sittings.whole().get(pk=sitting.pk)
    found = json.loads(sitting.document)
    text = flat(told.minutes(found, sitting.sha256, set()))
    for expected in ("Solène Quesnel", "3 présents avec voix sur 3", "Sortis de la salle : Rémi Vasseur", "4 000 €",
                     "Un second devis.", "ajourné", "Visite à faire.", "12 000 € disponibles", sitting.sha256):  # fmt: skip
        assert expected in text, text
    hidden = flat(told.minutes(found, "", {dossier.number}))
    assert "Le lavoir" not in hidden and "12 000" not in hidden and "La criée" in hidden
    assert list(evidence.problems()) == []
    Sitting.objects.filter(pk=sitting.pk).update(document=sitting.document.replace("Un second devis", "Aucun devis"))
    assert [told[:8] for told in evidence.problems()] == [sitting.number]
    Sitting.objects.filter(pk=sitting.pk).update(document=sitting.document)
    kept = paper(client, f"{address}proces-verbal.pdf")
    assert kept != draft and paper(client, f"{address}proces-verbal.pdf") == kept
    assert paper(client, f"{address}livre.pdf") == paper(client, f"{address}livre.pdf")
    assert sorted(Paper.objects.values_list("kind", flat=True)) == ["book", "minutes"]
    assert paper(member, f"{address}proces-verbal.pdf") != kept
    assert paper(member, f"{address}livre.pdf") != paper(client, f"{address}livre.pdf")
    seen = flat(cells(member, f"{address}classement.xlsx"))
    assert "La criée" in seen and "Le lavoir" not in seen


def test_the_annex_and_four_amounts_everywhere(hall):
    dossier = hall.examined("Le lavoir")
    sitting = hall.opened(dossier)
    hall.opine(sitting, dossier, cents=450_000, reason="Réduit.")
    at = hall.at + days(20)
    vote = voting.create(hall.service, "Aides", by=hall.officer, at=at)
    voting.set_lines(
        vote, [Said(dossier.pk, "partial", (("Région", "905-57", "main", 400_000),))], by=hall.officer, at=at
    )
    voting.record_vote(vote, Deed(DEED.reference, DEED.voted_on, DEED.session), by=hall.secretary, at=at)
    client = hall.browser(hall.officer)
    vote.refresh_from_db()
    text = flat(told.annex(json.loads(vote.document), vote.sha256))
    assert "CP 26-04-142" in text and "905-57" in text and "Total voté : 4 000 €" in text
    address = f"/deliberations/{vote.number}/annexe.pdf"
    assert paper(client, address) == paper(client, address) and vote.papers.count() == 1
    amounts = {"Demandé": 5000.0, "Proposé": 5000.0, "Conseillé": 4500.0, "Voté": 4000.0}
    for path, titles in (
        (f"/deliberations/{vote.number}/annexe.xlsx", amounts),
        (f"/comites/{sitting.number}/classement.xlsx", amounts),
    ):
        heads, row = cells(client, path)
        assert {title: row[heads.index(title)] for title in titles} == amounts
    desk = (
        client.get("/instruction/?columns=aid&columns=proposed&columns=advised&columns=voted")
        .content.decode()
        .replace("\u202f", " ")
    )
    assert all(figure in desk for figure in ("5 000", "4 500", "4 000")), desk
    page = client.get(f"/instruction/{dossier.number}/synthesis/").content.decode().replace("\u202f", " ")
    assert all(figure in page for figure in ("5 000,00", "4 500,00", "4 000,00"))
    figures = statistics.of(hall.scheme, at, hall.officer)
    assert (figures.proposed_cents, figures.advised_cents, figures.voted_cents) == (500_000, 450_000, 400_000)
