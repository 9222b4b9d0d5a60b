"""What instruction asks of others: corrections of the applicant, opinions of experts, visas of the service, reviews.

Addresses, each act's name being its last word: ``/instruction/`` the desk · ``/instruction/<number>/`` the sheet and
its acts · ``/corrections/<number>/<n>/`` ``fill`` ``answer`` ``settle`` ``cancel`` · ``/avis/<token>/`` ``give``
``decline`` · ``/instruction/<number>/visas/<pk>/`` ``give`` ``refuse`` · ``/evaluations/<number>/<n>/`` ``score``
``finish`` ``decline`` ``recuse`` ``reopen`` ``withdraw`` ``remind``.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from escale.capabilities.calls.dossiers.policy import SCORED
from escale.rules.policy import Policy, act
from escale.rules.refusal import Refusal
from escale.rules.words import _


class CorrectionState(StrEnum):
    """Asked of the applicant; answered; read and taken by the service; taken back; left without answer."""

    ASKED = "asked"
    ANSWERED = "answered"
    SETTLED = "settled"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class CorrectionHat(StrEnum):
    """Roles relative to one correction."""

    WRITER = "writer"
    READER = "reader"
    OFFICER = "officer"
    CLOCK = "clock"


def something_given(thing: Any, at: datetime) -> Refusal | None:
    """Each thing asked was touched: ``thing.untouched`` was prepared by who asks."""
    left: list[str] = getattr(thing, "untouched", [])
    if not left:
        return None
    sentence = _("Il reste à compléter : {names}.")
    return Refusal("incomplete", sentence.format(names=", ".join(left)))


CORRECTION = Policy(
    "correction",
    CorrectionState,
    CorrectionState.ASKED,
    [
        act("read", {CorrectionHat.WRITER, CorrectionHat.READER, CorrectionHat.OFFICER}, CorrectionState),
        act("fill", {CorrectionHat.WRITER}, {CorrectionState.ASKED}),
        act("answer", {CorrectionHat.WRITER}, {CorrectionState.ASKED}, CorrectionState.ANSWERED, something_given),
        act("settle", {CorrectionHat.OFFICER}, {CorrectionState.ANSWERED}, CorrectionState.SETTLED),
        act("cancel", {CorrectionHat.OFFICER}, {CorrectionState.ASKED}, CorrectionState.CANCELLED),
        act("lapse", {CorrectionHat.CLOCK}, {CorrectionState.ASKED}, CorrectionState.LAPSED),
    ],
)


class OpinionState(StrEnum):
    """Asked of someone outside; given; declined; taken back; never given."""

    ASKED = "asked"
    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class OpinionHat(StrEnum):
    """The expert is whoever holds the link."""

    EXPERT = "expert"
    OFFICER = "officer"
    CLOCK = "clock"


OPINION = Policy(
    "opinion",
    OpinionState,
    OpinionState.ASKED,
    [
        act("read", {OpinionHat.OFFICER, OpinionHat.EXPERT}, OpinionState),
        act("give", {OpinionHat.EXPERT}, {OpinionState.ASKED}, OpinionState.GIVEN),
        act("decline", {OpinionHat.EXPERT}, {OpinionState.ASKED}, OpinionState.DECLINED),
        act("withdraw", {OpinionHat.OFFICER}, {OpinionState.ASKED}, OpinionState.WITHDRAWN),
        act("remind", {OpinionHat.OFFICER, OpinionHat.CLOCK}, {OpinionState.ASKED}),
        act("expire", {OpinionHat.CLOCK}, {OpinionState.ASKED}, OpinionState.EXPIRED),
    ],
)


class VisaState(StrEnum):
    """Asked on a proposal; given; refused with its reason; void because the proposal changed."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    VOID = "void"


class VisaHat(StrEnum):
    """Who may sign this visa (never who proposed, where a second pair of eyes is asked), who reads it."""

    SIGNER = "signer"
    OFFICER = "officer"


def unchanged(thing: Any, at: datetime) -> Refusal | None:
    """What was proposed is what stands now: ``thing.stands`` was prepared by who asks."""
    if getattr(thing, "stands", True):
        return None
    sentence = _("L’examen a changé depuis cette demande de visa : demandez-en un nouveau.")
    return Refusal("proposal_changed", sentence)


VISA = Policy(
    "visa",
    VisaState,
    VisaState.ASKED,
    [
        act("read", {VisaHat.OFFICER, VisaHat.SIGNER}, VisaState),
        act("give", {VisaHat.SIGNER}, {VisaState.ASKED}, VisaState.GIVEN, unchanged),
        act("refuse", {VisaHat.SIGNER}, {VisaState.ASKED}, VisaState.REFUSED),
        act("void", {VisaHat.OFFICER}, {VisaState.ASKED, VisaState.GIVEN, VisaState.REFUSED}, VisaState.VOID),
    ],
)


class ReviewState(StrEnum):
    """Asked of a reviewer; finished; declined; taken back by the service; set aside because of an interest."""

    ASKED = "asked"
    FINISHED = "finished"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set_aside"


class ReviewHat(StrEnum):
    """Whoever scores, while they may; the officers of the dossier; the clock."""

    REVIEWER = "reviewer"
    OFFICER = "officer"
    CLOCK = "clock"


def whole_grid(thing: Any, at: datetime) -> Refusal | None:
    """Each criterion has its mark: ``thing.gaps`` (sentences) was prepared by who asks."""
    left: list[str] = getattr(thing, "gaps", [])
    if not left:
        return None
    sentence = _("L’évaluation n’est pas finie. {names}")
    return Refusal("incomplete", sentence.format(names=" ".join(left)))


def still_scored(thing: Any, at: datetime) -> Refusal | None:
    """Scores move until the committee has given its opinion."""
    if thing.dossier.state in SCORED:
        return None
    sentence = _("Le dossier {number} n’est plus à évaluer : il est à l’étape « {state} ».")
    return Refusal("not_scored_now", sentence.format(number=thing.dossier.number, state=thing.dossier.state_label))


#: A review that counts, or will.
STANDING = frozenset({ReviewState.ASKED, ReviewState.FINISHED})
REVIEW = Policy(
    "review",
    ReviewState,
    ReviewState.ASKED,
    [
        act("read", {ReviewHat.REVIEWER, ReviewHat.OFFICER}, ReviewState),
        act("score", {ReviewHat.REVIEWER}, {ReviewState.ASKED}, still_scored),
        act("finish", {ReviewHat.REVIEWER}, {ReviewState.ASKED}, ReviewState.FINISHED, still_scored, whole_grid),
        act("decline", {ReviewHat.REVIEWER}, {ReviewState.ASKED}, ReviewState.DECLINED),
        act("recuse", {ReviewHat.REVIEWER}, STANDING, ReviewState.SET_ASIDE),
        act("set-aside", {ReviewHat.CLOCK}, STANDING, ReviewState.SET_ASIDE),
        act("reopen", {ReviewHat.OFFICER}, {ReviewState.FINISHED}, ReviewState.ASKED, still_scored),
        act("withdraw", {ReviewHat.OFFICER}, {ReviewState.ASKED}, ReviewState.WITHDRAWN),
        act("remind", {ReviewHat.OFFICER, ReviewHat.CLOCK}, {ReviewState.ASKED}),
    ],
)
