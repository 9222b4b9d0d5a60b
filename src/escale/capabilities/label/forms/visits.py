"""A visit: when and who, what was seen, photos, the place's answer."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.capabilities.label import wording
from escale.capabilities.label.actions.visits import Seen
from escale.capabilities.label.models import Visit
from escale.capabilities.label.queries.asked import Point
from escale.foundation.people.models import Person
from escale.rules.figures import PARIS

_DATE = _("Indiquez la date comme 31/12/2026.")
FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class DayField(forms.DateField):
    """A day, as browsers send it or as it is written in France."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"data-kind": "date"})
        errors = {"invalid": _DATE, "required": _DATE}
        super().__init__(input_formats=FORMATS, widget=widget, error_messages=errors, **kwargs)


class PlanForm(forms.Form):
    """The day, the hour, who goes."""

    day = DayField(label=_("Jour de la visite"))
    hour = forms.TimeField(
        label=_("Heure"), initial=time(10), widget=forms.TimeInput(format="%H:%M", attrs={"data-kind": "time"}),
        error_messages={"invalid": _("Indiquez l’heure comme 14:30."), "required": _("Indiquez l’heure.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Courriel de la personne qui visite"), max_length=254,
        help_text=_("Agent de la Région, expert, pair d’un autre lieu : la personne doit avoir un compte."),
        error_messages={"required": _("Indiquez qui visite."), "invalid": _("Indiquez une adresse complète, comme prenom.nom@exemple.fr.")},
    )  # fmt: skip

    def clean_email(self) -> str:
        """The person exists."""
        email = str(self.cleaned_data["email"]).strip().lower()
        self.visitor = Person.objects.filter(email__iexact=email, is_active=True).first()
        if self.visitor is None:
            raise forms.ValidationError(_("Personne n’a de compte avec cette adresse : demandez-lui d’en créer un."))
        return email

    def instant(self) -> datetime:
        """The day and hour, in Paris."""
        day: date = self.cleaned_data["day"]
        return datetime.combine(day, self.cleaned_data["hour"], PARIS)


class FirstPlanForm(PlanForm):
    """And what to look at."""

    purpose = forms.CharField(
        label=_("Ce qui sera regardé"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Le lieu le lira, et préparera ce qu’il faut."),
    )  # fmt: skip


class CancelForm(forms.Form):
    """Why it is not made."""

    reason = forms.CharField(
        label=_("Motif"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez le motif : le lieu le lira.")},
    )  # fmt: skip


class CommentForm(forms.Form):
    """What the place answers."""

    text = forms.CharField(
        label=_("Votre réponse au rapport"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Écrivez votre réponse.")},
    )  # fmt: skip


class PhotoForm(forms.Form):
    """A picture, what it shows, to which criterion it belongs."""

    picture = forms.FileField(
        label=_("Photo"), help_text=_("JPEG, PNG ou WebP, 50 millions de pixels au plus."),
        error_messages={"required": _("Choisissez une photo."), "empty": _("Ce fichier est vide.")},
    )  # fmt: skip
    caption = forms.CharField(
        label=_("Ce que montre la photo"), max_length=250,
        error_messages={"required": _("Dites ce que montre la photo.")},
    )  # fmt: skip
    code = forms.ChoiceField(label=_("À propos de"), required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, points: list[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("le lieu en général")), *((one.code, one.title) for one in points)]


class ReportForm(forms.Form):
    """Each criterion seen, its marks, words; the opinion. Names: ``CODE.seen``, ``CODE.note``, ``CODE.mark.MARK``."""

    rev = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    visited_on = DayField(label=_("Jour de la visite"), required=False)
    opinion = forms.ChoiceField(
        label=_("Votre avis"), required=False, widget=forms.RadioSelect, choices=[*wording.OPINIONS.items()]
    )
    conclusion = forms.CharField(
        label=_("Ce que vous retenez"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Le lieu et la Région le liront."),
    )  # fmt: skip

    def __init__(self, *args: Any, points: list[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        for one in points:
            self.fields[f"{one.code}.seen"] = forms.ChoiceField(
                label=one.judged or _("Rempli, d’après ce que vous voyez"), required=False, widget=forms.RadioSelect,
                choices=[*wording.SEEN.items()],
            )  # fmt: skip
            for mark in one.marks:
                most = float(mark.out_of) if mark.out_of else 1000.0
                said = _("De 0 à {n}, au moins {least} attendu") if mark.out_of else _("Au moins {least} attendu")
                self.fields[f"{one.code}.mark.{mark.code}"] = forms.DecimalField(
                    label=_("Note"), required=False, min_value=0, max_value=most, decimal_places=2, localize=True,
                    help_text=said.format(n=mark.out_of, least=mark.at_least),
                    error_messages={name: _("Donnez une note de 0 à {n}.").format(n=f"{most:g}")
                                    for name in ("invalid", "max_value", "min_value", "max_digits", "max_decimal_places")},
                )  # fmt: skip
            self.fields[f"{one.code}.note"] = forms.CharField(
                label=_("Ce que vous avez vu"), max_length=4000, required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def findings(self) -> dict[str, Seen]:
        """What was said, criterion by criterion."""
        data, found = self.cleaned_data, {}
        for one in self.points:
            marks = {
                mark.code: _figure(data[name])
                for mark in one.marks
                if data.get(name := f"{one.code}.mark.{mark.code}") is not None
            }
            found[one.code] = Seen(data.get(f"{one.code}.seen", ""), marks, data.get(f"{one.code}.note", ""))
        return found


def initial(visit: Visit) -> dict[str, Any]:
    """What was kept so far."""
    told: dict[str, Any] = {
        "rev": visit.rev, "visited_on": visit.visited_on, "opinion": visit.opinion, "conclusion": visit.conclusion,
    }  # fmt: skip
    for one in visit.findings.all():
        told |= {f"{one.code}.seen": one.seen, f"{one.code}.note": one.note}
        told |= {f"{one.code}.mark.{code}": mark for code, mark in one.marks.items()}
    return told


def _figure(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)
