"""``escale territory load``: official files taken, every problem by its line, all or nothing; mergers followed."""

import json

import pytest

from escale.foundation.organisations.models import Organisation
from escale.foundation.territory import queries
from escale.foundation.territory.models import Commune, FormerCommune, Grouping, Population, Zone
from escale.site.cli import main
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(tmp_path):
    def wrote(name, text):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return str(file)

    return wrote


def load(capsys, *words):
    code = main(["territory", "load", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_files_of_insee_are_taken_under_their_own_column_names(write, capsys):
    people = write(
        "donnees_communes.csv",
        "DEPCOM;COM;PMUN;PCAP;PTOT\n14118;Caen;105512;2000;107512\n14002;Acqueville;150;3;153\n14150;Cesny;800;4;804\n",
    )
    epci = write(
        "epci.csv",
        "CODGEO,LIBGEO,EPCI,LIBEPCI,DEP,REG\n14118,Caen,999000111,CU Neuve,14,28\n14333,Honfleur,ZZZZZZZZZ,Sans,14,28\n",
    )
    history = write("v_commune.csv", "TYPECOM,COM,LIBELLE,COMPARENT\nCOM,14118,Caen,\nCOMD,14999,Vieux-Bourg,14118\n")
    code, told = load(capsys, "--populations", people, "--year", "2020", "--groupings", epci, "--history", history)
    assert (code, told["loaded"]) == (0, {"history": 1, "populations": 2, "groupings": 1})
    assert queries.population("14118", 2020) == 105_512
    assert queries.population("14150", 2020) == 950  # Acqueville, merged since, is counted where it is now
    assert Grouping.objects.get(siren="999000111").kind == "CU"
    assert queries.current_code("14999") == "14118"
    assert FormerCommune.objects.get(code="14999").kind == "commune-deleguee"


def test_every_problem_of_every_file_is_said_with_its_line_and_nothing_changes(write, capsys):
    zones = write(
        "zones.csv",
        "zone,name,family,source,insee\nnew,Neuve,,,14118\nnew,Neuve,,,99999\nbad key,X,,,14118\nnew,Neuve,,,dep:99\n",
    )
    people = write("pop.csv", "insee;pop\n14118;beaucoup\n14118;-4\n99998;12\n14118\n")
    code, told = load(capsys, "--zones", zones, "--populations", people, "--year", "2019")
    lines = [(one["file"], one["line"]) for one in told["problems"]]
    assert code == 2
    assert lines == [("pop.csv", n) for n in (2, 3, 4, 5)] + [("zones.csv", n) for n in (3, 4, 5)]
    assert not Zone.objects.filter(key="new").exists()
    assert not Population.objects.filter(year=2019).exists()


def test_a_right_file_beside_a_wrong_one_is_not_kept_either(write, capsys):
    zones = write("zones.csv", "zone,name,insee\nnew,Neuve,14118\n")
    code, _told = load(
        capsys, "--zones", zones, "--travel", write("m.csv", "origin,destination,minutes\n14118,14333,abc\n")
    )
    assert code == 2
    assert not Zone.objects.filter(key="new").exists()
    assert load(capsys, "--zones", zones)[0] == 0
    assert queries.zones_of("14118") == ["former-basse-normandie", "new"]


def test_a_commune_is_in_one_class_of_a_family_at_most(write, capsys):
    first = write(
        "a.csv", "zone,name,family,source,insee\nlow,Faible,vulnerability,,14118\nhigh,Forte,vulnerability,,14118\n"
    )
    code, told = load(capsys, "--zones", first)
    assert (code, told["problems"][0]["line"]) == (2, 3)
    assert (
        load(capsys, "--zones", write("b.csv", "zone,name,family,source,insee\nlow,Faible,vulnerability,,14118\n"))[0]
        == 0
    )
    later = write("c.csv", "zone,name,family,source,insee\nhigh,Forte,vulnerability,,14118\n")
    assert "déjà dans « low »" in load(capsys, "--zones", later)[1]["problems"][0]["message"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "au moins un fichier"),
        (["--populations", "rien.csv"], "année de référence"),
        (["--populations", "rien.csv", "--year", "1200"], "n’est pas entre"),
        (["--zones", "/nowhere/rien.csv"], "introuvable ou illisible"),
    ],
)
def test_a_wrong_request_is_said(capsys, words, sentence):
    code, told = load(capsys, *words)
    assert code == 2
    assert sentence in told["problems"][0]["message"]


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00z", b"", b"zone,name,insee\n" + b'"' + b"a" * 200_000, b"zone,name,insee\n\x00,a,b\n"]
)
def test_a_hostile_file_never_gives_a_traceback(tmp_path, capsys, content):
    file = tmp_path / "z.csv"
    file.write_bytes(content)
    code, told = load(capsys, "--zones", str(file))
    assert (code, bool(told["problems"])) == (2, True)


def test_a_merger_moves_people_zones_and_organisations(write, capsys, at):
    town = build.organisation(at, commune_id="14333")
    before = queries.population("14333", 2023) + queries.population("14118", 2023)
    history = write("history.csv", "old_insee,old_name,kind,current_insee\n14333,Honfleur,commune-deleguee,14118\n")
    assert load(capsys, "--history", history)[0] == 0
    assert not Commune.objects.filter(code="14333").exists()
    assert queries.current_code("14333") == "14118"
    assert queries.population("14118", 2023) == before
    assert Organisation.objects.get(pk=town.pk).commune_id == "14118"
    assert queries.zones_of("14118") == ["former-basse-normandie"]
    assert queries.find("honfleur")[0].code == "14118"


def test_a_chain_of_mergers_ends_at_the_commune_of_today(write, capsys):
    history = write(
        "history.csv",
        "old_insee,old_name,kind,current_insee\n14333,Honfleur,x,14118\n14118,Caen,x,14366\n14366,Lisieux,x,14366\n",
    )
    assert load(capsys, "--history", history)[0] == 0
    assert {queries.current_code(code) for code in ("14333", "14118", "14366")} == {"14366"}


def test_a_new_file_of_communes_is_the_whole_truth_of_its_year(write, capsys):
    row = "insee,name,dep,reg,lon,lat,pop,area_km2\n14118,Caen,14,28,-0.36,49.18,108000,25.7\n"
    assert load(capsys, "--communes", write("communes.csv", row), "--year", "2023")[0] == 0
    assert queries.population("14118", 2023) == 108_000
    assert queries.population("14333", 2023) is None
    assert queries.population("76540", 2023) is not None
