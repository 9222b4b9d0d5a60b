"""What is frozen at a filing, in documents: the dossier itself, its receipt, the letter that comes with it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import behalf
from escale.capabilities.calls.dossiers.queries import place as places
from escale.capabilities.calls.dossiers.queries.readiness import Readiness
from escale.foundation.journal.chain import instant
from escale.rules.scheme.trial import RULES_VERSION


def document(dossier: Dossier, ready: Readiness, signer: str, quality: str, at: datetime) -> dict[str, Any]:
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
        **_labelled(dossier),
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


def _labelled(dossier: Dossier) -> dict[str, Any]:
    """The place and the label that are asked; nothing when the call grants none: those bytes stay as they were."""
    asked = places.requested(dossier)
    if asked is None:
        return {}
    return {"label": {"referential": asked.referential, "type": asked.type, "place": asked.place.slug}}


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


def receipt(
    dossier: Dossier, ready: Readiness, signer: str, quality: str, *, filed_at: datetime, sha256: str
) -> dict[str, Any]:  # fmt: skip
    """The acknowledgement: ``sha256`` is the digest of what was filed."""
    service = dossier.scheme.service
    contact = ready.call.document["contact"]
    return {
        "schema": "escale.receipt/1",
        "number": dossier.number,
        "call": dossier.scheme.title,
        "project": dossier.title,
        "organisation": dossier.organisation.name,
        "filed_at": instant(filed_at),
        "wave": wave_name(ready),
        "said": ready.answer["filing"]["reason"],
        "service": service.name if service else contact["name"],
        "phone": contact.get("phone", ""),
        "email": contact.get("email", ""),
        "signer": signer,
        "quality": quality,
        "silence": silence(ready),
        "remedies": remedies(ready),
        "version_sha256": sha256,
        **({"entered": behalf_note(dossier)} if behalf.of(dossier) else {}),
    }


def wave_name(ready: Readiness) -> str | None:
    """The name of the wave that takes the dossier, as the call's page says it."""
    code = ready.answer["filing"]["wave"]
    waves = ready.call.document.get("calendar", {}).get("waves", [])
    return next((one.get("label") or code for one in waves if one.get("code") == code), code)


def letter(dossier: Dossier, ready: Readiness, *, filed_at: datetime) -> dict[str, Any]:
    """What the receipt's mail says."""
    return {
        "number": dossier.number,
        "call": dossier.scheme.title,
        "organisation": dossier.organisation.name,
        "filed_at": filed_at,
        "path": f"{dossier.get_absolute_url()}recu",
        "silence": silence(ready),
        "remedies": remedies(ready),
        "contact": ready.call.document["contact"]["name"],
    }


def behalf_note(dossier: Dossier) -> str:
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
