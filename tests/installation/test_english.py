"""The English catalogue is whole, fresh and used: no page that has English shows its French source."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import Resolver404, resolve

from escale.demo import build as region
from escale.demo import people
from escale.foundation.clock.reading import now
from escale.foundation.territory import loading
from escale.site.cli import main

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "src/escale/site/locale/en/LC_MESSAGES/django.po"
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
    """The texts of a page, labels that are only heard included, and its links."""

    def __init__(self):
        super().__init__()
        self.texts, self.links, self.skipped = [], [], 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.skipped += tag in ("script", "style", "template") or given.get("lang") == "fr"
        self.texts += [given[name] for name in ("aria-label", "title", "placeholder") if given.get(name)]
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])

    def handle_endtag(self, tag):
        self.skipped = max(0, self.skipped - (tag in ("script", "style", "template")))

    def handle_data(self, data):
        if not self.skipped and data.strip():
            self.texts.append(" ".join(data.split()))


def walk(client, seeds):
    """Each address of ours once: (path, texts)."""
    waiting, names, opened = list(seeds), set(), set()
    while waiting:
        address = waiting.pop(0)
        path = urlsplit(address).path
        try:
            name = resolve(path).url_name
        except Resolver404:
            continue
        if name in names or address in opened:
            continue
        opened.add(address)
        answer = client.get(address)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            waiting += [answer["Location"]] if answer.status_code in (302, 303) else []
            if answer.streaming:  # read to its end: closing it would close PostgreSQL's connection
                b"".join(answer.streaming_content)
            continue
        names.add(name)
        page = Texts()
        page.feed(answer.content.decode())
        waiting += [urljoin(address, link) for link in page.links if urlsplit(link).netloc == ""]
        yield path, page.texts


@pytest.mark.django_db
def test_no_page_in_english_shows_its_french_source(settings, tmp_path):
    settings.ESCALE_DEMO = True
    settings.ESCALE_FILES_URL = f"file://{tmp_path}"
    at = now()
    loading.load_default(at=at)
    region.build(at=at, say=lambda _line: None)
    french, left = sources(), set()
    seeds = [
        "/",
        "/appels/",
        "/dossiers/",
        "/compte/",
        "/schemes/",
        "/connexion/",
        "/connexion/code/",
        "/connexion/mot-de-passe/",
    ]
    seen = set()
    for key in ("", "applicant", "officer", "lead-officer", "administrator"):
        client = Client()
        if key:
            client.force_login(people.person(key))
        client.cookies["django_language"] = "en"
        for path, texts in walk(client, seeds):
            if path != "/galerie/":
                seen.add(path)
                left |= {f"{path}: {text[:120]}" for text in texts if french.fullmatch(text)}
    assert len(seen) > 25
    assert not left, "\n".join(sorted(left))


def test_commands_answer_in_english(capsys, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("schema: escale.scheme/1\nkey: a\n")
    assert main(["scheme", "check", str(wrong), "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert "is missing" in said.out + said.err
