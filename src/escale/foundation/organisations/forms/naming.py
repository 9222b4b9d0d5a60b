"""An organisation as it is typed: its SIRET, its number here, or its exact name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.foundation.organisations.models import Organisation
from escale.rules.legal import bare_number


class OrganisationField(forms.CharField):
    """Gives the one active organisation of what was typed, or asks back."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Son SIRET, son numéro ici, ou son nom exact."))
        super().__init__(max_length=200, **kwargs)
        self.error_messages["required"] = _("Indiquez l’organisation : son SIRET, ou son nom exact.")

    def clean(self, value: Any) -> Organisation | None:
        typed = str(super().clean(value)).strip()
        if not typed:
            return None
        bare = bare_number(typed)
        named = Q(name__iexact=typed) | Q(subject__number=bare) | (Q(siret=bare) & ~Q(siret=""))
        rows = list(Organisation.objects.filter(named, state="active").order_by("pk")[:2])
        if not rows:
            raise ValidationError(_("Aucune organisation n’a ce nom ni ce SIRET ici : écrivez d’abord sa fiche."))
        if len(rows) > 1:
            raise ValidationError(_("Plusieurs organisations ont ce nom : indiquez le SIRET."))
        return rows[0]
