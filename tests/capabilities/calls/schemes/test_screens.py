"""Whatever a file can say, an officer can say on screens: each demo scheme is rebuilt through HTTP alone."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.calls.schemes import actions
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.editions.models import Draft
from escale.foundation.editions.screens import kind_at
from escale.foundation.editions.vocabulary import paged, simple
from escale.foundation.organisations import actions as organisations
from escale.foundation.questionnaires.marked import read_file
from escale.rules.scheme.format.whole import SCHEME
from escale.rules.shape.kinds import ListOf, OneOf, Record, resolved
from escale.rules.shape.reading import digest
from tests import build

pytestmark = pytest.mark.django_db
FILES = sorted((Path(__file__).parents[4] / "src/escale/demo/schemes").glob("*.yaml"))


@pytest.fixture
def desk(at):
    service = build.service()
    writer, reader = build.officer(at, service), build.person(at)
    organisations.give_mandate(reader, "lead_officer", at=at, service=service)
    elsewhere = build.officer(at, build.service("culture", "Service de la culture"))
    return {"writer": browser(writer), "reader": browser(reader), "elsewhere": browser(elsewhere), "service": service}


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def begin(desk, key="neuf-2026", **more):
    data = {"title": "Un appel", "key": key, "service": desk["service"].pk, **more}
    answer = desk["writer"].post("/schemes/create", data)
    assert answer.status_code == 303, answer.content.decode()
    return f"/schemes/{key}/edit"


def controls(page):
    """The names that a page's form offers."""
    return set(re.findall(r' name="([^"]+)"', page))


class Officer:
    """Someone who types a tree on the screens, page by page, using only what the pages offer."""

    def __init__(self, client, url):
        self.client, self.url = client, url

    def read(self, place):
        answer = self.client.get(self.url, {"place": place})
        assert answer.status_code == 200, (place, answer.status_code)
        return answer.content.decode()

    def send(self, place, data, do="save"):
        page = self.read(place)
        rev = re.search(r'name="rev" value="(\d+)"', page)[1]
        if do.startswith("add"):
            assert f'value="{do}"' in page, f"no button « {do} » on the page of « {place} »"
        answer = self.client.post(f"{self.url}?place={place}", {**data, "do": do, "rev": rev})
        assert answer.status_code == 303, answer.content.decode()

    def fill(self, tree, place=""):
        """Types ``tree`` at ``place``: grows what is nested, then writes the values of the page, then its rows."""
        kind = resolved(kind_at(SCHEME, tree, []) if not place else kind_at(SCHEME, {**self.whole}, steps(place)))
        data, pages, order = {}, [], []
        self.plan(kind, tree, place, data, pages, order)
        for depth in range(1 + max((name.count(".") for name in order), default=0)):
            for name in [one for one in order if one.count(".") == depth]:
                for _row in self.rows(name):
                    self.send(place, self.shown(data, place), f"add {name}")
            self.send(place, self.shown(data, place), "show")
        deepest = max((name.count(".") for name in data), default=0)
        for _nested in range(deepest):
            self.send(place, self.shown(data, place), "show")
        shown = controls(self.read(place))
        missing = [name for name in data if name not in shown]
        assert missing == [], f"no control on « {place} » for {missing}"
        self.send(place, data)
        for one in pages:
            for rank, row in enumerate(self.at(one)):
                self.send(place, data, f"add {one}")
                self.fill(row, f"{one}.{rank}")

    def shown(self, data, place):
        offered = controls(self.read(place))
        return {name: value for name, value in data.items() if name in offered and not name.endswith(".#")} | {
            name: re.search(rf'name="{re.escape(name)}" value="(\d+)"', self.read(place))[1]
            for name in offered
            if name.endswith(".#")
        }

    def rows(self, name):
        return self.at(name)

    def at(self, name):
        found = self.whole
        for step in steps(name):
            found = found[step]
        return found

    def plan(self, kind, tree, place, data, pages, order):
        kind = resolved(kind)
        if simple(kind):
            data[place] = text_of(kind, tree)
        elif isinstance(kind, ListOf):
            if paged(kind.item):
                pages.append(place)
                return
            data[f"{place}.#"] = str(len(tree))
            order.append(place)
            for rank, row in enumerate(tree):
                self.plan(kind.item, row, f"{place}.{rank}", data, pages, order)
        elif isinstance(kind, OneOf):
            mark = next(word for word, _record in kind.forms if word in tree)
            data[f"{place}.?"] = mark
            self.plan(dict(kind.forms)[mark], tree, place, data, pages, order)
        elif isinstance(kind, Record):
            for word, value in tree.items():
                self.plan(kind.get(word).kind, value, f"{place}.{word}" if place else word, data, pages, order)


def steps(place):
    return [int(one) if one.isdigit() else one for one in place.split(".") if one]


def text_of(kind, value):
    if isinstance(kind, ListOf):
        return [text_of(None, one) for one in value]
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def rebuild(client, url, document):
    officer = Officer(client, url)
    officer.whole = document
    first = {word: text_of(resolved(SCHEME.get(word).kind), value) for word, value in document.items()
             if simple(SCHEME.get(word).kind) and word not in ("schema", "key", "service")}  # fmt: skip
    assert [word for word in first if word not in controls(officer.read(""))] == []
    officer.send("", first)
    for word, value in document.items():
        if not simple(SCHEME.get(word).kind):
            officer.fill(value, word)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_demo_scheme_is_rebuilt_on_screens(path, desk, at):
    document, problems = actions.read(read_file(path).tree)
    assert problems == []
    document = {**document, "service": desk["service"].key}
    url = begin(desk, document["key"])
    rebuild(desk["writer"], url, document)
    typed, problems = actions.read(Draft.objects.get().document)
    assert [problem.as_json() for problem in problems] == []
    assert digest(typed) == digest(document)
    assert desk["writer"].get(url.replace("/edit", "/preview/")).status_code == 200
    assert desk["writer"].get(url.replace("/edit", "/bench/")).status_code == 200


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
    source = SimpleUploadedFile("appel.yaml", FILES[0].read_bytes())
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
