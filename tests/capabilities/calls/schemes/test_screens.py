"""Whatever a file can say, an officer can say on screens: each demo scheme is rebuilt through HTTP alone."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.calls.schemes import actions
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.editions.models import Draft
from escale.foundation.questionnaires.marked import read_file
from escale.rules.scheme.format.whole import SCHEME
from tests.capabilities.calls.schemes import officer

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).parents[4] / "src/escale/demo/schemes"
REBUILT = [DEMO / "nouvelle-aquitaine.yaml", DEMO / "fabrique-initiatives.yaml"]
KEPT = [DEMO / "idem-2016.yaml", DEMO / "e-sante-feder.yaml"]


def begin(desk, key="neuf-2026", **more):
    data = {"title": "Un appel", "key": key, "service": desk["service"].pk, **more}
    answer = desk["writer"].post("/schemes/create", data)
    assert answer.status_code == 303, answer.content.decode()
    return f"/schemes/{key}/edit"


@pytest.mark.parametrize("path", REBUILT, ids=lambda path: path.stem)
def test_a_demo_scheme_is_rebuilt_on_screens(path, desk, at):
    document, problems = actions.read(read_file(path).tree)
    assert problems == []
    document = {**document, "service": desk["service"].key}
    url = begin(desk, document["key"])
    officer.rebuild(desk["writer"], url, document)
    typed, problems = actions.read(Draft.objects.get().document)
    assert [problem.as_json() for problem in problems] == []
    assert officer.meaning(SCHEME, typed) == officer.meaning(SCHEME, document)
    for view in ("preview/", "preview/?view=form", "preview/?view=pieces", "bench/", ""):
        assert desk["writer"].get(url.replace("/edit", f"/{view}")).status_code == 200


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_page_saved_as_it_was_shown_changes_nothing(path, desk, at):
    url = begin(desk, file=SimpleUploadedFile("appel.yaml", path.read_bytes()))
    before = Draft.objects.get().document
    someone = officer.Officer(desk["writer"], url, None)
    places = officer.every_page(desk["writer"].get(url.replace("edit", "")).content.decode(), someone)
    assert {"", "calendar", "criteria", "aid"} <= set(places)
    for place in places:
        someone.send(place, officer.Form(someone.read(place)).data, "save")
    assert actions.read(Draft.objects.get().document) == actions.read(before)


def test_another_service_sees_nothing(desk):
    url = begin(desk)
    for address in (url, url.replace("/edit", "/preview/"), url.replace("/edit", "/bench/")):
        assert desk["elsewhere"].get(address).status_code == 404
    assert desk["elsewhere"].post(url, {"title": "Le mien", "rev": "1"}).status_code == 404
    assert b"Un appel" not in desk["elsewhere"].get("/schemes/").content
    assert b"Un appel" in desk["writer"].get("/schemes/").content


def test_two_officers_are_told(desk):
    url = begin(desk)
    assert desk["reader"].post(url, {"title": "Titre de la relectrice", "rev": "1"}).status_code == 303
    late = desk["writer"].post(url, {"title": "Titre tardif", "rev": "1"})
    assert late.status_code == 409
    assert "Titre tardif" in late.content.decode() and "changed_meanwhile" in late.content.decode()
    assert Draft.objects.get().document["title"] == "Titre de la relectrice"


def test_a_second_person_publishes(desk):
    source = SimpleUploadedFile("appel.yaml", REBUILT[0].read_bytes())
    url = begin(desk, file=source)
    publish = url.replace("/edit", "/publish")
    assert desk["writer"].post(publish).status_code == 403
    assert Scheme.objects.get().state == "draft"
    assert desk["reader"].post(publish).status_code == 303
    assert Client().get("/appels/neuf-2026/").status_code == 200


def test_problems_stand_at_their_field(desk):
    url = begin(desk)
    desk["writer"].post(url, {"title": "Un appel", "reference_year": "l’an dernier", "rev": "1"})
    page = desk["writer"].get(url).content.decode()
    assert "l’an dernier" in page and 'id="at-reference_year"' in page and "field--error" in page


def test_a_removed_row_comes_back(desk):
    url = begin(desk)
    for rev, do in ((1, "add themes"), (2, "add themes")):
        desk["writer"].post(
            f"{url}?place=themes", {"rev": rev, "do": do, "themes.#": str(rev - 1), "themes.0.code": "a"}
        )
    before = Draft.objects.get().document["themes"]
    desk["writer"].post(
        f"{url}?place=themes", {"rev": 3, "do": "remove themes.0", "themes.#": "2", "themes.0.code": "a"}
    )
    assert Draft.objects.get().document["themes"] == [{}]
    desk["writer"].post(url, {"rev": 4, "do": "restore"})
    assert Draft.objects.get().document["themes"] == before == [{"code": "a"}, {}]
