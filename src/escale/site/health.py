"""Whether the installation is sound: one function per thing that can break, each with what to mend."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from escale.foundation.documents import storage
from escale.foundation.documents import verify as files_verify
from escale.foundation.journal import verify as journal_verify
from escale.foundation.post import queue
from escale.foundation.post import verify as post_verify

SHOWN = 5


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is sound, and in words what was seen or what to mend."""

    name: str
    ok: bool
    message: str


def database(at: datetime) -> Finding:
    """The database answers and every migration was made."""
    plan = MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
    if plan:
        return Finding("database", False, _("{n} migrations manquent. Lancez escale migrate.").format(n=len(plan)))
    return Finding("database", True, _("La base répond et elle est à jour."))


def constraints(at: datetime) -> Finding:
    """No row points to nothing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            broken = cursor.execute("PRAGMA foreign_key_check").fetchall()
            damaged = cursor.execute("PRAGMA quick_check").fetchone()[0]
        if broken or damaged != "ok":
            return Finding("constraints", False, _("Des lignes sont abîmées. Restaurez une sauvegarde."))
    return Finding("constraints", True, _("Aucune ligne ne pointe dans le vide."))


def configuration(at: datetime) -> Finding:
    """The settings that a site cannot do without."""
    if not settings.ESCALE_SECRET_IS_SET:
        return Finding("settings", False, _("ESCALE_SECRET_KEY manque. Choisissez une longue phrase au hasard."))
    return Finding("settings", True, _("Les réglages nécessaires sont là."))


def journal(at: datetime) -> Finding:
    """Every entry, chain and seal is as it was written."""
    return _said("journal", (f"{p.code} {p.where}" for p in journal_verify.problems()), _("Le journal est intact."))


def files(at: datetime) -> Finding:
    """Every file is there with its digest, and the storage can be written."""
    try:
        folder = storage.root()
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ImproperlyConfigured) as error:
        return Finding("files", False, _("Le stockage ne répond pas : {error}").format(error=error))
    problems = (f"{p.code} {p.name} {p.sha256}" for p in files_verify.problems())
    return _said("files", problems, _("Chaque fichier est là, avec son empreinte."))


def outbox(at: datetime) -> Finding:
    """Mails leave."""
    seen = post_verify.outbox(at=at)
    if seen.late or seen.failed:
        words = _("{late} courriels en retard, {failed} abandonnés. Dernier motif : {why}")
        return Finding("outbox", False, words.format(late=seen.late, failed=seen.failed, why=seen.last_problem))
    return Finding("outbox", True, _("Les courriels partent."))


def worker(at: datetime) -> Finding:
    """Background work is done and does not fail."""
    failed, waiting = queue.failed(), queue.waiting()
    if failed or waiting > 1000:
        words = _(
            "{failed} tâches ont échoué depuis hier, {waiting} attendent. Lancez escale tick, puis lisez le journal"
        )
        return Finding("worker", False, words.format(failed=failed, waiting=waiting))
    return Finding("worker", True, _("{waiting} tâches attendent.").format(waiting=waiting))


CHECKS: list[Callable[[datetime], Finding]] = [
    database, constraints, configuration, journal, files, outbox, worker,
]  # fmt: skip


def examine(at: datetime) -> list[Finding]:
    """Every check in order; when the database is not ready, nothing else can be asked."""
    first = CHECKS[0](at)
    return [first] if not first.ok else [first, *(check(at) for check in CHECKS[1:])]


def _said(name: str, problems: Iterable[str], sound: str) -> Finding:
    seen = list(islice(problems, SHOWN + 1))
    if not seen:
        return Finding(name, True, sound)
    more = " …" if len(seen) > SHOWN else ""
    return Finding(name, False, "; ".join(seen[:SHOWN]) + more)
