"""An edition made ready: conditions compiled, amounts in cents, questions by code, the calendar amended."""

from dataclasses import dataclass, replace
from typing import Any

from escale.rules.scheme import conditions, who
from escale.rules.scheme.amending import layered, suspended
from escale.rules.scheme.case import Case, read_case
from escale.rules.scheme.filing import Calendar, calendar
from escale.rules.scheme.format.money import AID, CATEGORY, LIMIT
from escale.rules.scheme.ready import ready
from escale.rules.shape.problem import Problem


@dataclass(frozen=True)
class Edition:
    """A canonical document made ready: conditions compiled, questions by code, the calendar amended."""

    document: dict[str, Any]
    calendar: Calendar
    questions: dict[str, dict[str, Any]]
    labels: dict[str, str]
    criteria: tuple[who.Judge, ...]
    partner_criteria: tuple[who.Judge, ...]
    piece_rules: dict[str, conditions.Condition]
    funders: list[str]
    own_funders: frozenset[str]
    aid: dict[str, Any] | None = None
    limits: tuple[dict[str, Any], ...] = ()
    categories: tuple[dict[str, Any], ...] = ()

    def case(self, tree: Any, more: Any = None) -> tuple[Case | None, list[Problem]]:
        """Types a case for this edition."""
        return read_case(tree, self.questions, more, frozenset(one["code"] for one in self.categories))


def load(document: dict[str, Any], amendments: tuple[dict[str, Any], ...] = ()) -> Edition:
    """Makes a canonical document ready. ``amendments`` are layered in order:
    ``{"kind": "prolong", "until", "wave"}``; without ``wave``, the last closing moves; texts and envelopes as
    ``amending`` says."""
    document = layered(document, amendments)
    moved = {one.get("wave"): one["until"] for one in amendments if one.get("kind") in ("prolong", "close")}
    questions = {one["code"]: one for section in document.get("form", []) for one in section["questions"]}
    partners = document.get("partners", {})
    funders = (document.get("aid") or {}).get("funders", [])
    return Edition(
        document=document,
        calendar=replace(calendar(document["calendar"], moved), suspended=suspended(amendments)),
        questions=questions,
        labels=_labels(document, questions),
        criteria=tuple(who.criterion(spec) for spec in document.get("criteria", [])),
        partner_criteria=tuple(who.criterion(spec) for spec in partners.get("criteria", [])),
        piece_rules={
            one["code"]: conditions.compiled(one["when"]) for one in document.get("pieces", []) if "when" in one
        },
        funders=[one["code"] for one in funders],
        aid=ready(AID, document["aid"]) if "aid" in document else None,
        limits=tuple(ready(LIMIT, one) for one in document.get("limits", [])),
        categories=tuple(ready(CATEGORY, one) for one in document.get("expenses", [])),
        own_funders=frozenset(name.casefold() for one in funders for name in (one["code"], one["label"])),
    )


def _labels(document: dict[str, Any], questions: dict[str, dict[str, Any]]) -> dict[str, str]:
    labels = {f"answers.{code}": one["label"] for code, one in questions.items()}
    for one in questions.values():
        labels.update({f"={option['code']}": option["label"] for option in one.get("options", [])})
        labels.update({f"answers.{one['code']}.{inner['code']}": inner["label"] for inner in one.get("questions", [])})
    for family in ("project_types", "themes", "expenses", "pieces"):
        labels.update({f"={one['code']}": one["label"] for one in document.get(family, [])})
    return labels
