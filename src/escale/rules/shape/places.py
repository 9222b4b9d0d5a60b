"""Every place of a canonical document, with what its description expects there."""

from collections.abc import Iterator
from typing import Any

from escale.rules.shape.kinds import Kind, Later, ListOf, OneOf, Record
from escale.rules.shape.problem import Step

type Place = tuple[list[Step], Kind, Any]


def places(kind: Kind, value: Any, steps: list[Step] | None = None) -> Iterator[Place]:
    """Steps, kind (a ``Later`` as itself) and value of each place, outer places first."""
    here = steps or []
    yield here, kind, value
    real = kind() if isinstance(kind, Later) else kind
    if isinstance(real, OneOf):
        real = next((record for mark, record in real.forms if mark in value), real)
    if isinstance(real, Record):
        for one in real.fields:
            if one.name in value:
                yield from places(one.kind, value[one.name], [*here, one.name])
    elif isinstance(real, ListOf):
        for rank, item in enumerate(value):
            yield from places(real.item, item, [*here, rank])
