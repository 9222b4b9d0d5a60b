"""A distinct word in each confidential field, and who may read it: looked for in all that the walk opens."""

import io
import zipfile
from dataclasses import dataclass

from escale.capabilities.calls.dossiers.models import Conflict, Dossier, Message
from escale.capabilities.calls.dossiers.models.conflict import ties
from escale.capabilities.calls.dossiers.policy import Hat
from escale.capabilities.calls.instruction.models import Note, Opinion, Review
from escale.foundation.organisations.models import Mandate, Organisation
from escale.foundation.people.models import Person
from escale.foundation.questionnaires.models import Answer

JURY = frozenset({"committee", "elected", "secretary"})


@dataclass(frozen=True)
class Canary:
    """A word that only the ``readers`` (their keys) may meet; ``kind`` names its field."""

    word: str
    kind: str
    readers: frozenset


def plant(at):
    """Writes the words into the tables and gives them. Dossiers' numbers are words too, for whoever is tied to one."""
    people = list(Person.objects.order_by("pk"))
    hats = _Hats(people, at)
    found = [*_texts(hats, at), *_drafts(hats), *_organisations(at), *_tied(people, hats, at)]
    assert len({one.word for one in found}) == len(found)
    return found


class _Hats:
    """Who wears what on each dossier, asked once."""

    def __init__(self, people, at):
        self.people, self.at, self.known = people, at, {}

    def wearing(self, dossier, *wanted):
        if dossier.pk not in self.known:
            self.known[dossier.pk] = {one.pk: set(dossier.hats_of(one, self.at)) for one in self.people}
        return frozenset(pk for pk, worn in self.known[dossier.pk].items() if worn & set(wanted))


def _texts(hats, at):
    tables = ((Note, "text"), (Conflict, "reason"), (Opinion, "question"), (Opinion, "text"))
    for model, field in tables:
        for row in model.objects.select_related("dossier").order_by("pk"):
            word = f"zq{model.__name__.lower()}{field}{row.pk}zq"
            model.objects.filter(pk=row.pk).update(**{field: word})
            yield Canary(word, f"{model.__name__}.{field}", hats.wearing(row.dossier, Hat.OFFICER))
    for row in Message.objects.select_related("dossier").order_by("pk"):
        word = f"zqmessage{row.pk}zq"
        Message.objects.filter(pk=row.pk).update(text=word)
        readers = hats.wearing(row.dossier, Hat.OFFICER, Hat.SIGNATORY, Hat.EDITOR, Hat.READER)
        yield Canary(word, "Message.text", readers)
    for review in Review.objects.select_related("dossier", "reviewer", "sheet").order_by("pk"):
        own = {review.reviewer_id} if "reviewer" in map(str, review.hats_of(review.reviewer, at)) else set()
        readers = hats.wearing(review.dossier, Hat.OFFICER) | own
        for answer in Answer.objects.filter(sheet=review.sheet).exclude(code__startswith="mark_"):
            word = f"zq{answer.code.replace('_', '')}{answer.pk}zq"
            Answer.objects.filter(pk=answer.pk).update(typed=word)
            # What is written for the committee is the committee's too, for those without interest.
            jury = _jury(review.dossier, at) if answer.code == "for_committee" else frozenset()
            yield Canary(word, f"Review.{answer.code}", readers | jury)


def _jury(dossier, at):
    sits = set(Mandate.objects.holding(at).filter(kind__in=JURY).values_list("person", flat=True))
    return frozenset(sits - {who for _key, who in ties([dossier.pk], sits, at)})


def _drafts(hats):
    for dossier in Dossier.objects.filter(state="draft").select_related("sheet").order_by("pk"):
        readers = hats.wearing(dossier, *Hat)
        for answer in Answer.objects.filter(
            sheet=dossier.sheet, code__in=("project_title", "case_project_title", "story")
        ):
            word = f"zqdraft{answer.pk}zq"
            Answer.objects.filter(pk=answer.pk).update(typed=word)
            yield Canary(word, "draft answer", readers)


def _organisations(at):
    region = set(
        Mandate.objects.holding(at)
        .filter(kind__in=("officer", "lead_officer", "administrator"))
        .values_list("person", flat=True)
    )
    for one in Organisation.objects.order_by("pk"):
        word = f"FR76ZQ{one.pk:06d}ZQ0000000000"
        Organisation.objects.filter(pk=one.pk).update(iban=word)
        yield Canary(word, "IBAN", frozenset(one.memberships.values_list("person", flat=True)) | region)


def _tied(people, hats, at):
    """A dossier's number never meets the eyes of whoever has an interest in it, but for its own applicant's people."""
    filed = list(Dossier.objects.exclude(state="draft").order_by("pk"))
    tied = ties([one.pk for one in filed], [one.pk for one in people], at)
    for dossier in filed:
        own = hats.wearing(dossier, Hat.SIGNATORY, Hat.EDITOR, Hat.READER)
        partners = frozenset(
            dossier.partnerships.exclude(organisation=None).values_list("organisation__memberships__person", flat=True)
        )
        kept_out = {who for key, who in tied if key == dossier.pk} - own - partners
        if kept_out:
            everyone = frozenset(one.pk for one in people)
            yield Canary(dossier.number, "tied dossier", everyone - kept_out)


def text_of(answer):
    """What an answer says, a workbook or an archive opened."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return body.decode("utf-8", "replace") + str(answer.headers)
