"""One question of the public test: shown by the field component, read as the form of a dossier reads it."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from escale.foundation.questionnaires.questions import Kind, Question
from escale.foundation.questionnaires.reading import clean
from escale.foundation.questionnaires.reading import read as reading
from escale.foundation.territory import queries as territory
from escale.foundation.territory.names import fold

#: Beyond this many, choices fold into a list.
MANY = 7
_KINDS = {
    Kind.LONG_TEXT: "textarea", Kind.WHOLE: "number", Kind.NUMBER: "number", Kind.AMOUNT: "amount", Kind.SHARE: "number",
    Kind.DATE: "date", Kind.YES_NO: "radios", Kind.COMMITMENT: "radios", Kind.CHOICE: "radios", Kind.CHOICES: "checkboxes",
    Kind.EMAIL: "email", Kind.PHONE: "tel", Kind.COMMUNE: "commune",
}  # fmt: skip


@dataclass
class Control:
    """A question under the ``name`` that says where its answer goes in a case (``applicant.fte``)."""

    question: Question
    name: str
    kind: str = "text"
    value: str = ""
    values: tuple[str, ...] = ()
    options: list[tuple[str, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    required: bool = False
    url: str = ""
    attrs: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")

    @property
    def label(self) -> str:
        return self.question.label

    @property
    def help(self) -> str:
        return self.question.help

    @property
    def unit(self) -> str:
        return "%" if self.question.kind is Kind.SHARE else self.question.unit

    @property
    def controls(self) -> list["Control"]:
        return [self]

    @property
    def is_answered(self) -> bool:
        return any(one.strip() for one in self.values)

    def fill(self, given: QueryDict) -> None:
        """Shows what was typed."""
        take(self, given)

    def read(self) -> Any:
        """The answer as a case writes it; None when there is none, or when it cannot be read, which is then told."""
        if not self.is_answered:
            if self.required:
                self.errors.append(_("Répondez à cette question pour continuer."))
            return None
        if self.kind == "commune":
            return self._commune()
        found = reading(self.question, list(self.values) if self.kind == "checkboxes" else self.value)
        if found.problem:
            self.errors.append(found.problem)
        return found.value

    def _commune(self) -> str | None:
        """The code of a commune typed by name or code; several answers are asked back."""
        code = self.value.removesuffix(")").rpartition("(")[2].strip().upper()
        text = code if len(code) == 5 and code[2:].isdigit() else self.value
        found = territory.find(text, 8)
        exact = [one for one in found if text == one.code] or [one for one in found if one.folded == fold(text)]
        if len(exact) == 1:
            return exact[0].code
        self.options = [(one.code, f"{one.name} ({one.code})") for one in (exact or found)]
        names = ", ".join(f"{one.name} ({one.code})" for one in (exact or found)[:5])
        unknown = _("Nous ne connaissons pas cette commune. Essayez son code officiel.")
        several = _("Plusieurs communes répondent : {names}. Écrivez le code.").format(names=names)
        self.errors.append(several if found else unknown)
        return None


def of_question(question: Question, name: str, *, required: bool | None = None) -> Control:
    """The control of a question; within the test only what decides is ``required``."""
    asked = replace(question, kind=Kind.YES_NO) if question.kind is Kind.COMMITMENT else question
    kind = _KINDS.get(question.kind, "text")
    options = [(one.code, one.label) for one in question.options]
    if kind == "radios" and not options:
        options = [("yes", _("Oui")), ("no", _("Non"))]
    if kind == "radios" and len(options) > MANY:
        kind, options = "select", [("", _("Choisissez")), *options]
    return Control(
        asked, name, kind, options=options, url="/communes/" if kind == "commune" else "",
        required=question.required if required is None else required,
    )  # fmt: skip


def take(control: Control, given: QueryDict) -> None:
    """Puts what was typed in a control, as it can be kept."""
    typed = clean(given.getlist(control.name))
    control.values = tuple(typed)
    control.value = control.values[-1].strip() if control.values else ""
