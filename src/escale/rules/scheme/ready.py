"""Makes a canonical part of a scheme ready to compute, by its description, once for each edition.

Amounts become integer cents, rates exact fractions, numbers exact, conditions and measures functions.
"""

from typing import Any

from escale.rules.money import cents_of
from escale.rules.scheme import conditions, measures
from escale.rules.scheme.case import number
from escale.rules.scheme.format.conditions import CONDITION, MEASURE
from escale.rules.shape.kinds import Kind, ListOf, Record, resolved
from escale.rules.shape.rates import rate_of
from escale.rules.shape.scalar import Euros, Number, Rate


def ready(kind: Kind, value: Any) -> Any:
    """``value``, canonical for ``kind``, as the rules compute with it."""
    if kind is CONDITION:
        return conditions.compiled(value)
    if kind is MEASURE:
        return measures.compiled(value, conditions.truth)
    real = resolved(kind)
    if isinstance(real, Record):
        return {one.name: ready(one.kind, value[one.name]) for one in real.fields if one.name in value}
    if isinstance(real, ListOf):
        return [ready(real.item, item) for item in value]
    if isinstance(real, Euros):
        return cents_of(value)
    if isinstance(real, Rate):
        return rate_of(value)
    return number(value) if isinstance(real, Number) else value
