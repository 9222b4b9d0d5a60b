"""What the clock asks of instruction at each tick."""

from datetime import datetime

from escale.capabilities.calls.instruction.actions import clock, consulting, reviewing


def each_tick(at: datetime) -> int:
    """Does all that silence and deadlines do by ``at``; gives how many lines were written."""
    return clock.settle_due(at=at) + consulting.due(at=at) + reviewing.due(at=at)
