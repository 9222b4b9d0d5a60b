"""What the board is asked."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from escale.capabilities.label import wording
from escale.capabilities.label.queries.board import FURTHEST, SOON, Asked


class BoardForm(forms.Form):
    """Filters, all optional; what is not understood is left out."""

    label = forms.ChoiceField(label=_("Label"), required=False)
    etat = forms.ChoiceField(label=_("État"), required=False, choices=[("", _("tous")), *wording.CHECKED_SHORT.items()])
    departement = forms.ChoiceField(label=_("Département"), required=False)
    mois = forms.IntegerField(
        label=_("Fin dans les … mois"), required=False, min_value=1, max_value=FURTHEST,
        widget=forms.TextInput(attrs={"data-kind": "number"}),
    )  # fmt: skip

    def __init__(self, given: QueryDict, *, labels: list[tuple[str, str]], departements: list[str]) -> None:
        super().__init__(given)
        every = [("", _("tous"))]
        for name, choices in (("label", labels), ("departement", [(one, one) for one in departements])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*every, *choices]

    def asked(self) -> Asked:
        """The question."""
        self.is_valid()
        data = self.cleaned_data
        return Asked(data.get("label", ""), data.get("etat", ""), data.get("departement", ""), data.get("mois") or SOON)
