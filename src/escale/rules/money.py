"""Euros as integer cents: reading, rounding, sharing out, writing. Nothing here knows a float."""

import re
from collections.abc import Sequence
from fractions import Fraction

from escale.rules.figures import marks
from escale.rules.words import _
from escale.rules.wrong import Wrong, quoted

PLAIN = re.compile(r"(-?)(\d{1,12})(?:\.(\d{1,2}))?\Z")
SPACES = re.compile(r"[ \u00a0\u202f]")


def half_up(numerator: int, denominator: int = 1) -> int:
    """The one rounding of the house: to the nearest integer, halves away from zero."""
    if numerator < 0:
        return -half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def part_of(cents: int, rate: Fraction) -> int:
    """``rate`` × ``cents``, rounded half up to the cent."""
    return half_up(cents * rate.numerator, rate.denominator)


def cents_of(text: str) -> int:
    """Cents of an amount written in a file: a point, at most two decimals, nothing else (``20000.10``).

    Raises ``Wrong``.
    """
    found = PLAIN.match(text.strip())
    if not found:
        raise Wrong(
            "wrong_type",
            _("{text} n’est pas un montant : chiffres et point, deux décimales au plus (20000.10).").format(
                text=quoted(text)
            ),
        )
    sign, euros, cents = found.groups()
    value = int(euros) * 100 + int((cents or "").ljust(2, "0"))
    return -value if sign else value


def cents_typed(text: str) -> int:
    """Cents of an amount typed by a person: ``1 234,50``, ``1234.50``, ``1 234 €``.

    One separator followed by exactly three digits (``1.234``, ``1,234``) could be a thousand or a
    decimal: it is asked back. Raises ``Wrong``.
    """
    bare = SPACES.sub("", text.strip().removesuffix("€"))
    if re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", bare):
        whole = re.sub(r"[.,]", "", bare)
        raise Wrong(
            "ambiguous",
            _("{text} peut se lire de deux façons : écrivez {whole} pour des milliers, ou deux décimales.").format(
                text=quoted(text), whole=quoted(whole)
            ),
        )
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d{1,2}", bare):
        bare = bare.replace(".", "")
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d{1,2}", bare):
        bare = bare.replace(",", "")
    return cents_of(bare.replace(",", "."))


def plain_euros(cents: int) -> str:
    """Cents as a file writes them: ``20000.10``, ``20000`` when there are no cents."""
    sign, value = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{value // 100}" + (f".{value % 100:02d}" if value % 100 else "")


def shown_euros(cents: int) -> str:
    """Cents for a reader: ``12 500,00 €``, ``12 500 €`` when there are no cents."""
    sign, value = ("−", -cents) if cents < 0 else ("", cents)
    between, before = marks()
    euros = f"{value // 100:,}".replace(",", between)
    amount = euros + (f"{before}{value % 100:02d}" if value % 100 else "")
    return sign + _("{amount}\u202f€").format(amount=amount)


def share_out(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Shares ``total`` cents by weights, to the cent: floors first, then one cent each to the largest
    remainders, the first of equals first. The shares add up to ``total``; all zero weights give zeros
    but to the first."""
    whole = sum(weights)
    if len(weights) < 2:
        return [total] * len(weights)
    if not whole:
        return [total] + [0] * (len(weights) - 1)
    exact = [Fraction(total) * weight / whole for weight in weights]
    shares = [value.numerator // value.denominator for value in exact]
    order = sorted(range(len(exact)), key=lambda rank: (shares[rank] - exact[rank], rank))
    for rank in order[: total - sum(shares)]:
        shares[rank] += 1
    return shares
