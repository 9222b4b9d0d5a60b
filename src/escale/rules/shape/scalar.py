"""The typed scalars of a file: each is written as text and read by its own rule."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, Protocol

from escale.rules.money import cents_of, plain_euros
from escale.rules.shape.problem import Problem, Wrong, listed, nearest, quoted
from escale.rules.shape.rates import rate_written
from escale.rules.words import _

CODE = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,59}\Z")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?\Z")


class Scalar(Protocol):
    """A scalar: its ``kind`` chooses the control on a screen, ``parse`` types a text, ``write`` gives it back."""

    kind: ClassVar[str]

    def parse(self, text: str) -> object:
        """The typed value; raises ``Wrong`` with the sentence to show."""

    def write(self, value: Any) -> Any:
        """The canonical JSON form of a typed value."""


@dataclass(frozen=True)
class Text:
    """A text of ``least`` to ``most`` characters, on one line unless ``multiline``."""

    kind: ClassVar[str] = "text"
    most: int = 300
    multiline: bool = False
    least: int = 1
    pattern: str = ""
    expected: str = ""

    def parse(self, text: str) -> str:
        text = text.strip()
        if len(text) < self.least:
            raise Wrong("empty", _("Le texte est vide : écrivez-le ou retirez la ligne."))
        if len(text) > self.most:
            raise Wrong(
                "too_long",
                _("Le texte compte {n} caractères (maximum {most}).").format(n=len(text), most=self.most),
            )
        if not self.multiline and "\n" in text:
            raise Wrong("wrong_type", _("Ce texte tient sur une seule ligne."))
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise Wrong("wrong_format", _("{text} : {expected}").format(text=quoted(text), expected=self.expected))
        return text

    def write(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class Code:
    """A short name without accent or space. ``defines`` names the family that references look it up in."""

    kind: ClassVar[str] = "code"
    defines: str = ""

    def parse(self, text: str) -> str:
        if not CODE.match(text):
            raise Wrong(
                "wrong_code",
                _("{text} n’est pas un code : lettres sans accent, chiffres et _, une lettre d’abord.").format(
                    text=quoted(text)
                ),
            )
        return text

    def write(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class Ref:
    """The code of something that the same file defines (``to`` is the family)."""

    kind: ClassVar[str] = "ref"
    to: str

    def parse(self, text: str) -> str:
        return text.strip()

    def write(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class Choice:
    """One word of a closed list; ``options`` are (word, French label, meaning in English)."""

    kind: ClassVar[str] = "choice"
    options: tuple[tuple[str, str, str], ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(option[0] for option in self.options)

    def parse(self, text: str) -> str:
        if text not in self.words:
            raise Wrong(
                "unknown_word",
                _("{text} n’est pas prévu ici. {hint}").format(text=quoted(text), hint=nearest(text, self.words)),
            )
        return text

    def write(self, value: Any) -> Any:
        return value


def choice(*options: str) -> Choice:
    """Builds a ``Choice`` from lines ``word | French label | meaning``."""
    rows = [tuple(part.strip() for part in option.split("|")) for option in options]
    return Choice(tuple((row[0], row[1], row[2] if len(row) > 2 else "") for row in rows))


@dataclass(frozen=True)
class YesNo:
    """``yes`` or ``no`` (JSON: true or false)."""

    kind: ClassVar[str] = "yes_no"
    WORDS: ClassVar[dict[str, bool]] = {"yes": True, "true": True, "True": True} | {
        "no": False,
        "false": False,
        "False": False,
    }

    def parse(self, text: str) -> bool:
        if text not in self.WORDS:
            raise Wrong("wrong_type", _("{text} : écrivez yes ou no.").format(text=quoted(text)))
        return self.WORDS[text]

    def write(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class Number:
    """A number written with a point; ``whole`` refuses decimals. Typed as int, else as an exact Fraction."""

    kind: ClassVar[str] = "number"
    least: int | None = None
    most: int | None = None
    whole: bool = False
    unit: str = ""

    def parse(self, text: str) -> int | Fraction:
        text = text.strip()
        if not NUMBER.match(text):
            raise Wrong(
                "wrong_type",
                _("{text} n’est pas un nombre : chiffres, point pour les décimales (12.5).").format(text=quoted(text)),
            )
        exact = Fraction(text) if "." in text else int(text)
        value = int(exact) if exact == int(exact) else exact
        if self.whole and not isinstance(value, int):
            raise Wrong("wrong_type", _("{text} : un nombre entier est attendu.").format(text=quoted(text)))
        if self.least is not None and value < self.least:
            raise Wrong("out_of_range", _("{text} : minimum {n}.").format(text=quoted(text), n=self.least))
        if self.most is not None and value > self.most:
            raise Wrong("out_of_range", _("{text} : maximum {n}.").format(text=quoted(text), n=self.most))
        return value

    def write(self, value: Any) -> Any:
        return value if isinstance(value, int) else plain_number(value)


@dataclass(frozen=True)
class Euros:
    """An amount in euros with a point and at most two decimals (``20000.10``). Typed as integer cents."""

    kind: ClassVar[str] = "euros"
    least: int = 0

    def parse(self, text: str) -> int:
        value = cents_of(text)
        if value < self.least:
            raise Wrong("out_of_range", _("{text} : un montant positif est attendu.").format(text=quoted(text)))
        return value

    def write(self, value: Any) -> Any:
        return plain_euros(value)


@dataclass(frozen=True)
class Rate:
    """A rate with its sign (``50 %``, ``33.33 %``) or as a fraction (``1/3``), at most ``most`` percent. Typed exactly.

    ``fraction``: also accepts a decimal below 1 (``0.8``), as shares are written in cases.
    ``signed``: also accepts a rate below zero.
    """

    kind: ClassVar[str] = "rate"
    most: int = 100
    fraction: bool = False
    signed: bool = False

    def parse(self, text: str) -> Fraction:
        value = rate_written(text.strip())
        if value is None and self.fraction and re.fullmatch(r"(0(\.\d{1,9})?|1(\.0+)?)", text.strip()):
            value = Fraction(text.strip())
        if value is None:
            raise Wrong(
                "wrong_type",
                _("{text} : écrivez un taux avec son signe, 50 %, ou une fraction, 1/3.").format(text=quoted(text)),
            )
        if value * 100 > self.most:
            raise Wrong("out_of_range", _("{text} : maximum {n} %.").format(text=quoted(text), n=self.most))
        if value * 100 < (-self.most if self.signed else 0):
            raise Wrong("out_of_range", _("{text} : un taux positif est attendu.").format(text=quoted(text)))
        return value

    def write(self, value: Any) -> Any:
        percent = Fraction(value) * 100
        if (percent * 10**9).denominator != 1:
            return str(Fraction(value))
        return f"{plain_number(percent)} %"


@dataclass(frozen=True)
class Day:
    """A calendar day, ``2026-01-31``. Typed as ``datetime.date``."""

    kind: ClassVar[str] = "day"

    def parse(self, text: str) -> date:
        text = text.strip()
        if not DAY.match(text):
            raise Wrong("wrong_type", _("{text} n’est pas une date : écrivez 2026-01-31.").format(text=quoted(text)))
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Wrong("impossible_date", _("{text} : ce jour n’existe pas.").format(text=quoted(text))) from None

    def write(self, value: Any) -> Any:
        return value.isoformat()


@dataclass(frozen=True)
class Checked:
    """A scalar with a rule of its own (commune, SIRET, instant…): ``expected`` says what it looks like."""

    kind: ClassVar[str] = "checked"
    name: str
    rule: Callable[[str], object]
    expected: str = ""
    writer: Callable[[Any], Any] = str

    def parse(self, text: str) -> object:
        return self.rule(text.strip())

    def write(self, value: Any) -> Any:
        return self.writer(value)


def plain_number(value: int | Fraction) -> str:
    """An exact number as canonical decimal text (``12.5``); nine decimals at most."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return str(exact.numerator)
    digits = f"{round(exact * 10**9):+011d}"
    return f"{digits[0].strip('+')}{digits[1:-9]}.{digits[-9:].rstrip('0')}"


def read_scalar(scalar: Scalar, typed: bool) -> Callable[[object, list[Problem]], object]:
    """The reader of a scalar: texts, JSON numbers and JSON booleans; typed value or canonical JSON form."""
    parse, write = scalar.parse, scalar.write

    def read(given: object, problems: list[Problem]) -> object:
        if type(given) is not str:
            if isinstance(given, bool):
                given = "yes" if given else "no"
            elif isinstance(given, int | float):
                given = repr(given)
            else:
                problems.append(Problem("wrong_type", _("Une valeur simple est attendue ici, pas une liste.")))
                return None
        try:
            value = parse(given)
        except Wrong as wrong:
            problems.append(Problem(wrong.code, wrong.message))
            return None
        return value if typed else write(value)

    return read


__all__ = ["Checked", "Choice", "Code", "Day", "Euros", "Number", "Rate", "Ref", "Scalar", "Text", "YesNo"]
__all__ += ["choice", "listed", "plain_number", "read_scalar"]
