"""Why this amount: one answer for ever, from what was frozen; the synthesis of an examination."""

import json
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction import wording
from escale.capabilities.calls.instruction.models import Examination, Opinion
from escale.capabilities.calls.instruction.policy import OpinionState
from escale.capabilities.calls.instruction.queries import examining

#: Once the decision is known, the applicant reads the examination that led to it.
KNOWN = (State.NOTIFIED, State.CLOSED)


def told(dossier: Dossier, *, inside: bool) -> dict[str, Any]:
    """``steps``: what was computed at the filing, then at each examination and each vote that the reader may see, each from its
    frozen document: base, lines, total, digests. A draft has none yet.
    """
    found: dict[str, Any] = {"number": dossier.number, "state": dossier.state, "steps": []}
    for version in dossier.versions.select_related("edition").order_by("n"):
        document = lists.filed_document(version)
        label = _("Au dépôt") if version.n == 1 else _("Après compléments")
        found["steps"].append(_step("filing", label, version.at, document, document["answer"], version.sha256))
    if inside or dossier.state in KNOWN:
        for one in Examination.objects.filter(dossier=dossier).order_by("n"):
            document = json.loads(one.document)
            found["steps"].append(_step("examination", _("À l’examen"), one.at, document, document, one.sha256))
    for tell in import_string(settings.ESCALE_WHY):
        found["steps"] += tell(dossier, inside=inside)
    found["total_cents"] = found["steps"][-1]["total_cents"] if found["steps"] else None
    return found


def synthesis(dossier: Dossier) -> dict[str, Any]:
    """The sheet: the examination that ended last, else as it stands now (``draft`` true)."""
    ended = Examination.objects.filter(dossier=dossier).select_related("by").order_by("-n").first()
    document = json.loads(ended.document) if ended else examining.examination(dossier).document
    given = Opinion.objects.filter(dossier=dossier, state=OpinionState.GIVEN).order_by("pk")
    points = [*document["criteria"], *document["limits"]]
    return {
        "document": document, "draft": ended is None, "ended": ended, "aid": document["aid"],
        "points": [{**one, "label": wording.VERDICTS[one["verdict"]]} for one in points],
        "expenses": [{**one, "label_verdict": wording.LINES[one["verdict"]]} for one in document["expenses"]],
        "asked_cents": sum(one["asked_cents"] for one in document["expenses"]),
        "kept_cents": sum(one["kept_cents"] for one in document["expenses"]),
        "opinions": list(given), "amounts": amounts(dossier),
    }  # fmt: skip


def amounts(dossier: Dossier) -> list[tuple[str, int | None]]:
    """The four amounts of a dossier, in cents: asked, proposed, advised, voted; None: not yet."""
    return [
        (_("Demandé"), dossier.aid_cents), (_("Proposé"), dossier.proposed_cents), (_("Avis du comité"), dossier.advised_cents),
        (_("Voté"), dossier.voted_cents),
    ]  # fmt: skip


def _step(
    kind: str, label: str, at: Any, document: dict[str, Any], answer: dict[str, Any], sha256: str
) -> dict[str, Any]:
    aid = answer["aid"] or {}
    return {
        "kind": kind, "label": label, "at": at.isoformat(), "edition": document["edition"],
        "rules_version": document["rules_version"], "verdict": answer["verdict"],
        "spending_kept_cents": aid.get("spending_kept_cents"), "lines": aid.get("lines", []),
        "total_cents": aid.get("total_cents"), "by_funder": aid.get("by_funder", {}), "notes": aid.get("notes", []),
        "criteria": [{name: one.get(name) for name in ("code", "verdict", "message", "replayed", "reason")} for one in answer["criteria"]],
        "limits": [{name: one.get(name) for name in ("code", "verdict", "message", "reason")} for one in answer["limits"]],
        "expenses": document.get("expenses", []), "sha256": sha256,
    }  # fmt: skip
