"""Addresses of organisations, of invitations, and of the Region's own people."""

from django.urls import URLPattern

from escale.foundation.organisations.views import members, region, sheet, zones
from escale.ui.routes import act, page

_ONE = "organisations/<int:pk>/"
_MEMBER = f"{_ONE}membres/<int:member>/"
_PERSON = "region/people/<uuid:key>/"
_REGION = "region"
_INVITED = "invitations/<slug:number>/"

urlpatterns: list[URLPattern] = [
    page("organisations/", sheet.index, "organisations", who="signed-in"),
    act("organisations/create", sheet.create, "organisation-create", act="create", thing="organisation", asks=True),
    page(_ONE, sheet.show, "organisation", thing="organisation"),
    act(f"{_ONE}edit", sheet.edit, "organisation-edit", act="edit", thing="organisation", asks=True),
    act(f"{_ONE}set-bank", sheet.set_bank, "organisation-bank", act="set-bank", thing="organisation", asks=True),
    act(f"{_ONE}link", sheet.link, "organisation-link", act="link", thing="organisation", asks=True),
    act(f"{_ONE}links/<slug:siren>/unlink", sheet.unlink, "organisation-unlink", act="unlink", thing="organisation"),
    act(f"{_ONE}download", sheet.download, "organisation-download", act="download", thing="organisation"),
    act(f"{_ONE}close", sheet.close, "organisation-close", act="close", thing="organisation", asks=True),
    page(f"{_ONE}membres/", members.members, "organisation-members", thing="organisation"),
    act(f"{_ONE}membres/invite", members.invite, "organisation-invite", act="invite", thing="organisation"),
    act(f"{_MEMBER}change-role", members.change_role, "member-role", act="change-role", thing="organisation"),
    act(
        f"{_MEMBER}name-representative", members.name_representative, "member-representative",
        act="name-representative", thing="organisation",
    ),
    act(f"{_MEMBER}remove-member", members.remove_member, "member-remove", act="remove-member", thing="organisation"),
    act(f"{_ONE}leave", members.leave, "organisation-leave", act="leave", thing="organisation", asks=True),
    act(
        f"{_ONE}replace-owner", members.replace_owner, "organisation-replace-owner", act="replace-owner",
        thing="organisation", asks=True,
    ),
    page(_INVITED, members.invitation, "invitation", thing="invitation"),
    act(f"{_INVITED}accept", members.accept, "invitation-accept", act="accept", thing="invitation"),
    act(f"{_INVITED}decline", members.decline, "invitation-decline", act="decline", thing="invitation"),
    act(f"{_INVITED}withdraw", members.withdraw, "invitation-withdraw", act="withdraw", thing="invitation"),
    page("region/", region.people, "region", thing=_REGION),
    act("region/create-person", region.create_person, "person-create", act="create-person", thing=_REGION, asks=True),
    page(_PERSON, region.person, "region-person", thing=_REGION),
    act(f"{_PERSON}edit-person", region.edit_person, "person-edit", act="edit-person", thing=_REGION, asks=True),
    act(f"{_PERSON}give-mandate", region.give_mandate, "mandate-give", act="give-mandate", thing=_REGION, asks=True),
    act(
        "region/mandates/<int:mandate>/end-mandate", region.end_mandate, "mandate-end", act="end-mandate",
        thing=_REGION, asks=True,
    ),
    page("region/zones/", zones.zones, "region-zones", thing=_REGION),
    act("region/zones/set-zone", zones.create, "zone-create", act="set-zone", thing=_REGION, asks=True),
    act("region/zones/<slug:key>/set-zone", zones.edit, "zone-edit", act="set-zone", thing=_REGION, asks=True),
    page("region/services/", region.services, "services", thing=_REGION),
    act("region/create-service", region.create_service, "service-create", act="create-service", thing=_REGION, asks=True),
    act(
        "region/services/<slug:key>/edit-service", region.edit_service, "service-edit", act="edit-service",
        thing=_REGION, asks=True,
    ),
]  # fmt: skip
