"""After a letter: rectification, appeal and its silence, withdrawal heard first, giving up, reasons told."""

import pytest

from escale.capabilities.calls.committee.actions import following, notifying, sending
from escale.capabilities.calls.committee.models import Appeal, Letter
from escale.capabilities.calls.committee.tasks import each_tick
from escale.capabilities.calls.dossiers.models import Conflict
from escale.foundation.clock import reading
from escale.foundation.post.models import Mail
from escale.rules.refusal import NoHat, Refused
from tests.capabilities.calls.committee.post import Post, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(16))
    return Post(at)


def refused(post, **more):
    return post.opened(post.voted(post.examined(**more), "refused", reason="Budget non équilibré."))


def leaves(post, letter, at):
    """Read, signed, sent."""
    notifying.review(letter, by=post.officer, at=at)
    notifying.sign(post.letter(letter.number), quality="la directrice", by=post.signer, at=at)
    sending.send(post.letter(letter.number), by=post.officer, at=at)
    return post.letter(letter.number)


def test_a_rectifying_letter_replaces_the_first_which_stays(post):
    letter = refused(post)
    new = following.rectify(letter, reason="Coquille dans le motif.", by=post.officer, at=post.at + days(17))
    assert (new.state, new.body, new.replaces, post.letter(letter.number).state) == (
        "prepared",
        letter.body,
        letter,
        "opened",
    )
    with pytest.raises(Refused) as twice:
        following.rectify(post.letter(letter.number), reason="Encore.", by=post.officer, at=post.at + days(17))
    assert twice.value.code == "in_hand"
    notifying.correct(new, title="Rectification – " + new.title, body=new.body, by=post.officer, at=post.at + days(17))
    sent = leaves(post, new, post.at + days(18))
    first = post.letter(letter.number)
    assert (sent.state, first.state) == ("sent", "replaced")
    assert "Rectification" not in str(first.content) and first.paper.sha256 == letter.paper.sha256
    page = post.browser(post.mayor).get(f"/lettres/{letter.number}/").content.decode()
    assert "Cette lettre ne vaut plus" in page and sent.number in page


def test_an_appeal_has_its_delay_from_the_proof_of_reading(post):
    letter = post.sent(post.voted(post.examined(), "refused", reason="Budget."))
    with pytest.raises(Refused):
        following.appeal(letter, "Je conteste.", by=post.mayor, at=post.at + days(15))
    sending.open_letter(letter, by=post.mayor, at=post.at + days(40))
    opened = post.letter(letter.number)
    found = following.appeal(opened, "Le plan est équilibré.", by=post.mayor, at=post.at + days(100))
    assert found.state == "filed"
    with pytest.raises(Refused) as twice:
        following.appeal(opened, "Encore.", by=post.mayor, at=post.at + days(100))
    assert twice.value.code == "already_filed"
    following.take_back(found, by=post.mayor, at=post.at + days(101))
    with pytest.raises(Refused) as late:
        following.appeal(opened, "Trop tard.", by=post.mayor, at=post.at + days(110))
    assert late.value.code == "too_late"


def test_silence_rejects_an_appeal_at_the_instant_it_was_due(post):
    letter = refused(post)
    found = following.appeal(letter, "Le plan est équilibré.", by=post.mayor, at=post.at + days(20))
    assert each_tick(found.due_at - days(1)) == 0
    assert each_tick(found.due_at + days(3)) == 1
    assert each_tick(found.due_at + days(4)) == 0
    line = found.subject.entries.get(act="deem-rejected")
    assert (line.at, line.by) == (found.due_at, None)
    mail = Mail.objects.get(key=f"appeal-silent-{found.pk}-{post.mayor.pk}")
    assert "tribunal administratif de Caen" in mail.text
    late = Appeal.objects.select_related("letter__dossier").get(pk=found.pk)
    with pytest.raises(Refused):
        following.uphold(late, answer="Oui.", by=post.lead, at=found.due_at + days(5))


def test_who_answers_after_the_due_instant_finds_what_silence_did(post):
    found = following.appeal(refused(post), "Je conteste.", by=post.mayor, at=post.at + days(20))
    with pytest.raises(Refused):
        following.reject(found, answer="Non.", by=post.lead, at=found.due_at + days(1))
    assert Appeal.objects.get().state == "deemed_rejected"


def test_a_rejected_appeal_has_its_letter_with_the_court_alone(post):
    letter = refused(post)
    found = following.appeal(letter, "Je conteste.", by=post.mayor, at=post.at + days(20))
    with pytest.raises(NoHat):
        following.reject(found, answer="Non.", by=post.officer, at=post.at + days(25))
    answer = following.reject(found, answer="Le budget reste déséquilibré.", by=post.lead, at=post.at + days(25))
    said = str(answer.content)
    assert answer.kind == "rejection" and "déséquilibré" in said and "tribunal administratif" in said
    assert "Recours gracieux, dans" not in said
    sent = leaves(post, answer, post.at + days(26))
    assert sent.state == "sent" and post.letter(letter.number).state == "opened"


def test_an_award_is_withdrawn_only_once_its_beneficiary_could_answer(post):
    award = post.opened(post.voted(post.examined()))
    until = post.at + days(40)
    with pytest.raises(NoHat):
        following.recall(award, reason="Aucun travail.", answer_by=until, by=post.officer, at=post.at + days(20))
    found = following.recall(
        award, reason="Les travaux n’ont pas commencé.", answer_by=until, by=post.lead, at=post.at + days(20)
    )
    with pytest.raises(Refused) as early:
        following.decide_recall(found, reason="Retrait.", by=post.lead, at=post.at + days(50))
    assert early.value.code == "not_warned"
    address = found.get_absolute_url()
    assert post.browser(post.mayor).get(address).status_code == 404
    leaves(post, post.letter(found.warning.number), post.at + days(21))
    found.warning.refresh_from_db()
    with pytest.raises(Refused) as awaited:
        following.decide_recall(found, reason="Retrait.", by=post.lead, at=post.at + days(22))
    assert awaited.value.code == "answer_awaited"
    assert post.browser(post.mayor).post(f"{address}answer", {"reason": "Le chantier ouvre lundi."}).status_code == 303
    found.refresh_from_db()
    assert (found.state, found.answer) == ("answered", "Le chantier ouvre lundi.")
    letter = following.decide_recall(found, reason="Le chantier n’a pas ouvert.", by=post.lead, at=post.at + days(60))
    assert post.letter(award.number).state == "opened"
    sent = leaves(post, letter, post.at + days(61))
    assert (sent.kind, sent.state, post.letter(award.number).state) == ("withdrawal", "sent", "replaced")


def test_a_beneficiary_gives_up_and_the_service_is_told(post):
    award = post.opened(post.voted(post.examined()))
    with pytest.raises(NoHat):
        following.give_up(award, reason="Je renonce.", by=post.officer, at=post.at + days(20))
    following.give_up(award, reason="Projet abandonné.", by=post.mayor, at=post.at + days(20))
    told = set(Mail.objects.filter(template="committee/given_up").values_list("to", flat=True))
    assert post.officer.email in told and post.mayor.email not in told
    page = post.browser(post.officer).get(f"/lettres/{award.number}/").content.decode()
    assert f"/deliberations/V26-0001/{award.dossier.number}/release" in page
    with pytest.raises(Refused):
        following.give_up(post.letter(award.number), reason="Encore.", by=post.mayor, at=post.at + days(20))


def test_reasons_are_told_on_request_without_names(post):
    letter = refused(post)
    client = post.browser(post.mayor)
    assert client.get(f"/lettres/{letter.number}/motifs/").status_code == 404
    assert client.post(f"/lettres/{letter.number}/ask-reasons").status_code == 303
    page = client.get(f"/lettres/{letter.number}/motifs/").content.decode()
    assert "Les dépenses" in page and "Toiture" in page
    for name in (post.officer.name, post.colleague.name, *[one.name for one in post.members]):
        assert name not in page
    assert letter.subject.entries.filter(act="ask-reasons", by=post.mayor).exists()


def test_pages_of_what_follows(post):
    letter = refused(post)
    client, lead = post.browser(post.mayor), post.browser(post.lead)
    assert client.post(f"/lettres/{letter.number}/appeal", {"text": ""}).status_code == 422
    answer = client.post(f"/lettres/{letter.number}/appeal", {"text": "Je conteste."})
    assert (answer.status_code, answer["Location"]) == (303, f"/lettres/{letter.number}/recours/1/")
    address = answer["Location"]
    assert post.browser(post.elsewhere).get(address).status_code == 404
    assert client.post(f"{address}reject", {"reason": "Non"}).status_code == 403
    assert lead.post(f"{address}uphold", {"reason": ""}).status_code == 422
    assert lead.post(f"{address}uphold", {"reason": "Vous avez raison."}).status_code == 303
    assert lead.post(f"{address}uphold", {"reason": "Vous avez raison."}).status_code == 409
    assert "Vous avez raison" in client.get(address).content.decode()
    for act in ("rectify", "recall", "give-up", "appeal"):
        assert lead.get(f"/lettres/{letter.number}/{act}").status_code in (200, 403, 409)
    Conflict.objects.create(dossier=letter.dossier, person=post.lead, source="declared", by=post.lead, since=post.at)
    for path in (address, f"/lettres/{letter.number}/", f"/lettres/{letter.number}/rectify"):
        assert lead.get(path).status_code == 404
    assert Letter.objects.count() == 1
