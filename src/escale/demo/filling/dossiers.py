"""Dossiers by bulk writes: subject, chained journal, sheet, frozen version, receipt, typed index, words, parties."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Model

from escale.capabilities.calls.dossiers.actions import indexing
from escale.capabilities.calls.dossiers.models import (
    AnswerIndex,
    Dossier,
    DossierVersion,
    Party,
    Receipt,
    Word,
)
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.dossiers.queries.form import Call, call_of
from escale.capabilities.calls.schemes.models import Scheme
from escale.demo.filling import calls, sheets
from escale.foundation.journal import chain
from escale.foundation.journal.models import Counter, Entry, Subject
from escale.foundation.organisations.models import Organisation
from escale.foundation.questionnaires.models import Answer, Row, Sheet
from escale.rules.figures import PARIS
from escale.rules.scheme import trial
from escale.rules.scheme.clocks import running

BATCH = 2500
#: How many out of twenty end in each state; the rest stay as filed.
STATES = {0: State.COMPLETE, 1: State.COMPLETE, 2: State.COMPLETE, 3: State.COMPLETE, 4: State.WITHDRAWN}
TABLES = (Subject, Sheet, Answer, Row, Dossier, Entry, DossierVersion, Receipt, AnswerIndex, Party, Word)


@dataclass(frozen=True)
class Ground:
    """What every dossier of a call shares."""

    scheme: Scheme
    call: Call
    team: list[int]


def build(n: int, schemes: list[Scheme], *, seed: int, at: datetime) -> int:
    """Writes ``n`` dossiers among the calls; gives how many, each with the sheet that was filled."""
    rng, towns = random.Random(seed), calls.towns(at)
    grounds = [Ground(one, call_of(one.edition), calls.team_of(one)) for one in schemes if one.edition]
    year = at.astimezone(PARIS).year
    first = _reserve(f"dossier-{year}", n)
    _widen()
    for ranks in batched(range(n), BATCH):
        with transaction.atomic():
            rows = _Rows()
            for rank in ranks:
                number = f"D{year % 100:02d}-{first + rank:05d}"
                rows.add(number, grounds[rank % len(grounds)], towns[rng.randrange(len(towns))], rng, at)
            rows.write()
    _follow_sequences()
    return n


class _Rows:
    """The rows of one batch, keys given here so that they point to each other before they are written."""

    def __init__(self) -> None:
        self.rows: dict[type[Model], list[Any]] = {table: [] for table in TABLES}
        self.keys: dict[type[Model], int] = {}
        for table in TABLES:
            self.keys[table] = table._base_manager.aggregate(last=Max("pk"))["last"] or 0

    def key(self, table: type[Model]) -> int:
        self.keys[table] += 1
        return self.keys[table]

    def put(self, row: Any) -> None:
        row.pk = self.key(type(row))
        self.rows[type(row)].append(row)

    def add(self, number: str, ground: Ground, town: Organisation, rng: random.Random, at: datetime) -> None:
        filed_at = at - timedelta(minutes=rng.randrange(60, 80 * 24 * 60))
        owner = _OWNERS.of(town)
        works = rng.randrange(2_000, 400_000)
        title = f"{rng.choice(calls.WORDS).capitalize()} de {town.commune.name} {number[-4:]}"
        state = STATES.get(rng.randrange(20), State.SUBMITTED)
        case = _case(town, works, calls.answers(rng, at), filed_at)
        found, problems = ground.call.rules.case(case)
        if found is None:
            raise ValueError(problems[0].message)
        answer = trial.answer(ground.call.rules, found)
        dossier = self._dossier(number, ground, town, owner, title, filed_at, state, answer, works, rng)
        version = self._frozen(dossier, ground, owner, case, answer)
        self._journal(dossier, version, state)
        typed, keys = sheets.typed_of(ground.call, title, case), sheets.keys_of(ground.call, case)
        for row in sheets.rows_of(dossier.sheet, typed, keys, owner, filed_at):
            self.put(row)
        for row in indexing.rows_of(dossier, case["answers"]):
            self.put(row)
        party = Party(dossier_id=dossier.pk, name=town.name, organisation=town, commune=town.commune)
        self.put(party)
        for word in indexing.words_of([number, title, town.name, town.commune.name]):
            self.put(Word(dossier_id=dossier.pk, word=word, service_id=dossier.service_id))

    def _dossier(
        self, number: str, ground: Ground, town: Organisation, owner: int, title: str, filed_at: datetime, state: State,
        answer: dict[str, Any], works: int, rng: random.Random,
    ) -> Dossier:  # fmt: skip
        subject = Subject(kind="dossier", number=number, title=title, address=f"/dossiers/{number}/")
        sheet = Sheet(rev=1, changed_at=filed_at)
        self.put(subject)
        self.put(sheet)
        completed = filed_at + timedelta(hours=1) if state == State.COMPLETE else None
        spec = ground.call.document.get("clocks", {})
        clock = running(spec, filed_at=filed_at, completed_at=completed) if state != State.WITHDRAWN else None
        dossier = Dossier(
            number=number, state=state, subject=subject, scheme=ground.scheme, edition=ground.scheme.edition,
            organisation=town, sheet=sheet, title=title, created_by_id=owner, created_at=filed_at, filed_at=filed_at,
            verdict=answer["verdict"], spending_cents=works * 100, aid_cents=answer["aid"]["total_cents"],
            service_id=ground.scheme.service_id, applicant=town.name, awaited="service" if clock else "",
            officer_id=rng.choice(ground.team) if ground.team and rng.random() < 0.9 else None,
            due_at=clock.due if clock else None, due_acts=bool(clock and clock.act), completed_at=completed,
        )  # fmt: skip
        self.put(dossier)
        return dossier

    def _frozen(
        self, dossier: Dossier, ground: Ground, owner: int, case: dict[str, Any], answer: dict[str, Any]
    ) -> DossierVersion:  # fmt: skip
        assert dossier.filed_at is not None and ground.scheme.edition is not None
        edition, filed_at = ground.scheme.edition, dossier.filed_at
        text = chain.canonical({
            "schema": "escale.dossier/1", "number": dossier.number, "scheme": ground.scheme.key,
            "edition": {"n": edition.n, "sha256": edition.sha256}, "filed_at": chain.instant(filed_at),
            "title": dossier.title, "origin": None, "case": case,
            "typed": [[*place, text] for place, text in sheets.typed_of(ground.call, dossier.title, case).items()],
            "rows": sheets.keys_of(ground.call, case), "pieces": [],
            "signature": {"name": "Mairie", "quality": "maire", "honour": "-"}, "answer": answer,
            "rules_version": trial.RULES_VERSION,
        })  # fmt: skip
        version = DossierVersion(
            dossier=dossier, n=1, edition=edition, by_id=owner, at=filed_at, document=text, sha256=chain.digest(text)
        )
        self.put(version)
        told = chain.canonical({
            "schema": "escale.receipt/1", "number": dossier.number, "call": ground.scheme.title, "project": dossier.title,
            "organisation": dossier.applicant, "filed_at": chain.instant(filed_at), "wave": None,
            "said": answer["filing"]["reason"], "service": "Service", "phone": "", "email": "", "signer": "Mairie",
            "quality": "maire", "silence": "-", "remedies": "-", "version_sha256": version.sha256,
        })  # fmt: skip
        self.put(Receipt(version=version, document=told, sha256=chain.digest(told)))
        return version

    def _journal(self, dossier: Dossier, version: DossierVersion, state: State) -> None:
        assert dossier.filed_at is not None
        filed = dossier.filed_at
        acts: list[tuple[str, str, str, datetime, dict[str, Any]]] = [
            ("create", "", State.DRAFT, filed, {}),
            ("submit", State.DRAFT, State.SUBMITTED, filed, {"version": 1, "sha256": version.sha256}),
        ]
        if state != State.SUBMITTED:
            act = "complete" if state == State.COMPLETE else "withdraw"
            acts.append((act, State.SUBMITTED, state, filed + timedelta(hours=1), {}))
        previous = ""
        for n, (act, before, after, when, data) in enumerate(acts, 1):
            digest = chain.digest(chain.canonical(data))
            line = chain.line_hash(
                kind="dossier", number=dossier.number, n=n, at=when, by=_OWNERS.key_of(dossier.created_by_id), act=act,
                before=str(before), after=str(after), note_digest="", data_digest=digest, previous=previous,
            )  # fmt: skip
            self.put(
                Entry(
                    subject_id=dossier.subject_id,
                    n=n,
                    at=when,
                    by_id=dossier.created_by_id,
                    act=act,
                    before=str(before),
                    after=str(after),
                    data=data,
                    data_digest=digest,
                    previous=previous,
                    hash=line,
                )
            )
            previous = line
        subject = self.rows[Subject][-1]
        subject.length, subject.head = len(acts), previous

    def write(self) -> None:
        for table in TABLES:
            table._base_manager.bulk_create(self.rows[table], batch_size=1000)


class _Owners:
    """Who signs for each town hall, read once."""

    def __init__(self) -> None:
        self.known: dict[int, int] = {}
        self.keys: dict[int, str] = {}

    def of(self, town: Organisation) -> int:
        if town.pk not in self.known:
            member = town.memberships.select_related("person").order_by("pk")[0]
            self.known[town.pk], self.keys[member.person_id] = member.person_id, str(member.person.key)
        return self.known[town.pk]

    def key_of(self, person: int) -> str:
        return self.keys[person]


_OWNERS = _Owners()


def _case(town: Organisation, works: int, answers: dict[str, Any], filed_at: datetime) -> dict[str, Any]:
    half = works // 2
    return {
        "filed_at": filed_at.isoformat(),
        "applicant": {"name": town.name, "legal_form": "commune", "commune": town.commune_id, "vat": "recovers"},
        "expenses": [{"category": "works", "label": "Travaux", "ht": str(works)}],
        "funding": [
            {"source": "own", "amount": str(half)},
            {"source": "public", "funder": "Région", "state": "asked", "amount": str(works - half)},
        ],
        "answers": answers,
        "pieces": [],
    }


def _widen() -> None:
    """SQLite: room in memory for the indexes, which volume writes in no order; nobody else waits for these writes.

    Within a transaction SQLite refuses to change them: who holds one keeps its own settings.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            for line in ("cache_size = -400000", "synchronous = OFF", "wal_autocheckpoint = 40000"):
                cursor.execute(f"PRAGMA {line}")


def _reserve(series: str, n: int) -> int:
    """The first of ``n`` numbers in a row."""
    with transaction.atomic():
        Counter.objects.bulk_create([Counter(series=series)], ignore_conflicts=True)
        row = Counter.objects.select_for_update().get(pk=series)
        first = row.value + 1
        row.value += n
        row.save(update_fields=["value"])
    return first


def _follow_sequences() -> None:
    """Where keys come from a sequence it now stands behind those that were given by hand."""
    with connection.cursor() as cursor:
        for statement in _sequences():
            cursor.execute(statement)


def _sequences() -> Iterator[str]:
    yield from connection.ops.sequence_reset_sql(no_style(), list(TABLES))
