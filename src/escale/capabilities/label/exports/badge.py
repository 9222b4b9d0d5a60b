"""A label as an Open Badge 3.0: a W3C verifiable credential signed as a JWT, its issuer, the list of those held back.

Sources: 1EdTech Open Badges 3.0 (native VC-JWT), W3C VC Data Model 2.0, W3C Bitstring Status List 1.0.
"""

import base64
import gzip
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from escale.capabilities.label import policy
from escale.capabilities.label.exports import keys
from escale.capabilities.label.models import Label
from escale.capabilities.label.queries import diagnosis
from escale.rules.figures import shown_instant

VC = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
#: Labels in one status list: the least that the recommendation allows, so that no reader learns whose bit it asks for.
BITS = 131_072
#: How long a reader may believe a list that it kept.
FRESH = timedelta(minutes=5)


def issuer() -> dict[str, Any]:
    """The Region as a profile of the standard."""
    publisher = settings.ESCALE_PUBLISHER
    told = {"name": publisher["name"], "url": settings.ESCALE_BASE_URL, "email": publisher["email"]}
    return {
        "id": _url("/label/emetteur.json"),
        "type": ["Profile"],
        **{name: value for name, value in told.items() if value},
    }


def credential(label: Label) -> dict[str, Any]:
    """The credential of a label that is valid; in the site's first language, the one that the act was written in."""
    with translation.override(settings.LANGUAGE_CODE):
        document = diagnosis.READY.of(label.edition).document
        place, title = label.place, str(label.referential.title)
        check = _url(f"/verifier/{label.code}/")
        levels = {one["code"]: one["label"] for one in document.get("levels", [])}
        named = f"{title} · {levels.get(label.level, label.level)}" if label.level else title
        return {
            "@context": [VC, OB],
            "id": check,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": f"{named} · {place.name}",
            "issuer": issuer(),
            "validFrom": _instant(label.since),
            "validUntil": _instant(label.until),
            "credentialSubject": {
                "id": _url(place.get_absolute_url()),
                "type": ["AchievementSubject"],
                "identifier": [
                    {"type": "IdentityObject", "hashed": False, "identityHash": place.name, "identityType": "name"}
                ],
                "achievement": _achievement(label, named, document),
            },
            "evidence": [
                {"id": check, "type": ["Evidence"], "name": label.act_reference,
                 "narrative": _("Jusqu’au {when}.").format(when=shown_instant(label.until - timedelta(minutes=1)))},
            ],
            "credentialStatus": {
                "id": f"{status_address(label.pk // BITS)}#{label.pk % BITS}", "type": "BitstringStatusListEntry",
                "statusPurpose": "suspension", "statusListIndex": str(label.pk % BITS),
                "statusListCredential": status_address(label.pk // BITS),
            },
            "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        }  # fmt: skip


def _achievement(label: Label, named: str, document: dict[str, Any]) -> dict[str, Any]:
    """What was recognised: the label itself, its mandatory criteria in words."""
    address = _url(label.referential.get_absolute_url())
    wanted = " · ".join(one["title"] for one in document["criteria"] if one.get("mandatory", True))
    return {
        "id": address, "type": ["Achievement"], "achievementType": "Certification", "name": named,
        "description": document["summary"], "criteria": {"id": address, "narrative": wanted},
    }  # fmt: skip


def signed(label: Label) -> str:
    """The credential as a compact JWS: its members at the top of the payload, the registered claims beside them."""
    body = credential(label)
    claims = {
        "iss": body["issuer"]["id"], "sub": body["credentialSubject"]["id"], "jti": body["id"],
        "nbf": int(label.since.timestamp()), "exp": int(label.until.timestamp()),
    }  # fmt: skip
    return _sign({**body, **claims})


def status_address(n: int) -> str:
    """Where the n-th list of labels held back is."""
    return _url(f"/label/statuts/{n}.jwt")


def status_list(n: int, at: datetime) -> str:
    """The labels that are not to be believed now (suspended, withdrawn, given back), one bit each, signed.

    Read from the labels at this very request: a suspension is in it at its instant. The end of a validity is in each
    badge itself. ``suspension`` in the recommendation's sense: what can come back.
    """
    held_back = [policy.State.SUSPENDED, policy.State.WITHDRAWN, policy.State.GIVEN_UP]
    rows = Label.objects.filter(state__in=held_back, pk__gte=n * BITS, pk__lt=(n + 1) * BITS)
    bits = bytearray(BITS // 8)
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        where = pk % BITS
        bits[where // 8] |= 128 >> (where % 8)
    encoded = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
    address, owner = status_address(n), issuer()
    body = {
        "@context": [VC], "id": address, "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": owner["id"], "validFrom": _instant(at), "validUntil": _instant(at + FRESH),
        "credentialSubject": {
            "id": f"{address}#list", "type": "BitstringStatusList", "statusPurpose": "suspension",
            "encodedList": f"u{encoded}", "ttl": int(FRESH.total_seconds() * 1000),
        },
    }  # fmt: skip
    claims = {"iss": owner["id"], "sub": f"{address}#list", "jti": address}
    return _sign({**body, **claims, "nbf": int(at.timestamp()), "exp": int((at + FRESH).timestamp())})


def _sign(payload: dict[str, Any]) -> str:
    key = keys.signing()
    name = keys.jwk(key.public_key())["kid"]
    header = {"typ": "JWT", "kid": _url(f"/label/cles/{name}.json")}
    return jwt.encode(payload, key, algorithm=keys.algorithm(key), headers=header)


def _url(path: str) -> str:
    return f"{settings.ESCALE_BASE_URL}{path}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
