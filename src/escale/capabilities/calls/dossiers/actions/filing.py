"""Filing: answers frozen, receipt, journal and mails in one transaction; the papers made once from the receipt."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.actions.indexing import index
from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion, Receipt, Side
from escale.capabilities.calls.dossiers.queries import behalf, messages, readiness
from escale.capabilities.calls.dossiers.queries.readiness import Readiness
from escale.foundation.journal import record
from escale.foundation.journal.chain import canonical, digest, instant
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.foundation.post import actions as post
from escale.foundation.questionnaires.models import Sheet
from escale.rules.refusal import NoHat, Refused
from escale.rules.scheme.clocks import running
from escale.rules.scheme.trial import RULES_VERSION


def submit(dossier: Dossier, *, signer: str, quality: str, by: Person, at: datetime, key: str = "") -> Receipt:
    """Files the dossier at ``at``, the instant its request reached the site (what the service enters for the applicant
    counts as filed when the service received it). A repeat of ``key`` gives the first receipt. Raises ``NoHat``, ``Refused`` (late, not_open, incomplete, wrong_state): nothing is then written.
    """
    with transaction.atomic():
        record.lock(dossier)
        first = Receipt.objects.filter(version__dossier=dossier, version__key=key).first() if key else None
        if first:
            if not set(dossier.hats_of(by, at)) & dossier.POLICY["submit"].hats:
                raise NoHat
            return first
        Sheet.objects.select_for_update().get(pk=dossier.sheet_id)
        dossier.refresh_from_db(fields=["edition"])
        ready, filed_at = readiness.prepare(dossier, at), behalf.moment(dossier, at)
        text = canonical(_document(dossier, ready, signer, quality, filed_at))
        record.perform(
            dossier, "submit", by=by, at=at, note=_behalf_note(dossier), data={"version": 1, "sha256": digest(text)}
        )
        version = DossierVersion.objects.create(
            dossier=dossier, n=1, edition=dossier.edition, key=key, by=by, at=filed_at, document=text,
            sha256=digest(text),
        )  # fmt: skip
        acknowledged = canonical(_receipt(dossier, version, ready, signer, quality))
        receipt = Receipt.objects.create(version=version, document=acknowledged, sha256=digest(acknowledged))
        _describe(dossier, ready, filed_at)
        index(dossier, version)
        for person in _told(dossier, by, at):
            post.write(
                person, "dossiers/receipt", _letter(dossier, ready, version), about=dossier.subject, at=at,
                key=f"receipt-{dossier.number}-{version.n}-{person.pk}",
            )  # fmt: skip
    return receipt


def _told(dossier: Dossier, by: Person, at: datetime) -> list[Person]:
    """Who receives the receipt: who files; when the service enters the dossier, those responsible for the organisation."""
    if behalf.of(dossier) is None:
        return [by]
    owners = organisations.members_of(dossier.organisation, at).filter(role="owner")
    return [by, *(row.person for row in owners if row.person_id != by.pk)]


def _behalf_note(dossier: Dossier) -> str:
    """Why the service files in the applicant's place, for the journal."""
    entered = behalf.of(dossier)
    return "" if entered is None else f"{entered.get_way_display()} : {entered.reason}"


def _entered(dossier: Dossier) -> dict[str, Any]:
    """What is frozen of a dossier that the service entered; nothing for the others, whose bytes stay as they were."""
    entered = behalf.of(dossier)
    if entered is None:
        return {}
    told = {"way": entered.way, "received_at": instant(entered.received_at), "entered_at": instant(entered.at)}
    return {"on_behalf": {**told, "by": str(entered.by.key), "reason": entered.reason}}


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
    text = canonical(_document(dossier, ready, said["name"], said["quality"], filed_at))
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


def _document(dossier: Dossier, ready: Readiness, signer: str, quality: str, at: datetime) -> dict[str, Any]:
    """What is frozen. Answers keep their texts as typed beside the case that the rules read."""
    form = ready.call.form
    return {
        "schema": "escale.dossier/1",
        "number": dossier.number,
        "scheme": dossier.scheme.key,
        "edition": {"n": dossier.edition.n, "sha256": dossier.edition.sha256},
        "filed_at": instant(at),
        "title": dossier.title,
        "origin": dossier.origin.number if dossier.origin else None,
        **_entered(dossier),
        "case": ready.case,
        "typed": [
            [place.code, place.row, given.typed]
            for place, given in sorted(ready.filled.given.items())
            if form.question(place) and ready.asked(form.items[place.code.partition(".")[0]])
        ],
        "rows": ready.filled.rows,
        "pieces": [
            {
                "code": piece.code, "version": piece.version, "name": piece.document.name,
                "sha256": piece.document.sha256, "size": piece.document.size,
            }
            for piece in ready.pieces
        ],
        "signature": {"name": signer, "quality": quality, "honour": honour(ready)},
        "answer": ready.answer,
        "rules_version": RULES_VERSION,
    }  # fmt: skip


def honour(ready: Readiness) -> str:
    """The statement that whoever signs makes: the call's own, else the usual one."""
    usual = _(
        "Je déclare sur l’honneur que les informations de ce dossier sont exactes et que je peux engager l’organisation."
    )
    return str(ready.call.document.get("texts", {}).get("honour") or usual)


def silence(ready: Readiness) -> str:
    """What the service's silence means, by the call."""
    document = ready.call.document
    if told := document.get("texts", {}).get("silence"):
        return str(told)
    clocks = document.get("clocks", {})
    months = clocks.get("decision_months")
    if not months:
        return _("Sans réponse dans les deux mois, votre demande est rejetée.")
    if clocks.get("decision_silence") == "acceptance":
        return _("Sans réponse dans les {n} mois, votre demande est acceptée.").format(n=months)
    return _("Sans réponse dans les {n} mois, votre demande est rejetée.").format(n=months)


def remedies(ready: Readiness) -> str:
    """How to contest, by the call, else the common law (code de justice administrative, R. 421-1)."""
    usual = _("Vous pouvez contester la décision devant le tribunal administratif dans les deux mois qui la suivent.")
    return str(ready.call.document.get("texts", {}).get("remedies") or usual)


def _receipt(dossier: Dossier, version: DossierVersion, ready: Readiness, signer: str, quality: str) -> dict[str, Any]:
    service = dossier.scheme.service
    contact = ready.call.document["contact"]
    return {
        "schema": "escale.receipt/1",
        "number": dossier.number,
        "call": dossier.scheme.title,
        "project": dossier.title,
        "organisation": dossier.organisation.name,
        "filed_at": instant(version.at),
        "wave": wave_name(ready),
        "said": ready.answer["filing"]["reason"],
        "service": service.name if service else contact["name"],
        "phone": contact.get("phone", ""),
        "email": contact.get("email", ""),
        "signer": signer,
        "quality": quality,
        "silence": silence(ready),
        "remedies": remedies(ready),
        "version_sha256": version.sha256,
        **({"entered": _behalf_note(dossier)} if behalf.of(dossier) else {}),
    }


def wave_name(ready: Readiness) -> str | None:
    """The name of the wave that takes the dossier, as the call's page says it."""
    code = ready.answer["filing"]["wave"]
    waves = ready.call.document.get("calendar", {}).get("waves", [])
    return next((one.get("label") or code for one in waves if one.get("code") == code), code)


def _letter(dossier: Dossier, ready: Readiness, version: DossierVersion) -> dict[str, Any]:
    return {
        "number": dossier.number,
        "call": dossier.scheme.title,
        "organisation": dossier.organisation.name,
        "filed_at": version.at,
        "path": f"{dossier.get_absolute_url()}recu",
        "silence": silence(ready),
        "remedies": remedies(ready),
        "contact": ready.call.document["contact"]["name"],
    }


def _describe(dossier: Dossier, ready: Readiness, at: datetime) -> None:
    """Copies what lists show."""
    aid = ready.answer["aid"]
    clock = running(ready.call.document.get("clocks", {}), filed_at=at, completed_at=None)
    dossier.service, dossier.applicant = dossier.scheme.service, dossier.organisation.name
    dossier.awaited, dossier.due_at = "service", clock.due if clock else None
    dossier.due_acts = bool(clock and clock.act)
    dossier.filed_at, dossier.wave = at, ready.answer["filing"]["wave"] or ""
    dossier.verdict = ready.answer["verdict"]
    dossier.spending_cents = ready.spending_cents
    dossier.aid_cents = aid["total_cents"] if aid else None
    copied = ["filed_at", "wave", "verdict", "spending_cents", "aid_cents"]
    dossier.save(update_fields=[*copied, "service", "applicant", "awaited", "due_at", "due_acts"])
