"""A place of the tables as a place file, read again by the label's check: nothing is lost, nothing is guessed."""

import json
from datetime import date
from pathlib import Path

import pytest

from escale.demo import build as demo
from escale.foundation.places import file, queries
from escale.foundation.places.models import Place
from escale.site.cli import main
from tests import build

pytestmark = pytest.mark.django_db
NORMANDIE = str(Path(demo.__file__).parent / "referentials/numerique-normandie.yaml")


@pytest.fixture
def halt(at):
    carrier = build.organisation(at, by=build.person(at), name="Les Ateliers", legal_form="association")
    made = build.place(
        at, hours="Mo-Fr 09:00-18:00; SH off; SH Mo-We 10:00-12:00; PH off", opened_on=date(2020, 1, 6), carrier=carrier,
        services=("coworking", "telework"), publics=("freelancers", "students"), premises="moderate_rent",
        premises_until=date(2029, 1, 1),
    )  # fmt: skip
    return queries.whole(Place.objects.all()).get(pk=made.pk)


def test_what_is_written_is_read(halt):
    told = file.described(halt)
    document, weeks, problems = file.read(json.loads(json.dumps(told)))
    assert problems == []
    assert document["carrier"] == {"name": "Les Ateliers", "legal_form": "association"}
    assert (document["premises"], document["publics"]) == (
        {"title": "moderate_rent", "until": "2029-01-01"},
        ["freelancers", "students"],
    )
    assert weeks == queries.weeks(halt)
    assert document["zones"] == ["former-basse-normandie"]
    assert "equipment" not in document and "tariffs" not in document


def test_show_then_check(halt, tmp_path, capsys):
    assert main(["places", "show", halt.slug]) == 0
    path = tmp_path / "place.json"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["label", "check", NORMANDIE, str(path), "--at", "2026-03-03", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    said = {one["code"]: one["verdict"] for one in found["criteria"]}
    assert (said["carrier"], said["perimeter"], said["A1"], said["A2"]) == ("met", "met", "met", "met")
    assert (said["professionals"], said["desk"], said["A3"]) == ("met", "missing", "missing")
