"""The life of what people send about a place: claims, reports of mistakes, resemblances to decide."""

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
