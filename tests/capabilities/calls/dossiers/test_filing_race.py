"""A filing is made before its lock: what moves meanwhile is noticed, and what is frozen is what stood under the lock."""

import json
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from escale.capabilities.calls.dossiers.actions import drafts, filing, pieces
from escale.capabilities.calls.dossiers.models import DossierVersion, Piece
from escale.capabilities.calls.dossiers.queries import evidence, lists, stamps
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.organisations import actions as organisations
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change
from escale.rules.refusal import Refused
from tests.capabilities.calls.dossiers import stage as on

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at):
    return on.stage(at)


@contextmanager
def just_before_the_lock(do, times=1):
    """Does something each time a dossier is about to be locked, as another person's request would, ``times`` at most."""
    left = [times]

    def between(execute, sql, params, many, context):
        locks = sql.startswith('SELECT "dossiers_dossier"."state"') or '."state" AS "state" FROM "dossiers_dos' in sql
        if locks and left[0]:
            left[0] -= 1
            do(times - left[0])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(between):
        yield


def typing(world, dossier, at):
    """Someone else writes in the draft; only in one that is still a draft."""

    def write(n):
        change = Change(Place("project_title"), f"La grange, version {n}")
        drafts.save(dossier, [change], by=world.people["secretary"], at=at)

    return write


@pytest.mark.parametrize("times", [1, 2, 3, 4])
def test_an_answer_saved_while_the_filing_is_made_is_in_what_is_filed(world, at, times):
    dossier, mayor = on.ready(world, at), world.people["mayor"]
    write = typing(world, on.lists.whole().get(pk=dossier.pk), at)
    nested = [False]

    def once(n):
        if not nested[0]:  # saving locks the dossier too
            nested[0] = True
            write(n)
            nested[0] = False

    with just_before_the_lock(once, times * 2):
        receipt = filing.submit(dossier, signer="Odile", quality="maire", by=mayor, at=at)
    typed = {(code, row): text for code, row, text in json.loads(receipt.version.document)["typed"]}
    stands = lists.whole().get(pk=dossier.pk)
    assert typed["project_title", ""] == stands.sheet.answers.get(code="project_title").typed != "La grange de l’Aître"
    assert dossier.state == stands.state == "submitted"
    assert list(evidence.problems()) == []


def test_a_piece_taken_away_while_the_filing_is_made_refuses_it(world, at):
    dossier, mayor = on.ready(world, at), world.people["mayor"]
    piece = Piece.objects.get(code="deliberation")

    def take(_n):
        if not Piece.objects.filter(pk=piece.pk, removed_at__isnull=False).exists():
            pieces.detach(piece, by=mayor, at=at)

    with just_before_the_lock(take), pytest.raises(Refused) as refused:
        filing.submit(dossier, signer="Odile", quality="maire", by=mayor, at=at)
    assert refused.value.refusal.code == "incomplete"
    assert not DossierVersion.objects.exists()
    assert lists.whole().get(pk=dossier.pk).state == "draft"


def _suspend(world, at):
    schemes.amend(world.scheme, "suspend", {"kind": "suspend"}, reason="Une panne.", by=None, at=at)


def test_the_call_suspended_while_the_filing_is_made_refuses_it(world, at):
    dossier, mayor = on.ready(world, at), world.people["mayor"]
    with just_before_the_lock(lambda _n: _suspend(world, at)), pytest.raises(Refused):
        filing.submit(dossier, signer="Odile", quality="maire", by=mayor, at=at + timedelta(minutes=1))
    assert not DossierVersion.objects.exists()


def test_whatever_a_filing_reads_moves_its_stamp(world, at):
    dossier, mayor = on.ready(world, at), world.people["mayor"]
    seen = [stamps.now(dossier)]

    def moved(what):
        seen.append(stamps.now(dossier))
        assert seen[-1] not in seen[:-1], what

    drafts.save(dossier, [Change(Place("project_title"), "Autre")], by=mayor, at=at)
    moved("an answer")
    row = drafts.change_row(dossier, "add", "desks", "", by=mayor, at=at)
    moved("a row added")
    for verb in ("up", "remove", "restore"):
        drafts.change_row(dossier, verb, "desks", row, by=mayor, at=at)
        moved(verb)
    pieces.attach(dossier, "deliberation", SimpleUploadedFile("d.pdf", on.PDF), by=mayor, at=at)
    moved("a piece")
    pieces.detach(Piece.objects.filter(removed_at__isnull=True).get(), by=mayor, at=at)
    moved("a piece taken away")
    organisations.edit(world.town, by=mayor, at=at, rev=world.town.rev, vat="recovers")
    moved("the organisation's sheet")
    on.publish(at, title="Granges ouvertes, deuxième texte")
    moved("the call's text")


def test_what_was_read_is_told_by_the_dossier_itself(world, at):
    dossier = on.ready(world, at)
    assert stamps.of(lists.TO_FILE.first(number=dossier.number)) == stamps.now(dossier)
