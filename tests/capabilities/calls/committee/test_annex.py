"""The annex: filled from opinions, split to the cent, typed, imported; the date of the vote; what comes back after."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.calls.committee.actions import annexing, releasing, session, voting
from escale.capabilities.calls.committee.actions.voting import Deed, Said
from escale.capabilities.calls.committee.models import VoteLine
from escale.capabilities.calls.committee.queries import decisions, waiting
from escale.capabilities.calls.committee.queries.envelopes import purses
from escale.capabilities.calls.dossiers.actions import filing
from escale.capabilities.calls.instruction.actions import clock
from escale.capabilities.calls.instruction.actions.examining import Point
from escale.foundation.clock import reading
from escale.foundation.organisations import actions as organisations
from escale.foundation.post.models import Mail
from escale.rules.refusal import Refused
from tests.capabilities.calls.committee.hall import Hall
from tests.capabilities.calls.instruction.world import days

pytestmark = pytest.mark.django_db
DEED = Deed("CP 26-04-142", date(2026, 3, 20), "Commission permanente du 20 mars 2026")
SHARED = [{"funder": "region", "share": "60 %"}, {"funder": "etat", "share": "40 %"}]
TWO = {
    "components": [{"code": "base", "label": "Aide", "rates": [{"rate": "50 %"}], "split": SHARED}],
    "funders": [{"code": "region", "label": "Région"}, {"code": "etat", "label": "État"}],
}


@pytest.fixture
def hall(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(20))
    return Hall(at)


def vote_on(hall, *said, title="Aides", at=None):
    """A vote prepared with these lines."""
    vote = voting.create(hall.service, title, by=hall.officer, at=at or hall.at + days(20))
    voting.set_lines(vote, list(said), by=hall.officer, at=at or hall.at + days(20))
    return vote


def awarded(dossier, cents=500_000, envelope="main"):
    return Said(dossier.pk, "awarded", (("Région", "905-57", envelope, cents),))


def tick_at(at):
    """Long after: no silence decides again what was decided."""
    clock.settle_due(at=at)


def record(hall, vote, deed=DEED, at=None):
    voting.record_vote(vote, deed, by=hall.secretary, at=at or hall.at + days(20))
    return vote


def refused(hall, vote, deed=DEED, at=None):
    with pytest.raises(Refused) as no:
        record(hall, vote, deed, at)
    return no.value.code, no.value.refusal.message.replace("\u202f", " ")


def test_the_annex_follows_the_opinions_of_the_sitting(hall):
    yes, less, no, later, wait = (hall.examined(title) for title in ("Oui", "Moins", "Non", "Plus tard", "Attente"))
    sitting = hall.opened(yes, less, no, later, wait)
    hall.opine(sitting, yes)
    hall.opine(sitting, less, cents=400_001, conditions="Un second devis.")
    hall.opine(sitting, no, "unfavourable", 0, reason="Le lieu existe déjà à 3 km.")
    hall.opine(sitting, later, "adjourned", 0, reason="Visite à faire.")
    hall.opine(sitting, wait, "waiting")
    session.close(sitting, by=hall.officer, at=hall.at + days(10))
    vote = voting.create(hall.service, "Aides", by=hall.officer, at=hall.at + days(11), sitting=sitting)
    client = hall.browser(hall.officer)
    assert client.post(f"/deliberations/{vote.number}/fill").status_code == 303
    lines = {row.dossier.title: row for row in vote.lines.select_related("dossier")}
    assert {title: (row.outcome, row.amount_cents) for title, row in lines.items()} == {
        "Oui": ("awarded", 500_000), "Moins": ("partial", 400_001), "Non": ("refused", 0),
        "Plus tard": ("adjourned", 0), "Attente": ("waiting", 0),
    }  # fmt: skip
    assert (lines["Moins"].asked_cents, lines["Moins"].proposed_cents, lines["Moins"].advised_cents) == (
        500_000,
        500_000,
        400_001,
    )
    assert [(one.funder, one.budget_line, one.envelope, one.cents) for one in lines["Oui"].shares.all()] == [
        ("Région", "905-57", "main", 500_000)
    ]
    record(hall, vote)
    assert {hall.again(one).state for one in (yes, less, no, later, wait)} == {"voted"}
    assert decisions.decision_of(wait, hall.at + days(20)).waiting_rank == 1
    assert decisions.decision_of(no, hall.at + days(20)).reason == "Le lieu existe déjà à 3 km."


def test_shared_funding_adds_up_to_the_cent(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(20))
    envelopes = [
        {"code": "main", "label": "Région", "amount": "12000", "funder": "region", "budget_line": "905-57"},
        {"code": "state", "label": "État", "amount": "12000", "funder": "etat", "budget_line": "112"},
    ]
    hall = Hall(at, aid=TWO, envelopes=envelopes)
    dossier = hall.examined(works="10001")
    sitting = hall.opened(dossier)
    hall.opine(sitting, dossier, cents=333_337, reason="Réduit.")
    session.close(sitting, by=hall.officer, at=hall.at + days(10))
    vote = voting.create(hall.service, "Aides", by=hall.officer, at=hall.at + days(11), sitting=sitting)
    annexing.fill(vote, by=hall.officer, at=hall.at + days(11))
    line = vote.lines.get()
    shares = {(one.funder, one.budget_line, one.envelope): one.cents for one in line.shares.all()}
    assert shares == {("Région", "905-57", "main"): 200_002, ("État", "112", "state"): 133_335}
    assert sum(shares.values()) == line.amount_cents == 333_337
    VoteLine.objects.filter(pk=line.pk).update(amount_cents=333_338)
    code, message = refused(hall, vote)
    assert code == "shares_do_not_add_up" and "3 333,37 €" in message and "3 333,38 €" in message
    VoteLine.objects.filter(pk=line.pk).update(amount_cents=333_337)
    record(hall, vote)


def test_a_call_without_money_ends_without_award(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(20))
    hall = Hall(at, aid=None, envelopes=None, kind="ami")
    dossier = hall.examined()
    assert dossier.proposed_cents is None
    sitting = hall.opened(dossier)
    hall.opine(sitting, dossier, cents=0)
    session.close(sitting, by=hall.officer, at=hall.at + days(10))
    vote = voting.create(hall.service, "Lauréats", by=hall.officer, at=hall.at + days(11), sitting=sitting)
    annexing.fill(vote, by=hall.officer, at=hall.at + days(11))
    record(hall, vote)
    found = decisions.decision_of(dossier, hall.at + days(20))
    assert (found.outcome, found.amount_cents, found.parts, found.pays) == ("retained", 0, (), False)
    page = hall.browser(hall.officer).get(f"/comites/{sitting.number}/classement/").content.decode()
    assert "Cet appel n’a pas d’enveloppe" in page


def test_an_envelope_cannot_give_more_than_it_has(hall):
    one, two, three = (hall.examined(title) for title in "ABC")
    vote = vote_on(hall, awarded(one), awarded(two), awarded(three))
    code, message = refused(hall, vote)
    assert (
        code == "envelope_exceeded"
        and "15 000 € votés, il reste 12 000 €" in message
        and "Il manque 3 000 €" in message
    )
    assert hall.again(one).state == "examined"
    wrong = vote_on(hall, awarded(one, envelope="autre"), title="Autre")
    assert refused(hall, wrong)[0] == "unknown_envelope"
    assert refused(hall, vote_on(hall, awarded(one, envelope=""), title="Sans"))[0] == "envelope_missing"
    client = hall.browser(hall.officer)
    assert client.post(f"/deliberations/{vote.number}/{three.number}/remove").status_code == 303
    record(hall, vote)
    other = vote_on(hall, awarded(three), title="Seconde")
    code, message = refused(hall, other, Deed("CP 26-05-1", date(2026, 3, 21), "CP"))
    assert code == "envelope_exceeded" and "il reste 2 000 €" in message


def test_de_minimis_is_recomputed_on_the_day_of_the_vote(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(20))
    limits = [{"code": "de_minimis", "effect": "block", "ceiling": "8000"}]
    hall = Hall(at, limits=limits)
    first, second = hall.examined("A"), hall.examined("B")
    both = vote_on(hall, awarded(first), awarded(second))
    code, message = refused(hall, both)
    assert code == "de_minimis" and second.number in message and "il reste 3 000 €, 2 000 € de trop" in message
    record(hall, vote_on(hall, awarded(first), title="Premier"))
    code, message = refused(hall, vote_on(hall, awarded(second), title="Second"), Deed("CP 2", date(2026, 3, 21), "CP"))
    assert code == "de_minimis" and "il reste 3 000 €" in message
    record(hall, vote_on(hall, awarded(second, 300_000), title="Au plus"), Deed("CP 3", date(2026, 3, 21), "CP"))


def test_work_begun_before_the_vote_blocks(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(90))
    rule = {"from": "decided_on", "to": "answers.start_on", "lasts_at_least": "1 day"}
    hall = Hall(at, criteria=[{"code": "begun", "title": "Travaux non commencés au vote", "rule": rule}])
    dossier = hall.examined(judge=[Point("criterion", "begun", "met", None, "Devis non signés.")])
    vote, at = vote_on(hall, awarded(dossier)), hall.at + days(90)
    late = Deed("CP 26-05-1", date(2026, 5, 2), "Commission permanente de mai")
    code, message = refused(hall, vote, late, at)
    assert code == "rule_at_the_vote" and "à la date du vote" in message and dossier.number in message
    page = hall.browser(hall.secretary).get(f"/deliberations/{vote.number}/?on=2026-05-02").content.decode()
    assert "Ce qui empêche d’enregistrer ce vote" in page
    page = hall.browser(hall.secretary).get(f"/deliberations/{vote.number}/?on=2026-04-20").content.decode()
    assert "Rien n’empêche" in page
    record(hall, vote, Deed("CP 26-04-1", date(2026, 4, 20), "Commission permanente d’avril"), at)


def test_a_piece_no_longer_valid_on_the_day_of_the_vote_blocks(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(90))
    piece = {"code": "deliberation", "label": "Délibération", "standing": "statutes"}
    hall = Hall(at, pieces=[piece])
    dossier = hall.examined()
    document = dossier.pieces.get().document
    hall.town.standing_documents.create(
        kind="statutes", document=document, valid_until=date(2026, 3, 31), by=hall.mayor, at=at
    )
    vote = vote_on(hall, awarded(dossier))
    code, message = refused(hall, vote, Deed("CP 26-04-1", date(2026, 4, 20), "CP"), hall.at + days(90))
    assert code == "document_expired" and "deliberation.pdf" in message
    record(hall, vote)


def test_a_dossier_withdrawn_since_blocks_its_line(hall):
    gone, stays = hall.examined("Retiré"), hall.examined("Reste")
    vote = vote_on(hall, awarded(gone), awarded(stays))
    filing.withdraw(hall.again(gone), reason="Autre lieu.", by=hall.mayor, at=hall.at + days(20))
    code, message = refused(hall, vote)
    assert code == "not_votable" and gone.number in message and "retiré" in message


def test_elected_members_with_an_interest_are_written_as_not_taking_part(hall):
    dossier = hall.examined()
    hall.someone("elected", "Élue sans lien")
    mayor = hall.someone("elected", "Odile Marais", commune=hall.town.commune)
    vote = record(hall, vote_on(hall, awarded(dossier)))
    assert [one.person for one in vote.lines.get().recusals.all()] == [mayor]
    page = hall.browser(hall.officer).get(f"/deliberations/{vote.number}/").content.decode()
    assert "N’ont pas pris part au vote" in page and "Odile Marais" in page


def test_a_secretary_with_an_interest_does_not_record(hall):
    dossier = hall.examined()
    vote = vote_on(hall, awarded(dossier))
    organisations.give_mandate(hall.secretary, "elected", at=hall.at, commune=hall.town.commune)
    assert refused(hall, vote)[0] == "not_for_you"
    page = hall.browser(hall.secretary).get(f"/deliberations/{vote.number}/").content.decode()
    assert dossier.number not in page and "5 000" not in page.replace("\u202f", " ")


def test_the_annex_is_brought_back_from_a_spreadsheet(hall):
    one, two = hall.examined("A"), hall.examined("B")
    vote = vote_on(hall, awarded(one), Said(two.pk, "refused", (), "Hors sujet."))
    client = hall.browser(hall.officer)
    book = client.get(f"/deliberations/{vote.number}/annexe.xlsx").content
    vote.lines.all().delete()
    back = client.post(f"/deliberations/{vote.number}/import", {"file": SimpleUploadedFile("annexe.xlsx", book)})
    assert back.status_code == 303, back.content.decode()
    kept = {
        row.dossier.title: (row.outcome, row.amount_cents, row.reason) for row in vote.lines.select_related("dossier")
    }
    assert kept == {"A": ("awarded", 500_000, ""), "B": ("refused", 0, "Hors sujet.")}
    csv = f"Dossier;Décision;Montant\n{one.number};peut-être;beaucoup\nD26-99999;refusé;\n".encode()
    wrong = client.post(f"/deliberations/{vote.number}/import", {"file": SimpleUploadedFile("a.csv", csv)})
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "Ligne 2, decision « peut-être »" in page and "Ligne 3, dossier" in page
    assert client.post(f"/deliberations/{vote.number}/import", {}).status_code == 422
    assert (
        client.post(
            f"/deliberations/{vote.number}/import", {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}
        ).status_code
        == 422
    )


def test_a_line_is_typed_with_several_funders(hall):
    dossier = hall.examined()
    vote, client = vote_on(hall, awarded(dossier)), hall.browser(hall.officer)
    address = f"/deliberations/{vote.number}/{dossier.number}/edit"
    typed = {"outcome": "partial", "part.0.funder": "Région", "part.0.line": "905-57", "part.0.envelope": "main", "part.0.amount": "3 000,25",
             "part.1.funder": "État", "part.1.amount": "1000"}  # fmt: skip
    assert client.post(address, typed).status_code == 303
    line = vote.lines.get()
    assert (line.amount_cents, line.shares.count()) == (400_025, 2)
    assert client.post(address, {**typed, "outcome": "refused"}).status_code == 422
    assert client.post(address, {**typed, "part.1.funder": ""}).status_code == 422


def test_the_waiting_list_is_called_when_an_award_is_given_up(hall):
    first, second, waits = (hall.examined(title) for title in ("A", "B", "Attend"))
    lines = [awarded(first, 600_000), awarded(second, 600_000), Said(waits.pk, "waiting", (), "", "", 3)]
    vote = record(hall, vote_on(hall, *lines))
    line = vote.lines.get(dossier=waits)
    at = hall.at + days(20)
    with pytest.raises(Refused) as none:
        releasing.call_up(line, by=hall.officer, at=at)
    assert none.value.code == "no_room"
    client = hall.browser(hall.officer)
    address = f"/deliberations/{vote.number}/{first.number}/release"
    assert client.post(address, {"kind": "reduced", "amount": "9999", "reason": "Trop"}).status_code == 422
    assert client.post(address, {"kind": "given_up", "reason": "La commune renonce."}).status_code == 303
    assert purses(hall.scheme)[0].available_cents == 600_000
    assert waiting.room(line).cents == 500_000
    assert decisions.decision_of(first, hall.at + days(21)).standing_cents == 0
    called = client.post(f"/deliberations/{vote.number}/{waits.number}/call-up")
    assert called.status_code == 303
    assert (hall.again(waits).state, hall.again(waits).advised_cents) == ("advised", 500_000)
    assert Mail.objects.filter(template="committee/called_up").exists()
    assert client.post(f"/deliberations/{vote.number}/{waits.number}/call-up").status_code == 409
    tick_at(hall.at + days(400))
    assert hall.again(waits).state == "advised"
    new = VoteLine.objects.exclude(vote=vote).get().vote
    record(hall, new, Deed("CP 26-06-9", date(2026, 3, 21), "CP de juin"), at=hall.at + days(21))
    found = decisions.decision_of(waits, hall.at + days(22))
    assert (found.outcome, found.amount_cents, found.reference) == ("awarded", 500_000, "CP 26-06-9")


def test_two_secretaries_record_at_once(hall):
    vote = vote_on(hall, awarded(hall.examined()))
    seen = [type(vote).objects.get(pk=vote.pk) for _n in range(2)]
    record(hall, seen[0])
    code, message = refused(hall, seen[1], Deed("CP autre", date(2026, 3, 20), "CP"))
    assert code == "already_recorded" and "Bertrand Fouques" in message
