"""The answer of an edition once officers have judged: criteria confirmed or overridden, expenses kept or not, amount fixed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from escale.rules.money import share_out, shown_euros
from escale.rules.scheme import trial, who
from escale.rules.scheme.case import Case
from escale.rules.scheme.edition import Edition
from escale.rules.scheme.spending import amounts
from escale.rules.words import _


@dataclass(frozen=True)
class Judged:
    """What officers said, by point: verdicts of criteria and limits, cents kept of each expense (by rank), the
    amount proposed instead of the computed one with its reason.
    """

    criteria: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[int, int] = field(default_factory=dict)
    amount_cents: int | None = None
    amount_reason: str = ""


def counted(edition: Edition, case: Case) -> tuple[int, ...]:
    """Each expense as the edition counts it (with or without VAT), in cents."""
    rule = (edition.document.get("aid") or {}).get("vat", "by_status")
    return amounts(case, rule, {one["code"]: one["vat"] for one in edition.categories if "vat" in one})


def examined(edition: Edition, case: Case, judged: Judged) -> dict[str, Any]:
    """``trial.answer`` on the eligible base, with what was judged laid over: same keys, and ``open``: the codes of
    criteria and limits that nobody judged yet. Each criterion and limit keeps ``replayed``, what the rules say alone.
    """
    answer = trial.answer(edition, _on_the_base(edition, case, judged.kept))
    criteria = [_over(line, judged.criteria.get(line["code"])) for line in answer["criteria"]]
    limits = [_over(line, judged.limits.get(line["code"])) for line in answer["limits"]]
    verdicts = {line["verdict"] for line in (*criteria, *limits)}
    verdict = "ineligible" if who.FAILED in {line["verdict"] for line in criteria} else "eligible"
    if any(line["verdict"] == who.FAILED and line["judged"] for line in limits):
        verdict = "ineligible"
    undecided = [line["code"] for line in (*criteria, *limits) if line["verdict"] in (who.TO_EXAMINE, who.MISSING)]
    if verdict == "eligible" and undecided:
        verdict = "incomplete" if who.MISSING in verdicts else "to_examine"
    answer |= {"criteria": criteria, "limits": limits, "verdict": verdict, "open": undecided}
    if answer["aid"] is not None:
        answer["aid"] = _aid(answer["aid"], verdict, judged)
    return answer


def _on_the_base(edition: Edition, case: Case, kept: Mapping[int, int]) -> Case:
    """The case with each expense as it was kept: the amount counts as it is, whatever the rule of VAT."""
    if not kept or case.expenses is None:
        return case
    asked = counted(edition, case)
    return replace(
        case,
        expenses=tuple(
            one if rank not in kept or kept[rank] == asked[rank] else replace(one, ht=kept[rank], vat=0)
            for rank, one in enumerate(case.expenses)
        ),
    )  # fmt: skip


def _over(line: dict[str, Any], verdict: str | None) -> dict[str, Any]:
    return {**line, "replayed": line["verdict"], "judged": verdict is not None, "verdict": verdict or line["verdict"]}


def _aid(aid: dict[str, Any], verdict: str, judged: Judged) -> dict[str, Any]:
    """The aid with the amount that was fixed, its shares in the same proportions; nothing for who is not eligible."""
    out = {**aid, "computed_cents": aid["total_cents"]}
    total = judged.amount_cents if judged.amount_cents is not None else aid["total_cents"]
    if judged.amount_cents is not None:
        label = _("Montant fixé par le service")
        delta = judged.amount_cents - (aid["total_cents"] or 0)
        line = {"code": "fixed", "label": label, "base_cents": None, "rate": None, "amount_cents": delta}
        out["lines"] = [*aid["lines"], {**line, "reason": judged.amount_reason}]
    if verdict == "ineligible" and total:
        reason = _("Un critère n’est pas rempli : {total} ne sont pas accordés.").format(total=shown_euros(total))
        line = {"code": "ineligible", "label": _("Demande non recevable"), "base_cents": None, "rate": None}
        out["lines"] = [*out["lines"], {**line, "amount_cents": -total, "reason": reason}]
        total = 0
    if total is not None and total != aid["total_cents"]:
        for name in ("by_funder", "by_partner", "by_year"):
            out[name] = _shared(total, aid[name])
    out["total_cents"] = total
    out["possible"] = None if total is None else (total > 0 and verdict != "ineligible")
    return out


def _shared(total: int, parts: dict[str, int]) -> dict[str, int]:
    if not parts:
        return {}
    weights = list(parts.values()) if any(parts.values()) else [1] * len(parts)
    return dict(zip(parts, share_out(total, weights), strict=True))
