"""Files of places on a screen: sent, matched, compared, agreed to, written; refused in words."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.directory.models import Intake, Resemblance
from escale.capabilities.directory.tasks import read_file
from escale.foundation.places.models import Place
from tests import build

pytestmark = pytest.mark.django_db

ROWS = [
    "Repère;Où se trouve-t-il;Code;Rue;Usage",
    "L'Étable;Caen;14000;3 rue de l'Église;Bureaux",
    "La Grange;Bayeux;14400;1 place Neuve;Café",
    "Le Silo;Nullepart;14000;2 rue B;Bureaux",
    "Le Dépôt;Caen;14000;9 quai Vert;",
]


@pytest.fixture
def region(client, at, monkeypatch):
    monkeypatch.setattr("escale.site.middleware.now", lambda: at)
    officer = build.officer(at, build.service())
    client.force_login(officer)
    return officer


def sent(client, text, *, name="lieux.csv", source="Annuaire de l'Orne"):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return client.post("/lieux/imports/create", {"file": file, "source": source})


def page(client, row, status=200):
    answer = client.get(f"/lieux/imports/{row.number}/")
    assert answer.status_code == status
    return answer.content.decode()


def test_a_stranger_s_columns_and_words_are_matched_then_agreed_to(client, region):
    answer = sent(client, "\r\n".join(ROWS))
    assert answer.status_code == 303
    row = Intake.objects.get()
    assert "au moins le nom du lieu" in page(client, row)  # nothing was recognised, nothing guessed
    assert client.post(f"/lieux/imports/{row.number}/apply").status_code == 409
    said = {"column.name": "Repère", "column.commune": "Où se trouve-t-il", "column.postcode": "Code",
            "column.address": "Rue", "column.kinds": "Usage"}  # fmt: skip
    assert client.post(f"/lieux/imports/{row.number}/match", said).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.told["created"], row.told["waiting"], row.told["refused"]) == ("ready", 3, 3, 1)
    words = [word for word, _count, _code in row.told["words"]]
    again = said | {f"word.{words.index('bureaux')}": "coworking", f"word.{words.index('cafe')}": "culture"}
    client.post(f"/lieux/imports/{row.number}/match", again)
    text = page(client, row)
    for told in ("Nullepart", "Espace de travail partagé", "Lieu culturel", "aucune : en préparation", "L&#x27;Étable"):
        assert told in text
    assert not Place.objects.exists()
    client.post(f"/lieux/imports/{row.number}/apply")
    assert sorted(Place.objects.values_list("name", "state", "kinds")) == [
        ("L'Étable", "listed", ("coworking",)), ("La Grange", "listed", ("culture",)), ("Le Dépôt", "draft", ()),
    ]  # fmt: skip
    assert Place.objects.get(name="L'Étable").origins["address"]["source"] == "Annuaire de l'Orne"
    refused = list(csv.DictReader(io.StringIO(client.get(f"/lieux/imports/{row.number}/refus.csv").content.decode())))
    assert [(one["ligne"], one["code"]) for one in refused] == [("4", "unknown_commune")]
    assert [entry.act for entry in row.subject.entries.all()] == [
        "create", "compare", "match", "compare", "match", "compare", "apply", "finish",
    ]  # fmt: skip


def test_changes_are_shown_before_and_alike_lines_wait_for_a_person(client, region, at):
    sent(client, "id,nom,commune,adresse,type\n1,L'Étable,Caen,3 rue A,coworking\n")
    client.post(f"/lieux/imports/{Intake.objects.get().number}/apply")
    sent(client, "id,nom,commune,adresse,type\n1,L'Étable,Caen,4 rue B,coworking\n2,l'etable,Caen,8 rue C,fablab\n")
    row = Intake.objects.first()
    text = page(client, row)
    assert "<del>3 rue A</del> → <ins>4 rue B</ins>" in text
    assert "même nom dans la même commune" in text
    client.post(f"/lieux/imports/{row.number}/apply")
    assert (Place.objects.get().address, Resemblance.objects.filter(state="pending").count()) == ("4 rue B", 1)
    client.post(f"/lieux/ressemblances/{Resemblance.objects.get().pk}/unite")
    assert Place.objects.get().kinds == ("fablab",)


def test_a_line_of_a_place_closed_for_good_is_refused_in_words(client, region, at):
    sent(client, "id,nom,commune,adresse,type\n1,L'Étable,Caen,3 rue A,coworking\n")
    client.post(f"/lieux/imports/{Intake.objects.get().number}/apply")
    place = Place.objects.get()
    build.places.close(place, day=at.date(), by=region, at=at)
    sent(client, "id,nom,commune,adresse,type\n1,L'Étable,Caen,4 rue B,coworking\n")
    assert "fermé pour de bon" in page(client, Intake.objects.first())


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.csv", b"", "vide"),
        ("a.json", b"[1, 2]", "aucun lieu"),
        ("a.csv", b"PK\x03\x04garbage", None),
        ("a.pdf", b"%PDF-1.4\n%%EOF", None),
        ("a.csv", b"\x89PNG\r\n\x1a\n", None),
    ],
)
def test_what_is_no_file_of_places(client, region, name, content, word):
    answer = sent(client, content, name=name)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert word is None or word in answer.content.decode()
    assert not Intake.objects.exists()


def test_geojson_our_own_export_and_a_large_file_by_the_worker(client, region, at):
    place = build.place(at, hours="Mo-Fr 09:00-12:00", lon=-0.37, lat=49.18)
    sent(client, client.get("/lieux.geojson").content, name="a.geojson")
    row = Intake.objects.get()
    assert (row.told["created"], row.told["duplicates"], row.told["refused"]) == (0, 0, 0)
    line = "id,nom,commune,adresse,type\n" + "".join(f"{n},Lieu {n},Caen,{n} rue A,fablab\n" for n in range(9))
    sent(client, line + "#" + "x" * 400_001 + "\n", name="b.csv")
    row = Intake.objects.first()
    assert (row.state, "en lecture" in page(client, row)) == ("received", True)
    read_file.call(row.number)
    row.refresh_from_db()
    assert (row.state, row.told["created"], row.told["refused"]) == ("ready", 9, 1)
    client.post(f"/lieux/imports/{row.number}/apply")
    read_file.call(row.number)
    read_file.call(row.number)  # safe to run twice
    row.refresh_from_db()
    assert (row.state, Place.objects.count()) == ("done", 10)
    assert place.slug


def test_only_the_region_sees_files(client, region, at):
    sent(client, "id,nom,commune,adresse,type\n1,L'Étable,Caen,3 rue A,coworking\n")
    row = Intake.objects.get()
    client.force_login(build.person(at))
    assert client.get("/lieux/imports/").status_code == 404
    assert client.get("/lieux/imports/create").status_code == 403
    page(client, row, 404)
    assert client.post(f"/lieux/imports/{row.number}/apply").status_code == 404
    assert Place.objects.count() == 0
