"""The acts on a label: which form each asks, what each does."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms as django_forms
from django.shortcuts import get_object_or_404

from escale.capabilities.label.actions import following, life
from escale.capabilities.label.forms import life as forms
from escale.capabilities.label.models import Label
from escale.foundation.people.models import Person
from escale.ui import figures

FORMS: dict[str, type[django_forms.Form]] = {
    "sign-charter": forms.SignForm,
    "warn": forms.WarnForm,
    "answer": forms.AnswerForm,
    "suspend": forms.ActForm,
    "restore": forms.ReasonForm,
    "withdraw": forms.ActForm,
    "invite": forms.InviteForm,
    "ask-renewal": forms.AskRenewalForm,
    "renew": forms.RenewForm,
    "plan-steps": forms.StepsForm,
    "finish-step": forms.FinishStepForm,
    "report-year": forms.YearForm,
    "give-up": forms.ReasonForm,
}

type Data = dict[str, Any]
type Does = Callable[[Label, Data, Person, datetime], object]


def form(name: str, label: Label, posted: Any = None) -> django_forms.Form:
    """The form of an act, empty or as it was posted."""
    if name != "finish-step":
        return FORMS[name](posted)
    waiting = label.steps.filter(done_at__isnull=True)
    return forms.FinishStepForm(
        posted, steps=[(str(one.pk), f"{one.what} ({figures.short_day(one.due_on)})") for one in waiting]
    )


def do(label: Label, name: str, form: django_forms.Form, *, by: Person, at: datetime) -> None:
    """Does it. Raises ``Refused``."""
    data = form.cleaned_data
    if isinstance(form, forms.StepsForm):
        following.plan_steps(label, form.steps(), by=by, at=at)
    else:
        DOES[name](label, data, by, at)


def _warn(label: Label, data: Data, by: Person, at: datetime) -> None:
    day = forms.at_midnight(data["answer_by"] + timedelta(days=1))
    life.warn(label, reason=data["reason"], answer_by=day, by=by, at=at)


def _renew(label: Label, data: Data, by: Person, at: datetime) -> None:
    day = forms.at_midnight(data["until"] + timedelta(days=1))
    life.renew(label, until=day, act_reference=data["act_reference"], by=by, at=at)


def _finish(label: Label, data: Data, by: Person, at: datetime) -> None:
    step = get_object_or_404(label.steps.filter(done_at__isnull=True), pk=int(data["step"]))
    following.finish_step(label, step, answer=data["answer"], by=by, at=at)


DOES: dict[str, Does] = {
    "sign-charter": lambda label, data, by, at: life.sign_charter(label, quality=data["quality"], by=by, at=at),
    "warn": _warn,
    "answer": lambda label, data, by, at: life.answer(label, data["text"], by=by, at=at),
    "suspend": lambda label, data, by, at: life.suspend(label, **data, by=by, at=at),
    "restore": lambda label, data, by, at: life.restore(label, reason=data["reason"], by=by, at=at),
    "withdraw": lambda label, data, by, at: life.withdraw(label, **data, by=by, at=at),
    "invite": lambda label, data, by, at: following.invite(label, by=by, at=at),
    "ask-renewal": lambda label, data, by, at: following.ask_renewal(label, words=data["words"], by=by, at=at),
    "renew": _renew,
    "finish-step": _finish,
    "report-year": lambda label, data, by, at: following.report_year(label, **data, by=by, at=at),
    "give-up": lambda label, data, by, at: life.give_up(label, reason=data["reason"], by=by, at=at),
}
