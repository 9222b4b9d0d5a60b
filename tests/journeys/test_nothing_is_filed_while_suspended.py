"""A suspended call takes no dossier; once resumed it takes those that waited."""

import pytest

from escale.capabilities.calls.schemes import actions as schemes
from tests.journeys.test_a_dossier_is_filed import begin, browser, fill, sign, world

pytestmark = pytest.mark.django_db
__all__ = ["world"]


def test_nothing_is_filed_while_the_call_is_suspended(world, at):
    mayor, scheme = browser(world, "mayor"), world["scheme"]
    address = begin(mayor, world["town"])
    fill(mayor, address)
    schemes.amend(scheme, "suspend", {"kind": "suspend"}, reason="Le texte contient une erreur.", by=None, at=at)
    refused = sign(mayor, address)
    assert refused.status_code == 409 and 'data-code="suspended"' in refused.content.decode()
    scheme.refresh_from_db()
    schemes.amend(scheme, "resume", {"kind": "resume"}, reason="Le texte est corrigé.", by=None, at=at)
    assert sign(mayor, address).status_code == 303
