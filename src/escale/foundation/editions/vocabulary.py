"""What a screen needs to know of a description: its closed words, and which rows deserve a page of their own."""

from typing import Any

from django.utils.translation import gettext as _

from escale.rules.legal import FAMILY_LABELS, LEGAL_FORMS
from escale.rules.shape.kinds import Kind, ListOf, OneOf, Record, resolved
from escale.rules.shape.scalar import Checked, Choice, YesNo

MOST_INLINE = 5


def choices(kind: Any) -> list[tuple[str, str]]:
    """The closed list of a scalar as (word, label); empty when it is open."""
    if isinstance(kind, Choice):
        return [(word, _(label) if label else word) for word, label, _meaning in kind.options]
    if isinstance(kind, YesNo):
        return [("yes", _("Oui")), ("no", _("Non"))]
    if isinstance(kind, Checked) and kind.name == "legal_form":
        return [(form, _(label)) for form, label in (FAMILY_LABELS | LEGAL_FORMS).items()]
    return []


def paged(kind: Kind) -> bool:
    """Whether each row of a list of ``kind`` has a page: it is a map of many words, or of maps."""
    real = resolved(kind)
    if not isinstance(real, Record):
        return False
    inner = (resolved(one.kind) for one in real.fields)
    return len(real.fields) > MOST_INLINE or any(isinstance(one, Record | ListOf | OneOf) for one in inner)


def simple(kind: Kind) -> bool:
    """Whether it is one control: a scalar, or a list of scalars."""
    real = resolved(kind)
    if isinstance(real, ListOf):
        return not isinstance(resolved(real.item), Record | OneOf | ListOf)
    return not isinstance(real, Record | OneOf)
