"""What is posted in session: an opinion, a place by hand, a hypothesis on the envelopes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from escale.capabilities.calls.committee.queries.envelopes import Purse
from escale.capabilities.calls.committee.wording import OPINIONS
from escale.rules.money import cents_typed, plain_euros
from escale.rules.wrong import Wrong

_MONEY = {"data-kind": "amount", "data-unit": "€"}
#: Quotas that one hypothesis may have.
QUOTAS = 4


class Amount(forms.CharField):
    """Euros as a person types them; cents once cleaned, None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, required=False, widget=forms.TextInput(attrs=_MONEY), **kwargs)

    def clean(self, value: Any) -> Any:
        """Cents. Says what to write when it is not an amount."""
        text = super().clean(value)
        if not text.strip():
            return None
        try:
            cents = cents_typed(text)
        except Wrong as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if not 0 <= cents < 10**13:
            raise forms.ValidationError(_("Indiquez un montant positif, en euros."))
        return cents


class OpinionForm(forms.Form):
    """The opinion on one dossier. ``seen``: which one the person read."""

    opinion = forms.ChoiceField(
        label=gettext_lazy("Avis"), choices=list(OPINIONS.items()), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez l’avis du comité.")},
    )  # fmt: skip
    amount = Amount(label=gettext_lazy("Montant conseillé"))
    reason = forms.CharField(
        label=gettext_lazy("Motifs"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Le déposant pourra les lire."),
    )  # fmt: skip
    conditions = forms.CharField(
        label=gettext_lazy("Conditions"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    seen = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput, required=False)


class RankForm(forms.Form):
    """A place by hand, or out of the ranking, with the reason; nothing: back where the score puts it."""

    place = forms.IntegerField(
        label=gettext_lazy("Place"), required=False, min_value=1, max_value=100_000,
        widget=forms.TextInput(attrs={"data-kind": "number"}),
        help_text=gettext_lazy("Laissez vide pour revenir à la place que donne la note."),
        error_messages={"invalid": gettext_lazy("La place est un nombre entier, à partir de 1."),
                        "min_value": gettext_lazy("La première place est 1."),
                        "max_value": gettext_lazy("Aucun classement n’est si long.")},
    )  # fmt: skip
    set_aside = forms.BooleanField(label=gettext_lazy("Mettre hors classement"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Raison"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Le procès-verbal la dira."),
    )  # fmt: skip


class SimulationForm(forms.Form):
    """A hypothesis: how what does not fit is treated, other amounts and reserves, quotas."""

    name = forms.CharField(
        label=gettext_lazy("Nom de l’hypothèse"), max_length=80,
        error_messages={"required": gettext_lazy("Donnez un nom à cette hypothèse.")},
    )  # fmt: skip
    partial = forms.ChoiceField(
        label=gettext_lazy("Le premier dossier qui ne tient pas"),
        choices=[("last", gettext_lazy("reçoit ce qui reste")), ("never", gettext_lazy("ne reçoit rien"))],
    )
    beyond = forms.ChoiceField(
        label=gettext_lazy("Ceux qui suivent"),
        choices=[("stop", gettext_lazy("ne reçoivent rien")), ("fill", gettext_lazy("prennent ce qui reste s’ils y tiennent"))],
    )  # fmt: skip
    ties = forms.BooleanField(label=gettext_lazy("À égalité, tous ou aucun"), required=False, initial=True)
    waiting = forms.IntegerField(
        label=gettext_lazy("Places en liste d’attente"), min_value=0, max_value=10_000, initial=0,
        widget=forms.TextInput(attrs={"data-kind": "number"}),
        error_messages={"required": gettext_lazy("Indiquez un nombre de places, 0 s’il n’y en a pas."),
                        "invalid": gettext_lazy("Indiquez un nombre entier de places.")},
    )  # fmt: skip
    keep = forms.BooleanField(label=gettext_lazy("La séance travaille avec cette hypothèse"), required=False)

    def __init__(
        self, *args: Any, purses: list[Purse], axes: dict[str, list[tuple[str, str]]], settings: dict[str, Any], **kwargs: Any
    ) -> None:  # fmt: skip
        begun: dict[str, Any] = {
            name: settings[name] for name in ("partial", "beyond", "ties", "waiting") if name in settings
        }
        kwargs["initial"] = begun | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.purses = purses
        for purse in purses:
            changed = settings.get("envelopes", {}).get(purse.code, {})
            for word, label, now in (
                ("amount", _("{name} : montant à répartir"), purse.available_cents),
                ("reserve", _("{name} : réserve"), purse.reserve_cents),
            ):
                shown = plain_euros(changed.get(f"{word}_cents", max(0, now))).replace(".", ",")
                self.fields[f"{word}.{purse.code}"] = Amount(label=label.format(name=purse.label), initial=shown)
        self._quotas(axes, settings.get("quotas", []))

    def _quotas(self, axes: dict[str, list[tuple[str, str]]], known: list[dict[str, Any]]) -> None:
        values = [(f"{axis}:{value}", label) for axis, rows in axes.items() for value, label in rows]
        for n in range(QUOTAS):
            one = known[n] if n < len(known) else {}
            over = _("Quota {n} : pour").format(n=n + 1)
            begun = f"{one['axis']}:{one['value']}" if one else ""
            self.fields[f"quota.{n}.for"] = forms.ChoiceField(
                label=over, required=False, choices=[("", _("aucun")), *values], initial=begun
            )
            cents = one.get("cents")
            shown = plain_euros(cents).replace(".", ",") if cents is not None else ""
            self.fields[f"quota.{n}.amount"] = Amount(label=_("Quota {n} : au plus (€)").format(n=n + 1), initial=shown)
            self.fields[f"quota.{n}.count"] = forms.IntegerField(
                label=_("Quota {n} : nombre de dossiers au plus").format(n=n + 1), required=False, min_value=0,
                max_value=100_000, initial=one.get("count"), widget=forms.TextInput(attrs={"data-kind": "number"}),
            )  # fmt: skip

    @property
    def main(self) -> list[forms.BoundField]:
        """Its name, how it shares, whether it is the session's."""
        return [self[name] for name in self.fields if "." not in name]

    @property
    def money(self) -> list[forms.BoundField]:
        """Amounts and reserves of the envelopes."""
        return [self[name] for name in self.fields if name.startswith(("amount.", "reserve."))]

    @property
    def quotas(self) -> list[forms.BoundField]:
        """The quotas."""
        return [self[name] for name in self.fields if name.startswith("quota.")]

    @property
    def has_quotas(self) -> bool:
        """Whether one of them is begun."""
        return any(self[name].value() for name in self.fields if name.startswith("quota.") and name.endswith(".for"))

    def settings(self) -> dict[str, Any]:
        """As ``queries.simulating`` reads them."""
        data = self.cleaned_data
        changed: dict[str, dict[str, int]] = {}
        for purse in self.purses:
            for word, now in (("amount", purse.available_cents), ("reserve", purse.reserve_cents)):
                cents = data.get(f"{word}.{purse.code}")
                if cents is not None and cents != now:
                    changed.setdefault(purse.code, {})[f"{word}_cents"] = cents
        quotas = []
        for n in range(QUOTAS):
            axis, _colon, value = data.get(f"quota.{n}.for", "").partition(":")
            cents, count = data.get(f"quota.{n}.amount"), data.get(f"quota.{n}.count")
            if axis and (cents is not None or count is not None):
                quotas.append({"axis": axis, "value": value, "cents": cents, "count": count})
        how = {name: data[name] for name in ("partial", "beyond", "ties", "waiting")}
        return {**how, "envelopes": changed, "quotas": quotas}
