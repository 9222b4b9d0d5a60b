"""Partners confirm the exact terms from their own account, see only what concerns them, and are asked again."""

import copy
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.calls.dossiers.actions import filing
from escale.capabilities.calls.dossiers.models import Partnership
from escale.capabilities.calls.dossiers.queries import lists, readiness
from escale.foundation.clock import reading
from escale.foundation.people import closing
from escale.foundation.post.models import Mail
from escale.rules.refusal import Refused
from tests import build
from tests.capabilities.calls.dossiers.filling import World, text
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
PARTNERS = "les-partenaires"
TOGETHER = copy.deepcopy(DOCUMENT)
TOGETHER["partners"] = {"least": 1, "most": 4, "lead": "yes", "shares": "yes", "confirmation": "yes"}


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    world = World(at, TOGETHER)
    world.ali = build.person(at, email="ali@ateliers.exemple.fr", name="Ali Menuisier")
    return world


def rows(share="40", **more):
    return {
        "partners.lead.name": "Commune de Honfleur", "partners.lead.legal_form": "commune", "partners.lead.commune": "14333",
        "partners.lead.lead": "yes", "partners.lead.share": "60", "partners.b.name": "Les Ateliers",
        "partners.b.legal_form": "association", "partners.b.commune": "14118", "partners.b.lead": "no",
        "partners.b.share": share, "partners.b.role": "Anime l’atelier bois", "partners.b.amount": "3 000",
        "partners.b.email": "Ali@ateliers.exemple.fr", **more,
    }  # fmt: skip


def gaps(world):
    ready = readiness.prepare(lists.whole().get(pk=world.dossier.pk), world.at)
    return [gap.sentence for gap in ready.gaps_of(PARTNERS)]


def case(world):
    return readiness.prepare(lists.whole().get(pk=world.dossier.pk), world.at).case["partners"]


def invited(world, **more):
    odile = world.browser(world.mayor)
    answer = world.save(odile, PARTNERS, rows(**more), **{"row-act": "invite partners b"})
    assert answer.status_code == 303, text(answer)[:4000]
    return Partnership.objects.get()


def confirmed(world):
    found, ali = invited(world), world.browser(world.ali)
    page = ali.get(found.get_absolute_url())
    terms = re.search(r'name="terms" value="(\w+)"', text(page))[1]
    data = {"terms": terms, "quality": "président", "agreed": "on"}
    answer = ali.post(f"{found.get_absolute_url()}confirm", data)
    assert answer.status_code == 303, text(answer)
    return Partnership.objects.get()


def test_a_partner_is_invited_by_mail_and_confirms_the_exact_terms(world):
    odile = world.browser(world.mayor)
    world.save(odile, PARTNERS, rows())
    assert "n’est pas encore invité" in gaps(world)[0]
    found = invited(world)
    mail = Mail.objects.get(template="dossiers/partner_invited")
    assert mail.to == "ali@ateliers.exemple.fr" and "Anime l’atelier bois" in mail.text and found.number in mail.text
    assert [row["confirmed"] for row in case(world)] == [True, False]
    assert "n’a pas encore répondu" in gaps(world)[0]
    found = confirmed(world)
    assert (found.state, found.quality, found.answered_by) == ("confirmed", "président", world.ali)
    assert found.terms == {
        "name": "Les Ateliers", "legal_form": "association", "role": "Anime l’atelier bois", "share": "40 %",
        "amount_cents": 300_000,
    }  # fmt: skip
    assert [row["confirmed"] for row in case(world)] == [True, True]
    assert gaps(world) == []
    assert Mail.objects.filter(template="dossiers/partner_answered").count() == 1


def test_filing_is_refused_while_a_confirmation_is_missing(world):
    invited(world)
    with pytest.raises(Exception, match="n’est pas complet"):
        filing.submit(lists.whole().get(), signer="Odile", quality="maire", by=world.mayor, at=world.at)


@pytest.mark.parametrize("field", [("share", "35"), ("role", "Fournit le bois"), ("amount", "3 000,01")])
def test_any_later_change_withdraws_the_confirmation_and_says_so(world, field):
    found = confirmed(world)
    odile = world.browser(world.mayor)
    code, value = field
    world.save(odile, PARTNERS, rows(**{f"partners.b.{code}": value}))
    found = Partnership.objects.get()
    assert found.state == "lapsed"
    assert "doit confirmer de nouveau" in " ".join(gaps(world))
    mail = Mail.objects.get(template="dossiers/partner_changed")
    assert mail.to == world.ali.email
    page = text(world.browser(world.ali).get(found.get_absolute_url()))
    assert "Ce qui vous est proposé a changé" in page
    world.save(odile, PARTNERS, rows(**{f"partners.b.{code}": value, "partners.b.commune": "14366"}))
    assert Mail.objects.filter(template="dossiers/partner_changed").count() == 1


def test_terms_changed_while_the_page_was_open_are_read_again(world):
    found, ali = invited(world), world.browser(world.ali)
    page = text(ali.get(found.get_absolute_url()))
    terms = re.search(r'name="terms" value="(\w+)"', page)[1]
    world.save(world.browser(world.mayor), PARTNERS, rows(share="30"))
    answer = ali.post(f"{found.get_absolute_url()}confirm", {"terms": terms, "quality": "x", "agreed": "on"})
    assert answer.status_code == 409 and 'data-code="changed_meanwhile"' in text(answer)
    assert "30 %" in text(answer) or "30" in text(answer)
    assert Partnership.objects.get().state == "invited"


def test_a_partner_sees_only_what_concerns_it(world):
    found, ali = invited(world), world.browser(world.ali)
    assert ali.get(world.address).status_code == 404
    page = text(ali.get(found.get_absolute_url()))
    assert "Anime l’atelier bois" in page and "3\u202f000" in page
    assert "60" not in page.split("<main")[1].split("</main>")[0].replace("2026", "")
    assert found.number in text(ali.get("/dossiers/"))
    assert world.browser(world.stranger).get(found.get_absolute_url()).status_code == 404
    assert ali.get(f"{world.address}copie.pdf").status_code == 404
    for person in (world.ali, world.mayor, world.zoe, world.stranger):
        listed = Partnership.objects.visible_to(person, world.at).exists()
        assert listed == (world.browser(person).get(found.get_absolute_url()).status_code == 200)


def test_who_declines_gives_a_reason_and_may_be_asked_again(world):
    found, ali = invited(world), world.browser(world.ali)
    assert ali.post(f"{found.get_absolute_url()}decline", {"reason": "Trop tôt\0 pour nous"}).status_code == 303
    page = text(world.browser(world.mayor).get(f"{world.address}{PARTNERS}/"))
    assert "Trop tôt pour nous" in page and "a refusé" in page
    again = world.save(world.browser(world.mayor), PARTNERS, rows(), **{"row-act": "invite partners b"})
    assert (again.status_code, Partnership.objects.get().state) == (303, "invited")


def test_a_late_departure_is_said_to_all(world):
    found, ali = confirmed(world), world.browser(world.ali)
    assert ali.post(f"{found.get_absolute_url()}leave", {"reason": "Nous fermons"}).status_code == 303
    assert "a quitté le projet" in " ".join(gaps(world))
    assert [row["confirmed"] for row in case(world)] == [True, False]


def test_a_partner_taken_out_of_the_form_is_told(world):
    confirmed(world)
    odile = world.browser(world.mayor)
    world.save(odile, PARTNERS, rows(), **{"row-act": "remove partners b"})
    assert Partnership.objects.get().state == "cancelled"
    assert Mail.objects.filter(template="dossiers/partner_cancelled").count() == 1


def test_the_lead_needs_no_mail_and_a_partner_without_one_is_said(world):
    odile = world.browser(world.mayor)
    answer = world.save(odile, PARTNERS, rows(**{"partners.b.email": ""}), **{"row-act": "invite partners b"})
    assert answer.status_code == 409 and 'data-code="no_email"' in text(answer)
    assert 'value="Anime l’atelier bois"' in text(answer)
    own = world.save(odile, PARTNERS, {}, **{"row-act": "invite partners lead"})
    assert own.status_code == 409 and 'data-code="own"' in text(own)
    assert not Partnership.objects.exists()


def test_who_names_a_partner_as_lead_does_not_escape_its_confirmation(world):
    odile = world.browser(world.mayor)
    world.save(odile, PARTNERS, rows(**{"partners.lead.lead": "no", "partners.b.lead": "yes"}))
    assert [row["confirmed"] for row in case(world)] == [False, False]


def test_the_applicant_stands_first_among_its_partners(world):
    page = text(world.browser(world.mayor).get(f"{world.address}{PARTNERS}/"))
    assert 'name="partners.lead.name" type="text" value="Commune de Honfleur"' in page
    assert 'value="Honfleur (14333)"' in page


def test_a_departure_after_the_filing_is_told_to_the_service_and_seen_in_the_dossier(world, at):
    world.service.email = "service@region.exemple.fr"
    world.service.save()
    found, odile = confirmed(world), world.browser(world.mayor)
    world.save(odile, "le-projet", project_title="La grange", project_type="creation")
    world.save(odile, "place", has_owner="no")
    plan = {"expenses.e.category": "works", "expenses.e.label": "Toit", "expenses.e.ht": "100",
            "funding.f.source": "own", "funding.f.amount": "100"}  # fmt: skip
    world.save(odile, "le-budget", plan)
    upload = SimpleUploadedFile("deliberation.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    assert odile.post(f"{world.address}pieces/deliberation", {"file": upload}).status_code == 303
    filing.submit(lists.whole().get(), signer="Odile", quality="maire", by=world.mayor, at=at)
    ali = world.browser(world.ali)
    page = text(ali.get(found.get_absolute_url()))
    assert "vous ne serez plus compté" in page
    terms = {"terms": "x", "quality": "x", "agreed": "on"}
    assert ali.post(f"{found.get_absolute_url()}confirm", terms).status_code == 409
    assert ali.post(f"{found.get_absolute_url()}leave", {"reason": "Nous fermons"}).status_code == 303
    assert Mail.objects.get(template="dossiers/partner_left").to == "service@region.exemple.fr"
    officer = world.browser(build.officer(at, world.service))
    assert "il ne compte plus parmi les partenaires" in text(officer.get(world.address))


def test_a_double_click_asks_once(world):
    for _again in range(2):
        invited(world)
    assert Mail.objects.filter(template="dossiers/partner_invited").count() == 1
    invited(world, share="35")
    assert Mail.objects.filter(template="dossiers/partner_invited").count() == 2


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("30", "font 90 % (Commune de Honfleur : 60 %, Les Ateliers : 30 %) : ajoutez 10 %"),
        ("40,5", "font 100,5 % (Commune de Honfleur : 60 %, Les Ateliers : 40,5 %) : retirez 0,5 %"),
        ("0", "font 60 % (Commune de Honfleur : 60 %, Les Ateliers : 0 %) : ajoutez 40 %"),
    ],
)
def test_shares_are_refused_line_by_line_with_what_to_change(world, share, said):
    world.save(world.browser(world.mayor), PARTNERS, rows(share=share))
    assert any(said in sentence for sentence in gaps(world)), gaps(world)
    with pytest.raises(Refused) as refused:
        filing.submit(lists.whole().get(), signer="Odile", quality="maire", by=world.mayor, at=world.at)
    assert refused.value.refusal.code == "incomplete"


def test_an_account_that_closes_leaves_no_address_and_what_it_answered_stays(world):
    found = confirmed(world)
    closing.close(world.ali, at=world.at)
    found.refresh_from_db()
    assert (found.state, found.email) == ("confirmed", "")
    assert not Partnership.objects.filter(email=world.ali.email).exists()
    before = Mail.objects.count()
    world.save(world.browser(world.mayor), PARTNERS, rows(share="35"))
    found.refresh_from_db()
    assert found.state == "lapsed"
    assert Mail.objects.count() == before, "nobody is left to be told"
