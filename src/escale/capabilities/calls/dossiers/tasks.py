"""Background work of dossiers: what follows an act of a call, what the clock owes. Safe to run twice."""

from django.tasks import task

from escale.capabilities.calls.dossiers.actions import notices, papers
from escale.capabilities.calls.dossiers.models import Receipt
from escale.foundation.clock.reading import now
from escale.foundation.journal.models import Entry
from escale.foundation.post import actions as post


def prolonged(entry: Entry) -> None:
    """A call closes later: those who fill a draft are told."""
    tell_prolongation.enqueue(entry.pk)


def amended(entry: Entry) -> None:
    """A call has a newer text: those who fill a draft on the older one are told."""
    tell_amended.enqueue(entry.pk)


def filed(entry: Entry) -> None:
    """A dossier was filed: its mails leave, its papers are made once, from what was just frozen."""
    make_papers.enqueue(entry.subject_id, int(entry.data["version"]))


@task()
def tell_prolongation(entry: int) -> None:
    """Mails about a prolongation."""
    notices.tell_prolongation(Entry.objects.get(pk=entry), now())


@task()
def tell_amended(entry: int) -> None:
    """Mails about a newer text."""
    notices.tell_amended(Entry.objects.get(pk=entry), now())


@task()
def make_papers(subject: int, version: int) -> None:
    """The receipt and the copy of a filing, as PDF; its mails first."""
    post.deliver_about(subject)
    receipt = Receipt.objects.get(version__dossier__subject=subject, version__n=version)
    papers.receipt_paper(receipt, at=now())
    papers.copy_paper(receipt, at=now())
