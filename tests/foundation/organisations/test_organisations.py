"""Organisations outlive accounts; memberships and mandates are dated; the last owner stays."""

from datetime import timedelta

import pytest

from escale.foundation.organisations import actions, queries
from escale.foundation.organisations.models import Membership, Organisation
from escale.rules.refusal import NoHat, Refused
from tests import build

pytestmark = pytest.mark.django_db


def member(organisation, role, at):
    someone = build.person(at)
    Membership.objects.create(person=someone, organisation=organisation, role=role, since=at)
    return someone


def test_who_creates_is_the_owner(at):
    owner = build.person(at)
    found = build.organisation(at, by=owner)
    assert queries.role_of(owner, found, at) == "owner"
    assert found.subject.number == f"O{found.pk:06d}"
    assert queries.role_of(owner, found, at - timedelta(seconds=1)) is None


def test_a_siret_is_here_once(at):
    build.organisation(at, siret="21140333200003")
    with pytest.raises(Refused) as refused:
        build.organisation(at, siret="21140333200003")
    assert refused.value.code == "known_siret"


def test_an_invitation_is_accepted_by_the_invited_alone(at):
    owner, guest, other = build.person(at), build.person(at, "secretaire@exemple.fr"), build.person(at)
    found = build.organisation(at, by=owner)
    invitation = actions.invite(found, email="Secretaire@exemple.fr ", role="editor", by=owner, at=at)
    with pytest.raises(NoHat):
        actions.accept(invitation, by=other, at=at)
    actions.accept(invitation, by=guest, at=at)
    assert queries.role_of(guest, found, at) == "editor"
    with pytest.raises(Refused) as refused:
        actions.accept(invitation, by=guest, at=at)
    assert refused.value.code == "wrong_state"
    with pytest.raises(Refused) as refused:
        actions.invite(found, email=guest.email, role="reader", by=owner, at=at)
    assert refused.value.code == "already_member"


def test_one_pending_invitation_per_mail(at):
    owner = build.person(at)
    found = build.organisation(at, by=owner)
    actions.invite(found, email="a@exemple.fr", role="editor", by=owner, at=at)
    with pytest.raises(Refused) as refused:
        actions.invite(found, email="A@exemple.fr", role="reader", by=owner, at=at)
    assert refused.value.code == "already_invited"


@pytest.mark.parametrize("role", ["editor", "reader"])
def test_only_owners_invite(at, role):
    found = build.organisation(at)
    with pytest.raises(NoHat):
        actions.invite(found, email="a@exemple.fr", role="reader", by=member(found, role, at), at=at)


def test_the_last_owner_stays(at):
    owner = build.person(at)
    found = build.organisation(at, by=owner)
    mine = queries.members_of(found, at).get(person=owner)
    for leaving in (
        lambda: actions.leave(found, by=owner, at=at),
        lambda: actions.change_role(mine, "reader", by=owner, at=at),
        lambda: actions.remove_member(mine, by=owner, at=at),
    ):
        with pytest.raises(Refused) as refused:
            leaving()
        assert refused.value.code == "last_owner"
    member(found, "owner", at)
    later = at + timedelta(days=1)
    actions.leave(found, by=owner, at=later)
    assert queries.role_of(owner, found, later) is None
    assert queries.role_of(owner, found, at) == "owner"


def test_an_edit_never_covers_another(at):
    owner = build.person(at)
    found = build.organisation(at, by=owner)
    actions.edit(found, by=owner, at=at, rev=0, name="Mairie de Honfleur")
    with pytest.raises(Refused) as refused:
        actions.edit(found, by=owner, at=at, rev=0, name="Autre")
    assert refused.value.code == "changed_meanwhile"
    assert Organisation.objects.get().name == "Mairie de Honfleur"


def test_lists_agree_with_the_table(at):
    found = build.organisation(at)
    administrator = build.person(at)
    actions.give_mandate(administrator, "administrator", at=at)
    people = [member(found, role, at) for role in ("owner", "editor", "reader")]
    for someone in [*people, administrator, build.person(at)]:
        listed = Organisation.objects.visible_to(someone, at).filter(pk=found.pk).exists()
        read = found.POLICY.verdict("read", hats=found.hats_of(someone, at), thing=found, at=at).allowed
        assert listed == read


def test_mandates_end(at):
    service = build.service()
    officer = build.officer(at, service)
    assert queries.services_of(officer, at) == {service.pk}
    actions.end_mandate(officer.mandates.get(), at=at + timedelta(days=2))
    assert queries.services_of(officer, at + timedelta(days=1)) == {service.pk}
    assert queries.services_of(officer, at + timedelta(days=2)) == set()
    assert not queries.is_of_the_region(officer, at + timedelta(days=3))
