"""A session: quorum, figures, opinions, members who leave the room, two people deciding at once."""

import pytest

from escale.capabilities.calls.committee.actions import session
from escale.capabilities.calls.committee.queries import sittings
from escale.capabilities.calls.dossiers.actions import filing
from escale.capabilities.calls.schemes.actions import amending
from escale.foundation.clock import reading
from escale.foundation.organisations import actions as organisations
from escale.rules.refusal import Refused
from tests.capabilities.calls.committee.hall import Hall
from tests.capabilities.calls.instruction.world import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(10))
    return Hall(at)


def test_no_session_without_quorum(hall):
    sitting, at = hall.sitting(hall.examined()), hall.at + days(10)
    with pytest.raises(Refused) as alone:
        session.open_sitting(sitting, by=hall.officer, at=at)
    assert alone.value.code == "no_quorum" and "0 membres présents avec voix sur 3" in alone.value.refusal.message
    client = hall.browser(hall.officer)
    members = list(sitting.members.order_by("pk"))
    noted = client.post(
        f"/comites/{sitting.number}/attend", {f"m.{members[0].pk}": "present", f"m.{members[1].pk}": "present"}
    )
    assert noted.status_code == 303
    assert client.post(f"/comites/{sitting.number}/open").status_code == 303
    assert client.post(f"/comites/{sitting.number}/open").status_code == 409


def test_an_opinion_moves_the_dossier_and_is_kept_with_its_amount(hall):
    dossier = hall.examined()
    sitting = hall.opened(dossier)
    with pytest.raises(Refused) as silent:
        hall.opine(sitting, dossier, "unfavourable", 0)
    assert silent.value.code == "reason_missing"
    hall.opine(sitting, dossier, cents=400_000, reason="Le devis est élevé.", conditions="Un second devis.")
    again = hall.again(dossier)
    assert (again.state, again.proposed_cents, again.advised_cents) == ("advised", 500_000, 400_000)
    hall.opine(sitting, dossier, "adjourned", 0, seen=1, reason="Visite à faire.")
    assert (hall.again(dossier).state, hall.again(dossier).advised_cents) == ("examined", None)


def test_two_secretaries_decide_at_once(hall):
    dossier = hall.examined()
    sitting, client = hall.opened(dossier), hall.browser(hall.officer)
    hall.opine(sitting, dossier, cents=400_000, reason="Réduit.", by=hall.colleague)
    typed = {"opinion": "favourable", "amount": "5 000", "seen": "0", "conditions": "Avec une charte"}
    late = client.post(f"/comites/{sitting.number}/{dossier.number}/opine", typed)
    page = late.content.decode().replace("\u202f", " ")
    assert late.status_code == 409 and "Bruno Piel a enregistré un avis" in page and "4 000 €" in page
    assert "Avec une charte" in page and hall.again(dossier).advised_cents == 400_000
    assert client.post(f"/comites/{sitting.number}/{dossier.number}/opine", {**typed, "seen": "1"}).status_code == 303
    assert hall.again(dossier).advised_cents == 500_000


def test_an_envelope_changed_in_session_is_told_and_nothing_is_decided_before(hall):
    dossier = hall.examined()
    sitting, client = hall.opened(dossier), hall.browser(hall.officer)
    payload = {"kind": "envelope", "code": "main", "amount": "8000"}
    amending.amend(
        hall.scheme,
        "change-envelope",
        payload,
        reason="Crédits repris.",
        reference="CP 26-1",
        by=hall.lead,
        at=hall.at + days(10),
    )
    with pytest.raises(Refused) as old:
        hall.opine(sitting, dossier)
    message = old.value.refusal.message.replace("\u202f", " ")
    assert old.value.code == "figures_moved" and "12 000 € auparavant, 8 000 € maintenant" in message
    assert "Une enveloppe a changé" in client.get(f"/comites/{sitting.number}/seance/").content.decode()
    assert "Une enveloppe a changé" in client.get(f"/comites/{sitting.number}/ecran/").content.decode()
    assert client.post(f"/comites/{sitting.number}/acknowledge").status_code == 303
    sitting.refresh_from_db()
    hall.opine(sitting, dossier)
    session.close(sitting, by=hall.officer, at=hall.at + days(11))
    again = {"reason": "Crédits repris encore.", "reference": "CP 26-2", "by": hall.lead, "at": hall.at + days(12)}
    amending.amend(hall.scheme, "change-envelope", {**payload, "amount": "7000"}, **again)
    ranking = client.get(f"/comites/{sitting.number}/classement/").content.decode()
    assert "Une enveloppe a changé" not in ranking, "a closed sitting has nothing to take note of"


def test_a_member_with_an_interest_sees_nothing_and_is_out_of_the_room(hall):
    mine, other = hall.examined("Le lavoir"), hall.examined("La criée")
    rooms = organisations.create(
        by=hall.someone("elected", "Élu ailleurs"), at=hall.at, name="X", legal_form="commune", commune_id="14118"
    )
    mayor = hall.members[1]
    organisations.give_mandate(mayor, "elected", at=hall.at + days(3), commune=hall.town.commune)
    other.parties.update(organisation=rooms, commune=rooms.commune)
    sitting = hall.opened(mine, other)
    for path in ("", "classement/"):
        page = hall.browser(mayor).get(f"/comites/{sitting.number}/{path}").content.decode()
        assert "La criée" in page and "Le lavoir" not in page and mine.number not in page
        assert "12 000" not in page.replace("\u202f", " ")
    assert hall.browser(mayor).get(f"/comites/{sitting.number}/{mine.number}/recuse").status_code == 404
    told = hall.browser(hall.officer).get(f"/comites/{sitting.number}/").content.decode()
    assert "Sortira de la salle : Rémi Vasseur" in told
    hall.opine(sitting, mine)
    assert [one.member.person.name for one in hall.item(sitting, mine).departures.all()] == ["Rémi Vasseur"]
    assert not hall.item(sitting, other).departures.exists()


def test_an_interest_declared_after_the_opinion_is_said(hall):
    dossier = hall.examined()
    sitting = hall.opened(dossier)
    hall.opine(sitting, dossier)
    member = hall.browser(hall.members[2])
    posted = member.post(f"/comites/{sitting.number}/{dossier.number}/recuse", {"reason": "Mon frère y travaille."})
    assert posted.status_code == 303
    assert dossier.number not in member.get(f"/comites/{sitting.number}/").content.decode()
    page = hall.browser(hall.officer).get(f"/comites/{sitting.number}/seance/?d={dossier.number}").content.decode()
    assert "avant que ce lien ne soit connu : Anne Duval" in page
    hall.opine(sitting, dossier, seen=1, at=hall.at + days(11))
    page = hall.browser(hall.officer).get(f"/comites/{sitting.number}/seance/?d={dossier.number}").content.decode()
    assert "avant que ce lien" not in page


def test_too_many_left_the_room_for_one_dossier(hall):
    dossier = hall.examined()
    sitting = hall.opened(dossier, quorum=3)
    absent = sitting.members.get(person=hall.members[0])
    session.attend(sitting, {absent.pk: "absent"}, by=hall.officer, at=hall.at + days(10))
    with pytest.raises(Refused) as few:
        hall.opine(sitting, dossier)
    assert few.value.code == "no_quorum" and "2 membres présents avec voix sur 3" in few.value.refusal.message


def test_a_dossier_withdrawn_during_the_session(hall):
    gone, stays = hall.examined("Retiré"), hall.examined("Reste")
    sitting = hall.opened(gone, stays)
    filing.withdraw(hall.again(gone), reason="Autre lieu.", by=hall.mayor, at=hall.at + days(10))
    with pytest.raises(Refused) as no:
        hall.opine(sitting, gone)
    assert no.value.code == "withdrawn"
    page = hall.browser(hall.officer).get(f"/comites/{sitting.number}/seance/?d={gone.number}").content.decode()
    assert "n’a plus d’avis à donner" in page
    hall.opine(sitting, stays)
    session.close(sitting, by=hall.officer, at=hall.at + days(10))


def test_a_session_closes_once_each_dossier_has_its_opinion(hall):
    dossier, other = hall.examined(), hall.examined("Autre")
    sitting = hall.opened(dossier, other)
    hall.opine(sitting, dossier)
    with pytest.raises(Refused) as left:
        session.close(sitting, by=hall.officer, at=hall.at + days(10))
    assert left.value.code == "undecided" and other.number in left.value.refusal.message
    client = hall.browser(hall.officer)
    assert client.post(f"/comites/{sitting.number}/follow").status_code == 200
    assert client.post(f"/comites/{sitting.number}/close").status_code == 303
    sitting = sittings.whole().get(pk=sitting.pk)
    assert (sitting.state, len(sitting.sha256)) == ("closed", 64)
    assert (
        client.post(
            f"/comites/{sitting.number}/{dossier.number}/opine", {"opinion": "favourable", "amount": "1", "seen": "1"}
        ).status_code
        == 409
    )


def test_the_projector_shows_what_the_room_may_read(hall):
    dossier = hall.examined()
    sitting, client = hall.opened(dossier), hall.browser(hall.officer)
    hall.opine(sitting, dossier, cents=400_000, reason="CANARI-MOTIF", conditions="CANARI-CONDITION")
    assert dossier.title not in client.get(f"/comites/{sitting.number}/ecran/").content.decode()
    assert client.post(f"/comites/{sitting.number}/{dossier.number}/show").status_code == 303
    page = client.get(f"/comites/{sitting.number}/ecran/").content.decode()
    assert dossier.title in page and "4 000,00" in page.replace("\u202f", " ") and "CANARI" not in page
    middle = client.get(f"/comites/{sitting.number}/ecran/", headers={"HX-Request": "true"}).content.decode()
    assert dossier.title in middle and "<html" not in middle
    assert hall.browser(hall.members[0]).get(f"/comites/{sitting.number}/ecran/").status_code == 403
