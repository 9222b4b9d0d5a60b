"""A process that must not outlive the one that started it: the kernel tells it (Linux; elsewhere nothing happens)."""

import ctypes
import os
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1


def tie(number: int, parent: int) -> None:
    """Sends ``number`` to this process when ``parent``, its parent, ends, however it ends; at once when it has ended."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_SET_PARENT_DEATH_SIGNAL, number, 0, 0, 0)
    if os.getppid() != parent:
        signal.raise_signal(number)
