"""Those who act for an organisation, through their pages: invited by mail, joining, changing, leaving, replaced."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from escale.foundation.clock import reading
from escale.foundation.organisations import actions, queries
from escale.foundation.organisations.models import Invitation
from escale.foundation.post.models import Mail
from tests import build

pytestmark = pytest.mark.django_db
#: The clock of the pages goes on while a test runs.
SOON = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def clock(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)


@pytest.fixture
def owner(at):
    return build.person(at, name="Claire Lemaréchal")


@pytest.fixture
def town(owner, at):
    return build.organisation(at, by=owner)


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def invited(owner, town, email, **given):
    given = {"email": email, "role": "editor", **given}
    answer = browser(owner).post(f"/organisations/{town.pk}/membres/invite", given)
    assert answer.status_code == 303
    return re.search(r"https?://[^/]+(/invitations/\S+)", Mail.objects.latest("pk").text)[1]


def test_invited_by_mail_then_accepted_from_ones_own_account(owner, town, at):
    address = invited(owner, town, "Yanis@exemple.fr", represents="on")
    guest, other = build.person(at, "yanis@exemple.fr", name="Yanis Benali"), build.person(at)
    assert browser(other).get(address).status_code == 404
    assert browser(other).post(f"{address}accept").status_code == 404
    assert address in browser(guest).get("/organisations/").content.decode()
    page = browser(guest).get(address).content.decode()
    assert "Claire Lemaréchal" in page
    assert "vous signerez" in page
    answer = browser(guest).post(f"{address}accept")
    assert answer.headers["Location"] == f"/organisations/{town.pk}/?fait=joined"
    member = queries.members_of(town, at + SOON).get(person=guest)
    assert (member.role, member.represents) == ("editor", True)
    told = Mail.objects.latest("pk")
    assert (told.to, told.template) == (owner.email, "organisations/joined")
    assert browser(guest).post(f"{address}accept").status_code == 409


def test_declined_withdrawn_expired(owner, town, at):
    guest = build.person(at, "b@exemple.fr")
    assert browser(guest).post(f"{invited(owner, town, guest.email)}decline").status_code == 303
    address = invited(owner, town, guest.email)
    assert browser(guest).post(f"{address}withdraw").status_code == 403
    assert browser(owner).post(f"{address}withdraw").status_code == 303
    address = invited(owner, town, guest.email)
    later = at + timedelta(days=30) + SOON
    reading.move_to(later)
    answer = browser(guest).post(f"{address}accept")
    assert answer.status_code == 409
    assert 'data-code="expired"' in answer.content.decode()
    assert actions.expire_due(later) == 1
    states = Invitation.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["declined", "withdrawn", "expired"]
    assert actions.expire_due(later) == 0


def test_what_is_wrong_with_an_invitation_is_said(owner, town, at):
    address = f"/organisations/{town.pk}/membres/invite"
    for given in ({"email": "pas une adresse", "role": "editor"}, {"email": "a@exemple.fr", "role": "roi"}, {}):
        assert browser(owner).post(address, given).status_code == 422
    answer = browser(owner).post(address, {"email": owner.email, "role": "editor"})
    assert answer.status_code == 409
    assert 'data-code="already_member"' in answer.content.decode()
    reader = build.person(at, "lectrice@exemple.fr")
    browser(reader).post(f"{invited(owner, town, reader.email, role='reader')}accept")
    assert browser(reader).post(address, {"email": "c@exemple.fr", "role": "editor"}).status_code == 403


def test_roles_change_members_leave_and_the_last_owner_stays(owner, town, at):
    guest = build.person(at, "d@exemple.fr")
    browser(guest).post(f"{invited(owner, town, guest.email)}accept")
    member = queries.members_of(town, at + SOON).get(person=guest)
    mine = queries.members_of(town, at + SOON).get(person=owner)
    address = f"/organisations/{town.pk}/"
    refused = browser(owner).post(f"{address}leave")
    assert refused.status_code == 409
    assert 'data-code="last_owner"' in refused.content.decode()
    assert browser(guest).post(f"{address}membres/{mine.pk}/remove-member").status_code == 403
    assert browser(owner).post(f"{address}membres/{member.pk}/change-role", {"role": "owner"}).status_code == 303
    assert queries.role_of(guest, town, at + SOON) == "owner"
    assert browser(owner).get(f"{address}leave").status_code == 200
    assert browser(owner).post(f"{address}leave").status_code == 303
    assert browser(owner).get(address).status_code == 404
    assert browser(guest).get(address).status_code == 200


def test_a_member_is_removed_and_told(owner, town, at):
    guest = build.person(at, "e@exemple.fr")
    browser(guest).post(f"{invited(owner, town, guest.email)}accept")
    member = queries.members_of(town, at + SOON).get(person=guest)
    assert browser(owner).post(f"/organisations/{town.pk}/membres/{member.pk}/remove-member").status_code == 303
    assert browser(guest).get(f"/organisations/{town.pk}/").status_code == 404
    assert Mail.objects.latest("pk").to == guest.email
    assert browser(owner).post(f"/organisations/{town.pk}/membres/{member.pk}/remove-member").status_code == 404


def test_the_owner_says_who_represents_and_the_journal_keeps_it(owner, town, at):
    mine = queries.members_of(town, at + SOON).get(person=owner)
    address = f"/organisations/{town.pk}/membres/{mine.pk}/name-representative"
    assert browser(owner).post(address, {"represents": "no"}).status_code == 303
    assert not queries.members_of(town, at + SOON).get(person=owner).represents
    entry = queries.history(town)[0]
    assert (entry.act, entry.by, entry.data) == (
        "name-representative", owner, {"person": str(owner.key), "represents": False},
    )  # fmt: skip


def test_the_region_replaces_an_owner_with_its_reason_and_everybody_is_told(owner, town, at):
    administrator = build.person(at, name="Aïcha Lefèvre")
    actions.give_mandate(administrator, "administrator", at=at)
    address = f"/organisations/{town.pk}/replace-owner"
    mine = queries.members_of(town, at + SOON).get(person=owner)
    given = {"email": "nouvelle@exemple.fr", "name": "Odile Groult", "represents": "on", "instead_of": mine.pk}
    assert browser(administrator).post(address, given).status_code == 422
    assert browser(owner).post(address, given).status_code == 403
    assert browser(administrator).post(address, {**given, "note": "Élection du 22 mars"}).status_code == 303
    new = queries.members_of(town, at + SOON).get()
    assert (new.person.name, new.role, new.represents) == ("Odile Groult", "owner", True)
    entry = queries.history(town)[0]
    assert (entry.act, entry.by, entry.note) == ("replace-owner", administrator, "Élection du 22 mars")
    told = Mail.objects.filter(template="organisations/owner_named").values_list("to", flat=True)
    assert set(told) == {owner.email, "nouvelle@exemple.fr"}


def test_the_pages_ask_the_base_as_often_for_one_row_as_for_many(owner, town, at):
    site = browser(owner)

    def asked(path):
        with CaptureQueriesContext(connection) as made:
            assert site.get(path).status_code == 200
        return len(made)

    def more(n):
        guest = build.person(at, f"membre{n}@exemple.fr")
        invitation = actions.invite(town, email=guest.email, role="editor", by=owner, at=at)
        actions.accept(invitation, by=guest, at=at)
        actions.invite(town, email=f"attend{n}@exemple.fr", role="reader", by=owner, at=at)
        other = build.organisation(at, name=f"Autre {n}")
        actions.invite(other, email=owner.email, role="reader", by=other.memberships.get().person, at=at)

    more(0)
    paths = ("/organisations/", f"/organisations/{town.pk}/membres/", f"/organisations/{town.pk}/")
    one = [asked(path) for path in paths]
    for n in range(1, 4):
        more(n)
    assert [asked(path) for path in paths] == one
