"""The embedded Normandie: names, history, populations, zones, distances."""

import pytest

from escale.foundation.territory import loading, queries
from escale.foundation.territory.models import Commune, Population
from escale.foundation.territory.names import fold
from escale.foundation.territory.sheet import WrongFile

pytestmark = pytest.mark.django_db
HEADER = "insee,name,dep,reg,lon,lat,pop,area_km2\n"


def test_the_default_is_a_real_normandie(at):
    assert Commune.objects.count() == 2643
    assert Commune.objects.get(code="14118").name == "Caen"
    assert not loading.load_default(at=at)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("caen", "14118"),
        ("St Lô", "50502"),
        ("saint-lo", "50502"),
        ("HONFLEUR", "14333"),
        ("14118", "14118"),
        ("évreux", "27229"),
    ],
)
def test_names_are_forgiven(typed, code):
    assert queries.find(typed)[0].code == code


def test_a_merged_commune_finds_the_one_of_today():
    assert "14150" in [one.code for one in queries.find("Acqueville")]
    assert queries.current_code("14002") == "14150"
    assert queries.current_code("99999") is None


def test_population_is_of_the_year_asked_and_never_guessed():
    Population.objects.create(commune_id="14118", year=2013, inhabitants=107_229)
    assert queries.population("14118", 2013) == 107_229
    assert queries.population("14118", 1999) is None
    assert queries.population("14118") == queries.population("14118", 2023)


def test_former_regions_share_the_territory():
    assert queries.zones_of("14118") == ["former-basse-normandie"]
    assert queries.zones_of("76540") == ["former-haute-normandie"]


def test_minutes_are_of_the_table_when_there_is_one(at, tmp_path):
    estimate = queries.minutes_between("14118", "14366")
    assert estimate.source == "model"
    file = tmp_path / "minutes.csv"
    file.write_text("origin;destination;minutes\n14118;14366;52,5\n", encoding="utf-8")
    loading.load_travel(file, at=at)
    assert queries.minutes_between("14366", "14118") == queries.Minutes(52.5, "table")
    assert queries.minutes_between("14118", "99999") is None


def test_dots_draw_every_commune():
    dots = queries.dots()
    assert len(dots) == 2643
    assert dots[0][2] == max(dot[2] for dot in dots)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("14118,Caen,14,28,abc,49.1,100,10", "n’est pas un nombre"),
        ("14118,Caen,14,28,-0.3,99,100,10", "n’est pas entre"),
        ("141,Caen,14,28,-0.3,49,100,10", "cinq caractères"),
        ("14118,,14,28,-0.3,49,100,10", "nom absent"),
        ("14118,Caen,14", "nombre de colonnes"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_changes(line, words, tmp_path, at):
    file = tmp_path / "communes.csv"
    file.write_text(f"{HEADER}60999,Nulle-Part,60,32,2.1,49.4,1100,3.4\n{line}\n", encoding="utf-8")
    with pytest.raises(WrongFile) as wrong:
        loading.load_communes(file, year=2023, at=at)
    assert wrong.value.problems[0].line == 3
    assert words in str(wrong.value)
    assert not Commune.objects.filter(code="60999").exists()


@pytest.mark.parametrize(("content", "words"), [(b"a,b\n1,2\n", "colonnes absentes"), (b"\xff\xfe\x00", "UTF-8")])
def test_a_wrong_file_is_refused(content, words, tmp_path, at):
    file = tmp_path / "communes.csv"
    file.write_bytes(content)
    with pytest.raises(WrongFile, match=words):
        loading.load_communes(file, year=2023, at=at)


def test_folding():
    assert fold("L'Œuvre-des-St-Évroult") == "l oeuvre des saint evroult"
