"""The scalar of what is counted or only said to be there."""

from dataclasses import dataclass
from typing import Any, ClassVar

from escale.rules.shape.problem import Wrong, quoted
from escale.rules.shape.scalar import Number, YesNo, plain_number
from escale.rules.words import _


@dataclass(frozen=True)
class Figure:
    """A number, or yes or no: how many there are, or whether there is one. Typed as int, Fraction or bool."""

    kind: ClassVar[str] = "figure"

    def parse(self, text: str) -> object:
        if text in YesNo.WORDS:
            return YesNo.WORDS[text]
        try:
            return Number(least=0).parse(text)
        except Wrong:
            raise Wrong(
                "wrong_type", _("{text} : un nombre, yes ou no est attendu.").format(text=quoted(text))
            ) from None

    def write(self, value: Any) -> Any:
        return value if isinstance(value, bool | int) else plain_number(value)
