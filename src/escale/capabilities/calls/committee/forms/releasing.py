"""Money that comes back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.committee.forms.session import Amount
from escale.capabilities.calls.committee.wording import RELEASES


class ReleaseForm(forms.Form):
    """Why it comes back, how much when it is a part, the act if there is one."""

    kind = forms.ChoiceField(label=_("Ce qui se passe"), choices=list(RELEASES.items()), widget=forms.RadioSelect,
                             error_messages={"required": _("Choisissez ce qui se passe.")})  # fmt: skip
    amount = Amount(label=_("De combien l’aide est réduite"), help_text=_("Pour une réduction seulement."))
    reason = forms.CharField(
        label=_("Raison"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Dites pourquoi ces crédits reviennent.")},
    )  # fmt: skip
    reference = forms.CharField(label=_("Acte (facultatif)"), max_length=120, required=False)
