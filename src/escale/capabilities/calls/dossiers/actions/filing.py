"""Filing: answers frozen, receipt, journal and mails in one transaction; the papers made once from the receipt."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from escale.capabilities.calls.dossiers.actions.indexing import Indexed, index, indexed, put_index
from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion, Receipt, Side
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.dossiers.queries import behalf, frozen, lists, messages, readiness, stamps
from escale.capabilities.calls.dossiers.queries.readiness import Readiness
from escale.capabilities.calls.dossiers.queries.stamps import Stamp
from escale.foundation.editions import loading
from escale.foundation.journal import record
from escale.foundation.journal.chain import canonical, digest
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.foundation.post import actions as post
from escale.foundation.post.models import Mail
from escale.foundation.prepared import put
from escale.foundation.questionnaires.models import Sheet
from escale.rules.refusal import NoHat, Refused, Unknown
from escale.rules.scheme.clocks import running

#: How often a filing is made again before it takes the lock first.
TRIES = 3


@dataclass(frozen=True)
class Filing:
    """All that one filing writes, made before any lock; ``stamp`` tells what it was made from."""

    stamp: Stamp
    filed_at: datetime
    text: str
    sha256: str
    acknowledged: str
    columns: dict[str, Any]
    index: Indexed
    mails: list[Mail]


def submit(dossier: Dossier, *, signer: str, quality: str, by: Person, at: datetime, key: str = "") -> Receipt:
    """Files the dossier at ``at``, the instant its request reached the site (what the service enters for the applicant
    counts as filed when the service received it). A repeat of ``key`` gives the first receipt. Raises ``NoHat``, ``Refused`` (late, not_open, incomplete, wrong_state): nothing is then written.

    Everything is read, judged and written out before the dossier is locked, then written only if nothing that it was
    made from has moved; else it is made again, the last time under the lock. decisions/0091.
    """
    found = None
    for _again in range(TRIES):
        if found := _file(dossier, signer, quality, by=by, at=at, key=key):
            return found
    with transaction.atomic():
        record.lock(dossier)
        found = _file(dossier, signer, quality, by=by, at=at, key=key)
    assert found is not None  # nothing moves under the lock
    return found


def _file(dossier: Dossier, signer: str, quality: str, *, by: Person, at: datetime, key: str) -> Receipt | None:
    """One try; None when something moved meanwhile."""
    fresh = lists.TO_FILE.first(number=dossier.number)
    if fresh is None:
        raise Unknown
    fresh.worn = dossier.worn
    loading.hold(fresh.edition)
    if fresh.state != State.DRAFT and (first := _first(fresh, key, by, at)):
        return first
    try:
        made = _made(fresh, signer, quality, by, at)
    except Refused:
        if stamps.now(fresh) == stamps.of(fresh):
            raise
        return None
    with transaction.atomic():
        record.lock(fresh)
        if fresh.state != State.DRAFT and (first := _first(fresh, key, by, at)):
            return first
        if stamps.now(fresh) != made.stamp:
            return None
        receipt = _write(fresh, made, by=by, at=at, key=key)
    for name in ("state", *made.columns):
        setattr(dossier, name, getattr(fresh, name))
    return receipt


def _first(dossier: Dossier, key: str, by: Person, at: datetime) -> Receipt | None:
    """The receipt that this key already brought."""
    first = Receipt.objects.filter(version__dossier=dossier, version__key=key).first() if key else None
    if first and not record.has_hat(dossier, "submit", by=by, at=at):
        raise NoHat
    return first


def _made(dossier: Dossier, signer: str, quality: str, by: Person, at: datetime) -> Filing:
    """Reads and judges the dossier as it stands, and writes out what will be kept of it. Raises ``NoHat``, ``Refused``."""
    ready, filed_at = readiness.prepare(dossier, at), behalf.moment(dossier, at)
    record.check(dossier, "submit", by=by, at=at)
    text = canonical(frozen.document(dossier, ready, signer, quality, filed_at))
    sha256 = digest(text)
    acknowledged = canonical(frozen.receipt(dossier, ready, signer, quality, filed_at=filed_at, sha256=sha256))
    told, letter = _told(dossier, by, at), frozen.letter(dossier, ready, filed_at=filed_at)
    return Filing(
        stamp=stamps.of(dossier), filed_at=filed_at, text=text, sha256=sha256, acknowledged=acknowledged,
        columns=_columns(dossier, ready, filed_at), index=indexed(dossier, ready.case, filed_at),
        mails=[
            post.compose(
                person, "dossiers/receipt", letter, about=dossier.subject, at=at,
                key=f"receipt-{dossier.number}-1-{person.pk}",
            )
            for person in told
        ],
    )  # fmt: skip


def _write(dossier: Dossier, made: Filing, *, by: Person, at: datetime, key: str) -> Receipt:
    """Writes it, in the caller's transaction, which holds the dossier."""
    for name, value in made.columns.items():
        setattr(dossier, name, value)
    record.perform(
        dossier, "submit", by=by, at=at, note=frozen.behalf_note(dossier), data={"version": 1, "sha256": made.sha256},
        also=tuple(made.columns), held=True,
    )  # fmt: skip
    version = DossierVersion(
        dossier=dossier, n=1, edition=dossier.edition, key=key, by=by, at=made.filed_at, document=made.text,
        sha256=made.sha256,
    )  # fmt: skip
    put(version, ("dossier", "n", "edition", "key", "by", "at", "document", "sha256"))
    receipt = Receipt(version=version, document=made.acknowledged, sha256=digest(made.acknowledged))
    put(receipt, ("version", "document", "sha256"))
    put_index(dossier, made.index)
    post.keep(made.mails)
    return receipt


def _told(dossier: Dossier, by: Person, at: datetime) -> list[Person]:
    """Who receives the receipt: who files; when the service enters the dossier, those responsible for the organisation."""
    if behalf.of(dossier) is None:
        return [by]
    owners = organisations.members_of(dossier.organisation, at).filter(role="owner")
    return [by, *(row.person for row in owners if row.person_id != by.pk)]


def supply(dossier: Dossier, *, by: Person, at: datetime) -> DossierVersion:
    """Freezes what the applicant corrected as the next version; those before are kept. In the caller's transaction,
    which knows what was unlocked. Raises ``Refused`` (incomplete, wrong_state): the rules are as at the filing.
    """
    record.lock(dossier)
    Sheet.objects.select_for_update().get(pk=dossier.sheet_id)
    last = DossierVersion.objects.filter(dossier=dossier).select_related("edition").order_by("-n")[:1].get()
    filed_at = dossier.filed_at or at
    ready = readiness.prepare(dossier, filed_at)
    if ready.refusal:
        raise Refused(ready.refusal.code, ready.refusal.message)
    said = json.loads(last.document)["signature"]
    text = canonical(frozen.document(dossier, ready, said["name"], said["quality"], filed_at))
    record.perform(dossier, "supply", by=by, at=at, data={"version": last.n + 1, "sha256": digest(text)})
    version = DossierVersion.objects.create(
        dossier=dossier, n=last.n + 1, edition=last.edition, by=by, at=at, document=text, sha256=digest(text)
    )
    aid = ready.answer["aid"]
    dossier.verdict, dossier.spending_cents = ready.answer["verdict"], ready.spending_cents
    dossier.aid_cents = aid["total_cents"] if aid else None
    dossier.save(update_fields=["verdict", "spending_cents", "aid_cents"])
    index(dossier, version)
    return version


def withdraw(dossier: Dossier, *, reason: str, by: Person, at: datetime) -> None:
    """Takes a filed dossier back and tells the service; what was filed stays as evidence."""
    told = {
        "number": dossier.number, "call": dossier.scheme.title, "organisation": dossier.organisation.name,
        "reason": reason, "path": dossier.get_absolute_url(),
    }  # fmt: skip
    with transaction.atomic():
        line = record.perform(dossier, "withdraw", by=by, at=at, note=reason)
        Dossier.objects.filter(pk=dossier.pk).update(awaited="", due_at=None, due_acts=False)
        for person in messages.other_side(dossier, Side.APPLICANT, at):
            key = f"withdrawn-{dossier.number}-{line.n}-{person.pk}"
            post.write(person, "dossiers/withdrawn", told, about=dossier.subject, at=at, key=key)


def _columns(dossier: Dossier, ready: Readiness, at: datetime) -> dict[str, Any]:
    """What lists show of a filed dossier."""
    aid = ready.answer["aid"]
    clock = running(ready.call.document.get("clocks", {}), filed_at=at, completed_at=None)
    return {
        "service": dossier.scheme.service, "applicant": dossier.organisation.name, "awaited": "service",
        "due_at": clock.due if clock else None, "due_acts": bool(clock and clock.act), "filed_at": at,
        "wave": ready.answer["filing"]["wave"] or "", "verdict": ready.answer["verdict"],
        "spending_cents": ready.spending_cents, "aid_cents": aid["total_cents"] if aid else None,
    }  # fmt: skip
