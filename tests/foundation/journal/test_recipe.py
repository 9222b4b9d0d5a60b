"""Whoever follows docs/reference/journal.md finds the hashes that the site wrote."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from escale.foundation.journal import seals
from escale.foundation.journal.models import Entry
from escale.foundation.organisations import actions
from escale.site.cli import main
from tests import build

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "journal.md"


@pytest.fixture
def recipe():
    """The names that the page's own code defines."""
    names = {}
    exec(re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1], names)
    return names


def test_entries_and_seal(recipe, at, capsys):
    owner = build.person(at)
    found = build.organisation(at, by=owner)
    actions.edit(found, by=owner, at=at, rev=0, name="Île d’Honfleur")
    number = found.subject.number
    assert main(["journal", "show", number, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    hashes = [recipe["entry_hash"](told["kind"], told["number"], entry) for entry in told["entries"]]
    assert hashes == [entry["hash"] for entry in told["entries"]]
    assert [entry["previous"] for entry in told["entries"]] == ["", hashes[0]]

    (seal,) = seals.seal_due(at=at + timedelta(days=1))
    heads = {}
    for entry in Entry.objects.select_related("subject").order_by("n"):
        heads[entry.subject.kind, entry.subject.number] = (entry.n, entry.hash)
    rows = [(*subject, *head) for subject, head in heads.items()]
    assert recipe["seal_digest"](seal.day.isoformat(), rows, "") == seal.digest


def test_a_number_that_nothing_bears(capsys):
    assert main(["journal", "show", "X", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "unknown"
