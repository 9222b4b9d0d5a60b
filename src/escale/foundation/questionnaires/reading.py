"""From what was typed to what it means: one reader per kind, each refusal a sentence.

``Typed`` is kept as it was typed (a text, or a list of texts for ticked boxes); ``read`` gives the value as
the case file writes it: text, whole number, decimal text with a point, ``2026-01-31``, yes/no as true/false.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from escale.foundation.questionnaires import checks
from escale.foundation.questionnaires.questions import Kind, Question
from escale.rules.money import cents_typed, plain_euros
from escale.rules.shape.problem import Wrong, quoted

type Typed = str | list[str]

#: No answer is longer: beyond, nothing of it is saved and the page keeps it on the screen.
LONGEST_OF_ALL = 100_000
LONGEST = {Kind.TEXT: 500, Kind.LONG_TEXT: 20_000}
_MONTH_NAMES = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
    "novembre", "decembre",
)  # fmt: skip
_MONTHS = {month: rank for rank, month in enumerate(_MONTH_NAMES, 1)}


@dataclass(frozen=True)
class Read:
    """What an answer means; ``problem`` says in words why it cannot be read. Both empty: no answer."""

    value: Any = None
    problem: str = ""
    code: str = ""

    @property
    def is_empty(self) -> bool:
        return self.value is None and not self.problem


def clean(typed: object) -> Typed:
    """What can be stored of what was typed: one kind of line end, no NUL, no half character.

    Anything that is neither a text nor a list of texts becomes the text that a person would have typed.
    """
    if isinstance(typed, list | tuple):
        return [_clean(str(one)) for one in typed if str(one)]
    if isinstance(typed, bool):
        return "yes" if typed else "no"
    return "" if typed is None else _clean(str(typed))


def _clean(text: str) -> str:
    whole = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return whole.encode("utf-8", "ignore").decode("utf-8")


def is_blank(typed: Typed) -> bool:
    """Whether nothing was answered."""
    return not typed if isinstance(typed, list) else not typed.strip()


def read(question: Question, typed: Typed) -> Read:
    """What ``typed`` means as an answer to ``question``. Never raises: the problem is in the result."""
    if is_blank(typed):
        return Read()
    if isinstance(typed, list) and question.kind is not Kind.CHOICES:
        typed = typed[0]
    try:
        return Read(_READERS[question.kind](question, typed))
    except Wrong as wrong:
        return Read(problem=wrong.message, code=wrong.code)


def _text(question: Question, typed: Any) -> str:
    text = typed.strip()
    longest = question.longest or LONGEST.get(question.kind, 500)
    if len(text) > longest:
        raise Wrong(
            "too_long",
            _("Votre texte compte {n} caractères : {longest} au plus, retirez-en {over}.").format(
                n=len(text), longest=longest, over=len(text) - longest
            ),
        )
    if question.kind is Kind.TEXT and "\n" in text:
        raise Wrong("one_line", _("Cette réponse tient sur une seule ligne : retirez les retours à la ligne."))
    return str(text)


def _bounded(question: Question, value: Decimal, shown: Callable[[Any], str] = str) -> None:
    if question.least is not None and value < Decimal(str(question.least)):
        raise Wrong("too_small", _("Indiquez au moins {least}.").format(least=shown(question.least)))
    if question.most is not None and value > Decimal(str(question.most)):
        raise Wrong("too_large", _("Indiquez au plus {most}.").format(most=shown(question.most)))


def _decimal(typed: str) -> Decimal:
    bare = checks.without_spaces(typed).replace("−", "-")
    if re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", bare):
        raise Wrong(
            "ambiguous",
            _("{typed} peut se lire de deux façons : écrivez {whole} ou {decimal}.").format(
                typed=quoted(typed), whole=quoted(bare.replace(".", "")), decimal=quoted(bare.replace(".", ",") + "0")
            ),
        )
    if not re.fullmatch(r"-?[0-9]{1,15}([.,][0-9]{1,9})?", bare):
        raise Wrong(
            "not_a_number",
            _("{typed} n’est pas un nombre : écrivez-le en chiffres, par exemple 12,5.").format(typed=quoted(typed)),
        )
    return Decimal(bare.replace(",", "."))


def _number(question: Question, typed: Any) -> str | int:
    value = _decimal(typed)
    _bounded(question, value)
    return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")


def _whole(question: Question, typed: Any) -> int:
    value = _decimal(typed)
    if value != value.to_integral_value():
        raise Wrong("not_whole", _("{typed} : indiquez un nombre entier, sans virgule.").format(typed=quoted(typed)))
    _bounded(question, value)
    return int(value)


def _amount(question: Question, typed: Any) -> str:
    try:
        cents = cents_typed(checks.without_spaces(typed))
    except Wrong as wrong:
        if wrong.code == "ambiguous":
            raise
        raise Wrong(
            "not_an_amount",
            _("{typed} n’est pas un montant : écrivez par exemple 1 234,50.").format(typed=quoted(typed)),
        ) from None
    if question.least is None and cents < 0:
        raise Wrong("negative", _("Indiquez un montant positif."))
    _bounded(question, Decimal(cents) / 100, lambda euros: f"{euros} €")
    return plain_euros(cents)


def _share(question: Question, typed: Any) -> str:
    """A percentage, kept as the case writes it (``50 %``)."""
    value = _decimal(typed.strip().removesuffix("%"))
    if not 0 <= value <= 100:
        raise Wrong("not_a_share", _("Indiquez un pourcentage entre 0 et 100."))
    return f"{format(value.normalize(), 'f') if value else '0'} %"


def _date(question: Question, typed: Any) -> str:
    text = typed.strip()
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text):
        year, month, day = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"([0-9]{1,2})\s*[/. -]\s*([0-9]{1,2})\s*[/. -]\s*([0-9]{2,4})", text):
        day, month, year = (int(part) for part in found.groups())
    elif (found := re.fullmatch(r"([0-9]{1,2})(?:er)?\s+(\w+)\.?\s+([0-9]{2,4})", text)) and (rank := _month(found[2])):
        day, month, year = int(found[1]), rank, int(found[3])
    else:
        raise Wrong(
            "not_a_date",
            _("{typed} n’est pas une date : écrivez le jour, le mois et l’année, 31/01/2026.").format(
                typed=quoted(typed)
            ),
        )
    if year < 1000:
        raise Wrong("short_year", _("{typed} : écrivez l’année en quatre chiffres.").format(typed=quoted(typed)))
    try:
        found_day = date(year, month, day)
    except ValueError:
        raise Wrong(
            "impossible_date", _("{typed} : ce jour n’existe pas dans le calendrier.").format(typed=quoted(typed))
        ) from None
    _bounded(question, Decimal(found_day.toordinal()), lambda n: date.fromordinal(int(n)).strftime("%d/%m/%Y"))
    return found_day.isoformat()


def _month(word: str) -> int:
    plain = unicodedata.normalize("NFD", word.lower()).encode("ascii", "ignore").decode()
    found = [rank for month, rank in _MONTHS.items() if len(plain) > 2 and month.startswith(plain)]
    return found[0] if len(found) == 1 else 0


def _yes_no(question: Question, typed: Any) -> bool:
    word = typed.strip().lower()
    if word in ("yes", "oui", "true", "on", "1"):
        return True
    if word in ("no", "non", "false", "0"):
        return False
    raise Wrong("not_yes_no", _("Répondez par oui ou par non."))


def _choice(question: Question, typed: Any) -> str:
    if typed not in {option.code for option in question.options}:
        raise Wrong("unknown_option", _("Choisissez une des réponses proposées."))
    return str(typed)


def _choices(question: Question, typed: Any) -> list[str]:
    asked = typed if isinstance(typed, list) else [typed]
    known = [option.code for option in question.options]
    if any(one not in known for one in asked):
        raise Wrong("unknown_option", _("Choisissez parmi les réponses proposées."))
    chosen = [code for code in known if code in asked]
    if question.most is not None and len(chosen) > question.most:
        raise Wrong(
            "too_many",
            _("Vous avez coché {n} réponses : {most} au plus.").format(n=len(chosen), most=int(question.most)),
        )
    if question.least is not None and len(chosen) < question.least:
        raise Wrong(
            "too_few",
            _("Réponses cochées : {n}. Cochez-en au moins {least}.").format(n=len(chosen), least=int(question.least)),
        )
    return chosen


_READERS: dict[Kind, Callable[[Question, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.AMOUNT: _amount,
    Kind.SHARE: _share,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.EMAIL: lambda question, typed: checks.email(typed),
    Kind.PHONE: lambda question, typed: checks.phone(typed),
    Kind.URL: lambda question, typed: checks.url(typed),
    Kind.SIRET: lambda question, typed: checks.siret(typed),
    Kind.IBAN: lambda question, typed: checks.iban(typed),
    Kind.COMMUNE: lambda question, typed: checks.commune(typed),
    Kind.COMMITMENT: lambda question, typed: _yes_no(question, typed) or None,
    Kind.STATEMENT: lambda question, typed: None,
}
