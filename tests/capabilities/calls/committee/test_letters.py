"""Letters of decision: prepared from votes, read, signed, sent, kept, proved read."""

import hashlib

import pytest
from django.db import IntegrityError, transaction

from escale.capabilities.calls.committee import policy
from escale.capabilities.calls.committee.actions import modelling, notifying, sending
from escale.capabilities.calls.committee.models import Letter
from escale.foundation.clock import reading
from escale.foundation.documents import storage
from escale.foundation.journal.chain import canonical, digest
from escale.foundation.journal.models import Entry
from escale.foundation.organisations import actions as organisations
from escale.foundation.organisations.forms.region import MandateForm
from escale.foundation.organisations.models import Mandate
from escale.foundation.post.models import Mail
from escale.rules.refusal import NoHat, Refused
from tests import build
from tests.capabilities.calls.committee.post import Post, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(16))
    return Post(at)


def said(letter):
    return canonical(letter.content)


def test_a_vote_becomes_a_letter_read_signed_sent_and_opened(post):
    dossier = post.voted(post.examined(), cents=500_000)
    letter = post.opened(dossier)
    assert (letter.kind, letter.state, letter.number) == ("award", "opened", f"{dossier.number}-L1")
    for words in (
        "5\u202f000\u202f€",
        "CP 26-11-142",
        "la commission permanente a décidé",
        dossier.number,
        "arrêté n° 26-118",
    ):
        assert words in said(letter), words
    assert post.again(dossier).state == "notified"
    entry = Entry.objects.get(subject=dossier.subject, act="notify")
    assert entry.data == {"letter": letter.number, "kind": "award", "sha256": letter.sha256}
    mail = Mail.objects.get(key=f"letter-{letter.number}-{post.mayor.pk}")
    assert "J’ai le plaisir de vous informer" in mail.text and letter.get_absolute_url() in mail.text
    assert (letter.opened_by, letter.opened_at) == (post.mayor, post.at + days(15))
    assert letter.appeal_until is not None


def test_what_was_sent_is_kept_byte_for_byte(post):
    letter = post.sent(post.voted(post.examined()))
    assert digest(said(letter)) == letter.sha256
    with storage.reading(letter.paper.sha256) as stream:
        kept = stream.read()
    assert kept.startswith(b"%PDF") and hashlib.sha256(kept).hexdigest() == letter.paper.sha256
    assert kept == sending.paper_of(letter.content, letter.number)
    answer = post.browser(post.officer).get(f"/lettres/{letter.number}/lettre.pdf")
    assert b"".join(answer.streaming_content) == kept
    with pytest.raises(Refused):
        notifying.correct(
            letter, title=letter.title, body=letter.body + "\n\nMerci.", by=post.officer, at=post.at + days(15)
        )


def test_each_outcome_has_its_letter(post):
    outcomes = {
        "partial": ("partial", "Le mobilier n’est pas retenu."), "waiting": ("waiting", ""),
        "refused": ("refusal", "Le plan de financement n’est pas équilibré.\nLe calendrier est dépassé."),
        "adjourned": ("adjournment", "Un devis manque."),
    }  # fmt: skip
    for n, (outcome, (kind, reason)) in enumerate(outcomes.items()):
        town = build.organisation(post.at, by=post.mayor, name=f"Commune n° {n}")
        dossier = post.voted(
            post.examined(f"Projet {n}", town=town), outcome, 300_000, reason=reason, reference=f"CP {n}"
        )
        letter = post.prepared(dossier)
        assert letter.kind == kind
        for line in reason.splitlines():
            assert line in said(letter)
        if kind in ("partial", "refusal"):
            assert "tribunal administratif de Caen" in said(letter) and "deux mois" in said(letter)
        if kind == "waiting":
            assert "le rang 1" in said(letter)


def test_a_missing_field_is_said_and_the_letter_is_not_prepared(post):
    dossier = post.voted(post.examined(), "partial", 300_000, reason="")
    assert "Il manque : motifs" in post.prepared(dossier)
    assert Letter.objects.count() == 0
    other = post.examined("Sans vote")
    assert "Aucune décision n’est enregistrée" in post.prepared(other)


def test_preparing_twice_writes_nothing_twice(post):
    dossier = post.voted(post.examined())
    letter = post.prepared(dossier)
    assert letter.number in post.prepared(dossier)
    sent = post.letter(letter.number)
    notifying.review(sent, by=post.officer, at=post.at + days(13))
    notifying.sign(sent, quality="la directrice", by=post.signer, at=post.at + days(13))
    sending.send(post.letter(letter.number), by=post.officer, at=post.at + days(14))
    assert "déjà notifiée" in post.prepared(dossier)
    assert Letter.objects.count() == 1


def test_two_contradictory_letters_never_both_hold(post):
    dossier = post.voted(post.examined(), "refused", reason="Budget non équilibré.")
    first = post.sent(dossier)
    other = Letter(
        number="D26-99999-L1", dossier=dossier, kind="award", model_title="x", model_body="x", title="x", body="x",
        organisation=dossier.organisation, prepared_by=post.officer, prepared_at=post.at, sent_at=post.at, paper=first.paper,
        sha256="x", state=policy.LetterState.SENT, subject_id=post.scheme.subject_id,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match=r"one_letter_in_force|dossier_id"), transaction.atomic():
        other.save()


def test_a_letter_overtaken_by_another_vote_does_not_leave(post):
    dossier = post.voted(post.examined(), "refused", reason="Budget non équilibré.", reference="CP 1")
    letter = post.signed(dossier)
    from_vote = dossier.vote_lines.get()
    from_vote.reason = "Un autre motif."
    from_vote.save()
    with pytest.raises(Refused) as refused:
        sending.send(post.letter(letter.number), by=post.officer, at=post.at + days(14))
    assert refused.value.code == "decision_changed"
    assert post.letter(letter.number).state == "signed"
    assert not Mail.objects.filter(key__startswith="letter-").exists()


def test_the_next_letter_replaces_the_first_which_stays_and_whose_mail_does_not_leave(post):
    dossier = post.voted(post.examined(), "refused", reason="Budget non équilibré.")
    first = post.sent(dossier)
    line = dossier.vote_lines.get()
    line.reason = "Calendrier dépassé."
    line.save()
    second = post.sent(dossier)
    assert (post.letter(first.number).state, second.state, second.replaces) == ("replaced", "sent", first)
    assert "Budget non équilibré" in said(post.letter(first.number))
    mails = dict(Mail.objects.filter(key__startswith="letter-").values_list("key", "status"))
    assert mails == {
        f"letter-{first.number}-{post.mayor.pk}": "expired",
        f"letter-{second.number}-{post.mayor.pk}": "queued",
    }


def test_only_a_delegation_in_force_signs_and_the_letter_names_it(post):
    dossier = post.voted(post.examined())
    letter = post.prepared(dossier)
    notifying.review(letter, by=post.officer, at=post.at + days(13))
    with pytest.raises(NoHat):
        notifying.sign(letter, quality="chargée de mission", by=post.officer, at=post.at + days(13))
    Mandate.objects.filter(person=post.signer).update(until=post.at + days(13))
    with pytest.raises(NoHat):
        notifying.sign(letter, quality="la directrice", by=post.signer, at=post.at + days(13.5))
    bare = post.someone("signatory", "Sans Acte")
    with pytest.raises(Refused) as refused:
        notifying.sign(letter, quality="le directeur", by=bare, at=post.at + days(13))
    assert refused.value.code == "no_reference"
    assert post.letter(letter.number).state == "reviewed"


def test_the_administrator_gives_a_delegation_of_signature_with_its_act(post):
    asked = {"kind": "signatory", "service": str(post.service.pk), "since": "2026-03-03"}
    assert "reference" in MandateForm(asked).errors
    form = MandateForm({**asked, "reference": "arrêté n° 1"})
    assert form.is_valid() and form.where() == {"service": post.service}


def test_an_officer_who_left_sends_nothing_and_a_colleague_does(post):
    letter = post.signed(post.voted(post.examined()))
    organisations.end_mandate(Mandate.objects.get(person=post.officer), at=post.at + days(13.5))
    with pytest.raises(NoHat):
        sending.send(letter, by=post.officer, at=post.at + days(14))
    sending.send(post.letter(letter.number), by=post.colleague, at=post.at + days(14))
    assert post.letter(letter.number).state == "sent"


def test_whoever_has_an_interest_knows_nothing_of_the_letter(post):
    dossier = post.voted(post.examined())
    letter = post.signed(dossier)
    at = post.at + days(13.5)
    for person in (post.officer, post.signer):
        assert Letter.objects.visible_to(person, at).filter(pk=letter.pk).exists()
        organisations.give_mandate(person, "elected", at=at, commune=post.town.commune)
        later = post.at + days(16)
        assert not Letter.objects.visible_to(person, later).filter(pk=letter.pk).exists()
        client = post.browser(person)
        for path in (f"/lettres/{letter.number}/", f"/lettres/{letter.number}/lettre.pdf"):
            assert client.get(path).status_code == 404
        assert client.post(f"/lettres/{letter.number}/send").status_code == 404
        assert letter.number not in client.get("/lettres/").content.decode()
    page = post.browser(post.officer).get(f"/instruction/appels/{post.scheme.key}/lettres/").content.decode()
    assert letter.number not in page


def test_visible_to_agrees_with_the_table_in_every_state(post):
    dossier = post.voted(post.examined())
    reader = build.person(post.at, name="Lise")
    organisations.accept(
        organisations.invite(post.town, email=reader.email, role="reader", by=post.mayor, at=post.at),
        by=reader,
        at=post.at,
    )
    people = [post.officer, post.colleague, post.elsewhere, post.signer, post.mayor, reader, post.secretary]
    letter, at = post.prepared(dossier), post.at + days(16)
    steps = [
        lambda one: notifying.review(one, by=post.officer, at=at),
        lambda one: notifying.sign(one, quality="la directrice", by=post.signer, at=at),
        lambda one: sending.send(one, by=post.officer, at=at),
        lambda one: sending.open_letter(one, by=post.mayor, at=at),
    ]
    for step in [None, *steps]:
        if step:
            step(post.letter(letter.number))
        now = post.letter(letter.number)
        for person in people:
            hats = set(now.hats_of(person, at))
            reads = bool(now.POLICY.verdict("read", hats=hats, thing=now, at=at))
            assert reads == Letter.objects.visible_to(person, at).filter(pk=now.pk).exists(), (now.state, person.name)


def test_a_correction_is_kept_beside_the_text_of_the_model(post):
    letter = post.prepared(post.voted(post.examined()))
    body = letter.body.replace("Madame, Monsieur,", "Madame la maire,")
    notifying.correct(letter, title=letter.title, body=body, by=post.colleague, at=post.at + days(13))
    kept = post.letter(letter.number)
    assert kept.corrected and "Madame la maire," in said(kept) and "Madame, Monsieur," in kept.model_body
    assert (kept.corrected_by, kept.state) == (post.colleague, "prepared")
    with pytest.raises(modelling.WrongText):
        notifying.correct(kept, title="Objet", body="Bonjour {{ rien }}", by=post.officer, at=post.at + days(13))
