"""The quick reader of data that are most often right: typed values, and nothing but a refusal when they are not.

Whoever meets ``Wrong`` reads again with ``shape.reading``, which names every problem and its place.
"""

from collections.abc import Callable
from typing import Any

from escale.rules.shape.kinds import Kind, ListOf, MapOf, OneOf, Record, resolved
from escale.rules.shape.problem import Wrong
from escale.rules.shape.scalar import Euros, Number, Scalar, YesNo

type Quick = Callable[[Any], Any]


def quick(kind: Kind) -> Quick:
    """A function from plain data to typed values (cents, dates, fractions). It raises ``Wrong``."""
    real = resolved(kind)
    if isinstance(real, Record):
        return _record(real)
    if isinstance(real, ListOf):
        return _list(real)
    if isinstance(real, OneOf | MapOf):
        raise TypeError(f"{real} has no quick reader")
    return _scalar(real)


def _record(kind: Record) -> Quick:
    readers = {one.name: quick(one.kind) for one in kind.fields}
    required = [one.name for one in kind.fields if one.required]

    def read(given: Any) -> dict[str, Any]:
        if type(given) is not dict:
            raise Wrong("wrong_type", "")
        out = {}
        for name, value in given.items():
            if name not in readers:
                raise Wrong("unknown_word", "")
            if value is not None and value != "":
                out[name] = readers[name](value)
        for name in required:
            if name not in out:
                raise Wrong("missing_word", "")
        return out

    return read


def _list(kind: ListOf) -> Quick:
    item, least, most = quick(kind.item), kind.least, kind.most

    def read(given: Any) -> list[Any]:
        if type(given) is not list or not least <= len(given) <= most:
            raise Wrong("wrong_type", "")
        return [item(value) for value in given]

    return read


def _scalar(kind: Scalar) -> Quick:
    parse = kind.parse
    whole_euros = isinstance(kind, Euros)
    free = isinstance(kind, Number) and kind.most is None
    yes_no = isinstance(kind, YesNo)

    def read(given: Any) -> Any:
        if type(given) is str:
            return parse(given)
        if type(given) is bool:
            return given if yes_no else parse("yes" if given else "no")
        if type(given) is int and 0 <= given < 10**12:
            if whole_euros:
                return given * 100
            return given if free else parse(repr(given))
        if type(given) not in (int, float):
            raise Wrong("wrong_type", "")
        return parse(repr(given))

    return read
