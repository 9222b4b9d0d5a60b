"""Papers. The receipt and the copy are made once from what was filed and kept, the same bytes for ever; the empty form
and the draft are made when asked.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion, Receipt
from escale.capabilities.calls.dossiers.queries.copies import sections_of
from escale.capabilities.calls.dossiers.queries.form import Call
from escale.capabilities.calls.dossiers.queries.readiness import Readiness
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.documents import actions as documents
from escale.foundation.documents.models import Document
from escale.foundation.documents.typesetting import pdf
from escale.foundation.journal.chain import canonical, digest
from escale.foundation.questionnaires.questions import Block, Item, Kind
from escale.foundation.questionnaires.showing import summary
from escale.rules.figures import PARIS, shown_instant

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
    local = datetime.fromisoformat(told["filed_at"]).astimezone(PARIS)
    when = _("{instant} min {seconds:02d} s").format(instant=shown_instant(local), seconds=local.second)
    sentence = _("Le dossier {number} a été reçu le {when} (heure de Paris).").format(number=told["number"], when=when)
    pairs = [
        (_("Appel"), told["call"]),
        (_("Projet"), told["project"]),
        (_("Déposé par"), told["organisation"]),
        (_("Signé par"), f"{told['signer']}, {told['quality']}"),
        (_("Service qui instruit"), " · ".join(x for x in (told["service"], told["phone"], told["email"]) if x)),
    ]
    if told.get("entered"):
        pairs.append((_("Saisi par le service"), told["entered"]))
    if told["wave"]:
        pairs.append((_("Vague"), told["wave"]))
    if told.get("said"):
        pairs.append((_("Délai"), told["said"]))
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


def form_digest(call: Call) -> str:
    """What tells two forms apart: amendments may change the form of one edition."""
    return digest(canonical(_empty(call)))[:16]


def form_paper(scheme: Scheme, call: Call) -> bytes:
    """The PDF of a call's empty form, to fill by hand."""
    lead = _("À remplir à la main si vous préférez le papier, puis à recopier sur le site ou à remettre au service.")
    data = {
        "title": _("Formulaire : {title}").format(title=scheme.title),
        "service": scheme.service.name if scheme.service else "",
        "mark": scheme.key,
        "lead": lead,
        **_empty(call),
    }
    return pdf(HERE / "form.typ", data, language=(translation.get_language() or "fr")[:2])


def _empty(call: Call) -> dict[str, Any]:
    sections = [
        {"title": section.title, "help": section.help, "items": [_asked(item) for item in section.items]}
        for section in call.form.sections
    ]
    return {"sections": sections, "pieces": [spec["label"] for spec in call.document.get("pieces", [])]}


def _asked(item: Item) -> dict[str, Any]:
    """A question, or a block as an empty table, for a paper."""
    when = _("Selon vos autres réponses.") if item.when is not None else ""
    told: dict[str, Any] = {"label": item.label, "help": item.help, "when": when}
    if isinstance(item, Block):
        head = [question.label for question in item.questions]
        return told | {"kind": "block", "head": head, "rows": min(max(item.least, 4), item.most)}
    options = [option.label for option in item.options]
    if item.kind is Kind.YES_NO:
        options = [_("Oui"), _("Non")]
    elif item.kind is Kind.COMMITMENT:
        options = [_("Je m’y engage")]
    kind = "statement" if item.kind is Kind.STATEMENT else "question"
    lines = 8 if item.kind is Kind.LONG_TEXT else 1
    return told | {"kind": kind, "required": item.required, "options": options, "lines": lines}


def draft_paper(dossier: Dossier, ready: Readiness, *, at: datetime) -> bytes:
    """The PDF of a draft as it stands at ``at``, with what is missing; it proves nothing."""
    said = _("Brouillon au {when}, heure de Paris. Il n’est pas déposé : ce document ne prouve rien.")
    sections = [
        {
            "title": told.title,
            "facts": [[label, words or "–"] for label, words in told.pairs],
            "tables": [{"title": title, "head": head, "rows": rows} for title, head, rows in told.tables if rows],
        }
        for told in summary(ready.filled, ready.asked)
    ]
    data = {
        "number": dossier.number,
        "service": dossier.scheme.service.name if dossier.scheme.service else "",
        "sentence": said.format(when=shown_instant(at)),
        "missing": [gap.sentence for gap in ready.gaps],
        "sections": [section for section in sections if section["facts"] or section["tables"]],
    }
    return pdf(HERE / "draft.typ", data, language=(translation.get_language() or "fr")[:2])
