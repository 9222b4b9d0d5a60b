"""Whether the installation is sound: one function per thing that can break, each with what to mend."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host
from django.utils.translation import gettext as _

from escale.foundation.clock import beats
from escale.foundation.documents import storage
from escale.foundation.documents import verify as files_verify
from escale.foundation.journal import verify as journal_verify
from escale.foundation.post import queue
from escale.foundation.post import verify as post_verify
from escale.rules.figures import shown_instant
from escale.site import wiring

SHOWN = 5
SHORTEST_KEY = 32
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is sound, and in words what was seen or what to mend."""

    name: str
    ok: bool
    message: str


def database(at: datetime, real: datetime) -> Finding:
    """The database answers and every migration was made."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return Finding("database", False, _("{n} migrations manquent. Lancez escale migrate.").format(n=len(plan)))
    return Finding("database", True, _("La base répond et elle est à jour."))


def constraints(at: datetime, real: datetime) -> Finding:
    """Every declared constraint stands in the database, and no row breaks one."""
    missing = sorted(_declared() - _standing())
    if missing:
        words = _("Contraintes absentes de la base : {names}. Restaurez une sauvegarde dans une base neuve.")
        return Finding("constraints", False, words.format(names=", ".join(missing[:SHOWN])))
    if broken := _broken_rows():
        words = _("Des lignes sont abîmées ({where}). Restaurez une sauvegarde dans une base neuve.")
        return Finding("constraints", False, words.format(where=", ".join(broken[:SHOWN])))
    return Finding("constraints", True, _("Les contraintes sont en place, aucune ligne ne pointe dans le vide."))


def _declared() -> set[str]:
    ours = (model for model in apps.get_models() if model.__module__.startswith("escale."))
    return {one.name for model in ours for one in model._meta.constraints}


def _standing() -> set[str]:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        ours = {m._meta.db_table for m in apps.get_models() if m.__module__.startswith("escale.")} & tables
        return {name for table in ours for name in connection.introspection.get_constraints(cursor, table)}


def _broken_rows() -> list[str]:
    """The tables with rows that break a key (SQLite), the constraints that were never checked (PostgreSQL)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_key_check")
            found = {str(row[0]) for row in cursor.fetchall()}
            cursor.execute("PRAGMA quick_check")
            said = str(cursor.fetchone()[0])
            return sorted(found) + ([] if said == "ok" else [said])
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        return sorted(str(row[0]) for row in cursor.fetchall())


def configuration(at: datetime, real: datetime) -> Finding:
    """The settings that a site cannot do without."""
    host = urlsplit(settings.ESCALE_BASE_URL).hostname or ""
    wrong = [
        (not settings.ESCALE_SECRET_IS_SET, _("ESCALE_SECRET_KEY manque : choisissez une longue phrase au hasard.")),
        (len(settings.SECRET_KEY) < SHORTEST_KEY, _("ESCALE_SECRET_KEY est trop courte : au moins 32 caractères.")),
        (
            not validate_host(host, settings.ALLOWED_HOSTS),
            _("ESCALE_ALLOWED_HOSTS ne contient pas {host}, l’hôte d’ESCALE_BASE_URL : ajoutez-le.").format(host=host),
        ),
        (
            settings.ESCALE_DEMO and host not in LOOPBACK,
            _("ESCALE_DEMO=1 sur un site public : retirez cette variable, elle ouvre tous les comptes."),
        ),
    ]
    said = [sentence for is_wrong, sentence in wrong if is_wrong]
    if said:
        return Finding("settings", False, " ".join(said))
    return Finding("settings", True, _("Les réglages nécessaires sont là."))


def journal(at: datetime, real: datetime) -> Finding:
    """Every entry, chain and seal is as it was written."""
    problems = (f"{p.code} {p.where}" for p in journal_verify.problems())
    mend = _("Une ligne du journal a été changée : comparez-la avec une sauvegarde et gardez les deux comme preuves.")
    return _said("journal", problems, _("Le journal est intact."), mend)


def files(at: datetime, real: datetime) -> Finding:
    """Every file is there with its digest, and the storage can be written."""
    try:
        folder = storage.root()
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except (OSError, ImproperlyConfigured) as error:
        words = _("Le stockage ne se laisse pas écrire ({error}). Vérifiez ESCALE_FILES_URL et les droits du dossier.")
        return Finding("files", False, words.format(error=error))
    problems = (f"{p.code} {p.name} {p.sha256}" for p in files_verify.problems())
    mend = _("Remettez ces fichiers depuis une sauvegarde : chacun y porte son empreinte pour nom.")
    return _said("files", problems, _("Chaque fichier est là, avec son empreinte."), mend)


def evidence(at: datetime, real: datetime) -> Finding:
    """What the services keep as proof is whole and has the digests that it had."""
    problems = (problem for found in wiring.EVIDENCE for problem in found())
    mend = _("Restaurez une sauvegarde : rien de ce qui a été déposé ne se réécrit.")
    return _said("evidence", problems, _("Chaque dépôt a son récépissé, avec ses empreintes."), mend)


def indexes(at: datetime, real: datetime) -> Finding:
    """What is searched says what the tables say."""
    problems = (problem for found in wiring.INDEXES for problem in found())
    mend = _("Lancez escale places index : la recherche sera refaite depuis les fiches.")
    return _said("indexes", problems, _("La recherche dit ce que disent les fiches."), mend)


def outbox(at: datetime, real: datetime) -> Finding:
    """Mails leave."""
    seen = post_verify.outbox(at=at)
    if seen.late or seen.failed:
        words = _(
            "{late} courriels en retard, {failed} abandonnés. Dernier motif : {why}. "
            "Vérifiez ESCALE_EMAIL_URL, puis lancez escale tick."
        )
        return Finding("outbox", False, words.format(late=seen.late, failed=seen.failed, why=seen.last_problem))
    return Finding("outbox", True, _("Les courriels partent."))


def worker(at: datetime, real: datetime) -> Finding:
    """Background work is done and does not fail; the worker that should live gives signs of life."""
    failed, waiting, last, oldest = queue.failed(), queue.waiting(), beats.last(), queue.oldest(real=real)
    if last is not None and real - last > beats.DEAD_AFTER:
        words = _("Le travailleur ne donne plus signe de vie depuis {when}. Relancez escale serve.")
        return Finding("worker", False, words.format(when=shown_instant(last)))
    if oldest > beats.DEAD_AFTER:
        words = _("{waiting} tâches attendent, la plus ancienne depuis {minutes} minutes. Lancez escale serve ou tick.")
        return Finding("worker", False, words.format(waiting=waiting, minutes=int(oldest.total_seconds() // 60)))
    if failed:
        words = _("{failed} tâches ont échoué depuis hier. Lisez leur motif dans les messages du service.")
        return Finding("worker", False, words.format(failed=failed))
    if last is None:
        return Finding("worker", True, _("Aucun travailleur ne tourne ; {n} tâches attendent.").format(n=waiting))
    return Finding("worker", True, _("Le travailleur répond ; {n} tâches attendent.").format(n=waiting))


CHECKS: list[Callable[[datetime, datetime], Finding]] = [
    database, constraints, configuration, journal, files, evidence, indexes, outbox, worker,
]  # fmt: skip


def examine(at: datetime, real: datetime) -> list[Finding]:
    """Every check in order; when the database is not ready, nothing else can be asked.

    ``at`` is the site's time (a demonstration's may be moved), ``real`` that of queue and worker.
    """
    first = CHECKS[0](at, real)
    return [first] if not first.ok else [first, *(check(at, real) for check in CHECKS[1:])]


def _said(name: str, problems: Iterable[str], sound: str, mend: str) -> Finding:
    seen = list(islice(problems, SHOWN + 1))
    if not seen:
        return Finding(name, True, sound)
    more = " …" if len(seen) > SHOWN else "."
    return Finding(name, False, f"{'; '.join(seen[:SHOWN])}{more} {mend}")
