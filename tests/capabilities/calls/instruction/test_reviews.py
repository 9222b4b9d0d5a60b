"""A reviewer's desk and the service's table, through HTTP: only what is theirs, saved without loss, set aside at once."""

import json

import pytest

from escale.capabilities.calls.dossiers.models import Conflict
from escale.capabilities.calls.instruction.models import Review
from escale.foundation.clock import reading
from escale.foundation.organisations import actions as organisations
from escale.foundation.post.models import Mail
from tests.capabilities.calls.instruction.jury import Jury, write
from tests.capabilities.calls.instruction.world import days, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(1))
    return Jury(at)


def seen_of(page):
    text = page.content.decode()
    start = text.index('name="seen" value="') + len('name="seen" value="')
    return text[start : text.index('"', start)].replace("&quot;", '"')


def test_the_whole_way_of_a_review(jury):
    dossier = jury.whole()
    officer, hugo = jury.browser(jury.officer), jury.browser(jury.hugo)
    page = officer.get(f"/instruction/{dossier.number}/seek-review").content.decode()
    assert "Hugo Marie (aucune évaluation en cours)" in page
    asked = {"reviewer": jury.hugo.pk, "due_on": "2026-04-20"}
    assert officer.post(f"/instruction/{dossier.number}/seek-review", asked).status_code == 303
    (mail,) = Mail.objects.filter(template="instruction/review")
    review = Review.objects.get()
    assert mail.to == jury.hugo.email and f"/evaluations/{dossier.number}/1/" in mail.text
    assert dossier.number in hugo.get("/evaluations/").content.decode()
    page = hugo.get(review.get_absolute_url())
    assert "La grange de l’Aître" in page.content.decode() and "Toiture" in page.content.decode()
    file = hugo.get(f"/evaluations/{dossier.number}/1/pieces/deliberation")
    assert (file.status_code, b"".join(file.streaming_content)[:4]) == (200, b"%PDF")
    typed = {"seen": seen_of(page), "mark_territory": "4", "comment_territory": "Loin de tout.", "finish": "1"}
    answer = hugo.post(f"{review.get_absolute_url()}score", typed)
    assert answer.status_code == 409 and "Répondez à : Qualité" in answer.content.decode()
    assert 'value="4"' in answer.content.decode()
    typed |= {"mark_quality": "3", "seen": seen_of(answer), "for_committee": "À revoir", "for_applicant": "Un bon lieu"}
    assert hugo.post(f"{review.get_absolute_url()}score", typed)["Location"] == "/evaluations/"
    review.refresh_from_db()
    assert (review.state, review.marks) == ("finished", {"territory": 4, "quality": 3})
    assert hugo.post(f"{review.get_absolute_url()}score", typed | {"mark_quality": "5"}).status_code == 409
    page = officer.get(f"/evaluations/{dossier.number}/1/").content.decode()
    assert "Loin de tout." in page and "À revoir" in page and "4 / 5" in page
    assert "72" in officer.get(f"/instruction/{dossier.number}/").content.decode()
    assert officer.post(f"{review.get_absolute_url()}reopen", {"reason": ""}).status_code == 422
    assert officer.post(f"{review.get_absolute_url()}reopen", {"reason": "Revoyez la qualité"}).status_code == 303
    assert "Revoyez la qualité" in Mail.objects.get(template="instruction/review_reopened").text
    review.refresh_from_db()
    assert (review.state, review.marks) == ("asked", {})
    assert 'value="3"' in hugo.get(review.get_absolute_url()).content.decode()


def test_two_tabs_never_overwrite_each_other_unseen(jury):
    review = jury.asked(jury.whole(), jury.hugo)
    hugo, url = jury.browser(jury.hugo), review.get_absolute_url()

    def one(value, base):
        body = json.dumps({"code": "mark_quality", "base": base, "value": value})
        return hugo.post(f"{url}answer", body, content_type="application/json")

    old = seen_of(hugo.get(url))
    assert one("3", 0).json()["rev"] == 1
    late = one("2", 0)
    assert (late.status_code, late.json()["value"], late.json()["error"]["code"]) == (409, "3", "changed_meanwhile")
    assert "Indiquez au plus 5" in one("9", 1).json()["problem"]
    answer = hugo.post(f"{url}score", {"seen": old, "mark_quality": "1", "comment_quality": "Autre onglet"})
    assert answer.status_code == 409
    assert "9" in answer.content.decode() and "Autre onglet" in answer.content.decode()
    assert one("4", 2).json()["rev"] == 3
    assert hugo.post(f"{url}answer", {"code": "mark_quality", "value": "2"}).status_code == 422  # a form, not JSON


def test_a_reviewer_reads_what_is_theirs_and_nothing_else(jury):
    mine, other = jury.whole(), jury.whole(title="Le lavoir")
    jury.asked(mine, jury.hugo)
    jury.scored(other, jury.lea, territory=4, quality=4)
    review = jury.scored(mine, jury.lea, territory=5, quality=5)
    hugo = jury.browser(jury.hugo)
    page = hugo.get("/evaluations/").content.decode()
    assert mine.number in page and other.number not in page
    for address in (
        f"/evaluations/{other.number}/1/", review.get_absolute_url(), f"/dossiers/{mine.number}/", f"/instruction/{mine.number}/",
        f"/evaluations/{other.number}/1/pieces/deliberation", f"/instruction/appels/{jury.scheme.key}/evaluations/",
        f"/dossiers/{mine.number}/why", f"/dossiers/{mine.number}/pieces/deliberation/1",
    ):  # fmt: skip
        assert hugo.get(address).status_code == 404, address
    assert hugo.get("/instruction/").status_code == 403
    assert jury.browser(jury.mayor).get("/evaluations/").status_code == 403
    assert jury.browser(jury.mayor).get(review.get_absolute_url()).status_code == 404


def test_one_click_takes_the_dossier_away_before_or_after_scoring(jury):
    dossier = jury.whole()
    review = jury.scored(dossier, jury.hugo, territory=5, quality=5)
    hugo, officer = jury.browser(jury.hugo), jury.browser(jury.officer)
    address = f"/instruction/appels/{jury.scheme.key}/evaluations/"
    assert "100 / 100" in officer.get(address).content.decode()
    assert "J’ai un lien avec ce dossier" in hugo.get(review.get_absolute_url()).content.decode()
    assert hugo.post(f"{review.get_absolute_url()}recuse").status_code == 303
    assert dossier.number not in hugo.get("/evaluations/").content.decode()
    assert hugo.get(review.get_absolute_url()).status_code == 404
    assert hugo.get(f"{review.get_absolute_url()}pieces/deliberation").status_code == 404
    table = officer.get(address).content.decode()
    assert "100 / 100" not in table and "écartée pour lien d’intérêt" in table and "manquent 2 évaluateurs" in table
    page = officer.get(f"{address}assign").content.decode()
    assert "Léa Sorel" in page and "Hugo Marie" not in page
    assert Conflict.objects.get().person == jury.hugo


def test_a_mandate_takes_it_away_before_any_tick(jury):
    dossier = jury.whole()
    review = jury.asked(dossier, jury.hugo)
    organisations.give_mandate(jury.hugo, "elected", at=jury.at, commune=jury.town.commune)
    hugo, officer = jury.browser(jury.hugo), jury.browser(jury.officer)
    assert dossier.number not in hugo.get("/evaluations/").content.decode()
    assert hugo.get(review.get_absolute_url()).status_code == 404
    body = json.dumps({"code": "mark_quality", "base": 0, "value": "3"})
    assert hugo.post(f"{review.get_absolute_url()}answer", body, content_type="application/json").status_code == 404
    assert "écartée pour lien d’intérêt" in officer.get(f"/instruction/{dossier.number}/").content.decode()
    reading.move_to(jury.at + days(29))
    tick()
    assert Mail.objects.filter(to=jury.hugo.email).count() == 1  # the request, no reminder


def test_a_call_is_shared_out_by_hand_or_as_proposed(jury):
    first, second = jury.whole(title="A"), jury.whole(title="B")
    officer, address = jury.browser(jury.officer), f"/instruction/appels/{jury.scheme.key}/evaluations/"
    jury.reviewer("Zoé Adam")
    page = officer.get(f"{address}assign").content.decode()
    assert page.count("<select") == 4 and "aucune évaluation en cours" in page
    chosen = {
        f"to.{first.number}.1": jury.hugo.pk, f"to.{first.number}.2": jury.hugo.pk, f"to.{second.number}.1": jury.lea.pk,
        f"to.{second.number}.2": "", "due_on": "2026-04-20",
    }  # fmt: skip
    assert officer.post(f"{address}assign", chosen | {"due_on": ""}).status_code == 422
    page = officer.post(f"{address}assign", chosen).content.decode()
    assert (page.count('data-ok="yes"'), page.count('data-ok="no"')) == (2, 1)
    assert "Hugo Marie évalue déjà ce dossier." in page
    assert sorted(Review.objects.values_list("dossier__number", "reviewer__name")) == [
        (first.number, "Hugo Marie"), (second.number, "Léa Sorel"),
    ]  # fmt: skip
    assert officer.get(f"{address}assign").content.decode().count("<select") == 2
    assert jury.browser(jury.elsewhere).get(address).status_code == 404


def test_the_table_flags_what_must_be_seen(jury):
    first, second = jury.whole(title="A"), jury.whole(title="B")
    jury.scored(first, jury.hugo, territory=5, quality=5)
    jury.scored(first, jury.lea, territory=1, quality=3)
    jury.scored(second, jury.hugo, territory=1, quality=1)
    officer, address = jury.browser(jury.officer), f"/instruction/appels/{jury.scheme.key}/evaluations/"
    page = officer.get(address).content.decode()
    assert "désaccord fort" in page and "manque 1 évaluateur" in page and "sous le minimum" in page
    csv = b"".join(officer.get(f"{address}notes.csv").streaming_content).decode()
    assert f"{first.number};1;A;Commune de Honfleur;68,00;64,00;2;0;" in csv


def test_the_clock_reminds_once_each_and_an_officer_reminds_all(jury):
    dossier = jury.whole()
    review = jury.asked(dossier, jury.hugo)
    write(review, jury.at, territory=3)
    reading.move_to(jury.at + days(24))
    assert tick() >= 1
    sent = Mail.objects.filter(template="instruction/review_reminder")
    assert sent.count() == 1
    tick()
    assert sent.count() == 1
    officer, address = jury.browser(jury.officer), f"/instruction/appels/{jury.scheme.key}/evaluations/"
    reading.move_to(jury.at + days(40))
    assert "en retard" in officer.get(address).content.decode()
    assert officer.post(f"{address}remind").status_code == 303
    assert "1 rappel envoyé" in officer.get(address).content.decode()


def test_themes_and_departements_are_chosen_by_the_reviewer(jury):
    hugo = jury.browser(jury.hugo)
    assert hugo.post("/evaluations/expertise/choose", {"departements": ["14", "61"]}).status_code == 303
    jury.reviewer("Adèle Adam")
    page = jury.browser(jury.officer).get(f"/instruction/{jury.whole().number}/seek-review").content.decode()
    assert page.index("Hugo Marie (connaît le département 14") < page.index("Adèle Adam")
    assert jury.browser(jury.officer).post("/evaluations/expertise/choose", {}).status_code == 403
