"""After the grant: renewal asked, corrections, the report of each year, the end. What the clock does each day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.label.actions import telling
from escale.capabilities.label.models import Label, Step, YearReport
from escale.capabilities.label.queries import following, people
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.foundation.places.actions import standing
from escale.rules.figures import shown_day
from escale.rules.refusal import Refused


def invite(label: Label, *, by: Person, at: datetime) -> None:
    """Writes to the place's people that its label ends, and until when they may ask to keep it."""
    with transaction.atomic():
        record.perform(label, "invite", by=by, at=at)
        label.invited_at = at
        label.save(update_fields=["invited_at"])
        found = following.window(label)
        before = shown_day(people.paris(found[1] - timedelta(minutes=1))) if found else ""
        path = f"/label/{label.referential.key}/lieux/{label.place.slug}/"
        telling.tell(label, "invited", at=at, before=before, diagnosis=path)


def invite_all(labels: Sequence[Label], *, by: Person, at: datetime) -> int:
    """A renewal campaign: invites those that were not yet; gives how many."""
    waiting = [one for one in labels if one.invited_at is None and one.state == "held"]
    for label in waiting:
        invite(label, by=by, at=at)
    return len(waiting)


def ask_renewal(label: Label, *, words: str, by: Person, at: datetime) -> None:
    """The place wants to keep its label. Raises ``Refused`` outside the window of its referential."""
    label.window = following.window(label)  # type: ignore[attr-defined]  # prepared for the table of acts
    with transaction.atomic():
        record.perform(label, "ask-renewal", by=by, at=at, note=words)
        label.asked_at = at
        label.save(update_fields=["asked_at"])


def plan_steps(label: Label, steps: Sequence[tuple[str, date]], *, by: Person, at: datetime) -> None:
    """Adds corrections with their last day; the place's people are written to. Raises ``Refused`` for a past day."""
    today = people.paris(at)
    if any(day < today for _what, day in steps):
        raise Refused("past", _("Une des dates est passée : laissez au lieu le temps de corriger."))
    with transaction.atomic():
        told = [{"what": what, "due_on": day.isoformat()} for what, day in steps]
        record.perform(label, "plan-steps", by=by, at=at, data={"steps": told})
        Step.objects.bulk_create([Step(label=label, what=what, due_on=day, asked_at=at) for what, day in steps])
        lines = "\n".join(f"- {what} ({shown_day(day)})" for what, day in steps)
        telling.tell(label, "steps", at=at, lines=lines)


def finish_step(label: Label, step: Step, *, answer: str, by: Person, at: datetime) -> None:
    """The place says how a correction was done."""
    with transaction.atomic():
        record.perform(label, "finish-step", by=by, at=at, note=answer, data={"step": step.what})
        step.done_at, step.answer = at, answer
        step.save(update_fields=["done_at", "answer"])


def report_year(
    label: Label, *, visitors: int | None, open_days: int | None, changes: str, difficulties: str, by: Person,
    at: datetime,
) -> YearReport:  # fmt: skip
    """The short report of the year that ended. Raises ``Refused`` before the first year is over, or given twice."""
    year = following.year_of(label, at)
    with transaction.atomic():
        record.perform(label, "report-year", by=by, at=at, data={"year": year})
        if not year:
            raise Refused("too_early", _("La première année du label n’est pas finie : rien n’est encore attendu."))
        if label.reports.filter(year=year).exists():
            raise Refused("given", _("Le compte rendu de l’année {n} est déjà là.").format(n=year))
        return YearReport.objects.create(
            label=label, year=year, visitors=visitors, open_days=open_days, changes=changes, difficulties=difficulties,
            by=by, at=at,
        )  # fmt: skip


def lapse(label: Label, *, at: datetime) -> None:
    """Writes in the journal that the validity is over; nothing else waits for it."""
    with transaction.atomic():
        record.perform(label, "lapse", by=None, at=at)
        if label.standing is not None and (label.standing.until is None or label.standing.until > at):
            standing.end_standing(label.standing, by=None, at=at)


def each_tick(at: datetime) -> int:
    """Labels that are over; the year's report asked for, steps whose date is near: each told once for ever."""
    done = 0
    for label in Label.objects.filter(state__in=("held", "suspended"), until__lte=at).select_related("standing"):
        lapse(label, at=at)
        done += 1
    joined = Label.objects.valid(at).select_related("place__carrier", "referential", "edition", "subject")
    for label in joined.filter(since__lte=at - timedelta(days=365)).prefetch_related("reports"):
        year = following.year_of(label, at)
        if year and year not in {one.year for one in label.reports.all()}:
            due = shown_day(following.report_due(label, year))
            telling.tell(label, "report_asked", at=at, key=f"label-report-{label.number}-{year}", year=year, due=due)
    near = people.paris(at) + timedelta(days=7)
    open_steps = Step.objects.filter(done_at__isnull=True, due_on__lte=near, label__state__in=("held", "suspended"))
    for step in open_steps.select_related("label__place__carrier", "label__referential", "label__subject"):
        telling.tell(
            step.label, "step_due", at=at, key=f"label-step-{step.pk}", what=step.what, due=shown_day(step.due_on)
        )
    return done
