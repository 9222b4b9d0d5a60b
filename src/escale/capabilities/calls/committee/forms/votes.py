"""A vote: what it is about, then its act."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.committee.models import Sitting
from escale.foundation.organisations.models import Service

_DAY = forms.DateInput(attrs={"data-kind": "date"})


class VoteForm(forms.Form):
    """Its subject, the sitting whose opinions it takes, the service when there is a choice."""

    service = forms.ChoiceField(label=_("Service"), error_messages={"invalid_choice": _("Choisissez un service.")})
    title = forms.CharField(
        label=_("Objet"), max_length=200, help_text=_("Par exemple : Attribution des aides aux tiers-lieux, 2026."),
        error_messages={"required": _("Indiquez l’objet de la délibération.")},
    )  # fmt: skip
    sitting = forms.ChoiceField(
        label=_("Reprendre les avis de la séance"), required=False,
        error_messages={"invalid_choice": _("Cette séance n’est pas close : choisissez-en une autre.")},
    )  # fmt: skip

    def __init__(self, *args: Any, services: list[Service], sittings: list[Sitting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(services) == 1:
            del self.fields["service"]
        else:
            _choose(self, "service", [(str(one.pk), one.name) for one in services], _("Choisissez"))
        _choose(self, "sitting", [(str(one.pk), f"{one.number} · {one.title}") for one in sittings], _("Aucune"))
        self.services = {str(one.pk): one for one in services}
        self.sittings = {str(one.pk): one for one in sittings}

    def service_chosen(self) -> Service:
        """The service chosen, the only one, or the sitting's."""
        found = self.sitting_chosen()
        return found.service if found else self.services[self.cleaned_data.get("service") or next(iter(self.services))]

    def sitting_chosen(self) -> Sitting | None:
        """The sitting chosen."""
        return self.sittings.get(self.cleaned_data.get("sitting") or "")


class DeedForm(forms.Form):
    """The act: its reference, its date, the meeting of the assembly, its evidence."""

    reference = forms.CharField(
        label=_("Référence de l’acte"), max_length=120, help_text=_("Par exemple : CP 26-11-142."),
        error_messages={"required": _("Indiquez la référence de la délibération.")},
    )  # fmt: skip
    voted_on = forms.DateField(
        label=_("Date de l’acte"), widget=_DAY,
        error_messages={
            "required": _("Indiquez la date de la délibération."),
            "invalid": _("Cette date ne se lit pas : jour, mois, année."),
        },
    )  # fmt: skip
    session = forms.CharField(
        label=_("Assemblée et réunion"), max_length=200,
        help_text=_("Par exemple : commission permanente du 14 décembre 2026."),
        error_messages={"required": _("Indiquez quelle assemblée a voté, et lors de quelle réunion.")},
    )  # fmt: skip
    evidence = forms.FileField(label=_("Délibération signée (PDF)"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_voted_on(self) -> date:
        """A vote is recorded once it took place."""
        found: date = self.cleaned_data["voted_on"]
        if found.year < 2000:
            raise forms.ValidationError(_("Vérifiez l’année : elle se situe après 2000."))
        if found > self.today:
            raise forms.ValidationError(_("Cette date est à venir : un vote s’enregistre une fois qu’il a eu lieu."))
        return found


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]], none: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", none), *choices]
