"""``escale label check`` and ``escale label format``: answers, exit codes, places of problems."""

import json
from pathlib import Path

import yaml

from escale.demo import build
from escale.site.cli import main
from tests.rules.label.test_real_labels import MOST, place

GRAND_EST = str(Path(build.__file__).parent / "referentials/tiers-lieux-grand-est.yaml")
NORMANDIE = str(Path(build.__file__).parent / "referentials/numerique-normandie.yaml")


def written(tmp_path, file):
    path = tmp_path / "place.yaml"
    path.write_text(yaml.safe_dump(file, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return str(path)


def test_check_answers_in_json_and_in_words(tmp_path, capsys):
    file = written(tmp_path, place(MOST, services=["coworking"]))
    assert main(["label", "check", GRAND_EST, file, "--at", "2026-02-20", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["verdict"], found["level"], found["points"]) == (
        "escale.label-check/1",
        "missing",
        None,
        0,
    )
    wanted = {"code", "verdict", "message", "figures", "family", "mandatory", "source", "to_do"}
    assert all(wanted <= set(one) for one in found["criteria"])
    assert main(["label", "check", GRAND_EST, file, "--at", "2026-02-20"]) == 0
    assert "→ Il en manque 1 parmi : Télétravail" in capsys.readouterr().out


def test_check_refuses_wrong_files_and_requests(tmp_path, capsys):
    file = written(tmp_path, place("lundi"))
    assert main(["label", "check", GRAND_EST, file]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{file}: hours[0].osm (ligne ")
    right = written(tmp_path, place(MOST))
    assert main(["label", "check", right, right, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["problems"][0]["path"] == "schema"
    assert main(["label", "check", GRAND_EST, right, "--at", "2026-02-30"]) == 2
    assert "--at" in capsys.readouterr().err
    assert main(["label", "check", NORMANDIE, right, "--at", "2026-02-20", "--type", "epm"]) == 2
    assert "« epn »" in capsys.readouterr().err
    assert main(["label", "check", str(tmp_path), right]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_format_gives_both_schemas(capsys):
    assert main(["label", "format"]) == 0
    assert json.loads(capsys.readouterr().out)["$id"] == "urn:escale.referential/1"
    assert main(["label", "format", "--place", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["$id"] == "urn:escale.place/1"
