"""Files of places in and out: previews, refusals in words, resemblances, the national standard."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from escale.capabilities.directory.models import Listing, Record, Resemblance
from escale.capabilities.directory.queries.check import stale
from escale.foundation.journal import verify
from escale.foundation.places import standard
from escale.foundation.places.actions import hours, places
from escale.foundation.places.models import Origin, Place
from escale.rules.table_schema import TableSchema
from escale.site import cli
from tests import build

pytestmark = pytest.mark.django_db

COLUMNS = standard.schema().columns
GOOD = {
    "id": "structure-1", "pivot": "43493312300029", "nom": "Le Dôme", "commune": "Caen", "code_postal": "14000",
    "code_insee": "14118", "adresse": "12 BIS RUE DE LECLERCQ", "complement_adresse": "Le patio", "latitude": "49.18",
    "longitude": "-0.37", "typologie": "TIERS_LIEUX|ASSO", "telephone": "+33180059880",
    "courriels": "contact@laquincaillerie.tl|responsable@laquincaillerie.tl", "site_web": "https://www.laquincaillerie.tl/",
    "horaires": "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00; PH off", "presentation_resume": "Des formations.",
    "presentation_detail": "Du matériel en libre accès.", "source": "Hubik", "itinerance": "Itinérant",
    "structure_parente": "La ville", "date_maj": "2024-04-02",
    "services": "Maîtrise des outils numériques du quotidien|Loisirs et créations numériques",
    "publics_specifiquement_adresses": "Jeunes|Femmes", "prise_en_charge_specifique": "Surdité|Langues étrangères (anglais)",
    "frais_a_charge": "Gratuit sous condition|Payant", "dispositif_programmes_nationaux": "Aidants Connect|Conseillers numériques",
    "formations_labels": "Formé à « Mon Espace Santé »|Étapes numériques(La Poste)", "autres_formations_labels": "Label et la bête",
    "modalites_acces": "Se présenter|Téléphoner", "modalites_accompagnement": "À distance|En autonomie",
    "fiche_acces_libre": "https://acceslibre.beta.gouv.fr/app/x/", "prise_rdv": "https://www.rdv-solidarites.fr/",
}  # fmt: skip


@pytest.fixture
def file(tmp_path):
    def write(*rows, columns=COLUMNS, delimiter=",", encoding="utf-8", name="lieux.csv"):
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, delimiter=delimiter, restval="")
        writer.writeheader()
        writer.writerows(rows)
        path = tmp_path / name
        path.write_bytes(out.getvalue().encode(encoding))
        return str(path)

    return write


@pytest.fixture
def escale(capsys):
    def run(*words, code=0):
        assert cli.main(list(words)) == code
        return capsys.readouterr()

    return run


def imported(escale, path, *words, code=0):
    return json.loads(escale("places", "import", path, "--json", *words, code=code).out)


def counts(told):
    return told["created"], told["changed"], told["unchanged"], told["duplicates"], len(told["refused"])


def test_a_preview_changes_nothing_then_apply_then_nothing_more(escale, file):
    path = file(GOOD)
    assert counts(imported(escale, path)) == (1, 0, 0, 0, 0)
    assert not Place.objects.exists()
    assert counts(imported(escale, path, "--apply")) == (1, 0, 0, 0, 0)
    assert counts(imported(escale, path, "--apply")) == (0, 0, 1, 0, 0)
    place = Place.objects.get()
    assert (place.slug, place.state, place.checked_on) == ("le-dome", "listed", date(2024, 4, 2))
    assert place.origins["address"] == {"source": "Hubik", "on": place.origins["address"]["on"]}
    assert [entry.act for entry in place.subject.entries.all()] == ["create", "publish"]
    assert Listing.objects.get().words.startswith("le dome")
    assert list(verify.problems()) == []


def test_out_of_the_standard_and_in_again_value_for_value(escale, file):
    imported(escale, file(GOOD), "--apply")
    text = escale("places", "export", "--format", "mediation-numerique").out
    [row] = csv.DictReader(io.StringIO(text))
    kept = {name: value for name, value in row.items() if name not in ("id", "latitude", "longitude")}
    assert kept == {name: value for name, value in GOOD.items() if name in kept}
    assert (float(row["latitude"]), float(row["longitude"])) == (49.18, -0.37)
    assert list(standard.schema().faults(row, 2)) == []
    out = file(row, name="again.csv")
    assert counts(imported(escale, out, "--apply")) == (0, 0, 1, 0, 0)


def test_what_changed_is_shown_and_what_people_wrote_stays(escale, file, at):
    imported(escale, file(GOOD), "--apply")
    officer = build.officer(at, build.service())
    place = Place.objects.get()
    places.edit(place, by=officer, at=at, rev=place.rev, summary="Écrit par le lieu")
    told = imported(
        escale,
        file(
            {**GOOD, "presentation_resume": "Autre", "adresse": "1 quai", "horaires": "Mo 09:00-12:00", "telephone": ""}
        ),
        "--apply",
    )
    assert counts(told) == (0, 1, 0, 0, 0)
    [change] = told["details"]["changed"]
    assert set(change["fields"]) == {"address", "hours"}
    assert change["kept"] == ["summary"]
    place = Place.objects.get()
    assert (place.summary, place.address, place.phone) == ("Écrit par le lieu", "1 quai", "+33180059880")
    assert json.loads(Record.objects.get().card)["opening_hours"] == "Mo 09:00-12:00; PH off"


@pytest.mark.parametrize(
    ("wrong", "code", "word"),
    [
        ({"pivot": ""}, "missing", "pivot"),
        ({"pivot": "12 34"}, "pattern", "pivot"),
        ({"services": "Cuisine"}, "pattern", "Cuisine"),
        ({"telephone": "02 31 00 00 00"}, "pattern", "telephone"),
        ({"date_maj": "02/04/2024"}, "not_a_date", "AAAA-MM-JJ"),
        ({"latitude": "x"}, "not_a_number", "latitude"),
        ({"latitude": "-0.37", "longitude": "49.18"}, "impossible_point", "échangées"),
        ({"latitude": "48.85", "longitude": "2.35"}, "impossible_point", "km de Caen"),
        ({"presentation_resume": "x" * 281}, "too_long", "280"),
        ({"horaires": "lundi de 9h à 17h"}, "wrong_hours", "illisibles"),
        ({"commune": "Paris", "code_insee": "75056"}, "unknown_commune", "Paris"),
        ({"courriels": "pas une adresse"}, "wrong_email", "adresse électronique"),
        ({"site_web": "javascript:alert(1)"}, "wrong_website", "site"),
    ],
)  # fmt: skip
def test_refused_lines_say_why(escale, file, wrong, code, word):
    told = imported(
        escale, file({**GOOD, "id": "a", "nom": "Autre", "pivot": "99943312300029"}, {**GOOD, **wrong}), "--apply"
    )
    assert told["created"] == 1
    [refusal] = told["refused"]
    assert (refusal["line"], refusal["code"]) == (3, code)
    assert word in refusal["message"]
    assert Place.objects.count() == 1


def test_the_same_identifier_twice_and_a_short_line(escale, file, tmp_path):
    path = file(GOOD, {**GOOD, "nom": "Autre"})
    with Path(path).open("a") as more:
        more.write("un,deux\r\n")
    told = imported(escale, path)
    assert [(one["line"], one["code"]) for one in told["refused"]] == [(3, "repeated"), (4, "wrong_width")]


def test_what_looks_alike_waits_for_a_person(escale, file):
    imported(escale, file(GOOD), "--apply")
    same_name = {
        **GOOD,
        "id": "x1",
        "source": "Autre",
        "pivot": "11111111111111",
        "adresse": "9 rue Y",
        "nom": "le DÔME",
    }
    same_siret = {**GOOD, "id": "x2", "source": "Autre", "nom": "Annexe"}
    same_door = {**GOOD, "id": "x3", "source": "Autre", "nom": "Atelier", "pivot": "22222222222222"}
    path = file(same_name, same_siret, same_door, {**GOOD, "id": "x4", "source": "Autre", "nom": "Loin", "commune": "Honfleur", "code_insee": "14333", "latitude": "", "longitude": ""})  # fmt: skip
    told = imported(escale, path, "--apply")
    assert counts(told) == (1, 0, 0, 3, 0)
    assert [one["because"].split()[1] for one in told["details"]["duplicates"]] == ["nom", "SIRET", "adresse,"]
    assert (Place.objects.count(), Resemblance.objects.count()) == (2, 3)
    assert counts(imported(escale, path, "--apply")) == (0, 0, 1, 3, 0)
    assert Resemblance.objects.count() == 3


def test_a_stranger_file_of_another_shape(escale, file):
    columns = [
        "OBJECTID",
        "NOM_TL",
        "COMPLEMENT",
        "COM_NV",
        "CP",
        "Adresse postale",
        "X",
        "Y",
        "TYPE",
        "Site internet",
        "Tél",
        "Couleur",
    ]
    row = {"OBJECTID": "1", "NOM_TL": "L'Étable", "COMPLEMENT": "Bât. B", "COM_NV": "CAEN CEDEX 4", "CP": "14000", "X": "454340,05",
           "Y": "6903049,19", "TYPE": "Coworking, Fablab", "Adresse postale": "3 rue de l'Église", "Site internet": "www.exemple.fr",
           "Tél": "02 31 00 00 00", "Couleur": "bleu"}  # fmt: skip
    told = imported(escale, file(row, columns=columns, delimiter=";", encoding="cp1252"), "--apply")
    assert counts(told) == (1, 0, 0, 0, 0)
    assert told["details"]["columns_left"] == ["Couleur"]
    place = Place.objects.get()
    assert (place.kinds, place.commune_id, place.phone) == (("coworking", "fablab"), "14118", "+33231000000")
    assert (place.lon, place.lat) == pytest.approx((-0.37, 49.18), abs=1e-5)
    assert place.websites == ("https://www.exemple.fr",)


def test_a_merged_commune_keeps_its_old_name(escale, file):
    row = {"nom": "L'Ancienne École", "commune": "Campeaux", "code postal": "14350", "adresse": "1 rue"}
    imported(escale, file(row, columns=list(row)), "--apply")
    place = Place.objects.get()
    assert (place.commune.name, place.former_commune) == ("Souleuvre en Bocage", "Campeaux")


def test_geojson_and_our_own_csv_come_back(escale, file, tmp_path, client):
    imported(escale, file(GOOD), "--apply")
    for name, text in (
        ("a.geojson", client.get("/lieux.geojson").content),
        ("a.csv", client.get("/lieux.csv").content),
    ):
        path = tmp_path / name
        path.write_bytes(text)
        told = imported(escale, str(path))
        assert (told["created"], told["duplicates"], told["refused"]) == (0, 0, [])
        assert told["changed"] + told["unchanged"] == 1


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "vide"),
        (b"{", "JSON"),
        (b"[1, 2]", "aucun lieu"),
        (b"PK\x03\x04garbage", "classeur"),
        (b"a,b\r\n1,2\r\n", "au moins le nom"),
        (b'nom,commune\r\n"x', None),
        (b"\xff\xfe\x00\x00", None),
    ],
)
def test_a_file_that_is_none(escale, tmp_path, content, word):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    if word is None:
        assert cli.main(["places", "import", str(path), "--json"]) in (0, 2)
        return
    told = imported(escale, str(path), code=2)
    assert word in told["error"]["message"]
    assert cli.main(["places", "import", str(tmp_path / "absent.csv")]) == 2


def test_the_place_file(escale, file, at):
    imported(escale, file(GOOD), "--apply")
    told = json.loads(escale("places", "show", "le-dome").out)
    assert told["schema"] == "escale.place/1"
    assert told["hours"] == [{"regime": "normal", "osm": "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00"}]
    assert told["point"] == {"lon": -0.37, "lat": 49.18}
    assert cli.main(["places", "show", "nulle-part"]) == 2


def test_a_schema_with_an_unknown_constraint_is_not_guessed():
    with pytest.raises(ValueError, match="enum"):
        TableSchema({"fields": [{"name": "a", "constraints": {"enum": ["b"]}}]})


def test_several_values_with_a_semicolon_are_read_too(escale, file):
    imported(
        escale,
        file({**GOOD, "services": GOOD["services"].replace("|", ";"), "modalites_acces": "Se présenter;Téléphoner"}),
        "--apply",
    )
    place = Place.objects.get()
    assert (place.services, place.access_modes) == (("everyday_digital", "digital_leisure"), ("come", "call"))


def test_the_doctor_compares_the_index_with_the_places(escale, file):
    imported(escale, file(GOOD), "--apply")
    assert list(stale()) == []
    Place.objects.update(summary="écrit à côté")
    assert list(stale()) == ["le-dome"]
    escale("places", "index")
    assert list(stale()) == []


def test_origins_are_kept(escale, file):
    imported(escale, file(GOOD), "--apply")
    assert list(Origin.objects.values_list("source", "ref")) == [("Hubik", "structure-1")]


def test_closures_and_public_holidays_travel_with_our_own_export(escale, tmp_path, client, at):
    place = build.place(at, hours="Mo-Fr,PH 09:00-12:00", lon=-0.37, lat=49.18)
    officer = build.officer(at, build.service("annuaire"))
    hours.close_days(place, date(2026, 8, 1), date(2026, 8, 16), by=officer, at=at)
    for name in ("lieux.csv", "lieux.geojson"):
        (tmp_path / name).write_bytes(client.get(f"/{name}").content)
        text = (tmp_path / name).read_text()
        assert "2026 Aug 01-2026 Aug 15 off" in text
        assert counts(imported(escale, str(tmp_path / name))) == (0, 0, 1, 0, 0)
    assert "2026-08-01/2026-08-15" in client.get("/lieux.csv").content.decode()  # the last closed day
    other = (tmp_path / "lieux.csv").read_text().replace(place.slug, "ailleurs").replace("La Passerelle", "Le Quai")
    (tmp_path / "x.csv").write_text(other.replace("1 rue du Bac", "2 rue du Bac"))
    assert counts(imported(escale, str(tmp_path / "x.csv"), "--apply")) == (1, 0, 0, 0, 0)
    made = Place.objects.get(name="Le Quai")
    assert made.open_on_public_holidays
    assert list(made.closures.values_list("first", "until")) == [(date(2026, 8, 1), date(2026, 8, 16))]


def test_a_line_without_a_kind_stays_in_preparation(escale, file):
    rows = [
        {"nom": "Un", "commune": "Caen", "adresse": "1 rue A"},
        {"nom": "Deux", "commune": "Caen", "adresse": "2 rue A"},
    ]
    told = imported(escale, file(rows[0], columns=list(rows[0])), "--apply")
    assert told["details"]["without_kind"] == [2]
    assert Place.objects.get().state == "draft"
    imported(escale, file(rows[1], columns=list(rows[1])), "--apply", "--kind", "culture")
    assert Place.objects.get(name="Deux").kinds == ("culture",)
