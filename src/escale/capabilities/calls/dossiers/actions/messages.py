"""Writing a message, noting that it was read, telling the other side at the pace that each one chose."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier, MailChoice, Message, MessageFile, Pace, Reading, Side
from escale.capabilities.calls.dossiers.queries import lists, messages
from escale.foundation.documents import actions as documents
from escale.foundation.journal import record
from escale.foundation.journal.chain import digest
from escale.foundation.people.models import Person
from escale.foundation.post import actions as post
from escale.rules.figures import PARIS
from escale.rules.refusal import Refused

MOST_FILES = 10
#: From this hour of the morning, in Paris, the day's digest leaves.
DIGEST_HOUR = 7
_SHOWN = 600


def write(
    dossier: Dossier, text: str, *, files: Iterable[File] = (), by: Person, at: datetime, key: str = ""
) -> Message:  # fmt: skip
    """Writes a message with its files and tells the other side. The same ``key`` gives the first message.

    Raises ``NoHat``, ``Refused`` (wrong_state, too_many_files, file_…): nothing is then written.
    """
    given = list(files)
    if len(given) > MOST_FILES:
        sentence = _("{n} fichiers pour un message : {most} au plus. Envoyez les autres dans un second message.")
        raise Refused("too_many_files", sentence.format(n=len(given), most=MOST_FILES))
    record.check(dossier, "write", by=by, at=at)
    if (first := _first(dossier, by, key)) is not None:
        return first
    stored = [documents.store(one, by=by, at=at) for one in given]
    with transaction.atomic():
        record.lock(dossier)
        if (first := _first(dossier, by, key)) is not None:
            return first
        side = messages.side_of(dossier, by, at)
        made = Message.objects.create(dossier=dossier, side=side, by=by, at=at, text=text, key=key)
        MessageFile.objects.bulk_create(MessageFile(message=made, document=one) for one in stored)
        data = {"message": made.pk, "text_sha256": digest(text), "files": [one.sha256 for one in stored]}
        record.perform(dossier, "write", by=by, at=at, data=data)
        _tell(dossier, made, at)
    return made


def read(dossier: Dossier, *, by: Person) -> None:
    """Notes that ``by`` has all messages of the dossier before them."""
    last = Message.objects.filter(dossier=dossier).order_by("-pk").values_list("pk", flat=True).first()
    known = Reading.objects.filter(dossier=dossier, person=by).values_list("upto", flat=True).first()
    if last is None or (known is not None and known >= last):
        return
    row = Reading(dossier=dossier, person=by, upto=last)
    Reading.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["dossier", "person"], update_fields=["upto"]
    )


def choose(pace: Pace, *, by: Person) -> None:
    """Keeps how often someone wants mail; a digest begins with what is written from now on."""
    last = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    row = MailChoice(person=by, pace=pace, told=last)
    MailChoice.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["person"], update_fields=["pace", "told"]
    )


def digests(at: datetime) -> int:
    """One mail a morning to each who chose so, about what they have not read nor been told; gives how many left."""
    local = at.astimezone(PARIS)
    if local.hour < DIGEST_HOUR:
        return 0
    today, sent = local.date(), 0
    waiting = MailChoice.objects.filter(pace=Pace.DAILY).filter(Q(digested_on__isnull=True) | Q(digested_on__lt=today))
    for choice in waiting.select_related("person").order_by("pk"):
        sent += _digest(choice, at)
    return sent


def _digest(choice: MailChoice, at: datetime) -> bool:
    person, today = choice.person, at.astimezone(PARIS).date()
    readable = lists.visible(person, at)
    news = messages.unread(person).filter(pk__gt=choice.told, dossier__in=readable.values("pk"))
    rows = list(news.select_related("dossier__scheme", "by").order_by("dossier", "pk"))
    with transaction.atomic():
        told = max((one.pk for one in rows), default=choice.told)
        moved = MailChoice.objects.filter(pk=choice.pk, told=choice.told).exclude(digested_on=today)
        if not moved.update(told=told, digested_on=today) or not rows:
            return False
        lines = [
            {"number": one.dossier.number, "call": one.dossier.scheme.title, "who": one.by.get_full_name(),
             "when": one.at, "text": one.text[:_SHOWN], "path": f"{one.dossier.get_absolute_url()}messages/"}
            for one in rows
        ]  # fmt: skip
        post.write(person, "dossiers/digest", {"lines": lines}, at=at, key=f"digest-{person.pk}-{today}")
    return True


def _first(dossier: Dossier, by: Person, key: str) -> Message | None:
    return Message.objects.filter(dossier=dossier, by=by, key=key).first() if key else None


def _tell(dossier: Dossier, message: Message, at: datetime) -> None:
    slower = MailChoice.objects.exclude(pace=Pace.NOW).values("person")
    context = {
        "number": dossier.number, "call": dossier.scheme.title, "who": message.by.get_full_name(),
        "text": message.text[:_SHOWN], "path": f"{dossier.get_absolute_url()}messages/",
    }  # fmt: skip
    for person in messages.other_side(dossier, Side(message.side), at).exclude(pk__in=slower).exclude(pk=message.by_id):
        key = f"message-{message.pk}-{person.pk}"
        post.write(person, "dossiers/message", context, about=dossier.subject, at=at, key=key)
