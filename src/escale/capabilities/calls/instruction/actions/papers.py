"""The synthesis of an examination as PDF."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.instruction.queries import why
from escale.foundation.documents.typesetting import pdf
from escale.rules.money import shown_euros

HERE = Path(__file__).resolve().parent.parent / "papers"


def synthesis(dossier: Dossier) -> bytes:
    """The same words as the page; the same bytes for the same examination."""
    with translation.override("fr"):
        return pdf(HERE / "synthesis.typ", _told(dossier, why.synthesis(dossier)))


def _told(dossier: Dossier, seen: dict[str, Any]) -> dict[str, Any]:
    aid = seen["aid"] or {"lines": [], "total_cents": None}
    total = aid["total_cents"]
    return {
        "number": dossier.number, "title": dossier.title or dossier.number,
        "service": dossier.service.name if dossier.service else None,
        "facts": [
            [_("Déposant"), dossier.applicant], [_("Appel"), dossier.scheme.title], [_("Projet"), dossier.title],
            *([str(label), shown_euros(cents)] for label, cents in why.amounts(dossier) if cents is not None),
        ],
        "draft": _("Examen en cours : cette feuille n’engage pas le service.") if seen["draft"] else "",
        "points": [[one["message"], str(one["label"]), one["reason"]] for one in seen["points"]],
        "expenses": [
            [one["label"], shown_euros(one["asked_cents"]), shown_euros(one["kept_cents"]), one["reason"]]
            for one in seen["expenses"]
        ],
        "kept": _("Base éligible : {kept} sur {asked} présentés.").format(
            kept=shown_euros(seen["kept_cents"]), asked=shown_euros(seen["asked_cents"])
        ),
        "lines": [[one["label"], one["reason"], shown_euros(one["amount_cents"])] for one in aid["lines"]],
        "total": "" if total is None else shown_euros(total),
        "opinions": [[one.name, str(one.get_verdict_display()), one.text] for one in seen["opinions"]],
        "digest": seen["ended"].sha256 if seen["ended"] else "",
    }  # fmt: skip
