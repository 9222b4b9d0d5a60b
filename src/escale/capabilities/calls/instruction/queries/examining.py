"""The examination of a dossier as it stands: the rules replayed on the last version, what was judged laid over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.dossiers.queries.form import Call, call_of
from escale.capabilities.calls.instruction import wording
from escale.capabilities.calls.instruction.models import Judgement, Visa
from escale.capabilities.calls.instruction.policy import VisaState
from escale.foundation.journal.chain import canonical, digest
from escale.rules.refusal import Refusal
from escale.rules.scheme.case import Case
from escale.rules.scheme.examination import Judged, counted, examined
from escale.rules.scheme.trial import RULES_VERSION


@dataclass
class Proposal:
    """``document`` is what would be frozen, ``sha256`` its digest; ``open`` why it cannot be yet."""

    answer: dict[str, Any]
    expenses: list[dict[str, Any]]
    document: dict[str, Any]
    sha256: str
    open: Refusal | None
    judgements: dict[tuple[str, str], Judgement] = field(default_factory=dict)

    @property
    def lines(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Criteria and limits by kind and code."""
        found = {("criterion", line["code"]): line for line in self.answer["criteria"]}
        return found | {("limit", line["code"]): line for line in self.answer["limits"]}

    @property
    def total_cents(self) -> int | None:
        """The amount proposed; None when the call gives no money."""
        aid = self.answer["aid"]
        return aid["total_cents"] if aid else None

    @property
    def computed_cents(self) -> int | None:
        """The amount that the rules give alone, on the eligible base."""
        aid = self.answer["aid"]
        return aid["computed_cents"] if aid else None


def examination(dossier: Dossier) -> Proposal:
    """The examination now: a few queries, the one function of the rules."""
    version = lists.latest_version(dossier)
    assert version is not None
    call, judgements = (
        call_of(version.edition),
        latest(Judgement.objects.filter(dossier=dossier).select_related("by", "evidence")),
    )
    case, problems = call.rules.case(lists.filed_document(version)["case"])
    if case is None:
        raise ValueError(f"{version}: what was filed no longer reads: {problems[0].message}")
    judged = _judged(judgements, len(case.expenses or ()))
    answer = examined(call.rules, case, judged)
    expenses = _expenses(call, case, judgements)
    document = _document(dossier, version, answer, expenses, judgements)
    return Proposal(answer, expenses, document, digest(canonical(document)), _open(answer), judgements)


def replayed(
    dossier: Dossier, *, decided_on: date | None = None, more_aids: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """The answer on the last filed version, what was judged laid over, as if it were decided on this day, with aids that
    were granted since the filing (rows as in the case's ``earlier_aids``, typed).
    """
    version = lists.latest_version(dossier)
    assert version is not None
    call, judgements = call_of(version.edition), latest(Judgement.objects.filter(dossier=dossier))
    case, problems = call.rules.case(lists.filed_document(version)["case"])
    if case is None:
        raise ValueError(f"{version}: what was filed no longer reads: {problems[0].message}")
    if decided_on is not None:
        case = replace(case, decided_on=decided_on, facts={**case.facts, "decided_on": decided_on})
    if more_aids:
        case = replace(case, earlier_aids=(*(case.earlier_aids or ()), *more_aids))
    return examined(call.rules, case, _judged(judgements, len(case.expenses or ())))


def latest(rows: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """The last judgement of each point."""
    return {(row.kind, row.code): row for row in sorted(rows, key=lambda row: row.pk)}


def wanted(dossier: Dossier) -> list[str]:
    """The visas that the edition asks for: four_eyes, lead."""
    spec = call_of(dossier.edition).document.get("instruction", {})
    return [kind for kind, word in (("four_eyes", "four_eyes"), ("lead", "visa")) if spec.get(word)]


def visas_missing(dossier: Dossier, sha256: str) -> Refusal | None:
    """Which visas the proposal still lacks."""
    given = set(
        Visa.objects.filter(dossier=dossier, sha256=sha256, state=VisaState.GIVEN)
        .order_by("pk")
        .values_list("kind", flat=True)
    )
    missing = [str(wording.VISAS[kind]) for kind in wanted(dossier) if kind not in given]
    if not missing:
        return None
    sentence = _("Il manque avant de terminer l’examen : {names}. Demandez-les sur cette page.")
    return Refusal("visa_missing", sentence.format(names=", ".join(missing)))


def _judged(rows: dict[tuple[str, str], Judgement], expenses: int) -> Judged:
    amount = rows.get(("amount", ""))
    return Judged(
        criteria={code: row.verdict for (kind, code), row in rows.items() if kind == "criterion"},
        limits={code: row.verdict for (kind, code), row in rows.items() if kind == "limit"},
        kept={
            int(code): row.cents
            for (kind, code), row in rows.items()
            if kind == "expense" and row.cents is not None and int(code) < expenses
        },
        amount_cents=amount.cents if amount else None,
        amount_reason=amount.reason if amount else "",
    )


def _expenses(call: Call, case: Case, rows: dict[tuple[str, str], Judgement]) -> list[dict[str, Any]]:
    """Each expense: what was presented, what is kept, why."""
    labels = {one["code"]: one["label"] for one in call.document.get("expenses", [])}
    found = []
    for rank, (expense, cents) in enumerate(zip(case.expenses or (), counted(call.rules, case), strict=True)):
        row = rows.get(("expense", str(rank)))
        kept = min(row.cents, cents) if row and row.cents is not None else cents
        found.append(
            {
                "rank": rank, "label": expense.label, "category": labels.get(expense.category, expense.category),
                "year": expense.year, "asked_cents": cents, "kept_cents": kept,
                "verdict": "kept" if kept == cents else ("refused" if kept == 0 else "reduced"),
                "reason": row.reason if row and kept != cents else "",
            }
        )  # fmt: skip
    return found


def _document(
    dossier: Dossier, version: DossierVersion, answer: dict[str, Any], expenses: list[dict[str, Any]],
    rows: dict[tuple[str, str], Judgement],
) -> dict[str, Any]:  # fmt: skip
    """What is frozen: no name of an officer, since it is shown to the applicant for ever."""
    return {
        "schema": "escale.examination/1",
        "number": dossier.number,
        "edition": {"n": version.edition.n, "sha256": version.edition.sha256},
        "version": {"n": version.n, "sha256": version.sha256},
        "rules_version": RULES_VERSION,
        "verdict": answer["verdict"],
        "criteria": [_line("criterion", line, rows) for line in answer["criteria"]],
        "limits": [_line("limit", line, rows) for line in answer["limits"]],
        "expenses": expenses,
        "aid": answer["aid"],
    }


def _line(kind: str, line: dict[str, Any], rows: dict[tuple[str, str], Judgement]) -> dict[str, Any]:
    row = rows.get((kind, line["code"]))
    told = {
        "reason": row.reason if row else "",
        "evidence_sha256": row.evidence.sha256 if row and row.evidence else None,
    }
    return {**line, **told}


def _open(answer: dict[str, Any]) -> Refusal | None:
    if not answer["open"]:
        return None
    n = len(answer["open"])
    lines = [line for line in (*answer["criteria"], *answer["limits"]) if line["code"] in answer["open"]]
    sentence = _("Il reste {n} points à juger, dont : {first}")
    return Refusal("unjudged", sentence.format(n=n, first=lines[0]["message"]))
