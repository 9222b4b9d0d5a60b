"""What people send about a place: a claim, a report, a picture, an end, a move, a merger."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.capabilities.directory.forms.sheet import WhereForm
from escale.foundation.places.models import Place


class ClaimForm(forms.Form):
    """Who one is, and what shows it."""

    quality = forms.CharField(label=_("Votre rôle dans ce lieu"), max_length=150,
                              error_messages={"required": _("Dites votre rôle : animatrice, gérant, secrétaire de mairie…")})  # fmt: skip
    proof = forms.CharField(
        label=_("Ce qui le montre"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Une page où votre nom figure, le numéro de la structure, la personne à appeler pour vérifier."),
        error_messages={"required": _("Dites ce qui permet à la Région de vérifier.")},
    )  # fmt: skip
    document = forms.FileField(label=_("Un document, si vous en avez un"), required=False)


class ReportForm(forms.Form):
    """What is wrong. ``website`` is a trap that people do not see."""

    text = forms.CharField(label=_("Qu’est-ce qui n’est pas juste ?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
                           error_messages={"required": _("Dites en une phrase ce qui n’est pas juste.")})  # fmt: skip
    email = forms.EmailField(label=_("Votre adresse électronique"), required=False, max_length=254,
                             help_text=_("Seulement si vous voulez une réponse. Elle n’est pas publiée."),
                             error_messages={"invalid": _("Indiquez une adresse complète, comme prenom.nom@exemple.fr.")})  # fmt: skip


class PhotoForm(forms.Form):
    """A picture with its words."""

    picture = forms.FileField(label=_("Photo"), help_text=_("JPEG, PNG ou WebP, 50 millions de pixels au plus."),
                              error_messages={"required": _("Choisissez une photo."), "empty": _("Ce fichier est vide.")})  # fmt: skip
    alt = forms.CharField(label=_("Ce que montre la photo"), max_length=250, help_text=_("Pour les personnes qui ne la voient pas."),
                          error_messages={"required": _("Dites ce que montre la photo.")})  # fmt: skip
    credit = forms.CharField(
        label=_("Crédit"), max_length=150, error_messages={"required": _("Dites qui a pris la photo.")}
    )


class CloseForm(forms.Form):
    """The last day, and why."""

    day = forms.DateField(label=_("Dernier jour d’ouverture"), widget=forms.DateInput(attrs={"data-kind": "date"}),
                          error_messages={"required": _("Indiquez le dernier jour d’ouverture."), "invalid": _("Indiquez un jour : 2026-12-31.")})  # fmt: skip
    note = forms.CharField(label=_("Pourquoi"), max_length=500, required=False)


class MoveForm(WhereForm):
    """The new address, since which day."""

    day = forms.DateField(label=_("À cette adresse depuis le"), widget=forms.DateInput(attrs={"data-kind": "date"}),
                          error_messages={"required": _("Indiquez depuis quel jour.")})  # fmt: skip
    field_order = (
        "day",
        "commune",
        "address",
        "complement",
        "postcode",
        "lat",
        "lon",
        "premises",
        "premises_until",
        "rev",
    )


class MergeForm(forms.Form):
    """Into which place."""

    into = forms.CharField(label=_("Adresse de la page de l’autre lieu"), max_length=200,
                           help_text=_("Par exemple /lieux/la-passerelle/"),
                           error_messages={"required": _("Indiquez la page de l’autre lieu.")})  # fmt: skip

    def clean_into(self) -> Place:
        slug = str(self.cleaned_data["into"]).rstrip("/").rsplit("/", 1)[-1]
        found = Place.objects.filter(slug=slug).first()
        if found is None:
            raise forms.ValidationError(_("Aucun lieu n’a cette adresse."))
        return found


class AnswerForm(forms.Form):
    """The reason of a decision."""

    note = forms.CharField(label=_("Pourquoi"), max_length=1000, required=False)


def kept(form: forms.Form) -> dict[str, Any]:
    """The checked values."""
    return dict(form.cleaned_data)
