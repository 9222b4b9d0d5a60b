"""A label asked through a call: the place chosen, seen by the officer, voted, and the certificate is there."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.calls.committee.actions import voting
from escale.capabilities.calls.committee.actions.voting import Deed, Said
from escale.capabilities.calls.dossiers.actions import drafts, filing, pieces
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions import examining, handling
from escale.capabilities.calls.schemes import actions as schemes
from escale.capabilities.label.models import Label, Request
from escale.capabilities.label.tasks import granting
from escale.foundation.clock import reading
from escale.foundation.journal.models import Entry
from escale.foundation.places.actions import standing
from escale.foundation.post.models import Mail
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change
from tests import build
from tests.capabilities.calls.committee.hall import Hall
from tests.capabilities.calls.dossiers.stage import work
from tests.capabilities.calls.instruction.world import PDF, days
from tests.capabilities.label import cast as casting
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
DEED = Deed("CP 26-04-142", date(2026, 3, 20), "Commission permanente du 20 mars 2026")
TYPED = {
    Place("project_title"): "La grange", Place("project_type"): "creation", Place("has_owner"): "no",
    Place("desks.room", "r1"): "Haute", Place("expenses.category", "e1"): "works", Place("expenses.label", "e1"): "Toit",
    Place("expenses.ht", "e1"): "10000", Place("funding.source", "f1"): "own", Place("funding.amount", "f1"): "5000",
    Place("funding.source", "f2"): "public", Place("funding.funder", "f2"): "Région", Place("funding.state", "f2"): "asked",
    Place("funding.amount", "f2"): "5000",
}  # fmt: skip


@pytest.fixture
def hall(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(20))
    hall = Hall(at, label={"referential": "essai"})
    hall.referential = casting.referential(at)
    hall.place = build.place(
        at, name="La Grange", carrier=hall.town, hours="Mo-Th 09:00-17:00", opened_on=date(2020, 1, 1)
    )
    hall.elsewhere_place = build.place(at, name="Ailleurs")
    return hall


def browser(person=None):
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def drafted(hall):
    made = drafts.create(hall.scheme, hall.town, by=hall.mayor, at=hall.at)
    drafts.save(made, [Change(*pair) for pair in TYPED.items()], by=hall.mayor, at=hall.at)
    pieces.attach(
        lists.whole().get(pk=made.pk), "deliberation", SimpleUploadedFile("d.pdf", PDF, "application/pdf"),
        by=hall.mayor, at=hall.at,
    )  # fmt: skip
    return lists.whole().get(pk=made.pk)


def examined(hall):
    made = drafted(hall)
    browser(hall.mayor).post(f"/dossiers/{made.number}/choose-place", {"place": hall.place.slug})
    filing.submit(made, signer="Odile Marais", quality="maire", by=hall.mayor, at=hall.at)
    handling.complete(hall.again(made), by=hall.officer, at=hall.at + days(1))
    examining.examine(hall.again(made), by=hall.officer, at=hall.at + days(1))
    return hall.again(made)


def voted(hall, dossier, said):
    vote = voting.create(hall.service, "Labels", by=hall.officer, at=hall.at + days(18))
    voting.set_lines(vote, [said], by=hall.officer, at=hall.at + days(18))
    voting.record_vote(vote, DEED, by=hall.secretary, at=hall.at + days(18))
    work()


def test_the_place_is_chosen_among_ones_own_and_asked_for_before_filing(hall):
    made, mayor = drafted(hall), browser(hall.mayor)
    page = mayor.get(f"/dossiers/{made.number}/depot/").content.decode()
    assert "Choisissez le lieu pour lequel le label est demandé." in page
    page = mayor.get(f"/dossiers/{made.number}/le-lieu/").content.decode()
    assert "La Grange, Caen" in page and "Ailleurs" not in page
    other = mayor.post(f"/dossiers/{made.number}/choose-place", {"place": hall.elsewhere_place.slug})
    assert other.status_code == 409 and b'data-code="not_yours"' in other.content
    assert browser(hall.officer).post(f"/dossiers/{made.number}/choose-place", {"place": "x"}).status_code in (403, 404)
    assert mayor.post(f"/dossiers/{made.number}/choose-place", {"place": hall.place.slug}).status_code == 303
    page = mayor.get(f"/dossiers/{made.number}/depot/").content.decode()
    assert "Choisissez le lieu" not in page
    assert "Trois jours ou trente heures" in page and "Le label demandé" in page


def test_from_dossier_to_certificate(hall):
    dossier = examined(hall)
    request = Request.objects.get()
    assert (request.place, request.told["verdict"]) == (hall.place, "missing")
    page = browser(hall.officer).get(f"/instruction/{dossier.number}/").content.decode()
    assert "Le label demandé" in page and "Ouvert à tous : à déclarer" in page
    voted(hall, dossier, Said(dossier.pk, "awarded", (("Région", "905-57", "main", 500_000),)))
    label = Label.objects.get()
    assert (label.place, label.act_reference, label.dossier) == (hall.place, DEED.reference, dossier.subject)
    assert (label.since.isoformat(), label.until.isoformat()) == (
        "2026-03-19T23:00:00+00:00",
        "2029-03-19T23:00:00+00:00",
    )
    assert hall.place.standings.holding(hall.at + days(20)).get(kind="labelled").act_reference == DEED.reference
    assert Mail.objects.filter(template="label/granted", person=hall.mayor).count() == 1
    assert label.number in browser(hall.officer).get(f"/instruction/{dossier.number}/").content.decode()
    paper = browser().get(f"/verifier/{label.code}/certificat.pdf")
    assert paper.status_code == 200 and BytesIO(paper.content).read(5) == b"%PDF-"
    entry = Entry.objects.get(subject=dossier.subject, act="vote")
    granting.grant.func(entry.pk, hall.place.pk, "essai", "")
    assert Label.objects.count() == 1


@pytest.mark.parametrize("outcome", ["refused", "adjourned"])
def test_a_vote_that_gives_nothing_grants_nothing(hall, outcome):
    dossier = examined(hall)
    voted(hall, dossier, Said(dossier.pk, outcome, reason="Pas cette fois"))
    assert not Label.objects.exists()


def test_a_label_without_money_and_a_second_dossier_that_renews_it(hall):
    voted(hall, dossier := examined(hall), Said(dossier.pk, "retained"))
    first = Label.objects.get()
    casting.referential(hall.at, casting.FILE.replace("duration: 3 years", "duration: 5 years"))
    second = examined(hall)
    vote = voting.create(hall.service, "Suite", by=hall.officer, at=hall.at + days(19))
    voting.set_lines(vote, [Said(second.pk, "retained")], by=hall.officer, at=hall.at + days(19))
    deed = Deed("CP 26-05-9", date(2026, 3, 21), "Commission permanente")
    voting.record_vote(vote, deed, by=hall.secretary, at=hall.at + days(19))
    work()
    label = Label.objects.get()
    assert (label.pk, label.until.year, label.act_reference) == (first.pk, 2031, deed.reference)


def test_a_referential_that_is_not_in_force_is_said_and_told(hall):
    hall.scheme, _edition, _created = _republished(hall, "absent")
    dossier = examined(hall)
    assert not Request.objects.exists()
    assert "n’est pas en vigueur" in browser(hall.officer).get(f"/instruction/{dossier.number}/").content.decode()
    voted(hall, dossier, Said(dossier.pk, "retained"))
    assert not Label.objects.exists()
    assert (
        "en vigueur à l’adresse absent"
        in Mail.objects.filter(template="label/not_granted", person=hall.lead).get().text
    )


def test_a_place_kept_by_someone_of_the_organisation_is_ones_own(hall):
    standing.entrust(hall.elsewhere_place, hall.mayor, by=hall.officer, at=hall.at)
    made = drafted(hall)
    answer = browser(hall.mayor).post(f"/dossiers/{made.number}/choose-place", {"place": hall.elsewhere_place.slug})
    assert answer.status_code == 303


def _republished(hall, key):
    document, problems = schemes.read({**DOCUMENT, "label": {"referential": key}})
    assert problems == []
    return schemes.publish(document, by=None, at=hall.at)
