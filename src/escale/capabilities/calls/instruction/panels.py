"""What the examination's page shows of each point: what the rules say, what was judged, what is typed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.instruction import wording
from escale.capabilities.calls.instruction.models import Visa
from escale.capabilities.calls.instruction.queries import clocks, examining
from escale.foundation.people.models import Person
from escale.rules.figures import NARROW
from escale.rules.money import shown_euros
from escale.rules.refusal import Refusal


def examination(dossier: Dossier, person: Person, at: datetime, typed: Mapping[str, Any] | None) -> dict[str, Any]:
    """Everything on the page; ``typed``: what was posted and refused, which stays."""
    seen = examining.examination(dossier)
    hats = set(dossier.hats_of(person, at))
    acts = {row.name for row in dossier.POLICY.open_to(hats=hats, state=dossier.state)}
    dossier.asked = len(clocks.awaited(dossier))  # type: ignore[attr-defined]  # read by the policy's check
    dossier.unjudged = seen.open or examining.visas_missing(dossier, seen.sha256)  # type: ignore[attr-defined]  # likewise
    verdict = dossier.POLICY.verdict("examine", hats=hats, thing=dossier, at=at, words=dossier.WORDING)
    visas = list(
        Visa.objects.filter(dossier=dossier).select_related("asked_by", "answered_by", "subject").order_by("-pk")
    )
    return {
        "seen": seen, "acts": acts, "aid": seen.answer["aid"],
        "criteria": [_point("criterion", line, seen, typed) for line in seen.answer["criteria"]],
        "limits": [_point("limit", line, seen, typed) for line in seen.answer["limits"]],
        "expenses": [_expense(line, typed) for line in seen.expenses],
        "asked_cents": sum(line["asked_cents"] for line in seen.expenses),
        "kept_cents": sum(line["kept_cents"] for line in seen.expenses),
        "verdicts": {code: wording.VERDICTS[code] for code in ("met", "failed", "not_applicable")},
        "wanted": [wording.VISAS[kind] for kind in examining.wanted(dossier)],
        "visas": [_visa(one, person, at, seen) for one in visas],
        "why_not": _sentence(verdict.refusal) if not verdict.allowed else "",
    }  # fmt: skip


def _sentence(refusal: Refusal | None) -> str:
    return refusal.message if refusal else ""


def _point(
    kind: str, line: dict[str, Any], seen: examining.Proposal, typed: Mapping[str, Any] | None
) -> dict[str, Any]:
    name, row = f"{kind}.{line['code']}", seen.judgements.get((kind, line["code"]))
    verdict = line["verdict"] if line["judged"] or line["verdict"] in ("met", "failed", "not_applicable") else ""
    return {
        **line, "name": name, "row": row, "label": wording.VERDICTS[line["verdict"]],
        "replayed_label": wording.VERDICTS[line["replayed"]],
        "chosen": typed.get(f"{name}.verdict", verdict) if typed else verdict,
        "reason": typed.get(f"{name}.reason", "") if typed else (row.reason if row else ""),
        "room": shown_euros(line["room_cents"]) if line.get("room_cents") is not None else "",
    }  # fmt: skip


def _expense(line: dict[str, Any], typed: Mapping[str, Any] | None) -> dict[str, Any]:
    name = f"expense.{line['rank']}"
    # A field is read back: its amount is written so that both languages read it.
    euros = f"{line['kept_cents'] // 100:,}".replace(",", NARROW) + (
        f",{line['kept_cents'] % 100:02d}" if line["kept_cents"] % 100 else ""
    )
    return {
        **line, "name": name, "verdict_label": wording.LINES[line["verdict"]],
        "kept": typed.get(f"{name}.kept", euros) if typed else euros,
        "reason": typed.get(f"{name}.reason", line["reason"]) if typed else line["reason"],
    }  # fmt: skip


def _visa(one: Visa, person: Person, at: datetime, seen: examining.Proposal) -> dict[str, Any]:
    signs = "signer" in {str(hat) for hat in one.hats_of(person, at)}
    return {"visa": one, "open": signs and one.state == "asked" and one.sha256 == seen.sha256}
