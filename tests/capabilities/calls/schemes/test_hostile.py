"""Whatever hands can send to the addresses of calls: an answer in words, never a fault."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.calls.schemes.models import Scheme
from escale.site.commands.routes import routes
from tests.capabilities.calls.schemes.officer import Form

pytestmark = pytest.mark.django_db
JUNK = (
    "",
    "\x00",
    "é" * 3000,
    "-1",
    "9" * 40,
    "1.234",
    "2026-13-45",
    "<script>",
    "' OR 1=1",
    "🚀",
    "{}",
    "yes",
    "%00",
    "../..",
    "1e9",
)
WORDS = ("key", "title", "service", "file", "do", "rev", "reason", "until", "hour", "wave", "place", "text", "code", "amount", "days",
         "email", "answer", "piece", "name", "verdict", "total", "case", "q", "territory", "page", "phase", "view", "model")  # fmt: skip


def addresses():
    mine = [one for one in routes() if one["path"].startswith(("/schemes/", "/appels"))]
    assert len(mine) > 30
    for one in mine:
        path = one["path"]
        for word, value in (("<slug:key>", "granges-2026"), ("<int:number>", "999999999999999999999"), ("<int:n>", "99999999999"),
                            ("<str:secret>", "x"), ("<str:token>", "1:x")):  # fmt: skip
            path = path.replace(word, value)
        yield path


def test_no_address_breaks(desk, call):
    chance, broken = random.Random(3), []
    desk["reader"].raise_request_exception = False
    for path in addresses():
        data = {word: chance.choice(JUNK) for word in chance.sample(WORDS, 9)}
        client, nobody = desk["reader"], Client(raise_request_exception=False)
        answers = [client.get(path, data), client.post(path, data), client.put(path, "x"), nobody.get(path, data)]
        answers.append(client.post(path, {**data, "file": SimpleUploadedFile("\x00é.yaml", b"\xff{")}))
        answers.append(nobody.post(path, b"\xff\x00{", content_type="application/json"))
        broken += [f"{path} {one.status_code}" for one in answers if one.status_code >= 500]
        for one in answers:
            if one.streaming:
                b"".join(one.streaming_content)
    assert sorted(set(broken)) == []
    assert Scheme.objects.get(key="granges-2026").edition.n == 1


@pytest.mark.parametrize("place", ["", "calendar", "criteria.0", "form.0.questions.0", "aid.components.0", "who"])
def test_no_page_of_a_draft_breaks(place, desk, call):
    """Each control of a page filled with junk: kept as typed, shown again, said wrong or right."""
    chance, url = random.Random(place), f"/schemes/granges-2026/edit?place={place}"
    for _try in range(1):
        page = desk["writer"].get(url).content.decode()
        data = {
            name: chance.choice(JUNK) if not name.endswith("#") else values for name, values in Form(page).data.items()
        }
        data |= {
            "rev": Form(page).data["rev"],
            "do": chance.choice(["save", "next", "show", "add form", "clear texts", "up x"]),
        }
        assert desk["writer"].post(url, data).status_code in (303, 409), data
        for after in (url, "/schemes/granges-2026/", "/schemes/granges-2026/preview/?view=form", "/schemes/granges-2026/preview/",
                      "/schemes/granges-2026/differences/", "/schemes/granges-2026/bench/", "/schemes/granges-2026/keep-case"):  # fmt: skip
            assert desk["writer"].get(after).status_code in (200, 404), after
