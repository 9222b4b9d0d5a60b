"""Tables of the committee and of the assembly's votes."""

from escale.capabilities.calls.committee.models.agenda import Advice, Departure, Item, Simulation
from escale.capabilities.calls.committee.models.following import Appeal, Recall
from escale.capabilities.calls.committee.models.notifying import Letter, LetterModel, LetterQuerySet, LetterText
from escale.capabilities.calls.committee.models.papers import Paper
from escale.capabilities.calls.committee.models.sitting import Member, Sitting, SittingQuerySet
from escale.capabilities.calls.committee.models.voting import Recusal, Release, Share, Vote, VoteLine, VoteQuerySet

__all__ = [
    "Advice",
    "Appeal",
    "Departure",
    "Item",
    "Letter",
    "LetterModel",
    "LetterQuerySet",
    "LetterText",
    "Member",
    "Paper",
    "Recall",
    "Recusal",
    "Release",
    "Share",
    "Simulation",
    "Sitting",
    "SittingQuerySet",
    "Vote",
    "VoteLine",
    "VoteQuerySet",
]
