"""The legal clock of a dossier as it stands, suspensions counted."""

from datetime import datetime

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import AWAITING, State
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.instruction.models import Correction
from escale.capabilities.calls.instruction.policy import CorrectionState
from escale.rules.scheme.clocks import Clock, Pause, running


def pauses(dossier: Dossier) -> list[Pause]:
    """Each time pieces were asked: from when until when; until the deadline when nothing came."""
    return list(Correction.objects.filter(dossier=dossier).order_by("n").values_list("asked_at", "ended_at"))


def awaited(dossier: Dossier) -> list[Correction]:
    """The corrections that the applicant still owes."""
    return list(Correction.objects.filter(dossier=dossier, state=CorrectionState.ASKED).order_by("due_at", "n"))


def clock_of(dossier: Dossier) -> Clock | None:
    """The clock that runs; None when the request is decided, taken back, or the call sets no time. One called back from
    a waiting list was decided: no silence decides it again.
    """
    if dossier.state not in AWAITING or dossier.filed_at is None or dossier.voted_cents is not None:
        return None
    spec = call_of(dossier.edition).document.get("clocks", {})
    if dossier.state != State.SUBMITTED and dossier.completed_at is None:
        return None
    return running(spec, filed_at=dossier.filed_at, completed_at=dossier.completed_at, pauses=pauses(dossier))


def standing(dossier: Dossier) -> tuple[str, datetime | None, bool]:
    """Who is awaited, until when, and whether the silence of the clock then does something."""
    if dossier.state not in AWAITING:
        return ("service", None, False) if dossier.state == State.VOTED else ("", None, False)
    if asked := awaited(dossier):
        return "applicant", asked[0].due_at, False
    clock = clock_of(dossier)
    return "service", clock.due if clock else None, bool(clock and clock.act)
