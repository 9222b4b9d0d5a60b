"""A case as the rules see it: typed once, absent facts unknown."""

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from escale.rules.scheme.format.case import CASE
from escale.rules.scheme.format.words import PARIS, moment
from escale.rules.shape.fast import quick
from escale.rules.shape.problem import Problem, Wrong, nearest, quoted
from escale.rules.shape.reading import read
from escale.rules.shape.scalar import DAY, NUMBER, Day, Number, YesNo, read_scalar
from escale.rules.words import _

type Value = int | Fraction | str | bool | date | tuple[Any, ...]
type Row = dict[str, Any]


@dataclass(frozen=True)
class Expense:
    """One planned expense, integer cents; ``year`` None when not said."""

    category: str
    label: str
    ht: int
    vat: int
    year: int | None
    dated_on: date | None = None
    partner: str | None = None


@dataclass(frozen=True)
class Case:
    """What is known of one application. ``facts`` are flat, by the names that conditions use."""

    filed_at: datetime | None
    decided_on: date | None
    facts: dict[str, Any]
    partners: tuple[Row, ...] | None
    expenses: tuple[Expense, ...] | None
    funding: tuple[Row, ...] | None
    pieces: frozenset[str]
    earlier_aids: tuple[Row, ...] | None
    blocks: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    earlier_dossiers: tuple[Row, ...] | None = None


def read_case(
    tree: Any, questions: dict[str, dict[str, Any]], more: Any = None, categories: frozenset[str] = frozenset()
) -> tuple[Case | None, list[Problem]]:
    """Types a case; ``questions`` are those of the scheme by code, ``more`` facts added from a file.

    ``categories``: the only ones that an expense may have; any when empty. Gives the problems, with the place of each.
    """
    if not isinstance(tree, dict):
        return None, [Problem("wrong_type", _("un cas est une suite de mots et de valeurs."))]
    rest = {name: value for name, value in tree.items() if name not in ("answers", "facts")}
    problems: list[Problem] = []
    try:
        found = _quick(rest)
    except Wrong:
        found, problems = read(CASE, rest)
    answers = _answers(tree.get("answers") or {}, questions, problems)
    facts = {**_facts(tree.get("facts") or {}, problems), **_facts(more or {}, problems)}
    if not problems and categories:
        problems = _strange(found.get("expenses") or [], categories)
    if problems:
        return None, problems
    return _build(found, answers, facts), []


def _strange(expenses: list[dict[str, Any]], categories: frozenset[str]) -> list[Problem]:
    """Expenses of a category that the scheme does not have."""
    return [
        Problem(
            "unknown_code",
            _("aucune catégorie de dépenses {code}. {hint}").format(
                code=quoted(one["category"]), hint=nearest(one["category"], sorted(categories))
            ),
            ["expenses", rank, "category"],
        )
        for rank, one in enumerate(expenses)
        if one["category"] not in categories
    ]


def _build(found: dict[str, Any], answers: dict[str, Any], facts: dict[str, Any]) -> Case:
    filed = moment(found["filed_at"]) if "filed_at" in found else None
    decided = found.get("decided_on")
    flat = _people(found.get("applicant") or {}, "applicant.") | _people(found.get("owner") or {}, "owner.")
    for name in ("project_type", "themes", "pieces"):
        if name in found:
            flat[name] = tuple(found[name]) if isinstance(found[name], list) else found[name]
    if filed:
        flat["filed_on"] = filed.astimezone(PARIS).date()
    if decided:
        flat["decided_on"] = decided
    blocks = {code: value for code, value in answers.items() if isinstance(value, tuple) and _is_block(value)}
    flat.update({f"answers.{code}": value for code, value in answers.items() if code not in blocks})
    flat.update(facts)
    partners = found.get("partners")
    if partners and any(one.get("lead") for one in partners):
        partners = [{"lead": False, **one} for one in partners]
    return Case(
        filed_at=filed,
        decided_on=decided,
        facts=flat,
        partners=tuple(_people(one, "") for one in partners) if partners is not None else None,
        expenses=tuple(_expense(one) for one in found["expenses"]) if "expenses" in found else None,
        funding=tuple(found["funding"]) if "funding" in found else None,
        pieces=frozenset(found.get("pieces") or []),
        earlier_aids=tuple(found["earlier_aids"]) if "earlier_aids" in found else None,
        blocks=blocks,
        earlier_dossiers=tuple(found["earlier_dossiers"]) if "earlier_dossiers" in found else None,
    )


def _is_block(value: tuple[Any, ...]) -> bool:
    return bool(value) and isinstance(value[0], dict)


def _people(one: dict[str, Any], prefix: str) -> dict[str, Any]:
    out = {f"{prefix}{name}": value for name, value in one.items()}
    if "commune" in one:
        out[f"{prefix}departement"] = departement_of(one["commune"])
    return out


def departement_of(commune: str) -> str:
    """The département of a commune's official code (three digits overseas)."""
    return commune[:3] if commune.startswith("97") else commune[:2]


def number(value: Any) -> int | Fraction:
    """A canonical number (int, or decimal text) as an exact number."""
    if isinstance(value, int):
        return value
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else exact


def _expense(one: dict[str, Any]) -> Expense:
    return Expense(one["category"], one.get("label", ""), one["ht"], one.get("vat", 0), one.get("year"),
                   one.get("dated_on"), one.get("partner"))  # fmt: skip


def _answers(given: Any, questions: dict[str, dict[str, Any]], problems: list[Problem]) -> dict[str, Any]:
    if not isinstance(given, dict):
        problems.append(Problem("wrong_type", _("les réponses sont des codes et leurs valeurs."), ["answers"]))
        return {}
    out = {}
    for code, value in given.items():
        question = questions.get(code)
        if question is None:
            sentence = _("aucune question {code}. {hint}").format(code=quoted(code), hint=nearest(code, questions))
            problems.append(Problem("unknown_code", sentence, ["answers", code]))
        elif value not in (None, ""):
            typed = _answer(question, value, ["answers", code], problems)
            if typed is not None:
                out[code] = typed
    return out


def _answer(question: dict[str, Any], value: Any, steps: list[str | int], problems: list[Problem]) -> Any:
    kind = question["kind"]
    if kind == "block":
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            problems.append(Problem("wrong_type", _("un bloc est une liste de lignes."), steps))
            return None
        inner = {one["code"]: one for one in question.get("questions", [])}
        start, rows = len(problems), []
        for rank, row in enumerate(value):
            rows.append(_answers(row, inner, problems))
            for problem in problems[start:]:
                if problem.steps[:1] == ["answers"]:
                    problem.steps[:1] = [*steps, rank]
            start = len(problems)
        return tuple(rows)
    if kind in ("choice", "choices"):
        return _chosen(question, value, steps, problems)
    return _simple(kind, value, steps, problems)


def _chosen(question: dict[str, Any], value: Any, steps: list[str | int], problems: list[Problem]) -> Any:
    """One option, or several, among those of the question."""
    several, options = question["kind"] == "choices", [one["code"] for one in question.get("options", [])]
    if isinstance(value, dict) or (isinstance(value, list) and not several):
        problems.append(Problem("wrong_type", _("une valeur simple est attendue."), steps))
        return None
    chosen = tuple(str(one) for one in (value if isinstance(value, list) else [value]))
    for rank, one in enumerate(chosen):
        if one not in options:
            text = _("{text} n’est pas l’un des choix. {hint}").format(text=quoted(one), hint=nearest(one, options))
            problems.append(Problem("unknown_code", text, [*steps, rank] if isinstance(value, list) else steps))
    return chosen if several else chosen[0]


def _simple(kind: str, value: Any, steps: list[str | int], problems: list[Problem]) -> Any:
    reader = _SCALARS.get(kind)
    if reader is None:
        if isinstance(value, list | dict):
            problems.append(Problem("wrong_type", _("une valeur simple est attendue."), steps))
            return None
        return str(value)
    start = len(problems)
    typed = reader(value, problems)
    for problem in problems[start:]:
        problem.steps = [*steps]
    return typed


_SCALARS = {
    kind: read_scalar(scalar, typed=True)
    for kind, scalar in (
        ("number", Number()),
        ("amount", Number()),
        ("date", Day()),
        ("yes_no", YesNo()),
        ("commitment", YesNo()),
    )
}
_quick = quick(CASE)


def _facts(given: Any, problems: list[Problem]) -> dict[str, Any]:
    if not isinstance(given, dict):
        problems.append(Problem("wrong_type", _("les faits sont des noms et leurs valeurs."), ["facts"]))
        return {}
    flat: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, dict):
            flat.update({f"{name}.{inner}": found for inner, found in _facts(value, problems).items()})
        elif value not in (None, ""):
            flat[str(name)] = loose(value)
    return flat


def loose(value: Any) -> Any:
    """A value without description, typed by its looks: number, day, yes or no, list, else text."""
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    if isinstance(value, bool):
        return value
    text = str(value).strip()
    if text in ("yes", "no", "true", "false"):
        return text in ("yes", "true")
    if NUMBER.match(text):
        return number(text)
    if DAY.match(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
