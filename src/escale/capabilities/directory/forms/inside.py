"""Spaces, equipment, accessibility, prices, people: lists with a fixed number of lines to fill."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from escale.capabilities.directory.forms.sheet import SheetForm
from escale.foundation.places.models import Equipment, Place
from escale.rules.money import cents_typed, plain_euros
from escale.rules.places import EQUIPMENT, MEASURES, NEEDS, ROLES, SPACES, UNITS
from escale.rules.shape.problem import Wrong

SPARE = 3
MOST = 30
_ANSWERS = [("", _("je ne sais pas")), ("yes", _("oui")), ("no", _("non"))]


def _said(labels: dict[str, str]) -> list[tuple[str, str]]:
    """The words of a closed list in the language of whoever reads."""
    return [(code, _now(label)) for code, label in labels.items()]


class HowMany(forms.CharField):
    """« oui », « non », or a number: what is said as yes stays a yes, never a count of one. Gives (figure, counted)."""

    def clean(self, value: Any) -> tuple[Decimal, bool] | None:
        text = str(super().clean(value) or "").strip().casefold().replace(",", ".").replace("\u202f", "")
        if not text:
            return None
        if text in ("oui", "yes", "non", "no"):
            return Decimal(1 if text in ("oui", "yes") else 0), False
        if not re.fullmatch(r"\d{1,5}(\.\d{1,2})?", text) or Decimal(text) > 10_000:
            raise forms.ValidationError(
                _("Donnez un nombre de 0 à 10 000, « oui » ou « non » ; rien si vous ne savez pas.")
            )
        return Decimal(text), True


class ListForm(SheetForm):
    """Base of the lists: ``rows`` groups the fields of each line under a title."""

    rows: list[tuple[Any, list[Any]]]

    def _lines(self, count: int, title: str, fields: dict[str, Any]) -> None:
        self.count = min(count + SPARE, MOST)
        for n in range(self.count):
            for name, make in fields.items():
                self.fields[f"{name}-{n}"] = make()
        self.rows = [(f"{title} {n + 1}", [self[f"{name}-{n}"] for name in fields]) for n in range(self.count)]

    def line(self, n: int, *names: str) -> list[Any]:
        """The checked values of one line."""
        return [self.cleaned_data.get(f"{name}-{n}") for name in names]


class FurnishForm(ListForm):
    """Spaces, equipment with figures, accessibility by need."""

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = {one.code: (one.figure, one.measured_on) for one in place.equipment.all()}
        self._lines(place.spaces.count(), _now("Espace"), {
            "kind": lambda: forms.ChoiceField(label=_("Sorte"), choices=[("", "…"), *_said(SPACES)], required=False),
            "name": lambda: forms.CharField(label=_("Nom"), max_length=100, required=False),
            "units": lambda: forms.IntegerField(label=_("Combien"), min_value=1, max_value=1000, required=False, widget=forms.TextInput),
            "capacity": lambda: forms.IntegerField(label=_("Pour combien de personnes chacun"), min_value=1, max_value=10_000,
                                                   required=False, widget=forms.TextInput),
            "floor_m2": lambda: forms.IntegerField(label=_("Surface en m²"), min_value=1, max_value=100_000, required=False,
                                                   widget=forms.TextInput),
            "part": lambda: forms.IntegerField(label=_("Moitié ou partie de l’espace n°"), min_value=1, max_value=MOST,
                                               required=False, widget=forms.TextInput),
        })  # fmt: skip
        for code, label in EQUIPMENT.items():
            self.fields[f"figure-{code}"] = HowMany(label=_now(label), max_length=12, required=False)
        for code, (label, unit, most) in MEASURES.items():
            self.fields[f"figure-{code}"] = forms.DecimalField(
                label=f"{_now(label)} ({unit})", min_value=0, max_value=most, decimal_places=2, required=False,
                widget=forms.TextInput,
            )  # fmt: skip
        for need, label in NEEDS.items():
            self.fields[f"need-{need}"] = forms.ChoiceField(label=_now(label), choices=_ANSWERS, required=False)
            self.fields[f"note-{need}"] = forms.CharField(
                label=_now("{need} : précision").format(need=_now(label)), max_length=200, required=False
            )
        counted = _now("Équipement : un nombre, « oui », « non », ou rien si vous ne savez pas")
        self.rows += [
            (counted, [self[f"figure-{code}"] for code in (*EQUIPMENT, *MEASURES)]),
            (_now("Accessibilité"), [self[f"{part}-{need}"] for need in NEEDS for part in ("need", "note")]),
        ]

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or self.cleaned_data)
        for n in range(self.count):
            kind, *others = (data.get(f"{name}-{n}") for name in ("kind", "name", "units", "capacity", "floor_m2"))
            if not kind and any(others):
                self.add_error(f"kind-{n}", _("Choisissez la sorte de cet espace, ou videz la ligne."))
            part = data.get(f"part-{n}")
            whole = data.get(f"kind-{part - 1}") if part and part <= self.count and part - 1 != n else None
            if part and (not whole or data.get(f"part-{part - 1}")):
                self.add_error(
                    f"part-{n}", _("Donnez le numéro d’un autre espace, qui ne soit pas lui-même une partie.")
                )
        for need in NEEDS:
            if data.get(f"note-{need}") and not data.get(f"need-{need}"):
                self.add_error(f"need-{need}", _("Vous donnez une précision : dites aussi oui ou non."))
        return data

    def lists(self, today: date) -> dict[str, list[dict[str, Any]]]:
        """The three lists as the places' actions take them; a figure that changes was measured ``today``."""
        data = self.cleaned_data
        spaces = [
            (n, *self.line(n, "kind", "name", "units", "capacity", "floor_m2", "part")) for n in range(self.count)
        ]
        kept = [row for row in spaces if row[1]]
        ranks = {row[0] + 1: rank for rank, row in enumerate(kept)}
        return {
            "spaces": [
                {
                    "kind": kind,
                    "name": name,
                    "units": units or 1,
                    "capacity": capacity,
                    "floor_m2": floor_m2,
                    "part": ranks.get(part or 0),
                }
                for _n, kind, name, units, capacity, floor_m2, part in kept
            ],
            "equipment": [
                self._measured(name.removeprefix("figure-"), value, today)
                for name, value in data.items()
                if name.startswith("figure-") and value is not None
            ],
            "access": [
                {
                    "need": name.removeprefix("need-"),
                    "met": value == "yes",
                    "note": data[name.replace("need", "note", 1)],
                }
                for name, value in data.items()
                if name.startswith("need-") and value
            ],
        }

    def _measured(self, code: str, said: Any, today: date) -> dict[str, Any]:
        figure, counted = said if code in EQUIPMENT else (said, True)
        before, on = self.before.get(code, (None, None))
        when = on if before == figure else today
        return {"code": code, "figure": figure, "counted": counted, "measured_on": when if code in MEASURES else None}


class Euros(forms.CharField):
    """An amount as people type it, kept in cents."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            cents = cents_typed(text)
        except Wrong as wrong:
            raise forms.ValidationError(wrong.message) from wrong
        if not 0 <= cents <= 10_000_000:
            raise forms.ValidationError(_("Un prix va de 0 à 100 000 €."))
        return cents


class PriceForm(ListForm):
    """Prices in their real units."""

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines(place.tariffs.count(), _now("Tarif"), {
            "what": lambda: forms.CharField(label=_("Pour quoi"), max_length=100, required=False),
            "unit": lambda: forms.ChoiceField(label=_("Pour"), choices=[("", "…"), *_said(UNITS)], required=False),
            "cents": lambda: Euros(label=_("Prix"), max_length=20, required=False,
                                   widget=forms.TextInput(attrs={"data-kind": "amount"})),
            "note": lambda: forms.CharField(label=_("Précision"), max_length=150, required=False),
        })  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or self.cleaned_data)
        for n in range(self.count):
            what, unit, cents, note = (data.get(f"{name}-{n}") for name in ("what", "unit", "cents", "note"))
            if not unit and (what or note or cents is not None):
                self.add_error(f"unit-{n}", _("Dites pour quelle durée : l’heure, la journée, le mois… ou gratuit."))
            elif unit == "free" and cents:
                self.add_error(f"cents-{n}", _("Gratuit ne coûte rien : retirez le prix, ou choisissez une durée."))
            elif unit and unit != "free" and cents is None and f"cents-{n}" not in self.errors:
                self.add_error(f"cents-{n}", _("Indiquez le prix."))
        return data

    def lists(self) -> dict[str, list[dict[str, Any]]]:
        """The prices."""
        lines = [self.line(n, "what", "unit", "cents", "note") for n in range(self.count)]
        return {
            "tariffs": [
                {"what": a, "unit": unit, "cents": cents or 0, "note": note} for a, unit, cents, note in lines if unit
            ]
        }


class StaffForm(ListForm):
    """Who welcomes; a name is published only with the person's agreement."""

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreed = {one.name: one.consent_at for one in place.staff.all() if one.name}
        self._lines(place.staff.count(), _now("Personne"), {
            "role": lambda: forms.ChoiceField(label=_("Rôle"), choices=[("", "…"), *_said(ROLES)], required=False),
            "fte": lambda: forms.DecimalField(label=_("Équivalent temps plein"), min_value=0, max_value=50, decimal_places=2,
                                              required=False, widget=forms.TextInput, help_text=_("0.5 pour un mi-temps")),
            "person": lambda: forms.CharField(label=_("Prénom et nom"), max_length=150, required=False),
            "agreed": lambda: forms.BooleanField(label=_("Cette personne accepte que son nom soit publié"), required=False),
        })  # fmt: skip

    def lists(self, at: datetime) -> dict[str, list[dict[str, Any]]]:
        """The people; an agreement given on this page dates from now, one given before keeps its date."""
        lines = [self.line(n, "role", "fte", "person", "agreed") for n in range(self.count)]
        return {
            "staff": [
                {
                    "role": role,
                    "fte": fte,
                    "name": name,
                    "consent_at": (self.agreed.get(name) or at) if agreed and name else None,
                }
                for role, fte, name, agreed in lines
                if role
            ]
        }


def furnish_initial(place: Place) -> dict[str, Any]:
    """What is there now."""
    told: dict[str, Any] = {"rev": place.rev}
    spaces = list(place.spaces.all())
    rank = {one.pk: n + 1 for n, one in enumerate(spaces)}
    for n, one in enumerate(spaces):
        told[f"part-{n}"] = rank.get(one.part_of_id or 0, "")
        told |= {
            f"kind-{n}": one.kind,
            f"name-{n}": one.name,
            f"units-{n}": one.units,
            f"capacity-{n}": one.capacity,
            f"floor_m2-{n}": one.floor_m2,
        }
    told |= {f"figure-{one.code}": _figure_said(one) for one in place.equipment.all()}
    told |= {f"note-{one.need}": one.note for one in place.access.all()}
    return told | {f"need-{one.need}": "yes" if one.met else "no" for one in place.access.all()}


def price_initial(place: Place) -> dict[str, Any]:
    """The prices now."""
    told: dict[str, Any] = {"rev": place.rev}
    for n, one in enumerate(place.tariffs.all()):
        price = "" if one.unit == "free" else plain_euros(one.cents)
        told |= {f"what-{n}": one.what, f"unit-{n}": one.unit, f"cents-{n}": price, f"note-{n}": one.note}
    return told


def staff_initial(place: Place) -> dict[str, Any]:
    """The people now."""
    told: dict[str, Any] = {"rev": place.rev}
    for n, one in enumerate(place.staff.all()):
        told |= {f"role-{n}": one.role, f"person-{n}": one.name, f"agreed-{n}": one.consent_at is not None}
        told[f"fte-{n}"] = "" if one.fte is None else _plain(one.fte)
    return told


def _figure_said(one: Equipment) -> str:
    if one.counted or one.code in MEASURES:
        return _plain(one.figure)
    return _now("oui") if one.figure else _now("non")


def _plain(figure: Decimal) -> str:
    return f"{figure.normalize():f}"
