"""The one expected exception: a request that a rule refuses, with its reason in words."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Refusal:
    """Why something cannot be done.

    ``code`` is English snake_case and stable; ``message`` is a sentence for the person (what, why with
    figures, what can be done); ``figures`` are the numbers of the sentence, by name.
    """

    code: str
    message: str
    figures: dict[str, object] = field(default_factory=dict)


class Refused(Exception):
    """Raised when a rule says no. The site answers 409 with the sentence, commands exit 1."""

    def __init__(self, code: str, message: str, **figures: object) -> None:
        super().__init__(message)
        self.refusal = Refusal(code, message, figures)

    @property
    def code(self) -> str:
        return self.refusal.code

    @property
    def message(self) -> str:
        return self.refusal.message


class NoHat(Exception):
    """The person knows the thing but has no hat for this act: 403."""


class Unknown(Exception):
    """The person may not know whether the thing exists: 404."""
