"""Scenarios through HTTP: asked by the Region's people, computed by a task, read by whom they are shown to."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.planner import actions
from escale.capabilities.planner.models import Run, Scenario
from escale.capabilities.planner.tasks import solving
from escale.foundation.organisations import actions as organisations
from escale.foundation.territory.models import Commune, Population
from tests import build

pytestmark = pytest.mark.django_db
FORM = {
    "goal": "places",
    "name": "Cinq lieux",
    "places": "5",
    "minutes": "20",
    "network": "none",
    "least_people": "2000",
}


@pytest.fixture
def cast(at):
    service = build.service()
    author, lead, other = build.officer(at, service), build.person(at), build.person(at)
    organisations.give_mandate(lead, "lead_officer", at=at, service=service)
    organisations.give_mandate(other, "reviewer", at=at)
    colleague = build.officer(at, build.service("culture", "Culture"))
    return {"author": author, "lead": lead, "stranger": other, "colleague": colleague}


def browser(person=None):
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def computed(cast, **changes):
    answer = browser(cast["author"]).post("/planification/create", {**FORM, **changes})
    assert answer.status_code == 303, answer.content.decode()
    scenario = Scenario.objects.get()
    solving.compute(scenario.number)
    return scenario


def test_an_officer_asks_and_reads_the_answer(cast):
    scenario = computed(cast)
    run = scenario.runs.get()
    assert run.status == "proven"
    assert run.covered <= run.bound <= run.covered * 1.001
    assert len(run.result["sites"]) == 5
    page = browser(cast["author"]).get(scenario.get_absolute_url()).content.decode()
    assert "5 nouveaux lieux" in page
    assert run.result["sites"][0]["name"] in page
    assert "Prouvé" in page
    assert [k for k, _low, _high in run.result["curve"]] == list(range(1, 21))
    assert all(low <= high for _k, low, high in run.result["curve"])


def test_the_figures_of_an_answer_agree_with_one_another(cast):
    scenario = computed(cast)
    result = scenario.runs.get().result
    # What each brings alone never exceeds what all bring together.
    reached = sum(site["alone"] for site in result["sites"])
    assert reached <= result["covered"] - result["already"]
    assert result["covered"] <= result["total"]
    before_after = [(before, after) for _name, _total, before, after in result["groups"]]
    assert sum(after for _before, after in before_after) == result["covered"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"goal": "budget", "budget": "300000", "cost": "100000"}, 3),
        ({"goal": "fading", "places": "4", "full": "10"}, 4),
    ],
)
def test_other_goals(cast, changes, expected):
    run = computed(cast, **changes).runs.get()
    assert run.status == "proven"
    assert len(run.result["sites"]) == expected


def test_the_curve_of_a_budget_passes_through_what_was_asked(cast):
    """One site costs 100 000 €: the curve has a point for each that may be paid, up to half as much again."""
    scenario = computed(cast, goal="budget", budget="300000", cost="100000")
    run = scenario.runs.get()
    assert run.result["curve_of"] == "budget"
    assert [cents for cents, _low, _high in run.result["curve"]] == [n * 10_000_000 for n in (1, 2, 3, 4)]
    assert all(low <= high for _cents, low, high in run.result["curve"])
    at_three = run.result["curve"][2]
    assert at_three[1] <= run.bound and run.covered <= at_three[2]
    client = browser(cast["author"])
    page = client.get(scenario.get_absolute_url()).content.decode().replace("\u202f", " ").replace("\xa0", " ")
    assert "Ce qu’apporte un budget plus grand" in page and "400 000 €" in page
    plan = client.get(f"{scenario.get_absolute_url()}plan.json").json()
    assert [one["budget_cents"] for one in plan["curve"]] == [n * 10_000_000 for n in (1, 2, 3, 4)]


def test_fewest_places_for_a_share(cast):
    run = computed(cast, goal="everyone", share="40", seconds="5").runs.get()
    result = run.result
    assert result["covered"] >= result["wanted"]
    assert result["at_least"] <= result["places"] == len(result["sites"])


def test_a_floor_that_cannot_be_kept_is_said(cast):
    scenario = computed(cast, places="1", floor_share="60")
    assert scenario.runs.get().status == "infeasible"
    page = browser(cast["author"]).get(scenario.get_absolute_url()).content.decode()
    assert "Baissez le plancher" in page


def test_forced_and_forbidden_communes(cast):
    scenario = computed(cast, forced="14333", forbidden="76540, 14118")
    ids = {site["id"] for site in scenario.runs.get().result["sites"]}
    assert "14333" in ids
    assert not ids & {"76540", "14118"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"forced": "Nulle-Part-sur-Rien"}, "Commune inconnue ou ambiguë"),
        ({"forced": "14333", "forbidden": "14333"}, "imposée et exclue à la fois"),
        ({"forced": "14333,76540,14118", "places": "2"}, "3 communes sont imposées pour 2 lieux"),
        ({"places": ""}, "Indiquez cette valeur"),
        ({"goal": "fading", "full": "25"}, "Choisissez moins que le temps de trajet"),
        ({"name": ""}, "Donnez un nom"),
    ],
)
def test_what_is_wrong_is_said_and_kept(cast, changes, sentence):
    answer = browser(cast["author"]).post("/planification/create", {**FORM, **changes})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert changes.get("forced", "") in page
    assert not Scenario.objects.exists()


def test_who_may_see_before_and_after(cast):
    scenario = computed(cast)
    url = scenario.get_absolute_url()
    author, lead = browser(cast["author"]), browser(cast["lead"])
    everyone = {"colleague": browser(cast["colleague"]), "stranger": browser(cast["stranger"]), "nobody": browser()}

    def seen():
        return {name: one.get(url).status_code for name, one in everyone.items()}

    assert seen() == {"colleague": 404, "stranger": 404, "nobody": 404}
    assert author.post(f"{url}publish").status_code == 403
    assert author.post(f"{url}share").status_code == 303
    assert seen() == {"colleague": 200, "stranger": 404, "nobody": 404}
    assert author.post(f"{url}publish").status_code == 403
    assert lead.post(f"{url}publish").status_code == 303
    assert seen() == {"colleague": 200, "stranger": 200, "nobody": 200}
    assert browser().get(f"{url}plan.json").status_code == 200
    assert author.post(f"{url}take-back").status_code == 303
    assert seen() == {"colleague": 404, "stranger": 404, "nobody": 404}
    assert [entry.act for entry in scenario.subject.entries.all()] == ["create", "share", "publish", "take-back"]


def test_the_list_is_what_one_may_read(cast, at):
    computed(cast)
    for name in ("author", "colleague", "lead"):
        listed = set(Scenario.objects.visible_to(cast[name], at))
        readable = {one for one in Scenario.objects.all() if list(one.hats_of(cast[name], at))}
        assert listed == readable
    assert browser(cast["stranger"]).get("/planification/").status_code == 403


def test_why_not_my_commune(cast):
    scenario = computed(cast)
    result = scenario.runs.get().result
    chosen, other = (
        result["sites"][0],
        next(code for code, row in result["why"].items() if row[0] == "others_bring_more"),
    )
    client, url = browser(cast["author"]), f"{scenario.get_absolute_url()}pourquoi/"
    assert "est dans ce plan" in client.get(url, {"commune": chosen["id"]}).content.decode()
    page = client.get(url, {"commune": other}).content.decode()
    assert "habitants sont à portée" in page
    small = Commune.objects.exclude(code__in=[*result["why"], *(one["id"] for one in result["sites"])]).first()
    assert "n’était pas candidate" in client.get(url, {"commune": small.code}).content.decode()
    assert "Aucune commune de ce nom" in client.get(url, {"commune": "Xyzzy"}).content.decode()


def test_downloads_hold_the_same_sites(cast):
    scenario = computed(cast)
    client, url = browser(cast["author"]), scenario.get_absolute_url()
    plan = json.loads(client.get(f"{url}plan.json").content)
    table = list(csv.DictReader(io.StringIO(client.get(f"{url}sites.csv").content.decode())))
    points = json.loads(client.get(f"{url}sites.geojson").content)
    assert {row["id"] for row in table} == set(plan["sites"]) == {one["id"] for one in points["features"]}
    assert plan["bound_multipliers"] >= plan["covered"]
    assert client.get(f"{url}memo.pdf").content.startswith(b"%PDF")


def test_a_run_is_stopped_and_keeps_its_best_answer(cast, at):
    scenario = actions.create(
        name="Longue", by=cast["author"], at=at,
        question={"goal": "places", "network": "none", "minutes": 15, "places": 60, "least_people": 0, "forced": [],
                  "forbidden": [], "floor_share": 0, "seconds": 60, "gap": 0.0, "seed": 0, "curve": 0},
    )  # fmt: skip
    Run.objects.filter(scenario=scenario).update(status="running", stop_asked=True)
    solving.compute(scenario.number)
    run = scenario.runs.get()
    assert run.status == "stopped"
    assert 0 < run.covered <= run.bound
    assert run.result["sites"]


def test_stopping_before_it_began(cast):
    browser(cast["author"]).post("/planification/create", FORM)
    scenario = Scenario.objects.get()
    url = scenario.get_absolute_url()
    assert browser(cast["author"]).post(f"{url}run").status_code == 409
    assert browser(cast["author"]).post(f"{url}stop").status_code == 303
    assert scenario.runs.get().status == "refused"
    solving.compute(scenario.number)
    assert scenario.runs.get().status == "refused"
    assert browser(cast["author"]).post(f"{url}stop").status_code == 409
    assert browser(cast["author"]).post(f"{url}run").status_code == 303
    assert scenario.runs.count() == 2


def test_the_same_question_gives_the_same_answer(cast, at):
    first = computed(cast)
    browser(cast["author"]).post(f"{first.get_absolute_url()}run")
    solving.compute(first.number)
    one, two = first.runs.all()
    assert one.result["sites"] == two.result["sites"]


def test_dossiers_against_an_envelope(cast, at):
    rows = [
        {"number": f"D26-0000{i}", "title": f"Projet {i}", "lon": lon, "lat": lat, "aid_cents": aid, "score": score, "retained": i < 2}
        for i, (lon, lat, aid, score) in enumerate(
            [(0.23, 49.42, 5_000_000, 60.0), (-0.36, 49.18, 6_000_000, 90.0), (1.09, 49.44, 7_000_000, 55.0), (-1.6, 48.7, 2_000_000, 95.5)]
        )
    ]  # fmt: skip
    scenario = actions.create(
        name="Comité", by=cast["author"], at=at,
        question={"goal": "dossiers", "network": "none", "minutes": 20, "budget_cents": 11_000_000, "dossiers": rows,
                  "seconds": 5, "gap": 0.001, "seed": 0, "call": "essai", "call_title": "Essai"},
    )  # fmt: skip
    solving.compute(scenario.number)
    result = scenario.runs.get().result
    assert all(one["spent_cents"] <= 11_000_000 for one in result["sets"])
    assert result["committee"]["score"] == 150.0
    assert result["sets"][0]["covered"] >= result["committee"]["covered"]
    page = browser(cast["author"]).get(scenario.get_absolute_url()).content.decode()
    assert "Le classement du comité" in page


def upload(name, text):
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def test_files_of_ones_own(cast):
    demand = "id,lon,lat,weight\na,0,49,100\nb,0.05,49,50\nc,1,49,80\n"
    sites = "id,lon,lat\nx,0.02,49\ny,1,49\n"
    pairs = "demand,site,minutes\na,x,5\nb,x,8\nc,y,4\n"
    files = {
        "demand_file": upload("d.csv", demand),
        "sites_file": upload("s.csv", sites),
        "pairs_file": upload("p.csv", pairs),
    }
    run = computed(cast, places="1", **files).runs.get()
    assert (run.status, run.covered) == ("proven", 150.0)
    assert [site["id"] for site in run.result["sites"]] == ["x"]


def test_a_wrong_file_is_named_with_its_line(cast):
    files = {
        "demand_file": upload("carreaux.csv", "id,lon,lat,weight\na,0,49,-3\n"),
        "sites_file": upload("s.csv", "id,lon,lat\nx,0.02,49\n"),
    }
    scenario = computed(cast, **files)
    run = scenario.runs.get()
    assert run.status == "refused"
    assert "carreaux.csv : 2.weight" in run.problem
    page = browser(cast["author"]).get(scenario.get_absolute_url()).content.decode()
    assert "carreaux.csv" in page
    again = browser(cast["author"]).get(f"/planification/create?from={scenario.number}").content.decode()
    assert "Cinq lieux" in again


def test_sites_alone_are_asked_back(cast):
    answer = browser(cast["author"]).post(
        "/planification/create", {**FORM, "sites_file": upload("s.csv", "id,lon,lat\n")}
    )
    assert answer.status_code == 422


def test_a_road_network_of_ones_own_replaces_the_estimate(cast):
    """Two communes joined by one slow road: the only minutes are those of the file."""
    first = Commune.objects.order_by("code")[0]
    nodes = "id,lon,lat\n" + "".join(f"{one.code},{one.lon},{one.lat}\n" for one in Commune.objects.order_by("code"))
    near = Commune.objects.order_by("code")
    edges = "from,to,minutes\n" + "".join(f"{first.code},{one.code},59\n" for one in near if one != first)
    scenario = computed(cast, nodes_file=upload("carrefours.csv", nodes), edges_file=upload("routes.csv", edges),
                        places="1", least_people="0", minutes="20")  # fmt: skip
    run = scenario.runs.get()
    assert run.status == "proven", run.problem
    biggest = max(one[2] for one in territory_people())
    assert run.covered == biggest, "nobody reaches another commune in twenty minutes"
    page = browser(cast["author"]).get(scenario.get_absolute_url()).content.decode()
    assert "le long du réseau routier donné" in page and "vol d’oiseau" not in page


def territory_people():
    from_base = dict(Population.objects.order_by("year").values_list("commune_id", "inhabitants"))
    return [(code, "", people) for code, people in from_base.items()]


@pytest.mark.parametrize(
    ("files", "field", "words"),
    [
        ({"nodes_file": "id,lon,lat\n"}, "edges_file", "carrefours et routes"),
        ({"barriers_file": "{}", "nodes_file": "id,lon,lat\n", "edges_file": "from,to,minutes\n"}, "barriers_file",
         "tiennent déjà compte"),
    ],
)  # fmt: skip
def test_files_that_exclude_each_other_are_said_so(cast, files, field, words):
    sent = {name: upload(f"{name}.{'geojson' if 'barriers' in name else 'csv'}", text) for name, text in files.items()}
    answer = browser(cast["author"]).post("/planification/create", {**FORM, **sent})
    assert answer.status_code == 422 and words in answer.content.decode() and not Scenario.objects.exists(), field


def test_a_wall_of_ones_own_is_not_crossed(cast):
    """A wall every four kilometres keeps people apart; one in the ocean changes nothing."""
    covered = []
    for n, lons in enumerate(([step / 20 for step in range(-40, 41)], [-9.0])):
        lines = [[[lon, 40.0], [lon, 60.0]] for lon in lons]
        features = [{"type": "Feature", "properties": {"name": "mur"},
                     "geometry": {"type": "LineString", "coordinates": line}} for line in lines]  # fmt: skip
        wall = upload("mur.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
        answer = browser(cast["author"]).post("/planification/create", {**FORM, "places": "1", "barriers_file": wall})
        assert answer.status_code == 303, n
        scenario = Scenario.objects.latest("pk")
        solving.compute(scenario.number)
        run = scenario.runs.get()
        assert run.status == "proven", run.problem
        covered.append(run.covered)
        page = browser(cast["author"]).get(scenario.get_absolute_url()).content.decode()
        assert "Obstacles et passages : ceux du fichier donné." in page
    assert covered[0] < covered[1]


def test_a_file_of_barriers_that_is_no_map_is_said_so(cast):
    scenario = computed(cast, barriers_file=upload("mur.geojson", "bonjour"))
    run = scenario.runs.get()
    assert run.status == "refused" and "mur.geojson" in run.problem and "GeoJSON" in run.problem


def test_the_map_holds_what_the_tables_say(cast):
    scenario = computed(cast)
    result = scenario.runs.get().result
    found = browser(cast["author"]).get(f"{scenario.get_absolute_url()}map.json").json()
    assert len(found["communes"]) == Commune.objects.count()
    assert [site[0] for site in found["layers"][0]["sites"]] == [site["name"] for site in result["sites"]]
    gained = {row[0] for row in found["communes"] if row[5] == "gained"}
    assert gained == {code for code, kind in result["reached"].items() if kind == 2}
    page = browser(cast["author"]).get(f"/planification/compare/?s={scenario.number}").content.decode()
    address = f"/planification/compare/carte.json?s={scenario.number}"
    assert address in page
    told = browser(cast["author"]).get(address).json()
    assert [one["mark"] for one in told["layers"]] == ["A"] and told["layers"][0]["name"] == "Cinq lieux"
    assert browser().get(f"{scenario.get_absolute_url()}map.json").status_code == 404
