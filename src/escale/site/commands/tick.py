"""``escale tick``: does all that is due, empties the queue, mails included, then comes back."""

import argparse
import json
import sys

from django.utils import timezone

from escale.foundation.clock.reading import now
from escale.foundation.journal import seals
from escale.foundation.people import limits, proofs
from escale.foundation.people.models import Session
from escale.foundation.post import queue, sending
from escale.site import wiring


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``: one object."""
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    """0 when all that was due is done; safe to run as often as one likes, by several machines at once."""
    at, real = now(), timezone.now()
    for due in wiring.EACH_TICK:
        due(at)
    sealed = len(seals.seal_due(at=at))
    recovered = queue.recover(real=real)
    queue.run_all()
    mails = sending.drain(at=at)
    proofs.forget_before(at)
    limits.forget_before(at)
    Session.objects.filter(expire_date__lt=real).delete()
    told = {
        "schema": "escale.tick/1",
        "sealed_days": sealed,
        "tasks_recovered": recovered,
        "tasks_waiting": queue.waiting(),
        "mails_sent": mails["sent"],
        "mails_waiting": mails["waiting"],
    }
    if args.json:
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        sys.stdout.write(
            "fait\u00a0: file d’attente {tasks_waiting}, courriels en attente {mails_waiting}\n".format(**told)
        )
    return 0
