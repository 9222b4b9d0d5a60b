"""Around a call, through HTTP: documents, questions and answers, being told when it opens."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.calls.schemes import actions, exports
from escale.capabilities.calls.schemes.models import Question, Subscriber
from escale.foundation.clock import reading
from escale.foundation.journal.models import Entry
from escale.foundation.post.models import Mail
from escale.rules.scheme.format.words import PARIS
from tests.capabilities.calls.schemes.conftest import CALL, browser

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ASKED = {"text": "Une grange sans toit est-elle admise ?", "email": "curieuse@exemple.fr"}


def file(name="modele.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def link(mail, word):
    return re.search(rf"/appels/\S+/{word}", mail.text)[0]


def public():
    return Client().get("/appels/granges-2026/").content.decode()


# Documents


def test_a_document_is_joined_downloaded_and_withdrawn(desk, call):
    address = "/schemes/granges-2026/attach"
    assert desk["writer"].post(address, {"title": "Plan à remplir", "file": file(), "piece": "plan"}).status_code == 303
    assert "Plan à remplir" in public() and "Modèle à remplir" in public()
    path = re.search(r'href="(/appels/granges-2026/documents/\d+)"', public())[1]
    answer = Client().get(path)
    assert answer.status_code == 200 and b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    number = path.rsplit("/", 1)[1]
    assert desk["elsewhere"].post(f"/schemes/granges-2026/attachments/{number}/detach").status_code == 404
    assert desk["writer"].post(f"/schemes/granges-2026/attachments/{number}/detach").status_code == 303
    assert Client().get(path).status_code == 404 and "Plan à remplir" not in public()
    assert list(Entry.objects.filter(act__in=["attach", "detach"]).values_list("act", flat=True)) == [
        "attach",
        "detach",
    ]


def test_a_document_of_a_draft_is_closed_to_the_public(desk):
    desk["writer"].post("/schemes/create", {"title": "Neuf", "key": "neuf", "service": desk["service"].pk})
    desk["writer"].post("/schemes/neuf/attach", {"title": "Notice", "file": file()})
    page = desk["writer"].get("/schemes/neuf/attachments/").content.decode()
    path = re.search(r'href="(/appels/neuf/documents/\d+)"', page)[1]
    mine = desk["writer"].get(path)
    assert mine.status_code == 200 and b"".join(mine.streaming_content) == PDF
    assert Client().get(path).status_code == 404 and desk["elsewhere"].get(path).status_code == 404


@pytest.mark.parametrize(
    ("data", "status"),
    [({}, 422), ({"title": "T", "file": SimpleUploadedFile("x.pdf", b"")}, 422), ({"title": "T", "piece": "nope"}, 422),
     ({"title": "T", "file": SimpleUploadedFile("x.pdf", b"MZ\x90\x00 not a pdf")}, 409)],
)  # fmt: skip
def test_a_wrong_document_is_refused_in_words(data, status, desk, call):
    answer = desk["writer"].post("/schemes/granges-2026/attach", data)
    assert answer.status_code == status and "Documents à télécharger" in answer.content.decode()


# Questions


def test_a_question_is_confirmed_answered_and_published_without_its_asker(desk, call):
    assert Client().post("/appels/granges-2026/ask", ASKED).status_code == 200
    assert ASKED["text"] not in desk["writer"].get("/schemes/granges-2026/questions/").content.decode(), (
        "not confirmed yet"
    )
    path = link(Mail.objects.get(), "confirm")
    assert Client().get(path).status_code == 200 and Question.objects.get().state == "unconfirmed", (
        "a scanner opens links"
    )
    for _twice in range(2):
        assert Client().post(path).status_code == 200
    assert ASKED["text"] in desk["writer"].get("/schemes/granges-2026/questions/").content.decode()
    assert ASKED["text"] not in public()
    address = "/schemes/granges-2026/questions/1/answer"
    said = {"text": "Une grange sans toit est-elle admise ?", "answer": "Oui, si le toit est au projet."}
    assert desk["elsewhere"].post(address, said).status_code == 404
    assert desk["writer"].post(address, {**said, "answer": ""}).status_code == 422
    assert desk["writer"].post(address, said).status_code == 303
    assert said["answer"] in public() and "curieuse" not in public()
    assert Question.objects.get().email == ""
    mail = Mail.objects.get(template="schemes/question_answer")
    assert mail.to == ASKED["email"] and said["answer"] in mail.text
    assert desk["writer"].post(address, {**said, "answer": "Oui, sans condition."}).status_code == 303
    assert "Oui, sans condition." in public() and Mail.objects.filter(template="schemes/question_answer").count() == 1


def test_a_question_is_set_aside_with_a_reason_that_its_asker_reads(desk, call, at):
    person = desk["people"]["reader"]
    browser(person).post("/appels/granges-2026/ask", {"text": "Mon voisin a-t-il déposé ?"})
    assert Question.objects.get().state == "asked", "a signed-in person's address is proved"
    reason = "Nous ne parlons pas des dossiers des autres."
    assert desk["writer"].post("/schemes/granges-2026/questions/1/set-aside", {"reason": reason}).status_code == 303
    assert reason in Mail.objects.get(template="schemes/question_set_aside").text
    assert "voisin" not in public()
    assert (
        desk["writer"].post("/schemes/granges-2026/questions/1/answer", {"text": "a", "answer": "b"}).status_code == 409
    )


def test_questions_are_limited_and_end_with_the_call(desk, call, at):
    for n in range(6):
        answer = Client().post("/appels/granges-2026/ask", ASKED | {"text": f"Question {n} ?"})
    assert answer.status_code == 429 and 'data-code="too_many"' in answer.content.decode()
    assert "Question 5 ?" in answer.content.decode(), "nothing typed is lost"
    assert Mail.objects.count() == 5
    reading.move_to(at + timedelta(days=60))
    late = Client().post("/appels/granges-2026/ask", ASKED | {"email": "autre@exemple.fr"})
    assert late.status_code == 409 and 'data-code="call_over"' in late.content.decode()
    assert actions.asking.forget_unconfirmed(at + timedelta(days=4)) == 5
    assert set(Question.objects.values_list("email", "text")) == {("", "")}


@pytest.mark.parametrize("data", [{}, {"text": "x" * 4000, "email": "a@b.fr"}, {"text": "?", "email": "pas une adresse"},
                                  {"text": "\x00", "email": "\x00@b.fr"}])  # fmt: skip
def test_a_wrong_question_gets_a_sentence(data, desk, call):
    assert Client().post("/appels/granges-2026/ask", data).status_code == 422
    assert Mail.objects.count() == 0


# Being told


def coming(at):
    document = CALL | {"key": "prochain", "title": "Prochain appel",
                       "calendar": {"kind": "deadline", "opens": "2026-03-10", "closes": "2026-05-31"}}  # fmt: skip
    return actions.publish(actions.read(document)[0], by=None, at=at)[0]


def test_those_who_asked_are_told_once_when_the_call_opens(desk, at):
    scheme = coming(at)
    assert "Me prévenir de l’ouverture" in Client().get("/appels/prochain/").content.decode()
    assert Client().post("/appels/prochain/subscribe", {"email": "Mairie@Exemple.fr"}).status_code == 200
    path = link(Mail.objects.get(), "confirm")
    assert Client().get(path).status_code == 200 and Subscriber.objects.get().confirmed_at is None
    opening = datetime(2026, 3, 10, tzinfo=PARIS)
    assert actions.subscribing.tell_openings(opening) == 0, "not confirmed: never told"
    assert Client().post(path).status_code == 200
    assert actions.subscribing.tell_openings(opening - timedelta(seconds=1)) == 0
    assert actions.subscribing.tell_openings(opening) == 1
    assert actions.subscribing.tell_openings(opening + timedelta(hours=1)) == 0
    mail = Mail.objects.get(template="schemes/opening")
    assert mail.to == "mairie@exemple.fr" and "Prochain appel" in mail.subject
    later = CALL | {"key": "prochain", "title": "Prochain appel",
                    "calendar": {"kind": "deadline", "opens": "2026-09-01", "closes": "2026-10-31"}}  # fmt: skip
    actions.publish(actions.read(later)[0], by=None, at=opening + timedelta(days=100))
    assert actions.subscribing.tell_openings(datetime(2026, 9, 1, tzinfo=PARIS)) == 1, (
        "the next edition opens: told again"
    )
    leave = link(mail, "unsubscribe")
    assert Client().get(leave).status_code == 200 and scheme.subscribers.count() == 1
    assert Client().post(leave).status_code == 200 and scheme.subscribers.count() == 0
    assert Client().get(leave).status_code == 404


def test_subscribing_says_the_same_to_all_and_is_limited(desk, at):
    coming(at)
    answers = [Client().post("/appels/prochain/subscribe", {"email": "m@exemple.fr"}) for _n in range(6)]
    first, second = (re.sub(r'value="[A-Za-z0-9]{64}"', "", one.content.decode()) for one in answers[:2])
    assert first == second and answers[5].status_code == 429
    assert Client().post("/appels/prochain/subscribe", {"email": "nope"}).status_code == 422
    for token in ("x", "1:forged", "\x00", "9" * 99):
        assert Client().get(f"/appels/abonnements/{token}/confirm").status_code == 404
        assert Client().post(f"/appels/questions/{token}/confirm").status_code == 404
    assert actions.subscribing.tell_openings(at + timedelta(days=8)) == 0 and Subscriber.objects.count() == 0, (
        "forgotten"
    )


def test_what_is_kept_of_a_person_is_in_their_takeout(desk, call, at):
    person = desk["people"]["reader"]
    browser(person).post("/appels/granges-2026/ask", {"text": "Et une étable ?"})
    actions.subscribing.subscribe(call, email=person.email.upper(), at=at)
    told = {}

    class Takeout:
        def tell(self, name, rows):
            told[name] = rows

    exports.of_person(Takeout(), person, at)
    assert told["questions"][0]["text"] == "Et une étable ?" and len(told["ouvertures"]) == 1
