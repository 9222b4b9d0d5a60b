"""The life of an edition through HTTP: prolonged, closed, suspended, corrected, compared, shown by a secret link."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from escale.capabilities.calls.schemes import actions, queries
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.clock import reading
from escale.foundation.editions.models import Edition
from escale.foundation.journal.models import Entry
from escale.rules.refusal import Refused
from tests.capabilities.calls.schemes.conftest import CALL

pytestmark = pytest.mark.django_db
REASON = "Les mairies ont demandé du temps."


def page(key="granges-2026"):
    return Client().get(f"/appels/{key}/").content.decode()


def do(desk, act, **data):
    return desk["reader"].post(f"/schemes/granges-2026/{act}", data)


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("prolong", {"until": "2026-04-15"}),
        ("close-early", {"until": "2026-03-20"}),
        ("suspend", {}),
        ("correct", {"place": "texts.aims", "text": "Rouvrir les granges et les étables."}),
        ("change-envelope", {"code": "main", "amount": "750 000,50"}),
    ],
)
def test_an_act_has_its_reason_and_the_public_reads_it(act, data, desk, call):
    frozen = Edition.objects.get()
    assert desk["reader"].get(f"/schemes/granges-2026/{act}").status_code == 200
    silent = do(desk, act, **data)
    assert silent.status_code == 422 and "le public la lira" in silent.content.decode()
    for value in data.values():
        assert value in silent.content.decode().replace("\u202f", " "), "what was typed is kept"
    assert desk["writer"].post(f"/schemes/granges-2026/{act}", {**data, "reason": REASON}).status_code == 403
    assert desk["elsewhere"].post(f"/schemes/granges-2026/{act}", {**data, "reason": REASON}).status_code == 404
    assert REASON not in page()
    assert do(desk, act, **data, reason=REASON, reference="AR-2026-7").status_code == 303
    shown = page()
    assert REASON in shown and "AR-2026-7" in shown
    assert Entry.objects.filter(act=act, note=REASON, by=desk["people"]["reader"]).count() == 1
    assert Edition.objects.get().document == frozen.document, "the edition itself never changes"


def test_a_prolongation_moves_the_closing_to_the_second(desk, call):
    assert do(desk, "prolong", until="2026-04-15", hour="12:00", reason=REASON).status_code == 303
    assert Scheme.objects.get().closes_at.isoformat() == "2026-04-15T10:00:00+00:00"
    assert "15 avril 2026 à 12" in page()


@pytest.mark.parametrize(
    ("act", "until", "code"),
    [("prolong", "2026-03-31", "not_later"), ("close-early", "2026-05-01", "not_sooner"),
     ("close-early", "2026-03-01", "in_the_past")],
)  # fmt: skip
def test_a_closing_moves_only_in_the_direction_of_its_act(act, until, code, desk, call):
    answer = do(desk, act, until=until, reason=REASON)
    assert answer.status_code == 409
    assert f'data-code="{code}"' in answer.content.decode() and REASON in answer.content.decode()
    assert Entry.objects.filter(act=act).count() == 0


def test_what_is_corrected_is_what_everyone_reads(desk, call):
    do(desk, "correct", place="texts.aims", text="Rouvrir les granges et les étables.", reason="Une étable manquait.")
    assert "Rouvrir les granges et les étables." in page() and "Rouvrir les granges.<" not in page()
    do(desk, "change-envelope", code="main", amount="750 000", reason=REASON)
    assert "750\u202f000" in page()
    refused = do(desk, "correct", place="contact.email", text="pas une adresse", reason=REASON)
    assert refused.status_code == 422, "only texts that exist may be corrected"


def test_a_suspended_call_stays_suspended_when_its_text_is_replaced(desk, call, at):
    do(desk, "suspend", reason=REASON)
    assert "Suspendu" in page() and "/dossiers/create" not in page()
    newer = json.loads(json.dumps(CALL)) | {"summary": "Ouvrir une grange, ou une étable."}
    _scheme, edition, created = actions.publish(actions.read(newer)[0], by=None, at=at)
    assert created and edition.n == 2
    assert Scheme.objects.get().state == "suspended" and "étable" in page()
    assert Entry.objects.filter(act="replace").count() == 1
    assert REASON in page(), "the reason of the suspension stays in sight"
    case = {"filed_at": "2026-03-03T10:00"}
    tried = Client().post("/appels/granges-2026/try", json.dumps(case), content_type="application/json").json()
    assert tried["filing"]["accepted"] is False and tried["filing"]["code"] == "suspended"
    assert do(desk, "resume", reason="Le texte est corrigé.").status_code == 303
    assert Scheme.objects.get().state == "published"
    tried = Client().post("/appels/granges-2026/try", json.dumps(case), content_type="application/json").json()
    assert tried["filing"]["accepted"] is True


def test_this_year_is_made_from_last_year_and_the_differences_are_shown(desk, call):
    data = {"title": "Granges ouvertes 2027", "key": "granges-2027", "service": desk["service"].pk, "model": call.pk,
            "shift": "on"}  # fmt: skip
    assert desk["writer"].post("/schemes/create", data).status_code == 303
    address = "/schemes/granges-2027/edit"
    rev = re.search(r'name="rev" value="(\d+)"', desk["writer"].get(f"{address}?place=aid").content.decode())[1]
    typed = {"aid.components.0.rates.0.rate": "60", "aid.components.0.rates.0.cap": "40000", "rev": rev}
    place = "aid.components.0.rates.0"
    assert desk["writer"].post(f"{address}?place={place}", typed).status_code == 303
    shown = desk["reader"].get("/schemes/granges-2027/differences/").content.decode()
    assert "Granges ouvertes" in shown and "l’appel « Granges ouvertes » dont il part" in shown
    for sentence in ("31 mars 2026", "31 mars 2027", "50 %", "60 %"):
        assert sentence in shown.replace("\u202f", " "), sentence
    assert "Travaux" not in shown, "what did not change is not said"


def test_a_draft_of_a_published_call_is_compared_with_the_version_in_force(desk, call):
    desk["writer"].post("/schemes/granges-2026/edit?place=contact", {"contact.name": "Mission tiers-lieux", "rev": "0"})
    shown = desk["reader"].get("/schemes/granges-2026/differences/").content.decode()
    assert "Mission tiers-lieux" in shown and "la version en vigueur" in shown
    overview = desk["reader"].get("/schemes/granges-2026/").content.decode()
    assert "Publier l’appel" in overview
    mine = desk["writer"].post("/schemes/granges-2026/publish")
    assert mine.status_code == 403
    assert desk["reader"].post("/schemes/granges-2026/publish").status_code == 303
    assert "Mission tiers-lieux" in page()


def test_the_writer_does_not_publish_their_own_words(desk, call, at):
    scheme = Scheme.objects.get()
    lead = desk["people"]["reader"]
    actions.save(scheme, {**CALL, "summary": "Autre."}, rev=0, by=lead, at=at)
    answer = desk["reader"].post("/schemes/granges-2026/publish")
    assert answer.status_code == 409 and "second_pair_of_eyes" in answer.content.decode()
    with pytest.raises(Refused):
        actions.publish_draft(scheme, by=lead, at=at)


def test_a_secret_link_shows_the_draft_until_it_is_revoked_or_expires(desk, call, at):
    desk["writer"].post("/schemes/granges-2026/edit?place=contact", {"contact.name": "Mission secrète", "rev": "0"})
    made = [desk["writer"].post("/schemes/granges-2026/share-preview", {"days": "3"}, follow=True) for _n in range(2)]
    first, second = (re.search(r"(/appels/apercu/[^<]+/)<", one.content.decode())[1] for one in made)
    stranger = Client()
    shown = stranger.get(first)
    assert shown.status_code == 200 and "Mission secrète" in shown.content.decode()
    assert shown["X-Robots-Tag"] == "noindex" and "Mission secrète" not in page()
    assert first not in desk["writer"].get("/schemes/granges-2026/links/").content.decode(), "shown once"
    number = call.preview_links.order_by("pk").first().pk
    assert desk["writer"].post(f"/schemes/granges-2026/links/{number}/revoke-preview").status_code == 303
    assert stranger.get(first).status_code == 404
    assert stranger.get(f"{second}?view=form").status_code == 200
    reading.move_to(at + timedelta(days=3, minutes=5))
    assert stranger.get(second).status_code == 404
    assert stranger.get("/appels/apercu/nimporte-quoi/").status_code == 404


def test_hostile_requests_never_break(desk, call):
    for place in (
        "title.0",
        "form.99999999999999999999",
        "aid..x",
        "criteria.0.rule.0.0.0.0",
        "\x00",
        "é" * 400,
        "form.0.questions.0.code",
    ):
        answer = desk["writer"].get("/schemes/granges-2026/edit", {"place": place})
        assert answer.status_code in (200, 404), place
        for do_this in (
            "add title",
            "remove form.99",
            "up form.0",
            "clear key",
            "add ../x",
            "show",
            "next",
            "\x00",
            "add form.-1",
        ):
            answer = desk["writer"].post(
                f"/schemes/granges-2026/edit?place={'form'}", {"do": do_this, "rev": "9" * 40, "form.#": "9" * 30}
            )
            assert answer.status_code in (200, 303, 409), do_this
        break
    assert desk["reader"].post("/schemes/granges-2026/links/99999999999999999999/revoke-preview").status_code == 404
    assert do(desk, "prolong", until="31/31/2026", hour="99:99", reason="x" * 5000).status_code == 422
    assert do(desk, "change-envelope", code="nope", amount="1.234", reason=REASON).status_code == 422
    assert do(desk, "share-preview", days="9999").status_code == 409


def test_an_archived_call_leaves_the_public_with_a_reason(desk, call):
    assert "pour toujours" in desk["reader"].get("/schemes/granges-2026/archive").content.decode()
    assert do(desk, "archive").status_code == 422 and "Granges ouvertes" in page()
    assert do(desk, "archive", reason="L’appel ne sera pas repris.").status_code == 303
    assert Client().get("/appels/granges-2026/").status_code == 404
    assert Entry.objects.get(act="archive").note == "L’appel ne sera pas repris."


def test_next_year_s_text_is_previewed_while_this_year_s_call_is_open(desk, call, at):
    tree, rev = queries.draft_of(call)
    later = {**tree, "calendar": {"kind": "deadline", "opens": "2027-02-01", "closes": "2027-03-31"}}
    actions.save(call, later, rev=rev, by=desk["people"]["writer"], at=at)
    page = desk["writer"].get("/schemes/granges-2026/preview/")
    assert page.status_code == 200
    assert "31 mars 2027" in page.content.decode().replace("\u00a0", " ").replace("\u202f", " ")
