"""What people type to sign in and in their account, checked; nothing is saved here."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from escale.foundation.people.models import Person

_ADDRESS = _("Indiquez une adresse électronique complète, comme prenom.nom@exemple.fr.")


class EmailForm(forms.Form):
    """The address that wants to sign in."""

    email = forms.EmailField(
        label=_("Adresse électronique"), max_length=254,
        error_messages={"required": _ADDRESS, "invalid": _ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )  # fmt: skip
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class CodeForm(forms.Form):
    """The six digits received by mail; spaces are forgiven."""

    code = forms.CharField(
        label=_("Code à six chiffres"), max_length=20,
        error_messages={"required": _("Indiquez les six chiffres reçus par courriel.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        digits = "".join(character for character in self.cleaned_data["code"] if character.isdigit())
        if len(digits) != 6:
            raise ValidationError(_("Le code a six chiffres : recopiez-le depuis le message reçu."))
        return digits


class PasswordForm(EmailForm):
    """An address and its password."""

    password = forms.CharField(
        label=_("Mot de passe"), max_length=200, strip=False,
        error_messages={"required": _("Indiquez votre mot de passe.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip

    field_order = ("email", "password", "next")


class ProfileForm(forms.ModelForm):
    """Name, telephone, language."""

    class Meta:
        model = Person
        fields = ("name", "phone", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("Indiquez votre prénom et votre nom.")
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["phone"].widget.attrs["autocomplete"] = "tel"


class NewPasswordForm(forms.Form):
    """A new password; the present one is asked when there is one."""

    current = forms.CharField(
        label=_("Mot de passe actuel"), max_length=200, strip=False, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Nouveau mot de passe"), max_length=200, strip=False,
        help_text=_("Douze caractères au moins. Une phrase facile à retenir vaut mieux qu’un mot compliqué."),
        error_messages={"required": _("Indiquez le nouveau mot de passe.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if not person.has_password:
            del self.fields["current"]
        else:
            self.fields["current"].required = True
            self.fields["current"].error_messages["required"] = _("Indiquez votre mot de passe actuel.")

    def clean_current(self) -> str:
        if not self.person.check_password(self.cleaned_data["current"]):
            raise ValidationError(_("Ce n’est pas votre mot de passe actuel."))
        return str(self.cleaned_data["current"])

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.person)
        return str(self.cleaned_data["password"])


class NewEmailForm(forms.Form):
    """The address that an account wants to use from now on."""

    email = forms.EmailField(
        label=_("Nouvelle adresse électronique"), max_length=254,
        help_text=_("Nous y envoyons un lien de confirmation. D’ici là, rien ne change."),
        error_messages={"required": _ADDRESS, "invalid": _ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


class CloseForm(forms.Form):
    """The closing of an account, confirmed by typing its address."""

    email = forms.CharField(
        label=_("Votre adresse électronique, pour confirmer"), max_length=254,
        error_messages={"required": _("Recopiez votre adresse électronique pour confirmer.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        if str(self.cleaned_data["email"]).strip().lower() != self.person.email:
            raise ValidationError(_("Ce n’est pas l’adresse de ce compte."))
        return self.person.email
