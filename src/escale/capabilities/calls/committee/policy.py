"""The life of a sitting of the committee, which gives opinions, and of a vote of the assembly, which decides.

Addresses, each act's name being its last word: ``/comites/`` list, ``create`` · ``/comites/<number>/`` and its acts ·
``classement/`` ranking and envelopes · ``seance/`` the shared screen · ``ecran/`` the projector · ``/deliberations/``
list, ``create`` · ``/deliberations/<number>/`` and its acts.
Letters: ``/instruction/appels/<key>/lettres/`` those of a call, its models ``<kind>/`` with ``edit`` and ``try`` ·
``/lettres/<number>/`` one letter and its acts, ``lettre.pdf``.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from escale.rules.policy import Check, Policy, act
from escale.rules.refusal import Refusal
from escale.rules.words import _


class SittingState(StrEnum):
    """Being prepared; its members were called; in session; over, its minutes kept; will not be held."""

    PREPARED = "prepared"
    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class SittingHat(StrEnum):
    """Roles relative to one sitting: the service that holds it, the assembly's secretary, who sits."""

    OFFICER = "officer"
    SECRETARY = "secretary"
    MEMBER = "member"


_HOLDS = {SittingHat.OFFICER, SittingHat.SECRETARY}
_BEFORE = {SittingState.PREPARED, SittingState.CONVENED}
_LIVE = _BEFORE | {SittingState.OPEN}
#: What members see of a sitting.
SHOWN = frozenset({SittingState.CONVENED, SittingState.OPEN, SittingState.CLOSED})


def found(name: str) -> Check:
    """A check whose answer was prepared on the thing by who asks, as ``thing.<name>``: a refusal or None."""

    def prepared(thing: Any, at: datetime) -> Refusal | None:
        refusal: Refusal | None = getattr(thing, name, None)
        return refusal

    return prepared


SITTING = Policy(
    "sitting",
    SittingState,
    SittingState.PREPARED,
    [
        act("read", set(SittingHat), SittingState),
        act("hold", _HOLDS, SittingState),
        act("edit", _HOLDS, _BEFORE),
        act("seat", _HOLDS, _LIVE),
        act("unseat", _HOLDS, _BEFORE),
        act("add", _HOLDS, _LIVE),
        act("remove", _HOLDS, _LIVE),
        act("convene", _HOLDS, _BEFORE, SittingState.CONVENED, found("unready")),
        act("attend", _HOLDS, {SittingState.CONVENED, SittingState.OPEN}),
        act("rank", _HOLDS, _LIVE),
        act("simulate", _HOLDS, _LIVE),
        act("open", _HOLDS, {SittingState.CONVENED}, SittingState.OPEN, found("no_quorum")),
        act("acknowledge", _HOLDS, {SittingState.OPEN}),
        act("show", _HOLDS, {SittingState.OPEN}),
        act("opine", _HOLDS, {SittingState.OPEN}, found("no_quorum"), found("stale")),
        act("follow", _HOLDS, {SittingState.OPEN}, found("no_quorum"), found("stale")),
        act("recuse", {SittingHat.MEMBER}, {SittingState.CONVENED, SittingState.OPEN}),
        act("close", _HOLDS, {SittingState.OPEN}, SittingState.CLOSED, found("undecided")),
        act("cancel", _HOLDS, _BEFORE, SittingState.CANCELLED),
    ],
)


class VoteState(StrEnum):
    """Its annex being prepared; the act is known and what it decides holds; dropped before it was one."""

    PREPARED = "prepared"
    RECORDED = "recorded"
    DROPPED = "dropped"


class VoteHat(StrEnum):
    """Roles relative to one vote: the service prepares and reads, the assembly's secretary records."""

    OFFICER = "officer"
    SECRETARY = "secretary"


VOTE = Policy(
    "vote",
    VoteState,
    VoteState.PREPARED,
    [
        act("read", set(VoteHat), VoteState),
        act("edit", set(VoteHat), {VoteState.PREPARED}),
        act("fill", set(VoteHat), {VoteState.PREPARED}),
        act("import", set(VoteHat), {VoteState.PREPARED}),
        act("remove", set(VoteHat), {VoteState.PREPARED}),
        act("record", {VoteHat.SECRETARY}, {VoteState.PREPARED}, VoteState.RECORDED, found("blocked")),
        act("release", set(VoteHat), {VoteState.RECORDED}),
        act("call-up", set(VoteHat), {VoteState.RECORDED}),
        act("drop", set(VoteHat), {VoteState.PREPARED}, VoteState.DROPPED),
    ],
)


class ModelState(StrEnum):
    """Changed since it was last tried on a real dossier; tried as it stands."""

    UNTRIED = "untried"
    TRIED = "tried"


class ModelHat(StrEnum):
    """Who works in the call's service."""

    OFFICER = "officer"


def nothing_missing(thing: Any, at: datetime) -> Refusal | None:
    """Each field had a value: ``thing.missing`` (labels) was prepared by who tries."""
    missing: list[str] = getattr(thing, "missing", [])
    if not missing:
        return None
    sentence = _("Sur ce dossier, il manque : {names}. Corrigez le modèle ou essayez un autre dossier.")
    return Refusal("field_missing", sentence.format(names=", ".join(missing)), {"names": missing})


LETTER_MODEL = Policy(
    "letter_model",
    ModelState,
    ModelState.UNTRIED,
    [
        act("read", {ModelHat.OFFICER}, ModelState),
        act("edit", {ModelHat.OFFICER}, ModelState, ModelState.UNTRIED),
        act("try", {ModelHat.OFFICER}, ModelState, ModelState.TRIED, nothing_missing),
        act("use", {ModelHat.OFFICER}, {ModelState.TRIED}),
    ],
)


class LetterState(StrEnum):
    """Prepared, read by the service, signed; sent, proved read; followed by another letter; given up before it left."""

    PREPARED = "prepared"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    SENT = "sent"
    OPENED = "opened"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


class LetterHat(StrEnum):
    """Roles relative to one letter. Whom it is written to has none before it left; who only reads an organisation's
    dossiers has none before someone who answers for it opened it. A partner receives a letter, but is not the applicant.
    """

    RECIPIENT = "recipient"
    OBSERVER = "observer"
    APPLICANT = "applicant"
    APPELLANT = "appellant"
    OFFICER = "officer"
    LEAD = "lead"
    SIGNER = "signer"
    CLOCK = "clock"


#: It left: whom it is written to knows it.
LEFT = frozenset({LetterState.SENT, LetterState.OPENED, LetterState.REPLACED})
#: It says what holds now.
IN_FORCE = frozenset({LetterState.SENT, LetterState.OPENED})
#: It may still change.
IN_HAND = frozenset({LetterState.PREPARED, LetterState.REVIEWED, LetterState.SIGNED})
#: What the service has not signed yet.
UNSIGNED = frozenset({LetterState.PREPARED, LetterState.REVIEWED})


def stands(thing: Any, at: datetime) -> Refusal | None:
    """What it tells is still what was decided: ``thing.overtaken`` (a sentence) was prepared by who asks."""
    sentence: str = getattr(thing, "overtaken", "")
    return Refusal("decision_changed", sentence) if sentence else None


def in_delay(thing: Any, at: datetime) -> Refusal | None:
    """The delay of the remedy runs: from the proof of reading; it has not begun while nothing proves the reading."""
    sentence: str = getattr(thing, "too_late", "")
    return Refusal("too_late", sentence) if sentence else None


def grants(thing: Any, at: datetime) -> Refusal | None:
    """There is an award to withdraw or to give up, and it was not already."""
    if thing.kind in ("award", "partial") and thing.given_up_at is None:
        return None
    return Refusal("no_award", _("Cette lettre n’accorde pas d’aide, ou le bénéficiaire y a déjà renoncé."))


LETTER = Policy(
    "letter",
    LetterState,
    LetterState.PREPARED,
    [
        act("read", set(LetterHat) - {LetterHat.CLOCK}, LetterState),
        act("correct", {LetterHat.OFFICER}, UNSIGNED, LetterState.PREPARED),
        act("review", {LetterHat.OFFICER}, {LetterState.PREPARED}, LetterState.REVIEWED, stands),
        act("sign", {LetterHat.SIGNER}, {LetterState.REVIEWED}, LetterState.SIGNED, stands),
        act("send", {LetterHat.OFFICER}, {LetterState.SIGNED}, LetterState.SENT, stands),
        act("cancel", {LetterHat.OFFICER}, IN_HAND, LetterState.CANCELLED),
        act("open", {LetterHat.RECIPIENT}, {LetterState.SENT}, LetterState.OPENED),
        act("serve", {LetterHat.OFFICER}, {LetterState.SENT}, LetterState.OPENED),
        act("replace", {LetterHat.OFFICER, LetterHat.CLOCK}, IN_FORCE, LetterState.REPLACED),
        act("rectify", {LetterHat.OFFICER}, IN_FORCE),
        act("remind", {LetterHat.CLOCK}, {LetterState.SENT}),
        act("ask-reasons", {LetterHat.APPLICANT}, {LetterState.OPENED, LetterState.REPLACED}),
        act("appeal", {LetterHat.APPELLANT}, {LetterState.OPENED}, in_delay),
        act("recall", {LetterHat.LEAD}, IN_FORCE, grants),
        act("give-up", {LetterHat.APPELLANT}, IN_FORCE, grants),
    ],
)


class AppealState(StrEnum):
    """Filed; the decision is to be taken again; rejected in words; rejected by silence; taken back."""

    FILED = "filed"
    UPHELD = "upheld"
    REJECTED = "rejected"
    DEEMED_REJECTED = "deemed_rejected"
    WITHDRAWN = "withdrawn"


class AppealHat(StrEnum):
    """Roles relative to one gracious appeal."""

    APPELLANT = "appellant"
    READER = "reader"
    OFFICER = "officer"
    LEAD = "lead"
    CLOCK = "clock"


def silent(thing: Any, at: datetime) -> Refusal | None:
    """The service let the delay pass (CRPA, L. 231-4): not before."""
    if at >= thing.due_at:
        return None
    return Refusal("too_early", _("Le délai de réponse court encore."))


APPEAL = Policy(
    "appeal",
    AppealState,
    AppealState.FILED,
    [
        act("read", set(AppealHat) - {AppealHat.CLOCK}, AppealState),
        act("uphold", {AppealHat.LEAD}, {AppealState.FILED}, AppealState.UPHELD),
        act("reject", {AppealHat.LEAD}, {AppealState.FILED}, AppealState.REJECTED),
        act("deem-rejected", {AppealHat.CLOCK}, {AppealState.FILED}, AppealState.DEEMED_REJECTED, silent),
        act("withdraw", {AppealHat.APPELLANT}, {AppealState.FILED}, AppealState.WITHDRAWN),
    ],
)


class RecallState(StrEnum):
    """The beneficiary is to be warned; it answered; the award is withdrawn; it is left as it was."""

    WARNED = "warned"
    ANSWERED = "answered"
    DECIDED = "decided"
    DROPPED = "dropped"


class RecallHat(StrEnum):
    """Roles relative to the withdrawal of one award."""

    BENEFICIARY = "beneficiary"
    READER = "reader"
    OFFICER = "officer"
    LEAD = "lead"


RECALL = Policy(
    "recall",
    RecallState,
    RecallState.WARNED,
    [
        act("read", set(RecallHat), RecallState),
        act("answer", {RecallHat.BENEFICIARY}, {RecallState.WARNED}, RecallState.ANSWERED),
        act(
            "decide",
            {RecallHat.LEAD},
            {RecallState.WARNED, RecallState.ANSWERED},
            RecallState.DECIDED,
            found("unheard"),
        ),
        act("drop", {RecallHat.LEAD}, {RecallState.WARNED, RecallState.ANSWERED}, RecallState.DROPPED),
    ],
)
