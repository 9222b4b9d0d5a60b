"""What is remembered of a decision: why this amount, the pack checked offline, the figures of a call, the doctor's look."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from escale.capabilities.calls.committee.models import Letter
from escale.capabilities.calls.committee.queries import memory
from escale.capabilities.calls.instruction.queries import packing, statistics, why
from escale.foundation.clock import reading
from escale.foundation.documents import storage
from escale.foundation.journal.models import Entry
from escale.site import wiring
from tests import build
from tests.capabilities.calls.committee.post import Post, days

pytestmark = pytest.mark.django_db
CHECK = Path(__file__).resolve().parents[4] / "tools" / "check_pack.py"


@pytest.fixture
def post(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(16))
    return Post(at)


def checked(path):
    done = subprocess.run([sys.executable, "-I", str(CHECK), str(path)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_why_this_amount_goes_on_to_the_vote_to_the_cent(post):
    dossier = post.voted(post.examined(), "partial", 300_001, reason="Le mobilier n’est pas retenu.")
    inside, outside = why.told(dossier, inside=True), why.told(dossier, inside=False)
    assert [one["kind"] for one in inside["steps"]] == ["filing", "examination", "vote"]
    assert [one["kind"] for one in outside["steps"]] == ["filing"]
    step = inside["steps"][-1]
    assert inside["total_cents"] == step["total_cents"] == sum(one["amount_cents"] for one in step["lines"]) == 300_001
    assert step["by_funder"] == {"Région": 300_001}
    post.sent(dossier)
    told = post.browser(post.mayor).get(f"/dossiers/{dossier.number}/why?format=json").json()
    assert [one["kind"] for one in told["steps"]] == ["filing", "examination", "vote"] and told[
        "total_cents"
    ] == 300_001
    page = post.browser(post.mayor).get(f"/dossiers/{dossier.number}/why").content.decode()
    assert "CP 26-11-142" in page and "Le mobilier n’est pas retenu." in page


def test_the_pack_holds_votes_and_letters_and_finds_what_was_altered(post, tmp_path):
    letter = post.opened(post.voted(post.examined()))
    path = tmp_path / "pack.zip"
    names = packing.write(letter.dossier, path)
    assert f"notified/{letter.number}.json" in names and f"files/{letter.paper.sha256}" in names
    assert any(name.startswith("votes/V26-") for name in names)
    code, said = checked(path)
    assert code == 0, said
    for name, old, new in (
        ("votes/", b"CP 26-11-142", b"CP 26-11-143"),
        (f"notified/{letter.number}", "J’ai le plaisir".encode(), "J’ai le regret".encode()),
        (f"journal/{letter.number}", b"opened", b"sealed"),
    ):
        other = tmp_path / "altered.zip"
        with zipfile.ZipFile(path) as kept, zipfile.ZipFile(other, "w") as made:
            for member in kept.namelist():
                body = kept.read(member)
                made.writestr(member, body.replace(old, new) if member.startswith(name) else body)
        code, said = checked(other)
        assert code == 1 and name in said, said


def test_a_letter_or_a_journal_line_changed_by_hand_is_found(post):
    letter = post.sent(post.voted(post.examined()))
    assert memory.problems in wiring.EVIDENCE and list(memory.problems()) == []
    Letter.objects.filter(pk=letter.pk).update(content={**letter.content, "title": "Autre objet"})
    assert list(memory.problems()) == [f"letter_altered {letter.number}"]
    Letter.objects.filter(pk=letter.pk).update(content=letter.content)
    entry = Entry.objects.get(subject=letter.subject, act="send")
    Entry.objects.filter(pk=entry.pk).update(data={**entry.data, "sha256": "0" * 64})
    assert list(memory.problems()) == [f"letter_altered {letter.number}"]
    Entry.objects.filter(pk=entry.pk).update(data=entry.data)
    storage.place(letter.paper.sha256).write_bytes(b"%PDF other")
    assert list(memory.problems()) == [f"letter_paper_differs {letter.number}"]


def test_the_figures_of_a_call_tell_leave_refusals_out(post):
    at = post.at + days(16)
    for n, (outcome, cents) in enumerate(
        (("awarded", 400_000), ("partial", 100_000), ("awarded", 200_000), ("refused", 0))
    ):
        town = build.organisation(post.at, by=post.mayor, name=f"Commune n° {n}")
        dossier = post.voted(
            post.examined(f"Projet {n}", town=town), outcome, cents, reason="Motif.", reference=f"CP {n}"
        )
        if n != 2:
            post.sent(dossier)
    inside, public = statistics.of(post.scheme, at, post.officer), statistics.of(post.scheme, at)
    assert (inside.received, inside.supported, inside.voted_cents) == (4, 2, 700_000)
    assert (public.received, public.supported, public.voted_cents) == (4, 2, None)
    assert (inside.days_to_voted, inside.days_to_notified) == (12, 14)
    assert public.proposed_cents is None
    page = post.browser(post.officer).get(f"/instruction/appels/{post.scheme.key}/").content.decode()
    assert "Aides votées" in page and "7 000" in page.replace("\u202f", " ")


def test_the_dossier_leads_to_its_letters_as_each_may_read_them(post):
    dossier = post.voted(post.examined())
    letter = post.prepared(dossier)
    applicant, officer = f"/dossiers/{dossier.number}/", f"/instruction/{dossier.number}/"
    assert letter.number in post.browser(post.officer).get(officer).content.decode()
    assert letter.number not in post.browser(post.mayor).get(applicant).content.decode()
    other = post.sent(
        post.voted(
            post.examined("Autre", town=build.organisation(post.at, by=post.mayor, name="Bis")), reference="CP 2"
        )
    )
    page = post.browser(post.mayor).get(f"/dossiers/{other.dossier.number}/").content.decode()
    assert "Une lettre de la Région vous attend" in page and other.get_absolute_url() in page
    assert "attribution" not in page[page.index('id="lettres"') :][:1500].lower()


def test_the_journal_in_the_pack_is_that_of_the_letters_too(post, tmp_path):
    letter = post.opened(post.voted(post.examined()))
    packing.write(letter.dossier, tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        lines = json.loads(pack.read(f"journal/{letter.number}.json"))
    assert [one["act"] for one in lines] == ["create", "review", "sign", "send", "open"]
