"""A commune as a form receives it: its code, its name, or « Name (code) » as it was suggested."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from escale.foundation.territory import queries
from escale.foundation.territory.models import Commune


class CommuneField(forms.CharField):
    """Gives the commune of today (a merged commune gives the one that holds it), or asks back."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Commune"))
        kwargs.setdefault("max_length", 120)
        widget = forms.TextInput(attrs={"data-kind": "commune", "data-url": reverse_lazy("communes")})
        super().__init__(widget=widget, **kwargs)
        self.error_messages["required"] = _("Indiquez la commune : son nom, ou son code officiel à cinq caractères.")

    def clean(self, value: Any) -> Commune | None:
        typed = super().clean(value)
        return found(typed) if typed else None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Commune):
            return f"{value.name} ({value.code})"
        if isinstance(value, str) and re.fullmatch(r"[0-9][0-9AB][0-9]{3}", value):
            commune = queries.commune(value)
            return f"{commune.name} ({commune.code})" if commune else value
        return value


def found(typed: str) -> Commune:
    """The one commune of what was typed. Raises ``ValidationError`` when there is none, or several."""
    coded = re.search(r"(?:^|\()\s*([0-9][0-9AB][0-9]{3})\s*\)?\s*\Z", typed.upper())
    if coded:
        commune = queries.commune(coded[1])
        if commune is None:
            raise ValidationError(_("Aucune commune n’a le code %(code)s.") % {"code": coded[1]})
        return commune
    several = queries.find(typed, limit=4)
    exact = [one for one in several if queries.is_called(one, typed)]
    if len(exact) == 1 or len(several) == 1:
        return (exact or several)[0]
    if not several:
        raise ValidationError(_("Nous ne trouvons pas cette commune. Vérifiez son nom, ou indiquez son code officiel."))
    names = ", ".join(f"{one.name} ({one.code})" for one in several)
    raise ValidationError(_("Plusieurs communes répondent à ce nom : %(names)s. Indiquez le code.") % {"names": names})
