"""The English catalogue is whole, fresh and used: no page that has English shows its French source."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from escale.demo import build as region
from escale.demo import people
from escale.foundation.clock.reading import now
from escale.foundation.territory import loading
from escale.site import wiring
from escale.site.cli import main
from tests.browser import situations, walking
from tests.capabilities.calls.dossiers import stage

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "src/escale/site/locale/en/LC_MESSAGES/django.po"
#: Who reach all that there is; the long run (ESCALE_TORTURE) walks as everyone.
SPOKEN = ("", "applicant", "applicant-reader", "partner", "officer", "lead-officer", "administrator", "manager", "reviewer",
          "committee", "secretary")  # fmt: skip
#: Shorter sources may be names or words of the data.
LEAST = 14


def test_the_catalogue_is_fresh_and_whole():
    done = subprocess.run([sys.executable, "tools/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def sources():
    """French sentences that have another English, as patterns of a whole text."""
    found = []
    with PO.open("rb") as file:
        for one in read_po(file, locale="en"):
            for french, english in zip(
                [one.id] if isinstance(one.id, str) else one.id,
                [one.string] if isinstance(one.string, str) else one.string,
                strict=False,
            ):
                bare = re.sub(r"%\(\w+\)s|\{\w*\}", "", french)
                if len(bare.strip()) >= LEAST and french.strip() != english.strip():
                    spaced = re.split(r"%\(\w+\)s|\{\w*\}", " ".join(french.split()).replace("%%", "%"))
                    found.append(".{0,200}".join(map(re.escape, spaced)))
    return re.compile("|".join(f"(?:{one})" for one in found))


class Texts(HTMLParser):
    """The texts of a page, labels that are only heard included, its links, its titles, the state of its thing."""

    def __init__(self, page):
        super().__init__()
        self.texts, self.links, self.skipped, self.titles, self.state = [], [], 0, 0, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.skipped += tag in ("script", "style", "template") or given.get("lang") == "fr"
        self.texts += [given[name] for name in ("aria-label", "title", "placeholder") if given.get(name)]
        self.titles += tag == "h1"
        if tag == "main":
            self.state = given.get("data-state", "")
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])

    def handle_endtag(self, tag):
        self.skipped = max(0, self.skipped - (tag in ("script", "style", "template")))

    def handle_data(self, data):
        if not self.skipped and data.strip():
            self.texts.append(" ".join(data.split()))


def entering(client, pages):
    """Opens an address for a walk; the page's texts are kept in ``pages``, by address."""

    def enter(address):
        answer = client.get(address, follow=True)
        path = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        if answer.status_code != 200:
            return None
        if "text/html" not in answer["Content-Type"]:
            if answer.streaming:  # read to its end: closing it would close PostgreSQL's connection
                b"".join(answer.streaming_content)
            return walking.Opened(address, "", [], page=False)
        page = pages[address] = Texts(answer.content.decode())
        links = [urljoin(path, link) for link in page.links if not urlsplit(link).netloc]
        return walking.Opened(urlsplit(path).path, page.state, links)

    return enter


@pytest.mark.django_db
def test_each_page_opens_for_who_is_led_to_it_and_is_in_english(settings, tmp_path):
    settings.ESCALE_DEMO = True
    settings.ESCALE_FILES_URL = f"file://{tmp_path}"
    at = now()
    loading.load_default(at=at)
    region.build(at=at, say=lambda _line: None)
    situations.bring(at)
    # In this very transaction, which the worker of a tick would leave on PostgreSQL.
    for ask in wiring.EACH_TICK:
        ask(at)
    while stage.work():
        pass
    french, names, wrong = sources(), set(), set()
    everyone = ("", *(one.key for one in people.CAST))
    for key in everyone if "ESCALE_TORTURE" in os.environ else SPOKEN:
        client, pages = Client(), {}
        if key:
            client.force_login(people.person(key))
        client.cookies["django_language"] = "en"
        known = () if key in ("", "applicant", "officer") else walking.public()
        walk = walking.Walk(entering(client, pages), walking.SEEDS, lambda *_seen: None, known)
        names |= walk.go()
        wrong |= {f"{key} is led to {address}, which says no" for address in walk.refused}
        pages.pop("/galerie/", None)
        wrong |= {f"{key} {path}: {page.titles} h1" for path, page in pages.items() if page.titles != 1}
        texts = {(path, text) for path, page in pages.items() for text in page.texts}
        wrong |= {f"{path}: {text[:120]}" for path, text in texts if french.fullmatch(text)}
    assert not wrong, "\n".join(sorted(wrong))
    assert "\n".join(walking.missed(names)) == ""


def test_commands_answer_in_english(capsys, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("schema: escale.scheme/1\nkey: a\n")
    assert main(["scheme", "check", str(wrong), "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert "is missing" in said.out + said.err
