"""A distinct word in each confidential field, and who may read it: looked for in all that the walk opens."""

import io
import re
import zipfile
from dataclasses import dataclass

import pypdf

from escale.capabilities.calls.committee.models import (
    Advice,
    Appeal,
    Item,
    Letter,
    Recall,
    Release,
    Vote,
    VoteLine,
)
from escale.capabilities.calls.dossiers.models import Behalf, Comment, Conflict, Dossier, Message, Partnership
from escale.capabilities.calls.dossiers.models.conflict import ties
from escale.capabilities.calls.dossiers.policy import Hat
from escale.capabilities.calls.instruction.models import (
    Correction,
    CorrectionItem,
    Judgement,
    Note,
    Opinion,
    Review,
)
from escale.foundation.journal.models import Entry
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
    found = [
        *_texts(hats, at), *_files(hats), *_decisions(hats, at), *_things(people, hats, at), *_drafts(hats),
        *_organisations(at), *_tied(people, hats, at),
    ]  # fmt: skip
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


#: Whoever fills, signs or reads on the applicant's side.
OWN = (Hat.SIGNATORY, Hat.EDITOR, Hat.READER)


def _planted(model, field, row):
    word = f"zq{model.__name__.lower()}{field.replace('_', '')}{row.pk}zq"
    model._base_manager.filter(pk=row.pk).update(**{field: word})
    return word


def _files(hats):
    """Between both sides: what the service asks to correct, how it judged, what the team says among itself."""
    tables = (
        (Correction, "message", "dossier", (Hat.OFFICER, *OWN)), (Judgement, "reason", "dossier", (Hat.OFFICER, *OWN)),
        (CorrectionItem, "sentence", "correction__dossier", (Hat.OFFICER, *OWN)), (Comment, "text", "dossier", OWN),
        (Behalf, "reason", "dossier", (Hat.OFFICER, Hat.PROXY, *OWN)),
    )  # fmt: skip
    for model, field, path, wanted in tables:
        for row in model.objects.exclude(**{field: ""}).select_related(path).order_by("pk"):
            dossier = row.correction.dossier if "__" in path else row.dossier
            yield Canary(_planted(model, field, row), f"{model.__name__}.{field}", hats.wearing(dossier, *wanted))
    for entry in Entry.objects.filter(subject__kind="dossier").exclude(note="").order_by("pk"):
        dossier = Dossier.objects.get(subject=entry.subject_id)
        yield Canary(_planted(Entry, "note", entry), "Entry.note", hats.wearing(dossier, Hat.OFFICER, Hat.PROXY, *OWN))


def _decisions(hats, at):
    """What the committee says of a dossier, and the lines of a vote before its letter says them."""
    tables = (
        (Item, "reason", lambda one: one.dossier, ()), (Advice, "reason", lambda one: one.item.dossier, ()),
        (Advice, "conditions", lambda one: one.item.dossier, ()), (VoteLine, "reason", lambda one: one.dossier, OWN),
        (VoteLine, "conditions", lambda one: one.dossier, OWN), (Release, "reason", lambda one: one.line.dossier, OWN),
    )  # fmt: skip
    for model, field, of, told in tables:
        for row in model.objects.order_by("pk"):
            dossier = of(row)
            readers = hats.wearing(dossier, Hat.OFFICER, Hat.SECRETARY, *told) | _jury(dossier, at)
            yield Canary(_planted(model, field, row), f"{model.__name__}.{field}", readers)


def _things(people, hats, at):
    """What has its own acts is read by whom they let read: letters, appeals, withdrawals of an award, partners' data."""
    tables = ((Letter, "body"), (Appeal, "text"), (Recall, "reason"), (Partnership, "reason"), (Partnership, "email"))
    for model, field in tables:
        for row in model.objects.order_by("pk"):
            if field == "email":
                word = f"zqpartner{row.pk}zq@exemple.fr"
                Partnership.objects.filter(pk=row.pk).update(email=word)
            else:
                word = _planted(model, field, row)
            read = model.POLICY["read"].hats
            readers = {one.pk for one in people if set(row.hats_of(one, at)) & read}
            if model is Partnership:
                readers |= hats.wearing(row.dossier, *Hat)
            yield Canary(word, f"{model.__name__}.{field}", frozenset(readers))
    for vote in Vote.objects.filter(state="prepared").order_by("pk"):
        readers = {one.pk for one in people if set(vote.hats_of(one, at))}
        yield Canary(_planted(Vote, "session", vote), "Vote.session", frozenset(readers))


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
    """What an answer says: workbooks, archives and what they hold, papers opened."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return opened(body) + str(answer.headers)


def opened(body):
    """The text of some bytes."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(name + "\n" + opened(packed.read(name)) for name in packed.namelist())
    if body[:5] == b"%PDF-":
        try:
            pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages]
        except pypdf.errors.PyPdfError:
            pages = []  # a piece that somebody handed in, not one of ours
        # A word of a narrow column is cut at the end of a line: it is read whole, hyphens and spaces apart.
        return "\n".join(pages) + re.sub(r"[\s\u00ad]", "", "".join(pages))
    return body.decode("utf-8", "replace")
