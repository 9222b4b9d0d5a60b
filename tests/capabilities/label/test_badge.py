"""A label as an Open Badge 3.0, read by a verifier that is not ours (openbadgeslib): signature, dates, status."""

import base64
import json
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.test import Client
from django.utils import timezone
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from escale.capabilities.label.actions import life
from escale.capabilities.label.exports import badge, keys
from escale.capabilities.label.models import Label
from escale.site.cli import main
from tests.capabilities.label import cast as casting

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    """The verifier lives in real time: so do these labels."""
    found = casting.cast(timezone.now())
    found.label = life.grant(
        found.place, found.referential, act_reference="CP 26-03", since=found.at - timedelta(days=1),
        until=found.at + timedelta(days=900), by=found.lead, at=found.at,
    )  # fmt: skip
    return found


def fetched(address):
    """What an address of the site answers, as a verifier elsewhere reads it."""
    answer = Client().get(address.removeprefix("http://127.0.0.1:8000").partition("#")[0])
    assert answer.status_code == 200, address
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.content


def verified(token):
    """The credential, once its key was found where it says and all of it was checked."""
    named = json.loads(fetched(jwt.get_unverified_header(token)["kid"]))
    verifier = OB3Verifier(jwt.PyJWK(named).key)
    return verifier.verify(token, check_status=True, download=fetched)


def test_an_outside_verifier_accepts_it(who):
    token = Client().get(f"/verifier/{who.label.code}/badge.jwt").content.decode()
    found = verified(token)
    assert (found.issuer.id, found.issuer.name) == (
        "http://127.0.0.1:8000/label/emetteur.json",
        "Région Normandie (démonstration)",
    )
    assert json.loads(fetched(found.issuer.id)) == badge.issuer()
    assert found.achievement.name == "Label d’essai"
    assert found.expiration_date == who.label.until.replace(microsecond=0)
    assert found.id.endswith(f"/verifier/{who.label.code}/")
    assert [one["kid"] for one in json.loads(fetched("/label/cles.json"))["keys"]] == [keys.published()[0]["kid"]]


def test_what_was_changed_is_refused(who):
    head, body, mark = badge.signed(who.label).split(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    said["validUntil"] = "2999-01-01T00:00:00Z"
    other = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
    with pytest.raises(OB3VerificationError, match="signature"):
        verified(f"{head}.{other}.{mark}")


def test_a_suspension_shows_at_its_instant_and_its_end_too(who):
    token = badge.signed(who.label)
    verified(token)
    at = timezone.now()
    life.warn(who.label, reason="Fermé", answer_by=at + timedelta(days=15), by=who.lead, at=at)
    life.answer(who.label, "Nous rouvrons lundi.", by=who.steward, at=at)
    who.label.refresh_from_db()
    life.suspend(who.label, reason="Fermé", by=who.lead, at=at)
    with pytest.raises(OB3VerificationError, match="'suspension' is set"):
        verified(token)
    refused = Client().get(f"/verifier/{who.label.code}/badge.jwt", headers={"accept": "text/html"})
    assert refused.status_code == 409 and refused.json()["error"]["message"] == "Ce label est suspendu."
    life.restore(who.label, reason="Rouvert", by=who.lead, at=at)
    verified(token)
    life.give_up(who.label, reason="Nous fermons", by=who.steward, at=at)
    with pytest.raises(OB3VerificationError, match="'suspension' is set"):
        verified(token)


def test_a_validity_that_is_over_is_in_the_badge_itself(who):
    Label.objects.filter(pk=who.label.pk).update(until=timezone.now() - timedelta(hours=1))
    who.label.refresh_from_db()
    with pytest.raises(OB3VerificationError, match="expired"):
        verified(badge.signed(who.label))
    assert Client().get(f"/verifier/{who.label.code}/badge.jwt").status_code == 409


def test_the_settings_give_the_key_and_keep_the_old_ones(who, settings, tmp_path):
    before = badge.signed(who.label)
    old = tmp_path / "old.pem"
    old.write_bytes(keys.signing().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    new = tmp_path / "new.pem"
    private = generate_private_key(SECP256R1())
    new.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    settings.ESCALE_BADGE_KEY, settings.ESCALE_BADGE_RETIRED = str(new), [str(old)]
    token = badge.signed(who.label)
    assert jwt.get_unverified_header(token)["alg"] == "ES256"
    verified(token)
    OB3Verifier(jwt.PyJWK(json.loads(fetched(jwt.get_unverified_header(before)["kid"]))).key).verify(before)
    assert Client().get("/label/cles/unknown.json").status_code == 404


def test_a_key_that_cannot_sign_is_said_in_words(who, settings, tmp_path, capsys):
    wrong = tmp_path / "wrong.pem"
    wrong.write_bytes(generate_rsa(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for path in (str(wrong), str(tmp_path / "absent.pem")):
        settings.ESCALE_BADGE_KEY = path
        answer = Client().get(f"/verifier/{who.label.code}/badge.jwt")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "badge_key")
        main(["doctor"])
        assert "La clé qui signe les badges ne se lit pas" in capsys.readouterr().out
