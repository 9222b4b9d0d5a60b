"""One-time proofs that someone reads a mail address: made, found, used once, counted when guessed."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from escale.foundation.people.models import Person, Proof
from escale.rules.refusal import Refused

LIFE = timedelta(minutes=15)
WRONG_CODES = 5
#: Where one goes after signing in may carry all the answers of an eligibility test.
MOST_NEXT = 64_000


@dataclass(frozen=True)
class Issued:
    """A new proof with its two secrets, which exist nowhere else than in the mail that carries them."""

    proof: Proof
    link: str
    code: str


def issue(
    email: str, *, purpose: Proof.Purpose, at: datetime, person: Person | None = None, next_page: str = ""
) -> Issued:
    """A proof for ``email``, good for fifteen minutes."""
    link, code = secrets.token_urlsafe(32), f"{secrets.randbelow(1_000_000):06d}"
    proof = Proof.objects.create(
        purpose=purpose, email=email, person=person, next_page=next_page if len(next_page) <= MOST_NEXT else "",
        link_digest=_link_digest(link), code_digest=_code_digest(link, code),
        created_at=at, expires_at=at + LIFE,
    )  # fmt: skip
    return Issued(proof, link, code)


def by_link(link: str, *, purpose: Proof.Purpose, at: datetime) -> Proof | None:
    """The usable proof of this link, or None: unknown, used, expired."""
    rows = Proof.objects.filter(link_digest=_link_digest(link), purpose=purpose)
    return rows.filter(used_at__isnull=True, expires_at__gt=at, wrong_codes__lt=WRONG_CODES).first()


def use_link(link: str, *, purpose: Proof.Purpose, at: datetime) -> Proof:
    """Uses the link, once. Raises ``Refused`` (proof_over)."""
    proof = by_link(link, purpose=purpose, at=at)
    if proof is None or not _use(proof, at):
        raise over()
    return proof


def use_code(proof: Proof, code: str, *, at: datetime) -> Proof:
    """Uses the code of ``proof``, once. Raises ``Refused``: code_wrong (with the tries left) or proof_over."""
    if proof.used_at is not None or proof.expires_at <= at:
        raise over()
    # Counted before it is compared: tries made at the same time are counted too.
    if not Proof.objects.filter(pk=proof.pk, wrong_codes__lt=WRONG_CODES).update(wrong_codes=F("wrong_codes") + 1):
        raise over()
    proof.refresh_from_db()
    typed = "".join(character for character in code if character.isdigit())
    if not constant_time_compare(proof.code_digest, _keyed(proof.link_digest, typed)):
        left = WRONG_CODES - proof.wrong_codes
        if left <= 0:
            raise over()
        raise Refused(
            "code_wrong",
            _("Ce n’est pas le bon code. Recopiez les six chiffres du dernier message reçu (essais restants : {left}).")
            .format(left=left),
            left=left,
        )  # fmt: skip
    if not _use(proof, at):
        raise over()
    return proof


def over() -> Refused:
    """The refusal of a proof that can no longer be used, whatever the reason."""
    return Refused(
        "proof_over",
        _(
            "Ce lien ou ce code ne sert plus : il a déjà servi, ou plus de 15 minutes ont passé. Demandez-en un "
            "nouveau, il arrive en quelques secondes."
        ),
    )


def forget_before(at: datetime) -> int:
    """Drops the proofs that ended more than a day ago. Gives how many."""
    return Proof.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()[0]


def _use(proof: Proof, at: datetime) -> bool:
    return bool(Proof.objects.filter(pk=proof.pk, used_at__isnull=True).update(used_at=at))


def _link_digest(link: str) -> str:
    return hashlib.sha256(link.encode()).hexdigest()


def _code_digest(link: str, code: str) -> str:
    return _keyed(_link_digest(link), code)


def _keyed(link_digest: str, code: str) -> str:
    """A keyed digest: a million codes would be guessed at once from a bare one."""
    return salted_hmac(f"people.proofs.{link_digest}", code, algorithm="sha256").hexdigest()
