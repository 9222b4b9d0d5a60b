"""The key that signs badges, as this installation's settings give it, and what the world may know of it."""

import base64
import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from django.conf import settings
from django.utils.translation import gettext as _
from jwt.algorithms import ECAlgorithm, OKPAlgorithm

from escale.rules.refusal import Refused

type Private = Ed25519PrivateKey | EllipticCurvePrivateKey
type Public = Ed25519PublicKey | EllipticCurvePublicKey


class WrongKey(Refused):
    """A file of the settings is not a key that signs badges: said in words, never an error page."""

    def __init__(self, why: str) -> None:
        sentence = _("La clé qui signe les badges ne se lit pas ({why}) : prévenez l’administration du site.")
        super().__init__("badge_key", sentence.format(why=why))


def problems() -> Iterator[str]:
    """What ``escale doctor`` says of the keys."""
    try:
        published()
    except Refused as refused:
        yield refused.message


def signing() -> Private:
    """The private key: the PEM file of ``ESCALE_BADGE_KEY``, Ed25519 or P-256; else one derived from the secret key.

    The derived one is the same on every process of an installation and changes with its secret.
    """
    return _signing(settings.ESCALE_BADGE_KEY, settings.SECRET_KEY)


def algorithm(key: Private) -> str:
    """The JWS name of what the key does."""
    return "EdDSA" if isinstance(key, Ed25519PrivateKey) else "ES256"


def published() -> list[dict[str, Any]]:
    """The public keys as JWKs, the one that signs first; then those that signed before (``ESCALE_BADGE_RETIRED``)."""
    return [jwk(signing().public_key()), *_retired(tuple(settings.ESCALE_BADGE_RETIRED))]


def jwk(key: Public) -> dict[str, Any]:
    """A public key as a JWK; ``kid`` is its RFC 7638 thumbprint."""
    if isinstance(key, Ed25519PublicKey):
        told: dict[str, Any] = OKPAlgorithm.to_jwk(key, as_dict=True)
        use = "EdDSA"
    else:
        told, use = ECAlgorithm.to_jwk(key, as_dict=True), "ES256"
    bare: dict[str, Any] = {name: told[name] for name in ("crv", "kty", "x", "y") if name in told}
    digest = hashlib.sha256(json.dumps(bare, sort_keys=True, separators=(",", ":")).encode()).digest()
    return bare | {"kid": base64.urlsafe_b64encode(digest).decode().rstrip("="), "alg": use, "use": "sig"}


@lru_cache(maxsize=4)
def _signing(path: str, secret: str) -> Private:
    if not path:
        return Ed25519PrivateKey.from_private_bytes(HKDF(SHA256(), 32, None, b"escale badge").derive(secret.encode()))
    try:
        key = load_pem_private_key(Path(path).read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise WrongKey(f"ESCALE_BADGE_KEY: {error}") from error
    if isinstance(key, Ed25519PrivateKey):
        return key
    if isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP256R1):
        return key
    raise WrongKey("ESCALE_BADGE_KEY: Ed25519 or P-256")


@lru_cache(maxsize=4)
def _retired(paths: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    found = []
    for path in paths:
        try:
            key = load_pem_public_key(Path(path).read_bytes())
        except (OSError, ValueError) as error:
            raise WrongKey(f"ESCALE_BADGE_RETIRED: {error}") from error
        if not isinstance(key, Ed25519PublicKey | EllipticCurvePublicKey):
            raise WrongKey(f"ESCALE_BADGE_RETIRED: {path}")
        found.append(jwk(key))
    return tuple(found)
