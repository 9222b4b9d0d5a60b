"""A sitting's own words, who sits in it, its end."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.committee.wording import ROLES
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person


class SittingForm(forms.Form):
    """Title, date and hour, place, quorum; the service when there is a choice."""

    service = forms.ChoiceField(label=_("Service"), error_messages={"invalid_choice": _("Choisissez un service.")})
    title = forms.CharField(
        label=_("Intitulé"), max_length=200, help_text=_("Par exemple : Comité de sélection des tiers-lieux."),
        error_messages={"required": _("Donnez un intitulé à la séance.")},
    )  # fmt: skip
    held_at = forms.DateTimeField(
        label=_("Date et heure"),
        widget=forms.DateTimeInput(attrs={"data-kind": "datetime"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Indiquez quand se tient la séance."),
            "invalid": _("Cette date ne se lit pas : jour, mois, année, puis l’heure."),
        },
    )
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    quorum = forms.IntegerField(
        label=_("Quorum"), min_value=1, max_value=500, widget=forms.TextInput(attrs={"data-kind": "number"}),
        help_text=_("Combien de membres avec voix doivent être présents."),
        error_messages={
            "required": _("Indiquez le quorum : un nombre de membres."),
            "invalid": _("Le quorum est un nombre entier de membres."),
            "min_value": _("Le quorum est d’un membre au moins."),
            "max_value": _("Le quorum est de 500 membres au plus."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, services: list[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(services) == 1:
            del self.fields["service"]
        else:
            field = self.fields["service"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Choisissez")), *((str(one.pk), one.name) for one in services)]
        self.services = {str(one.pk): one for one in services}

    def clean_held_at(self) -> datetime:
        """A date of our time: a year typed wrong is said, not computed with."""
        found: datetime = self.cleaned_data["held_at"]
        if not 2000 <= found.year <= 2100:
            raise forms.ValidationError(_("Vérifiez l’année : elle se situe entre 2000 et 2100."))
        return found

    def words(self) -> dict[str, Any]:
        """Title, date, place, quorum as the action takes them."""
        return {name: self.cleaned_data[name] for name in ("title", "held_at", "place", "quorum")}

    def service_chosen(self) -> Service:
        """The service chosen, or the only one."""
        return self.services[self.cleaned_data.get("service") or next(iter(self.services))]


class SeatForm(forms.Form):
    """Who sits, and as what."""

    person = forms.ChoiceField(
        label=_("Personne"), error_messages={"required": _("Choisissez une personne."), "invalid_choice": _("Cette personne siège déjà ou n’a plus de fonction : choisissez-en une autre.")}
    )  # fmt: skip
    role = forms.ChoiceField(label=_("Rôle"), choices=list(ROLES.items()), initial="member")

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choisissez")), *((str(one.pk), one.name) for one in people)]
        self.people = {str(one.pk): one for one in people}

    def someone(self) -> Person:
        """The person chosen."""
        return self.people[self.cleaned_data["person"]]


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(
        label=_("Raison"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Dites pourquoi, en une phrase.")},
    )  # fmt: skip
