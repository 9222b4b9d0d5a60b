"""A zone as an administrator writes it: its code, its family of classes, its communes one a line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from escale.foundation.territory.models import Zone
from escale.foundation.territory.zoning import Classes, read_members

SHOWN_PROBLEMS = 20


class ZoneForm(forms.Form):
    """A named set of communes; in a family, a commune is in one zone at most."""

    key = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Les appels l’écrivent : vulnerabilite-forte, ancienne-basse-normandie."),
        error_messages={"required": _("Indiquez un code."), "invalid": _("Lettres sans accent, chiffres et tirets seulement.")},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Nom"), max_length=150, error_messages={"required": _("Indiquez le nom de la zone.")}
    )
    family = forms.SlugField(
        label=_("Famille de classes"), max_length=60, required=False,
        help_text=_("Vide pour un périmètre. Sinon, une commune n’est que dans une zone de la famille."),
        error_messages={"invalid": _("Lettres sans accent, chiffres et tirets seulement.")},
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("Le texte ou le fichier officiel qui la définit."),
    )
    communes = forms.CharField(
        label=_("Communes"), max_length=2_000_000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Une par ligne : code officiel, « Nom (code) », ou dep:14 pour tout un département."),
        error_messages={"required": _("Indiquez au moins une commune.")},
    )  # fmt: skip

    def __init__(self, *args: Any, zone: Zone | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.codes: set[str] = set()
        if zone is not None:
            del self.fields["key"]

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if Zone.objects.filter(key=key).exists():
            raise ValidationError(_("Une zone a déjà ce code : ouvrez-la pour la modifier."))
        return key

    def clean_communes(self) -> str:
        text = str(self.cleaned_data["communes"])
        self.codes, problems = read_members(text)
        if problems:
            more = len(problems) - SHOWN_PROBLEMS
            shown = problems[:SHOWN_PROBLEMS] + ([_("et %(n)s autres lignes.") % {"n": more}] if more > 0 else [])
            raise ValidationError(shown)
        return text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        key = self.zone.key if self.zone else given.get("key", "")
        if key and given.get("family") and self.codes:
            clash = Classes({key}).clash(key, given["family"], self.codes)
            if clash:
                self.add_error("communes", clash)
        return given
