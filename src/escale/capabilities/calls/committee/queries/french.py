"""Letters are written in French, whatever the language of who prepares or reads them on a screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation

from escale.rules import words


@contextmanager
def in_french() -> Iterator[None]:
    """Sentences of the rules and of the site in the source language."""
    with translation.override("fr"), words.speaking(lambda text: text):
        yield
