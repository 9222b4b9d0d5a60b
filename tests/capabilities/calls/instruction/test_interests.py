"""Whoever has an interest in a dossier knows nothing of it from that instant: a walk through every list and address."""

import pytest

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.instruction.actions import handling
from escale.capabilities.calls.instruction.queries import asking, desk, today
from escale.foundation.clock import reading
from escale.foundation.organisations import actions as organisations
from escale.foundation.post.models import Mail
from tests import build
from tests.capabilities.calls.instruction.world import World, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(1))
    return World(at)


def traces(world, dossier, person):
    """Every way in which the person could come across the dossier."""
    client, at = world.browser(person), world.at + days(1.5)
    pages = {
        address: client.get(address)
        for address in (
            "/instruction/", f"/instruction/?q={dossier.number}", "/instruction/?q=aitre", "/instruction/today/",
            "/instruction/export.csv", "/dossiers/",
        )
    }  # fmt: skip
    found = {
        name for name, page in pages.items()
        if dossier.number in (b"".join(page.streaming_content) if page.streaming else page.content).decode()
        and (name != f"/instruction/?q={dossier.number}" or f'data-ref="{dossier.number}"' in page.content.decode())
    }  # fmt: skip
    guessed = (
        f"/dossiers/{dossier.number}/", f"/instruction/{dossier.number}/", f"/dossiers/{dossier.number}/recu",
        f"/dossiers/{dossier.number}/pieces/deliberation/1", f"/dossiers/{dossier.number}/copie.pdf",
    )  # fmt: skip
    answers = {address: client.get(address) for address in guessed}
    found |= {address for address, answer in answers.items() if answer.status_code != 404}
    for answer in answers.values():
        if answer.streaming:
            b"".join(answer.streaming_content)
    if Dossier.objects.visible_to(person, at).filter(pk=dossier.pk).exists():
        found.add("visible_to")
    if desk.page(asking.Ask(), person, at).count:
        found.add("count")
    if today.tasks(person, at):
        found.add("today")
    return found


def test_a_declared_interest_takes_the_dossier_out_of_everything(world):
    dossier = world.filed()
    handling.assign(dossier, world.officer, by=world.lead, at=world.at)
    assert {"visible_to", "count", "/instruction/", f"/instruction/{dossier.number}/"} <= traces(
        world, dossier, world.officer
    )
    client = world.browser(world.officer)
    answer = client.post(f"/instruction/{dossier.number}/recuse", {"person": world.officer.pk, "reason": "Mon frère."})
    assert (answer.status_code, answer["Location"]) == (303, "/instruction/")
    assert traces(world, dossier, world.officer) == set()
    assert client.post(f"/instruction/{dossier.number}/complete").status_code == 404
    assert world.again(dossier).officer is None
    assert "visible_to" in traces(world, dossier, world.colleague)


@pytest.mark.parametrize(
    "tie", ["member", "mandate in the organisation", "mandate in the commune", "partner", "ended lately"]
)
def test_an_inferred_interest_does_the_same(world, tie):
    dossier, at = world.filed(), world.at
    if tie == "member":
        invitation = organisations.invite(world.town, email=world.officer.email, role="reader", by=world.mayor, at=at)
        organisations.accept(invitation, by=world.officer, at=at)
        assert world.browser(world.officer).get(f"/instruction/{dossier.number}/").status_code == 403
        assert desk.page(asking.Ask(), world.officer, at + days(1)).count == 0
        return
    if tie == "partner":
        other = build.organisation(at, name="Les Ateliers", legal_form="association", commune_id="14118")
        dossier.parties.create(name=other.name, organisation=other, commune=other.commune)
        organisations.give_mandate(world.officer, "elected", at=at, organisation=other)
    if tie == "mandate in the organisation":
        organisations.give_mandate(world.officer, "elected", at=at, organisation=world.town)
    if tie in ("mandate in the commune", "ended lately"):
        mandate = organisations.give_mandate(world.officer, "elected", at=at, commune=world.town.commune)
        if tie == "ended lately":
            organisations.end_mandate(mandate, at=at)
    assert traces(world, dossier, world.officer) == set()
    assert "visible_to" in traces(world, dossier, world.colleague)


def test_no_mail_tells_of_it(world):
    dossier = world.filed()
    handling.recuse(dossier, reason="", by=world.officer, at=world.at)
    organisations.give_mandate(world.lead, "elected", at=world.at, commune=world.town.commune)
    world.browser(world.mayor).post(f"/dossiers/{dossier.number}/withdraw", {"reason": "Reporté."})
    told = set(Mail.objects.filter(about=dossier.subject, template="dossiers/withdrawn").values_list("to", flat=True))
    assert told == {world.colleague.email}


def test_it_begins_at_its_instant(world):
    dossier = world.filed()
    handling.recuse(dossier, reason="", by=world.officer, at=world.at + days(2))
    assert Dossier.objects.visible_to(world.officer, world.at + days(1)).exists()
    assert not Dossier.objects.visible_to(world.officer, world.at + days(2)).exists()
