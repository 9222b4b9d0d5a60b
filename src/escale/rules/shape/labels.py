"""The French words of a description, as screens show them: what another language has to say too."""

from collections.abc import Iterator

from escale.rules.shape.kinds import Kind, ListOf, MapOf, OneOf, Record, resolved
from escale.rules.shape.scalar import Choice


def labels(kind: Kind) -> Iterator[str]:
    """Every label under ``kind`` (records, words, forms, closed choices), some of them several times."""
    yield from _labels(kind, set())


def _labels(kind: Kind, told: set[int]) -> Iterator[str]:
    real = resolved(kind)
    if id(real) in told:
        return
    told.add(id(real))
    if isinstance(real, Record):
        yield real.label
        for one in real.fields:
            yield one.label
            yield from _labels(one.kind, told)
    elif isinstance(real, ListOf):
        yield from _labels(real.item, told)
    elif isinstance(real, MapOf):
        yield from _labels(real.value, told)
    elif isinstance(real, OneOf):
        yield real.label
        for _mark, record in real.forms:
            yield from _labels(record, told)
    elif isinstance(real, Choice):
        yield from (label for word, label, _meaning in real.options if label != word)
