"""A column that holds several codes of a closed list: ``|coworking|fablab|`` on disk, a tuple in Python."""

from collections.abc import Iterable
from typing import Any

from django.db import models


def packed(codes: Iterable[str]) -> str:
    """``|a|b|``; empty for none."""
    kept = [code for code in dict.fromkeys(codes) if code]
    return f"|{'|'.join(kept)}|" if kept else ""


class CodesField(models.TextField):
    """Codes in the order given, each once. A filter asks ``contains="|code|"``: the same SQL on both databases."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "default": (), **kwargs})

    def from_db_value(self, value: str | None, expression: object, connection: object) -> tuple[str, ...]:
        """What the row holds, as a tuple."""
        return tuple(code for code in (value or "").split("|") if code)

    def to_python(self, value: Any) -> Any:
        """A tuple from a tuple, a list or the packed text."""
        if isinstance(value, str):
            return tuple(code for code in value.split("|") if code)
        return tuple(value or ())

    def get_prep_value(self, value: Any) -> str:
        """The packed text."""
        return value if isinstance(value, str) else packed(value or ())
