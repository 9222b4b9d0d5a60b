"""Hard days of letters: a call for interest without award, many letters while the mail is down, hostile hands."""

import re

import pytest

from escale.capabilities.calls.committee.actions import notifying, sending
from escale.capabilities.calls.committee.exports import of_organisation
from escale.capabilities.calls.committee.models import Letter, LetterModel
from escale.capabilities.calls.committee.tasks import send_one
from escale.capabilities.calls.dossiers.models import Partnership
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.foundation.journal import record
from escale.foundation.post import sending as outbox
from escale.foundation.post.models import Mail
from escale.rules.letters.standard import STANDARD
from escale.rules.letters.text import as_text
from escale.rules.refusal import Refused
from tests import build
from tests.capabilities.calls.committee.post import Post, days
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
#: A call for interest gives no money: what the usual call says of it is taken out.
AMI = {"kind": "ami", "aid": None, "envelopes": None, "limits": None}
DOWN = {
    "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": {"host": "127.0.0.1", "port": 1}}
}


@pytest.fixture(autouse=True)
def clock(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(16))


def test_a_call_for_interest_ends_without_award_and_invites_to_the_call_that_follows(at):
    post = Post(at, **AMI)
    dossier = post.examined()
    assert "Il manque : appel suivant" in post.prepared(dossier)
    document, problems = schemes.read(
        {**DOCUMENT, "key": "la-suite", "title": "La suite", "follows": {"schemes": [post.scheme.key]}}
    )
    assert problems == []
    schemes.publish(document, by=None, at=at)
    letter = post.prepared(dossier)
    said = str(letter.content)
    assert letter.kind == "invitation" and "La suite" in said and "/appels/la-suite/" in said
    assert "subvention" not in letter.content["title"]
    notifying.review(letter, by=post.officer, at=at + days(13))
    notifying.sign(post.letter(letter.number), quality="la directrice", by=post.signer, at=at + days(13))
    sending.send(post.letter(letter.number), by=post.officer, at=at + days(14))
    assert post.again(dossier).state == "examined"
    told = notifying.prepare([dossier], by=post.officer, at=at + days(15))
    assert not told[0].ok and letter.number in told[0].sentence


def test_what_an_assembly_retained_without_money_is_invited_too(at):
    post = Post(at, **AMI)
    document, _problems = schemes.read(
        {**DOCUMENT, "key": "la-suite", "title": "La suite", "follows": {"schemes": [post.scheme.key]}}
    )
    schemes.publish(document, by=None, at=at)
    letter = post.sent(post.voted(post.examined(), "retained"))
    assert letter.kind == "invitation" and post.again(letter.dossier).state == "notified"


def test_many_letters_while_the_mail_is_down_leave_once_when_it_is_back(at, settings):
    post, working = Post(at), settings.MAILERS
    dossiers = [
        post.examined(f"Projet {n}", town=build.organisation(at, by=post.mayor, name=f"Commune n° {n}"))
        for n in range(5)
    ]
    for n, dossier in enumerate(dossiers):
        post.voted(dossier, reference=f"CP {n}")
    settings.MAILERS = DOWN
    notifying.prepare(dossiers, by=post.officer, at=at + days(13))
    for letter in list(Letter.objects.order_by("pk")):
        whole = post.letter(letter.number)
        notifying.review(whole, by=post.officer, at=at + days(13))
        notifying.sign(whole, quality="la directrice", by=post.signer, at=at + days(13))
        send_one.func(letter.pk, post.officer.pk)
        send_one.func(letter.pk, post.officer.pk)  # the worker was killed and ran it again
    now = at + days(17)
    assert outbox.drain(at=now)["sent"] == 0
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}
    mails = Mail.objects.filter(key__startswith="letter-")
    assert mails.count() == 5 and set(mails.values_list("status", flat=True)) == {"queued"}
    settings.MAILERS = working
    outbox.drain(at=now + days(1))
    outbox.drain(at=now + days(2))
    assert (mails.count(), set(mails.values_list("status", "attempts"))) == (5, {("sent", 2)})


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("lettres/award/edit", {"title": "\x00" * 20, "body": "\x00{{ montant accordé }}"}),
        ("lettres/award/edit", {"title": "x" * 5000, "body": "{{" * 6000}),
        ("lettres/award/try", {"dossier": "D99-99999"}),
        ("lettres/award/try", {"dossier": "9" * 4000}),
        ("lettres/prepare", {"email.\x00": "a@b", "email.Europe": "x" * 10_000}),
    ],
)
def test_hostile_posts_are_answered_in_words(at, path, data):
    post = Post(at)
    answer = post.browser(post.officer).post(f"/instruction/appels/{post.scheme.key}/{path}", data)
    assert answer.status_code == 422
    assert not LetterModel.objects.exists() and not Letter.objects.exists()


def test_unknown_addresses_and_methods(at):
    post = Post(at)
    letter = post.sent(post.voted(post.examined()))
    client, base = post.browser(post.officer), f"/instruction/appels/{post.scheme.key}/lettres"
    for path in (
        f"{base}/nothing/", f"{base}/award/D99-99999.pdf", "/instruction/appels/rien/lettres/", "/lettres/D26-00001-L9999/",
        f"/lettres/{letter.number}/recours/{10**30}/", f"/lettres/retraits/{letter.dossier.number}/{10**30}/",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    assert client.get(f"/lettres/{letter.number}/send").status_code == 405
    assert post.browser(post.mayor).get(f"{base}/").status_code == 404
    assert client.post(f"/lettres/{letter.number}/send").status_code == 409
    with pytest.raises(Refused):
        sending.send(letter, by=post.officer, at=at + days(17))


def test_two_officers_on_the_same_words_one_wins_and_the_other_is_told(at):
    post = Post(at)
    letter = post.prepared(post.voted(post.examined()))
    first, second = post.browser(post.officer), post.browser(post.colleague)
    seen = re.search(
        r'name="seen" value="([0-9a-f]{16})"', second.get(f"/lettres/{letter.number}/").content.decode()
    ).group(1)
    words = {"title": letter.title, "seen": seen}
    address = f"/lettres/{letter.number}/correct"
    assert first.post(address, {**words, "body": letter.body + "\n\nMerci."}).status_code == 303
    late = second.post(address, {**words, "body": letter.body + "\n\nBien à vous."})
    assert late.status_code == 409 and 'data-code="changed_meanwhile"' in late.content.decode()
    assert "Bien à vous." in late.content.decode() and post.letter(letter.number).body.endswith("Merci.")
    base = f"/instruction/appels/{post.scheme.key}/lettres/award/"
    seen = re.search(r'name="seen" value="([0-9a-f]{16})"', second.get(base).content.decode()).group(1)
    title, body = STANDARD["award"]
    assert first.post(f"{base}edit", {"title": title, "body": body + "\n\nUn.", "seen": seen}).status_code == 303
    assert second.post(f"{base}edit", {"title": title, "body": body + "\n\nDeux.", "seen": seen}).status_code == 409
    assert LetterModel.objects.get().body.endswith("Un.")


def test_the_vote_and_the_desk_lead_to_letters_in_hand(at):
    post = Post(at)
    post.prepared(post.voted(post.examined()))
    client = post.browser(post.officer)
    base = f"/instruction/appels/{post.scheme.key}/lettres/"
    assert base in client.get("/deliberations/V26-0001/").content.decode()
    assert base in client.get("/lettres/").content.decode()
    assert base not in post.browser(post.elsewhere).get("/lettres/").content.decode()


def test_a_takeout_holds_the_letters_received(at):
    post = Post(at)
    letter = post.sent(post.voted(post.examined()))
    prepared = post.prepared(post.voted(post.examined("Autre"), reference="CP 2"))
    told, kept = {}, []

    class Bag:
        def tell(self, path, found):
            told[path] = found

        def keep(self, path, chunks):
            kept.append((path, b"".join(chunks)[:4]))

    of_organisation(Bag(), post.town, at)
    assert list(told) == [f"lettres/{letter.number}"] and prepared.number not in str(told)
    assert kept == [(f"lettres/lettre-{letter.number}.pdf", b"%PDF")]


def test_a_partner_reads_its_letter_and_nothing_else_of_the_dossier(at):
    post = Post(at)
    dossier, someone = post.voted(post.examined()), build.person(at, name="Mathieu Lecoq")
    other = build.organisation(at, by=someone, name="Les Ateliers", legal_form="association", commune_id="14118")
    partnership = Partnership(
        dossier=dossier, number=f"{dossier.number}-P1", row="r1", email=someone.email, organisation=other, invited_at=at,
        terms={"name": other.name, "share": "40 %"}, answered_by=someone, answered_at=at,
    )  # fmt: skip
    record.begin(partnership, number=partnership.number, title="", address="/", by=post.mayor, at=at, act="invite")
    Partnership.objects.filter(pk=partnership.pk).update(state="confirmed")
    told = notifying.prepare([dossier], by=post.officer, at=at + days(13))
    assert [one.ok for one in told] == [True, True]
    letter = post.letter(told[1].letter)
    assert letter.kind == "partner" and "2\u202f000\u202f€" in as_text(letter.content)
    notifying.review(letter, by=post.officer, at=at + days(13))
    notifying.sign(post.letter(letter.number), quality="la directrice", by=post.signer, at=at + days(13))
    sending.send(post.letter(letter.number), by=post.officer, at=at + days(14))
    assert post.again(dossier).state == "voted"
    client, address = post.browser(someone), f"/lettres/{letter.number}/"
    assert client.post(f"{address}open").status_code == 303
    page = client.get(address).content.decode()
    assert "Les Ateliers" in page and f"/dossiers/{dossier.number}/" not in page
    for act in ("ask-reasons", "appeal", "give-up", "recall", "rectify"):
        assert client.post(f"{address}{act}", {"reason": "x", "text": "x"}).status_code == 403, act
    assert client.get(f"{address}motifs/").status_code == 404
    assert client.get(f"/lettres/{told[0].letter}/").status_code == 404


def test_letters_are_french_whatever_the_language_of_who_prepares_and_signs_them(at):
    post = Post(at)
    parts = (("Région", "905-57", "main", 300_050), ("Département du Calvados", "", "", 200_000))
    post.voted(post.examined(), "partial", parts=parts, reason="Motif.")
    for person in (post.officer, post.signer):
        person.language = "en"
        person.save(update_fields=["language"])
    client, base = post.browser(post.officer), f"/instruction/appels/{post.scheme.key}/lettres/"
    assert 'lang="en"' in client.get(base).content.decode()
    client.post(f"{base}prepare", {"email.Département du Calvados": "calvados@exemple.fr"})
    first, funder = Letter.objects.order_by("number")
    assert "5\u202f000,50\u202f€" in as_text(first.content) and "2\u202f000\u202f€" in as_text(funder.content)
    assert "15 mars 2026" in as_text(first.content)
    client.post(f"/lettres/{first.number}/review")
    post.browser(post.signer).post(f"/lettres/{first.number}/sign", {"quality": "la directrice"})
    assert client.post(f"/lettres/{first.number}/send").status_code == 303
    sent = post.letter(first.number)
    assert sent.content["place"].startswith("Caen, le 19 mars 2026") and "Nos références" in str(sent.content)
