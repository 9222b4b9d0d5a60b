"""Words of the pure rules: French in the source, another language through a translator set at the edge."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


def _as_written(text: str) -> str:
    return text


_translator: ContextVar[Callable[[str], str]] = ContextVar("translator", default=_as_written)


def _(text: str) -> str:
    """The sentence in the language of whoever reads; the French source when no translator is set."""
    return _translator.get()(text)


def speak(translator: Callable[[str], str]) -> None:
    """Sets the translator for the rest of the current context (a request, a command)."""
    _translator.set(translator)


@contextmanager
def speaking(translator: Callable[[str], str]) -> Iterator[None]:
    """Sets the translator for the length of a block."""
    token = _translator.set(translator)
    try:
        yield
    finally:
        _translator.reset(token)
