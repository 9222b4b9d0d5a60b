"""Checking a table against a JSON Table Schema: required, unique, pattern, maxLength, number, date.

The vocabulary is that of the Table Schema specification (frictionlessdata.io), as far as the national standard
of « lieux de médiation numérique » uses it; a constraint that is not known here raises ``ValueError``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from escale.rules.words import _

_KNOWN = {"required", "unique", "pattern", "maxLength"}


@dataclass(frozen=True)
class Fault:
    """One wrong cell: the column, a code (missing, pattern, too_long, not_a_number, not_a_date, repeated), a sentence."""

    column: str
    code: str
    message: str


class TableSchema:
    """A schema made ready to check rows one by one."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.fields: Sequence[Mapping[str, Any]] = schema["fields"]
        self.columns = [str(one["name"]) for one in self.fields]
        self.patterns: dict[str, re.Pattern[str]] = {}
        for one in self.fields:
            limits = one.get("constraints") or {}
            if strange := set(limits) - _KNOWN:
                raise ValueError(f"{one['name']}: unknown constraints {sorted(strange)}")
            if "pattern" in limits:
                self.patterns[one["name"]] = re.compile(limits["pattern"])
        self.seen: dict[str, dict[str, int]] = {}

    @property
    def required(self) -> list[str]:
        """The columns that every row must fill."""
        return [str(one["name"]) for one in self.fields if (one.get("constraints") or {}).get("required")]

    def faults(self, row: Mapping[str, str], line: int) -> Iterator[Fault]:
        """What is wrong in one row (column → text); ``line`` is what a repeated value points back to."""
        for one in self.fields:
            name, value = str(one["name"]), row.get(one["name"], "") or ""
            limits = one.get("constraints") or {}
            if not value:
                if limits.get("required"):
                    yield Fault(name, "missing", _("{column} : la valeur manque.").format(column=name))
                continue
            pattern = self.patterns.get(name)
            if pattern is not None and not pattern.search(value):
                yield Fault(
                    name, "pattern", _("{column} : « {value} » n’est pas une valeur du standard.").format(column=name, value=value[:80])
                )  # fmt: skip
            if len(value) > limits.get("maxLength", len(value)):
                told = _("{column} : {n} caractères, {most} au plus.")
                yield Fault(name, "too_long", told.format(column=name, n=len(value), most=limits["maxLength"]))
            yield from self._typed(name, str(one.get("type")), value)
            if limits.get("unique"):
                yield from self._repeated(name, value, line)

    def _typed(self, name: str, kind: str, value: str) -> Iterator[Fault]:
        try:
            if kind == "number" and not isfinite(float(value)):
                raise ValueError
            if kind == "date" and (len(value) != 10 or not date.fromisoformat(value)):
                raise ValueError
        except ValueError:
            if kind == "date":
                told = _("{column} : « {value} » n’est pas une date (AAAA-MM-JJ).")
                yield Fault(name, "not_a_date", told.format(column=name, value=value[:40]))
            else:
                told = _("{column} : « {value} » n’est pas un nombre.")
                yield Fault(name, "not_a_number", told.format(column=name, value=value[:40]))

    def _repeated(self, name: str, value: str, line: int) -> Iterator[Fault]:
        first = self.seen.setdefault(name, {}).setdefault(value, line)
        if first != line:
            told = _("{column} : « {value} » est déjà à la ligne {line}.")
            yield Fault(name, "repeated", told.format(column=name, value=value[:40], line=first))
