"""The receipt and the copy as PDF: made once from what was filed, kept, the same bytes for ever."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import DossierVersion, Receipt
from escale.capabilities.calls.dossiers.queries.copies import sections_of
from escale.foundation.documents import actions as documents
from escale.foundation.documents.models import Document
from escale.foundation.documents.typesetting import pdf
from escale.rules.figures import shown_instant

HERE = Path(__file__).resolve().parent.parent / "papers"


def receipt_paper(receipt: Receipt, *, at: datetime) -> Document:
    """The receipt's PDF."""
    return _once(receipt, "paper", "receipt.typ", _("recepisse"), at)


def copy_paper(receipt: Receipt, *, at: datetime) -> Document:
    """The PDF of what was filed."""
    return _once(receipt, "copy", "copy.typ", _("dossier"), at)


def _once(receipt: Receipt, slot: str, template: str, name: str, at: datetime) -> Document:
    """Made outside any lock, then kept unless someone was quicker: theirs is then the one."""
    found = Receipt.objects.select_related(slot, "version__edition").get(pk=receipt.pk)
    kept: Document | None = getattr(found, slot)
    if kept is not None:
        return kept
    with translation.override("fr"):
        told = json.loads(found.document)
        made = pdf(HERE / template, told_by(told) if slot == "paper" else copied(told, found.version))
    with transaction.atomic():
        fresh = Receipt.objects.select_for_update(of=("self",)).select_related(slot).get(pk=receipt.pk)
        first: Document | None = getattr(fresh, slot)
        if first is not None:
            return first
        kept = documents.store_bytes(made, name=f"{name}-{told['number']}.pdf", kind="pdf", at=at)
        Receipt.objects.filter(pk=fresh.pk).update(**{slot: kept})
    return kept


def told_by(told: dict[str, Any]) -> dict[str, Any]:
    """A receipt's words, for the page and the paper alike."""
    when = shown_instant(datetime.fromisoformat(told["filed_at"]))
    sentence = _("Le dossier {number} a été reçu le {when} (heure de Paris).").format(number=told["number"], when=when)
    pairs = [
        (_("Appel"), told["call"]),
        (_("Projet"), told["project"]),
        (_("Déposé par"), told["organisation"]),
        (_("Signé par"), f"{told['signer']}, {told['quality']}"),
        (_("Service qui instruit"), " · ".join(x for x in (told["service"], told["phone"], told["email"]) if x)),
    ]
    if told["wave"]:
        pairs.append((_("Vague"), told["wave"]))
    return {
        "number": told["number"], "service": told["service"], "sentence": sentence, "facts": [list(p) for p in pairs],
        "silence": told["silence"], "remedies": told["remedies"], "digest": told["version_sha256"],
    }  # fmt: skip


def copied(told: dict[str, Any], version: DossierVersion) -> dict[str, Any]:
    """The whole dossier as filed, section by section."""
    signature = json.loads(version.document)["signature"]
    return {
        **told_by(told),
        "sections": sections_of(version),
        "honour": signature["honour"],
        "signed": _("{name}, {quality}").format(**signature),
    }
