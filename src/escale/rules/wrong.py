"""What the parser of a value raises, and how a value is quoted in a sentence."""


class Wrong(ValueError):
    """Raised by the parser of a scalar: the code of the problem and its sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def quoted(text: object) -> str:
    """The text between French quotes, shortened when it is long."""
    shown = str(text).replace("\n", " ")
    return f"« {shown[:57]}… »" if len(shown) > 58 else f"« {shown} »"
