"""Letters through the site: models edited and tried, a batch prepared, read, signed, sent; opened by the applicant."""

import pytest
from django_tasks_db.models import DBTaskResult

from escale.capabilities.calls.committee.actions import modelling, notifying
from escale.capabilities.calls.committee.models import Letter, LetterModel
from escale.capabilities.calls.committee.tasks import each_tick, send_all, send_one
from escale.foundation.clock import reading
from escale.foundation.post.models import Mail
from escale.rules.letters.standard import STANDARD
from escale.rules.refusal import Refused
from tests import build
from tests.capabilities.calls.committee.post import Post, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(16))
    return Post(at)


@pytest.fixture
def call(post):
    return f"/instruction/appels/{post.scheme.key}/lettres/"


def text(**changes):
    title, body = STANDARD["award"]
    return {"title": title, "body": body, **changes}


def alert(answer):
    content = answer.content.decode()
    return content[content.index('role="alert"') :][:600] if 'role="alert"' in content else ""


def test_a_model_changed_is_tried_before_it_is_used(post, call):
    dossier = post.voted(post.examined())
    client = post.browser(post.officer)
    changed = text(body=STANDARD["award"][1] + "\n\nPS : {{ réponse start_on }}")
    assert client.post(f"{call}award/edit", changed).status_code == 303
    model = LetterModel.objects.get()
    assert (model.state, model.n) == ("untried", 1)
    refused = client.post(f"{call}prepare").content.decode()
    assert 'data-ok="no"' in refused and "essayez-le" in refused
    assert not Letter.objects.exists()
    answer = client.post(f"{call}award/try", {"dossier": dossier.number})
    assert (answer.status_code, answer["Location"]) == (303, f"{call}award/?dossier={dossier.number}#essai")
    page = client.get(answer["Location"]).content.decode()
    assert "5 000" in page.replace("\u202f", " ") and "PS :" in page and dossier.number in page
    assert client.get(f"{call}award/{dossier.number}.pdf").content.startswith(b"%PDF")
    assert 'data-ok="yes"' in client.post(f"{call}prepare").content.decode()
    assert Letter.objects.get().text.n == 1
    assert client.post(f"{call}award/edit", text(body=changed["body"] + " Merci.")).status_code == 303
    model.refresh_from_db()
    assert (model.state, model.n, [one.n for one in model.texts.all()]) == ("untried", 2, [2, 1])


def test_a_trial_that_lacks_a_field_does_not_make_the_model_usable(post):
    model = modelling.edit(
        post.scheme, "award", **text(body=STANDARD["award"][1] + "\n\n{{ conditions }}"), by=post.officer, at=post.at
    )
    with pytest.raises(Refused) as refused:
        modelling.attempt(model, post.voted(post.examined()), by=post.officer, at=post.at + days(13))
    assert refused.value.code == "field_missing" and "conditions" in refused.value.message
    model.refresh_from_db()
    assert model.state == "untried"


@pytest.mark.parametrize(
    "body",
    ["Bonjour {{ rien }}", "Bonjour", "{% load x %}{{ settings.SECRET_KEY }}", "x" * 13_000, "{{ montant accordé", ""],
)
def test_what_cannot_be_a_letter_is_said_and_what_was_typed_is_kept(post, call, body):
    answer = post.browser(post.officer).post(f"{call}award/edit", text(body=body))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not LetterModel.objects.exists()


def test_a_whole_batch_by_hand(post, call):
    dossiers = [
        post.examined(f"Projet {n}", town=build.organisation(post.at, by=post.mayor, name=f"Commune n° {n}"))
        for n in range(2)
    ]
    for n, dossier in enumerate(dossiers):
        post.voted(dossier, reference=f"CP {n}")
    client = post.browser(post.officer)
    assert "2 décisions attendent" in client.get(call).content.decode()
    client.post(f"{call}prepare")
    first, second = Letter.objects.order_by("number")
    assert client.post(f"/lettres/{first.number}/review", {"next": "1"})["Location"] == f"/lettres/{second.number}/"
    client.post(f"/lettres/{second.number}/review")
    assert client.post(f"/lettres/{first.number}/send").status_code == 409
    signer = post.browser(post.signer)
    assert first.number in signer.get("/lettres/").content.decode()
    assert signer.post("/lettres/sign", {"ref": [first.number, second.number]}).status_code == 422
    signed = signer.post("/lettres/sign", {"ref": [first.number, second.number], "quality": "la directrice"})
    assert signed.content.decode().count('data-ok="yes"') == 2
    assert client.post(f"{call}send").status_code == 303
    assert set(Letter.objects.values_list("state", flat=True)) == {"signed"}  # they leave one by one, in the background
    for result in DBTaskResult.objects.filter(task_path__endswith="send_one"):
        send_one.func(*result.args_kwargs["args"])
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}
    assert Mail.objects.filter(key__startswith="letter-").count() == 2
    send_all(Letter.objects.all(), by=post.officer)
    assert Mail.objects.filter(key__startswith="letter-").count() == 2


def test_the_applicant_opens_its_letter_and_the_proof_is_kept(post):
    letter = post.sent(post.voted(post.examined()))
    client, address = post.browser(post.mayor), f"/lettres/{letter.number}/"
    sealed = client.get(address).content.decode()
    assert "Une lettre vous attend" in sealed and "J’ai le plaisir" not in sealed
    assert client.get(f"{address}lettre.pdf").status_code == 303
    assert post.letter(letter.number).state == "sent"
    assert client.post(f"{address}open").status_code == 303
    assert client.post(f"{address}open").status_code == 303
    kept = post.letter(letter.number)
    assert (kept.state, kept.opened_by) == ("opened", post.mayor)
    assert days(0) <= kept.opened_at - (post.at + days(16)) < days(1)
    assert "J’ai le plaisir" in client.get(address).content.decode()
    assert b"".join(client.get(f"{address}lettre.pdf").streaming_content).startswith(b"%PDF")
    assert letter.number in client.get("/lettres/").content.decode()


def test_who_only_reads_does_not_open_and_strangers_know_nothing(post):
    letter = post.sent(post.voted(post.examined()))
    stranger = build.person(post.at, name="Inès")
    for person in (stranger, post.elsewhere):
        client = post.browser(person)
        assert client.get(f"/lettres/{letter.number}/").status_code == 404
        assert client.post(f"/lettres/{letter.number}/open").status_code == 404
    officer = post.browser(post.officer)
    assert officer.post(f"/lettres/{letter.number}/open").status_code == 403
    assert officer.get(f"/lettres/{letter.number}/").status_code == 200


def test_a_letter_nobody_opened_is_said_unread_and_served_another_way(post, call):
    letter = post.sent(post.voted(post.examined()))
    reading.move_to(post.at + days(30))
    assert each_tick(post.at + days(30)) == 1
    assert each_tick(post.at + days(30)) == 0
    line = letter.subject.entries.get(act="remind")
    assert (line.at, line.by) == (post.at + days(29), None)
    client = post.browser(post.officer)
    assert "n’a pas été ouverte quinze jours" in client.get(call).content.decode()
    address = f"/lettres/{letter.number}/"
    assert client.post(f"{address}serve", {"read_on": "2020-01-01", "reference": "Recommandé"}).status_code == 409
    assert client.post(f"{address}serve", {"read_on": "", "reference": ""}).status_code == 422
    day = (post.at + days(20)).date().isoformat()
    assert client.post(f"{address}serve", {"read_on": day, "reference": "Recommandé 1A 123"}).status_code == 303
    kept = post.letter(letter.number)
    assert (kept.state, kept.proof, kept.opened_by) == ("opened", "Recommandé 1A 123", None)


def test_partners_and_other_funders_are_told_what_concerns_them(post, call):
    parts = (("Région", "905-57", "main", 300_000), ("Département du Calvados", "", "", 200_000))
    dossier = post.voted(post.examined(), parts=parts)
    client = post.browser(post.officer)
    assert "Courriel de Département du Calvados" in client.get(call).content.decode()
    assert client.post(f"{call}prepare", {"email.Département du Calvados": "pas une adresse"}).status_code == 422
    client.post(f"{call}prepare", {"email.Département du Calvados": "subventions@calvados.exemple.fr"})
    funder = Letter.objects.get(kind="funder")
    assert (funder.email, funder.recipient) == ("subventions@calvados.exemple.fr", "funder:departement du calvados")
    assert "2 000" in str(funder.content).replace("\u202f", " ").replace("\\u202f", " ")
    other = post.examined("Autre", town=build.organisation(post.at, by=post.mayor, name="Commune bis"))
    post.voted(other, parts=parts, reference="CP bis")
    told = notifying.prepare([post.again(other)], by=post.officer, at=post.at + days(13))
    assert [one.ok for one in told] == [True, False]
    assert dossier.number != other.number
