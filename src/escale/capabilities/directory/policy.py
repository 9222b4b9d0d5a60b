"""The life of what is sent about places: claims, reports of mistakes, files, resemblances to decide."""

from enum import StrEnum

from escale.rules.policy import Policy, act


class ClaimState(StrEnum):
    """A claim waits for the Region, then was accepted, refused, or taken back."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ClaimHat(StrEnum):
    """Roles relative to a claim."""

    CLAIMANT = "claimant"
    OFFICER = "officer"


CLAIM = Policy(
    "claim",
    ClaimState,
    ClaimState.PENDING,
    [
        act("read", {ClaimHat.CLAIMANT, ClaimHat.OFFICER}, ClaimState),
        act("accept", {ClaimHat.OFFICER}, {ClaimState.PENDING}, ClaimState.ACCEPTED),
        act("refuse", {ClaimHat.OFFICER}, {ClaimState.PENDING}, ClaimState.REFUSED),
        act("withdraw", {ClaimHat.CLAIMANT}, {ClaimState.PENDING}, ClaimState.WITHDRAWN),
    ],
)


class ReportState(StrEnum):
    """A report of a mistake waits, was followed, or set aside."""

    NEW = "new"
    FOLLOWED = "followed"
    DISMISSED = "dismissed"


class ReportHat(StrEnum):
    """Roles relative to a report: who keeps the page, or the Region."""

    STEWARD = "steward"
    OFFICER = "officer"


_READERS = {ReportHat.STEWARD, ReportHat.OFFICER}
REPORT = Policy(
    "report",
    ReportState,
    ReportState.NEW,
    [
        act("read", _READERS, ReportState),
        act("follow", _READERS, {ReportState.NEW}, ReportState.FOLLOWED),
        act("dismiss", _READERS, {ReportState.NEW}, ReportState.DISMISSED),
    ],
)


class ResemblanceState(StrEnum):
    """Two descriptions look alike: to decide, the same place, or two places."""

    PENDING = "pending"
    SAME = "same"
    DIFFERENT = "different"


class ResemblanceHat(StrEnum):
    """Only the Region decides."""

    OFFICER = "officer"


RESEMBLANCE = Policy(
    "resemblance",
    ResemblanceState,
    ResemblanceState.PENDING,
    [
        act("read", {ResemblanceHat.OFFICER}, ResemblanceState),
        act("unite", {ResemblanceHat.OFFICER}, {ResemblanceState.PENDING}, ResemblanceState.SAME),
        act("separate", {ResemblanceHat.OFFICER}, {ResemblanceState.PENDING}, ResemblanceState.DIFFERENT),
    ],
)


class IntakeState(StrEnum):
    """A file of places is to be read, was compared, is being written, is in; or was set aside."""

    RECEIVED = "received"
    READY = "ready"
    WRITING = "writing"
    DONE = "done"
    DROPPED = "dropped"


class IntakeHat(StrEnum):
    """The Region sends a file and agrees; the clock reads and writes it."""

    OFFICER = "officer"
    CLOCK = "clock"


INTAKE = Policy(
    "intake",
    IntakeState,
    IntakeState.RECEIVED,
    [
        act("read", {IntakeHat.OFFICER, IntakeHat.CLOCK}, IntakeState),
        act("match", {IntakeHat.OFFICER}, {IntakeState.READY}, IntakeState.RECEIVED),
        act("compare", {IntakeHat.CLOCK}, {IntakeState.RECEIVED}, IntakeState.READY),
        act("apply", {IntakeHat.OFFICER}, {IntakeState.READY}, IntakeState.WRITING),
        act("finish", {IntakeHat.CLOCK}, {IntakeState.WRITING}, IntakeState.DONE),
        act("drop", {IntakeHat.OFFICER}, {IntakeState.RECEIVED, IntakeState.READY}, IntakeState.DROPPED),
    ],
)
