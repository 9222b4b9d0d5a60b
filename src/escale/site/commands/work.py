"""``escale work``: works off tasks as they come and ticks each minute; ``escale serve`` starts one beside the site."""

import argparse
import logging
import signal
import time
from datetime import timedelta
from types import FrameType

from django.db import Error, close_old_connections
from django.utils import timezone

from escale.foundation.clock import beats
from escale.foundation.clock.reading import now
from escale.foundation.post import queue
from escale.site import due

TICK_SECONDS = 60
PAUSE_SECONDS = 0.5
#: After a failure of the database: long enough not to fill the log.
FAILED_SECONDS = 5
#: The demonstration's clock was moved: what is due then is done at once.
JUMP = timedelta(seconds=5)
log = logging.getLogger("escale")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(args: argparse.Namespace) -> int:
    """0 once a signal asked to stop and the present task has ended."""
    worker = Work()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    worker.go_on()
    return 0


class Work:
    """The loop: tasks at once, a tick each minute or when the clock jumps."""

    def __init__(self) -> None:
        self.hand = queue.hand()
        self.stopped = False
        self.next_tick = 0.0
        self.offset = timedelta()

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Ends the loop after the present task."""
        self.stopped, self.hand.running = True, False

    def go_on(self) -> None:
        """Works until it is stopped; what fails is logged and tried again."""
        while not self.stopped:
            close_old_connections()
            try:
                self.once()
                pause = PAUSE_SECONDS
            except Exception:  # one thing that fails must not stop all that is due
                log.exception("a round of the worker failed")
                pause = FAILED_SECONDS
            end = time.monotonic() + pause
            while not self.stopped and time.monotonic() < end:
                time.sleep(0.1)
        try:
            beats.sign_off()
        except Error:
            log.exception("the worker could not sign off")

    def once(self) -> None:
        """One round: what is ready, and a tick when it is time."""
        if queue.waiting():
            self.hand.run()
        at, real = now(), timezone.now()
        jumped = abs(at - real - self.offset) > JUMP
        if not self.stopped and (jumped or time.monotonic() >= self.next_tick):
            self.offset, self.next_tick = at - real, time.monotonic() + TICK_SECONDS
            due.living_tick(at=at, real=real)
