"""What people sent about places: theirs to take away, gone when its time is over, unless it still waits."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.directory.actions import received, retention
from escale.capabilities.directory.models import Claim, Report
from escale.capabilities.label.models import Declaration
from escale.foundation.clock import reading
from escale.foundation.documents.models import Document
from escale.foundation.places.actions import standing
from escale.site import wiring
from tests import build

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def world(at, settings, tmp_path):
    settings.ESCALE_DEMO, settings.ESCALE_FILES_URL = True, f"file://{tmp_path}/files"
    reading.move_to(at)
    return build.place(at), build.officer(at, build.service("amenagement")), build.person(at, "lucie@exemple.fr")


def taken(person, address="/compte/donnees/download"):
    client = Client()
    client.force_login(person)
    zipped = zipfile.ZipFile(io.BytesIO(b"".join(client.post(address).streaming_content)))
    return {name: zipped.read(name) for name in zipped.namelist()}


def claimed(place, person, at):
    file = SimpleUploadedFile("contrat.pdf", PDF, "application/pdf")
    return received.claim(place, by=person, at=at, quality="animatrice", proof="Mon contrat", document=file)


def test_a_person_takes_away_what_they_sent_and_nothing_of_others(world, at):
    place, region, lucie = world
    standing.entrust(place, lucie, by=region, at=at)
    other = build.person(at, "autre@exemple.fr")
    claimed(place, other, at)
    received.report(place, at=at, text="La porte est à gauche", email="lucie@exemple.fr")
    received.report(place, at=at, text="Secret d’un autre", email="autre@exemple.fr")
    files = taken(lucie)
    assert json.loads(files["fiches-de-lieux.json"])[0]["place__slug"] == place.slug
    assert [one["text"] for one in json.loads(files["signalements.json"])] == ["La porte est à gauche"]
    assert json.loads(files["demandes-de-fiche.json"]) == []
    assert {"label-declarations.json", "label-chartes.json", "scenarios.json"} <= set(files)
    assert "Secret" not in str(files.values()) and "contrat" not in str(list(files))
    theirs = taken(other)
    assert theirs["demandes-de-fiche/contrat.pdf"] == PDF
    assert json.loads(theirs["demandes-de-fiche.json"])[0]["proof"] == "Mon contrat"


def test_an_organisation_takes_away_its_places(at, settings, world):
    owner = build.person(at)
    town = build.organisation(at, by=owner, name="La Passerelle", siret="")
    place, _region, _lucie = world
    type(place).objects.filter(pk=place.pk).update(carrier=town)
    files = taken(owner, f"/organisations/{town.pk}/download")
    assert json.loads(files[f"lieux/{place.slug}.json"])["name"] == place.name
    assert json.loads(files["label/labels.json"]) == []
    assert not Declaration.objects.exists()


def test_what_was_settled_long_ago_is_blanked_and_what_waits_is_kept(world, at):
    place, region, lucie = world
    claim = claimed(place, lucie, at)
    done = received.report(place, at=at, text="La porte est à gauche", email="x@exemple.fr")
    waits = received.report(place, at=at, text="L’escalier est cassé", email="y@exemple.fr")
    later = at + timedelta(days=800)
    before = later - timedelta(days=730)
    received.answer(done, "follow", by=region, at=at)
    assert retention.forget_received(before, later) == 1
    for row in (done, waits, claim):
        row.refresh_from_db()
    assert (done.text, done.email, done.state) == ("", "", "followed")
    assert (waits.text, waits.email) == ("L’escalier est cassé", "y@exemple.fr")
    assert claim.proof == "Mon contrat", "it waits for its answer"
    received.decide(claim, "refuse", by=region, at=at, note="Déjà tenue")
    assert retention.forget_received(before, later) == 1
    assert Claim.objects.get().proof == ""
    assert Document.objects.get().status != "kept"
    assert retention.forget_received(before, later) == 0, "said once"
    assert Report.objects.count() == 2 and "received" in wiring.PURGE
