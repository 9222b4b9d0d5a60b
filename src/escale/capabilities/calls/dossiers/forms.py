"""What is posted beside the answers: which organisation, the statement on honour."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.dossiers.models import Pace


class BeginForm(forms.Form):
    """For which of my organisations the dossier is begun."""

    organisation = forms.ChoiceField(label=_("Au nom de"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = organisations
        field.error_messages["required"] = _("Choisissez l’organisation au nom de laquelle vous déposez.")
        field.error_messages["invalid_choice"] = field.error_messages["required"]


class SignForm(forms.Form):
    """Who signs, in which quality, and the statement."""

    signer = forms.CharField(
        label=_("Prénom et nom"),
        max_length=200,
        error_messages={"required": _("Indiquez le prénom et le nom de la personne qui signe.")},
    )
    quality = forms.CharField(
        label=_("En qualité de"),
        max_length=100,
        help_text=_("Par exemple : maire, présidente, directeur délégué."),
        error_messages={"required": _("Indiquez en quelle qualité vous signez.")},
    )
    honour = forms.BooleanField(
        label=_("Je fais cette déclaration sur l’honneur"),
        error_messages={"required": _("Cochez la déclaration sur l’honneur : sans elle, le dossier ne part pas.")},
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)


class WithdrawForm(forms.Form):
    """Why a filed dossier is taken back."""

    reason = forms.CharField(
        label=_("Pourquoi retirez-vous ce dossier ?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Dites en une phrase pourquoi vous retirez ce dossier.")},
    )


class CopyForm(forms.Form):
    """For which call a copy is made."""

    call = forms.ChoiceField(label=_("Pour quel appel ?"), widget=forms.RadioSelect)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, calls: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["call"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = calls
        field.error_messages["required"] = _("Choisissez l’appel pour lequel le dossier est copié.")
        field.error_messages["invalid_choice"] = _("Cet appel n’est pas ouvert aujourd’hui : choisissez-en un autre.")


class MessageForm(forms.Form):
    """What is written to the other side; files are read apart."""

    text = forms.CharField(
        label=_("Votre message"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Écrivez votre message, même en une ligne si vous joignez un fichier."),
            "max_length": _("Ce message compte %(show_value)s signes : 10 000 au plus. Joignez plutôt un document."),
        },
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)


class PaceForm(forms.Form):
    """How often someone wants mail about messages."""

    pace = forms.ChoiceField(
        label=_("Me prévenir par courriel"),
        choices=Pace.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez quand nous vous écrivons.")},
    )
