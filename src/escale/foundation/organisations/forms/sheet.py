"""The sheet of an organisation: identity, place, tax, who represents it; its account; its linked undertakings."""

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from escale.foundation.organisations import wording
from escale.foundation.territory.forms import CommuneField
from escale.rules.figures import PARIS
from escale.rules.legal import (
    FAMILIES,
    LEGAL_FORMS,
    SIZES,
    bare_number,
    iban_is_right,
    rna_is_right,
    siren_is_right,
    siret_is_right,
)

_CHOOSE = [("", _("Choisissez"))]
_FORM = _("Choisissez la forme juridique : les aides n’ouvrent pas toutes aux mêmes.")
_MOST_FTE = Decimal("999999.99")


class OrganisationForm(forms.Form):
    """Everything that is said once about an organisation. ``at``: the instant of the request."""

    name = forms.CharField(
        label=_("Nom de l’organisation"), max_length=200,
        help_text=_("Tel qu’il figure sur l’avis de situation Insee ou le récépissé de la préfecture."),
        error_messages={"required": _("Indiquez le nom de l’organisation.")},
    )  # fmt: skip
    legal_form = forms.ChoiceField(
        label=_("Forme juridique"), choices=[*_CHOOSE, *LEGAL_FORMS.items()],
        error_messages={"required": _FORM, "invalid_choice": _FORM},
    )  # fmt: skip
    siret = forms.CharField(
        label="SIRET", max_length=30, required=False,
        help_text=_("14 chiffres, sur l’avis de situation Insee. À laisser vide si l’organisation est en création."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    rna = forms.CharField(
        label="RNA", max_length=20, required=False,
        help_text=_("Pour une association : W suivi de neuf caractères, sur le récépissé de la préfecture."),
    )  # fmt: skip
    commune = CommuneField(label=_("Commune du siège"))
    address = forms.CharField(label=_("Adresse"), max_length=200, required=False)
    postcode = forms.CharField(
        label=_("Code postal"), max_length=10, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    created_on = forms.DateField(
        label=_("Date de création"), required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        help_text=_("Certaines aides demandent une ancienneté."),
        error_messages={"invalid": _("Indiquez la date comme 31/12/2019.")},
        widget=forms.DateInput(attrs={"data-kind": "date"}),
    )  # fmt: skip
    fte = forms.CharField(
        label=_("Effectif"), max_length=15, required=False, help_text=_("En équivalents temps plein, comme 3,5."),
        widget=forms.TextInput(attrs={"data-kind": "number", "data-unit": _("ETP")}),
    )  # fmt: skip
    size = forms.ChoiceField(
        label=_("Taille de l’entreprise"), choices=[*_CHOOSE, *SIZES.items()], required=False,
        help_text=_("Pour une entreprise, une SEM, une coopérative. Une collectivité laisse vide."),
    )  # fmt: skip
    is_ess = forms.BooleanField(
        label=_("Entreprise de l’économie sociale et solidaire (loi du 31 juillet 2014)"), required=False
    )
    vat = forms.ChoiceField(
        label=_("TVA"), choices=list(wording.VAT.items()), widget=forms.RadioSelect, required=False,
        help_text=_("Qui récupère la TVA (ou le FCTVA) est aidé sur les montants hors taxes."),
    )  # fmt: skip
    vat_recovered = forms.CharField(
        label=_("Part de TVA récupérée (%)"), max_length=10, required=False,
        help_text=_("Si elle n’en récupère qu’une partie : son coefficient de déduction, en pour cent."),
        widget=forms.TextInput(attrs={"data-kind": "number", "data-unit": "%"}),
    )  # fmt: skip
    representative = forms.CharField(
        label=_("Représentant ou représentante légale"), max_length=200, required=False,
        help_text=_("Prénom et nom de la personne qui engage l’organisation."),
    )  # fmt: skip
    quality = forms.CharField(
        label=_("En qualité de"), max_length=100, required=False, help_text=_("Maire, présidente, gérant…")
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def clean_siret(self) -> str:
        siret = bare_number(self.cleaned_data["siret"])
        if not siret:
            return ""
        if not re.fullmatch(r"[0-9]{14}", siret):
            raise ValidationError(
                _("Un SIRET a 14 chiffres ; celui-ci en a %(n)s. Il figure sur l’avis de situation Insee.")
                % {"n": sum(sign.isdigit() for sign in siret)}
            )
        if not siret_is_right(siret):
            raise ValidationError(_("Ce SIRET contient une faute de frappe : sa clé de contrôle ne tombe pas juste."))
        return siret

    def clean_rna(self) -> str:
        rna = bare_number(self.cleaned_data["rna"])
        if rna and not rna_is_right(rna):
            raise ValidationError(_("Un numéro RNA s’écrit W suivi de neuf caractères, comme W142001234."))
        return rna

    def clean_postcode(self) -> str:
        postcode = bare_number(self.cleaned_data["postcode"])
        if postcode and not re.fullmatch(r"[0-9]{5}", postcode):
            raise ValidationError(_("Un code postal a cinq chiffres."))
        return postcode

    def clean_created_on(self) -> Any:
        day = self.cleaned_data["created_on"]
        if day and day > self.at.astimezone(PARIS).date():
            raise ValidationError(_("Cette date est à venir : indiquez le jour où l’organisation a été créée."))
        return day

    def clean_fte(self) -> Decimal | None:
        typed = re.sub(r"\s", "", self.cleaned_data["fte"]).replace(",", ".")
        if not typed:
            return None
        try:
            found = Decimal(typed)
        except InvalidOperation:
            found = Decimal(-1)
        if not found.is_finite() or not 0 <= found <= _MOST_FTE:
            raise ValidationError(_("Indiquez un nombre d’équivalents temps plein, comme 3 ou 3,5."))
        return found.quantize(Decimal("0.01"))

    def clean_vat_recovered(self) -> Decimal | None:
        typed = re.sub(r"[\s%]", "", self.cleaned_data["vat_recovered"]).replace(",", ".")
        if not typed or self.cleaned_data.get("vat") != "partly":
            return None
        try:
            found = Decimal(typed)
        except InvalidOperation:
            found = Decimal(-1)
        if not found.is_finite() or not 0 <= found <= 100:
            raise ValidationError(_("Indiquez la part de TVA récupérée, entre 0 et 100."))
        return found.quantize(Decimal("0.01"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("rna") and given.get("legal_form") not in ("association", "foundation"):
            self.add_error(
                "rna",
                _(
                    "Seules les associations et fondations ont un numéro RNA : laissez vide, ou corrigez la forme juridique."
                ),
            )
        public = given.get("legal_form") in FAMILIES["local_authority"]
        if public and given.get("size"):
            self.add_error("size", _("Une collectivité n’a pas de taille d’entreprise : laissez « Choisissez »."))
        return given


class NewOrganisationForm(OrganisationForm):
    """The sheet, and what its author is for the organisation."""

    represents = forms.ChoiceField(
        label=_("Vous-même, pour cette organisation"),
        choices=[
            ("yes", _("je la représente légalement (maire, présidente, gérant…) : je signe")),
            ("no", _("je prépare les dossiers : une autre personne signe")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Qui représente légalement l’organisation signe ses dossiers ; les autres les préparent."),
        error_messages={"required": _("Dites si vous représentez légalement l’organisation.")},
    )  # fmt: skip


class BehalfForm(OrganisationForm):
    """The sheet, written by an officer for an organisation that cannot."""

    on_behalf = forms.CharField(
        label=_("Pourquoi la Région écrit-elle cette fiche ?"), max_length=500,
        help_text=_("Par exemple : dossier reçu sur papier le 3 mars, panne du site. Le motif reste au journal."),
        error_messages={"required": _("Dites pourquoi : le motif reste au journal.")},
    )  # fmt: skip


class BankForm(forms.Form):
    """The account to pay: its IBAN with its real key, whose it is."""

    iban = forms.CharField(
        label="IBAN", max_length=50, help_text=_("Sur le relevé d’identité bancaire, 27 caractères en France."),
        error_messages={"required": _("Indiquez l’IBAN du compte à créditer.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    holder = forms.CharField(
        label=_("Titulaire du compte"),
        max_length=200,
        error_messages={"required": _("Indiquez le titulaire du compte.")},
    )

    def clean_iban(self) -> str:
        iban = bare_number(self.cleaned_data["iban"])
        if iban.startswith("FR") and len(iban) != 27:
            raise ValidationError(_("Un IBAN français a 27 caractères ; celui-ci en a %(n)s.") % {"n": len(iban)})
        if not iban_is_right(iban):
            raise ValidationError(_("Cet IBAN contient une faute de frappe : recopiez-le depuis le relevé bancaire."))
        return iban


class LinkForm(forms.Form):
    """Another undertaking of the same single undertaking."""

    name = forms.CharField(
        label=_("Nom de l’entreprise"), max_length=200, error_messages={"required": _("Indiquez son nom.")}
    )
    siren = forms.CharField(
        label="SIREN", max_length=20, help_text=_("Les neuf premiers chiffres de son SIRET."),
        error_messages={"required": _("Indiquez son SIREN, neuf chiffres.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def clean_siren(self) -> str:
        siren = bare_number(self.cleaned_data["siren"])[:14]
        siren = siren[:9] if siret_is_right(siren) else siren
        if not siren_is_right(siren):
            raise ValidationError(_("Ce SIREN n’est pas juste : neuf chiffres, sur l’avis de situation Insee."))
        return siren
