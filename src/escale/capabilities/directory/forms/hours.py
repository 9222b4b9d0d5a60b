"""The hours of a place as its people type them: one line a day, or the text of OpenStreetMap."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.capabilities.directory.forms.sheet import SheetForm
from escale.foundation.places import osm
from escale.rules import hours
from escale.rules.day_text import read_day, write_day
from escale.rules.doors import WEEKDAYS
from escale.rules.hours import Regime
from escale.rules.shape.problem import Wrong

TITLES = {
    Regime.NORMAL: _("Toute l’année"),
    Regime.SCHOOL: _("En période scolaire"),
    Regime.HOLIDAYS: _("Pendant les vacances scolaires"),
}


class HoursForm(SheetForm):
    """Seven lines a regime; ``osm`` wins over them when it is filled."""

    regime = forms.ChoiceField(
        label=_("Vos horaires"), widget=forms.RadioSelect, initial="normal",
        choices=[("normal", _("Les mêmes toute l’année")), ("split", _("D’autres pendant les vacances scolaires"))],
    )  # fmt: skip
    open_on_public_holidays = forms.BooleanField(label=_("Ouvert les jours fériés"), required=False)
    osm = forms.CharField(
        label=_("Ou au format OpenStreetMap"), required=False, max_length=osm.MAX_LENGTH,
        help_text=_("Par exemple : Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-12:00. S’il est rempli, ce texte remplace les lignes."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for regime in Regime:
            for day, name in enumerate(WEEKDAYS):
                self.fields[f"{regime.value}-{day}"] = forms.CharField(label=name, required=False, max_length=100)

    @property
    def rows(self) -> list[tuple[Any, list[Any]]]:
        """Each regime's title and its seven fields."""
        return [(TITLES[regime], [self[f"{regime.value}-{day}"] for day in range(7)]) for regime in Regime]

    @property
    def first(self) -> list[Any]:
        """The fields that stand before the lines."""
        return [self["regime"]]

    @property
    def last(self) -> list[Any]:
        """The fields that stand after them."""
        return [self["open_on_public_holidays"], self["osm"]]

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or self.cleaned_data)
        if text := data.get("osm"):
            read = osm.read(text)
            if read.problems:
                self.add_error("osm", " ".join(read.problems))
            data["weeks"] = dict(read.weeks)
            data["open_on_public_holidays"] = read.open_on_public_holidays
            return data
        wanted = [Regime.NORMAL] if data.get("regime") != "split" else [Regime.SCHOOL, Regime.HOLIDAYS]
        data["weeks"] = {regime: self._week(regime, data) for regime in wanted}
        return data

    def _week(self, regime: Regime, data: dict[str, Any]) -> hours.Week:
        days = {}
        for day in range(7):
            name = f"{regime.value}-{day}"
            try:
                days[day] = read_day(data.get(name, ""))
            except Wrong as wrong:
                self.add_error(name, wrong.message)
        return hours.week(days)


def initial(weeks: dict[Regime, hours.Week], *, rev: int, public: bool) -> dict[str, Any]:
    """The lines as they are now."""
    told: dict[str, Any] = {
        "rev": rev,
        "regime": "split" if Regime.SCHOOL in weeks else "normal",
        "open_on_public_holidays": public,
    }
    for regime, week in weeks.items():
        for day, spans in enumerate(week):
            told[f"{regime.value}-{day}"] = write_day([(one.start, one.end) for one in spans])
    return told


class CloseDaysForm(forms.Form):
    """From which day to which, both closed. Nothing filled: today."""

    first = forms.DateField(label=_("Fermé du"), required=False, widget=forms.DateInput(attrs={"data-kind": "date"}))
    last = forms.DateField(label=_("au, compris"), required=False, widget=forms.DateInput(attrs={"data-kind": "date"}))
    reason = forms.CharField(
        label=_("Pourquoi"), max_length=200, required=False, help_text=_("Les visiteurs lisent cette phrase.")
    )
    ordered_by_government = forms.BooleanField(label=_("Fermeture ordonnée par l’État"), required=False)

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or self.cleaned_data)
        for name in ("first", "last"):
            if data.get(name) and not 2000 <= data[name].year < 2200:
                self.add_error(name, _("Indiquez un jour des années 2000 à 2199."))
        return data

    def days(self, today: date) -> tuple[date, date]:
        """First closed day and the day after the last."""
        first = self.cleaned_data["first"] or today
        return first, (self.cleaned_data["last"] or first) + timedelta(days=1)
