"""A visit from its planning to what it answers: on pages, each for who may."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from escale.capabilities.label.actions import visits
from escale.capabilities.label.models import Visit
from escale.capabilities.label.queries import diagnosis
from escale.foundation.places import queries as places
from escale.foundation.places.models import Place
from escale.foundation.post.models import Mail
from escale.rules.refusal import NoHat, Refused
from escale.site.cli import main
from tests.capabilities.label import cast as casting

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def who(at):
    return casting.cast(at)


def browser(person=None):
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def verdicts(who, at=None):
    place = places.whole(Place.objects.all()).get(pk=who.place.pk)
    found = diagnosis.of(place, who.referential.edition, at or who.at)
    return {one["code"]: one["verdict"] for one in found["criteria"]}


def picture(name="vue.jpg"):
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def test_the_region_plans_a_visit_and_the_place_is_told(who):
    url = f"/label/essai/lieux/{who.place.slug}/plan-visit"
    page = browser(who.officer).get(url)
    assert who.officer.email in page.content.decode()
    assert browser(who.steward).get(url).status_code == 403
    wrong = browser(who.officer).post(url, {"day": "hier", "hour": "25", "email": "personne@exemple.fr"})
    assert wrong.status_code == 422
    assert "Personne n’a de compte" in wrong.content.decode()
    answers = {"day": "2099-01-10", "hour": "14:30", "email": who.visitor.email, "purpose": "Voir l’atelier"}
    done = browser(who.officer).post(url, answers)
    assert done.status_code == 303
    visit = Visit.objects.get()
    assert (visit.visitor, visit.planned_for.isoformat()) == (who.visitor, "2099-01-10T13:30:00+00:00")
    told = Mail.objects.filter(template="label/visit_planned")
    assert {one.person_id for one in told} == {who.steward.pk, who.visitor.pk}
    assert "10 janvier 2099 à 14 h 30" in told[0].text and "Voir l’atelier" in told[0].text
    again = browser(who.officer).post(url, answers)
    assert again.status_code == 409 and b'data-code="planned_already"' in again.content
    page = browser(who.steward).get(f"/label/essai/lieux/{who.place.slug}/").content.decode()
    assert "Visite de Awa Diallo" in page


def test_a_visit_answers_what_only_a_visitor_can_say(who):
    assert (verdicts(who)["B1"], verdicts(who)["B2"]) == ("to_examine", "to_examine")
    casting.reported(who, B2=visits.Seen("failed", note="Froid et sombre."))
    assert (verdicts(who)["B1"], verdicts(who)["B2"]) == ("met", "failed")


def test_the_report_is_kept_as_it_is_written_and_given_once_whole(who):
    visit = casting.planned(who)
    url, visitor = visit.get_absolute_url(), browser(who.visitor)
    saved = visitor.post(f"{url}note", {"rev": 0, "B1.mark.welcome": "4,5", "B1.note": "Café offert"}, headers=JSON)
    assert saved.status_code == 200 and saved.json()["rev"] == 1
    assert (
        visitor.post(f"{url}note", {"rev": 0, "B1.mark.welcome": "4.5", "B1.note": "Café offert"}, headers=JSON).json()[
            "rev"
        ]
        == 1
    )
    other = visitor.post(f"{url}note", {"rev": 0, "B1.note": "Autre"}, headers=JSON)
    assert (other.status_code, other.json()["error"]["code"]) == (409, "changed_meanwhile")
    bare = visitor.post(f"{url}note", {"rev": 0, "B1.note": "Autre"})
    assert bare.status_code == 409 and ">\nAutre</textarea>" in bare.content.decode()
    assert 'name="rev" value="1"' in bare.content.decode()
    wrong = visitor.post(f"{url}note", {"rev": 1, "B1.mark.welcome": "9", "B1.note": "Gardé"})
    assert wrong.status_code == 422 and "Gardé" in wrong.content.decode() and "de 0 à 5" in wrong.content.decode()
    early = visitor.post(f"{url}report", {"rev": 1, "B1.mark.welcome": "4.5"})
    assert early.status_code == 409 and b'data-code="not_seen"' in early.content
    assert "« Ambiance » attend votre constat" in early.content.decode()
    whole = {"rev": 2, "B1.mark.welcome": "4.5", "B2.seen": "met", "visited_on": "2026-03-13", "opinion": "reserved"}
    assert visitor.post(f"{url}report", whole).status_code == 303
    visit.refresh_from_db()
    assert (visit.state, visit.opinion) == ("reported", "reserved")
    assert visitor.post(f"{url}note", whole).status_code == 409
    told = Mail.objects.filter(template="label/visit_reported")
    assert {one.person_id for one in told} == {who.steward.pk, who.lead.pk}


def test_who_reads_what_of_a_visit(who):
    visit = casting.planned(who)
    visits.note(
        visit, {"B1": visits.Seen(note="Secret de chantier")}, base=0, visited_on=None, opinion="", conclusion="",
        by=who.visitor, at=who.at,
    )  # fmt: skip
    url = visit.get_absolute_url()
    for person, status, reads in (
        ("visitor", 200, True),
        ("officer", 200, False),
        ("steward", 200, False),
        ("stranger", 404, False),
    ):
        answer = browser(getattr(who, person)).get(url)
        assert (answer.status_code, "Secret de chantier" in answer.content.decode()) == (status, reads), person
        listed = set(Visit.objects.visible_to(getattr(who, person), who.at))
        assert listed == ({visit} if list(visit.hats_of(getattr(who, person), who.at)) else set())
    with pytest.raises(NoHat):
        visits.note(visit, {}, base=1, visited_on=None, opinion="", conclusion="x", by=who.steward, at=who.at)


def test_photos_are_kept_once_and_only_pictures(who):
    visit = casting.planned(who)
    url, visitor = visit.get_absolute_url(), browser(who.visitor)
    sent = {"picture": picture(), "caption": "L’entrée", "code": "B1", "key": "abc"}
    assert visitor.post(f"{url}add-photo", sent, headers=JSON).status_code == 200
    assert visitor.post(f"{url}add-photo", {**sent, "picture": picture()}, headers=JSON).status_code == 200
    photo = visit.photos.get()
    liar = SimpleUploadedFile("vue.jpg", b"MZ not a picture", content_type="image/jpeg")
    assert visitor.post(f"{url}add-photo", {**sent, "key": "d", "picture": liar}).status_code == 409
    assert visitor.post(f"{url}add-photo", {"caption": ""}).status_code == 422
    shown = f"{url}photos/{photo.pk}/"
    assert b"".join(visitor.get(shown).streaming_content).startswith(b"\xff\xd8")
    assert browser(who.steward).get(shown).status_code == 404
    assert browser(who.steward).post(f"{shown}remove-photo").status_code == 403
    assert visitor.post(f"{shown}remove-photo").status_code == 303
    assert visitor.get(shown).status_code == 404


def test_the_place_reads_the_report_and_answers(who):
    visit = casting.reported(who, A1=visits.Seen("failed", note="Porte close à 15 h"))
    page = browser(who.steward).get(visit.get_absolute_url()).content.decode()
    assert "Un vrai accueil." in page and "Porte close à 15 h" in page
    url = f"{visit.get_absolute_url()}comment"
    assert browser(who.officer).post(url, {"text": "x"}).status_code == 403
    assert browser(who.steward).post(url, {"text": "Travaux ce jour-là"}).status_code == 303
    assert "Travaux ce jour-là" in browser(who.officer).get(visit.get_absolute_url()).content.decode()
    page = browser(who.steward).get(f"/label/essai/lieux/{who.place.slug}/").content.decode()
    assert "Constaté autrement lors de la visite du 13 mars 2026." in page


def test_moving_and_cancelling_are_told(who, at):
    visit = casting.planned(who)
    with pytest.raises(Refused) as refused:
        visits.move(visit, visitor=who.visitor, planned_for=at, by=who.officer, at=at)
    assert refused.value.code == "past"
    url = visit.get_absolute_url()
    answers = {"day": "2099-02-01", "hour": "09:00", "email": who.officer.email}
    assert browser(who.officer).post(f"{url}move", answers).status_code == 303
    visit.refresh_from_db()
    assert visit.visitor == who.officer
    assert browser(who.steward).post(f"{url}cancel", {"reason": "x"}).status_code == 403
    assert browser(who.officer).post(f"{url}cancel", {"reason": ""}).status_code == 422
    assert browser(who.officer).post(f"{url}cancel", {"reason": "Neige"}).status_code == 303
    assert "Neige" in Mail.objects.filter(template="label/visit_cancelled").first().text
    assert (
        visits.plan(
            who.place, who.referential, visitor=who.visitor, planned_for=at + timedelta(days=3), by=who.lead, at=at
        ).state
        == "planned"
    )


def test_lists_cost_the_same_with_one_and_many(who, django_assert_num_queries, django_assert_max_num_queries):
    casting.reported(who)
    client = browser(who.officer)
    with django_assert_max_num_queries(14) as first:
        client.get("/label/visites/")
    for _n in range(3):
        casting.reported(who)
    with django_assert_num_queries(len(first)):
        client.get("/label/visites/")


def test_the_command_answers_as_the_page_does(who, capsys):
    casting.reported(who)
    assert main(["label", "try", "essai", who.place.slug, "--at", "2026-03-20", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["code"]: one["verdict"] for one in found["criteria"]}["B1"] == "met"
    assert main(["label", "try", "essai", who.place.slug]) == 0
    assert "Accueil" in capsys.readouterr().out
    for wrong in (["absent", who.place.slug], ["essai", "absent"], ["essai", who.place.slug, "--at", "2026-02-30"]):
        assert main(["label", "try", *wrong, "--json"]) == 2
    assert "Traceback" not in capsys.readouterr().err
