"""``escale plan`` and ``escale plan verify`` on files alone: answers, refusals, exit codes."""

import argparse
import json

import pytest

from escale.capabilities.planner.commands import plan, verify

DEMAND = """id,lon,lat,weight,group
a,0.0,49.0,100,g
b,0.05,49.0,50,g
c,1.0,49.0,80,h
d,1.05,49.0,20,h
e,3.0,49.0,500,h
"""
SITES = """id,lon,lat,cost,status
s,0.02,49.0,10.50,
t,1.02,49.0,20,candidate
u,0.0,49.0,5,
v,3.5,49.0,1,
"""


def call(module, *words):
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    return module.run(parser.parse_args([str(word) for word in words]))


@pytest.fixture
def files(tmp_path):
    (tmp_path / "demand.csv").write_text(DEMAND)
    (tmp_path / "sites.csv").write_text(SITES)
    return tmp_path


def asked(files, *words):
    return ["--demand", files / "demand.csv", "--sites", files / "sites.csv", *words]


def test_the_plan_and_its_proof(files, capsys):
    out = files / "plan.json"
    assert call(plan, *asked(files, "--k", 1, "--reach-km", 5, "--out", out, "--json")) == 0
    thing = json.loads(capsys.readouterr().out)
    assert thing == json.loads(out.read_text())
    assert thing["schema"] == "escale.plan/1"
    assert (thing["sites"], thing["covered"], thing["total"]) == (["s"], 150, 750)
    assert (thing["bound"], thing["gap"], thing["status"], thing["cost_cents"]) == (150, 0, "proven", 1050)
    assert call(verify, out) == 0
    assert "exactes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("key", "value"), [("covered", 151), ("bound", 149), ("bound_multipliers", 1), ("cost_cents", 1), ("sites", ["t"])]
)
def test_a_false_figure_is_found(files, key, value):
    out = files / "plan.json"
    call(plan, *asked(files, "--k", 1, "--reach-km", 5, "--out", out))
    out.write_text(json.dumps(json.loads(out.read_text()) | {key: value}))
    assert call(verify, out, "--json") == 1


def test_budget_in_euros_and_floors(files, capsys):
    (files / "floor.csv").write_text("group,share\nh,0.1\n")
    words = asked(files, "--budget", "30.49", "--reach-km", 5, "--floor", files / "floor.csv", "--json")
    assert call(plan, *words) == 0
    thing = json.loads(capsys.readouterr().out)
    assert (sorted(thing["sites"]), thing["covered"], thing["cost_cents"]) == (["t", "u"], 250, 2500)


def test_floors_that_nothing_keeps(files, capsys):
    (files / "floor.csv").write_text("group,share\nh,0.9\n")
    words = asked(files, "--k", 4, "--reach-km", 5, "--floor", files / "floor.csv", "--json")
    assert call(plan, *words) == 1
    assert json.loads(capsys.readouterr().out)["status"] == "infeasible"


def test_curve_and_open_places(files, capsys):
    (files / "open.csv").write_text("id,lon,lat\nx,0.0,49.0\n")
    words = asked(files, "--curve", 3, "--reach-km", 5, "--existing", files / "open.csv", "--json")
    assert call(plan, *words) == 0
    curve = json.loads(capsys.readouterr().out)["curve"]
    assert [(one["k"], one["covered"], one["bound"]) for one in curve] == [(1, 250, 250), (2, 250, 250), (3, 250, 250)]


def test_minutes_given(files, capsys):
    (files / "pairs.csv").write_text("demand,site,minutes\ne,v,14\na,v,9\nb,s,16\n")
    words = asked(files, "--k", 1, "--pairs", files / "pairs.csv", "--minutes", 15, "--json")
    assert call(plan, *words) == 0
    assert json.loads(capsys.readouterr().out)["covered"] == 600


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("demand.csv", DEMAND.replace("100,g", "-1,g"), "2.weight"),
        ("demand.csv", DEMAND.replace("100,g", "nan,g"), "2.weight"),
        ("demand.csv", DEMAND.replace("\nb,", "\na,"), "3.id"),
        ("demand.csv", DEMAND.replace("3.0,49.0", "3.0,149.0"), "6.lat"),
        ("demand.csv", "id,lon\n", ": 1:"),
        ("demand.csv", "", ": 1:"),
        ("sites.csv", SITES.replace("candidate", "maybe"), "3.status"),
        ("sites.csv", SITES.replace("10.50", "10.505"), "2.cost"),
        ("sites.csv", SITES + "w,1\n", ": 6:"),
    ],
)
def test_a_wrong_file_is_told_by_line(files, capsys, name, text, said):
    (files / name).write_text(text)
    assert call(plan, *asked(files, "--budget", 20, "--reach-km", 5)) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    "words",
    [
        ("--budget", "0.99", "--reach-km", 5),
        ("--k", 1),
        ("--k", "x", "--reach-km", 5),
        ("--k", 1, "--reach-km", "nan"),
        ("--k", 1, "--reach-km", 5, "--existing", "absent.csv"),
        ("--k", 1, "--budget", 3, "--reach-km", 5),
    ],
)
def test_a_wrong_request_is_refused(files, capsys, words):
    assert call(plan, *asked(files, *words, "--json")) == 2
    told = capsys.readouterr()
    assert json.loads(told.out)["ok"] is False
    assert "Traceback" not in told.err


def test_unknown_commune_in_pairs(files, capsys):
    (files / "pairs.csv").write_text("demand,site,minutes\nzz,v,14\na,yy,9\n")
    assert call(plan, *asked(files, "--k", 1, "--pairs", files / "pairs.csv")) == 2
    told = capsys.readouterr().err
    assert "zz" in told
    assert "yy" in told


def test_a_road_graph(files, capsys):
    (files / "nodes.csv").write_text("id,lon,lat\n1,0.02,49.0\n2,1.02,49.0\n3,3.25,49.0\n")
    (files / "edges.csv").write_text("from,to,minutes\n1,2,5\n2,3,50\n")
    graph = ("--nodes", files / "nodes.csv", "--edges", files / "edges.csv", "--minutes", 12)
    assert call(plan, *asked(files, "--k", 1, *graph, "--json")) == 0
    assert json.loads(capsys.readouterr().out)["covered"] == 250
    (files / "edges.csv").write_text("from,to,minutes\n1,2,5\n")
    assert call(plan, *asked(files, "--k", 1, *graph)) == 2
    assert "« 3 »" in capsys.readouterr().err


def test_a_curve_keeps_the_floors_and_says_where_none_can(files, capsys):
    """One site cannot serve a tenth of both groups; two can."""
    (files / "floor.csv").write_text("group,share\ng,0.5\nh,0.1\n")
    out = files / "curve.json"
    words = asked(files, "--curve", 3, "--reach-km", 5, "--floor", files / "floor.csv", "--out", out, "--json")
    assert call(plan, *words) == 0
    curve = json.loads(capsys.readouterr().out)["curve"]
    assert curve[0] == {"k": 1, "covered": 0, "bound": 0, "status": "infeasible"}
    assert [(one["k"], one["covered"], one["bound"]) for one in curve[1:]] == [(2, 250, 250), (3, 250, 250)]
    assert call(verify, out) == 0
