"""Acts on several dossiers at once: first what would be done, line by line, then what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import AWAITING
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions import handling
from escale.capabilities.calls.instruction.models import Absence, Specialty
from escale.capabilities.calls.instruction.queries import clocks
from escale.foundation.journal import record
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Mandate
from escale.foundation.people.models import Person
from escale.rules.refusal import NoHat, Refused

ACTS = {"assign": "assign", "share-out": "assign", "complete": "complete"}


@dataclass(frozen=True)
class Planned:
    """One line: the dossier, what will be (or was) done in words, or why not."""

    number: str
    title: str
    sentence: str
    ok: bool
    officer: int | None = None


def plan(do: str, dossiers: Sequence[Dossier], officer: Person | None, *, by: Person, at: datetime) -> list[Planned]:
    """What ``do`` (assign, share-out, complete) would do to each; nothing is written."""
    chosen: dict[int, Person | None] = {}
    if do == "share-out":
        chosen = shared_out(dossiers, at)
    lines = []
    for dossier in dossiers:
        to = chosen.get(dossier.pk) if do == "share-out" else officer
        dossier.asked = len(clocks.awaited(dossier)) if do == "complete" else 0  # type: ignore[attr-defined]  # read by the policy's check
        try:
            record.check(dossier, ACTS[do], by=by, at=at)
            sentence = _would(do, dossier, to, at)
            lines.append(Planned(dossier.number, dossier.title, sentence, True, to.pk if to else None))
        except Refused as refused:
            lines.append(Planned(dossier.number, dossier.title, refused.refusal.message, False))
        except NoHat:
            lines.append(Planned(dossier.number, dossier.title, _("Votre rôle ne le permet pas."), False))
    return lines


def run(do: str, lines: Sequence[tuple[str, int | None]], *, by: Person, at: datetime) -> list[Planned]:
    """Does it to each dossier (number, officer), each in its own transaction: one that is refused stops no other."""
    numbers = [number for number, _officer in lines]
    known = {one.number: one for one in lists.whole().handled_by(by, at).filter(number__in=numbers)}
    people = Person.objects.in_bulk([pk for _number, pk in lines if pk])
    done = []
    for number, pk in lines:
        dossier = known.get(number)
        if dossier is None:
            continue
        try:
            with transaction.atomic():
                sentence = _do(do, dossier, people.get(pk) if pk else None, by, at)
            done.append(Planned(number, dossier.title, sentence, True))
        except Refused as refused:
            done.append(Planned(number, dossier.title, refused.refusal.message, False))
        except NoHat:
            done.append(Planned(number, dossier.title, _("Votre rôle ne le permet pas."), False))
    return done


def shared_out(dossiers: Sequence[Dossier], at: datetime) -> dict[int, Person | None]:
    """By dossier: the officer of its service who knows its themes (when someone does) and has least to do.

    Those who are away, or have an interest in the dossier, are left out. Ties go to who comes first by name.
    """
    services = {one.service_id for one in dossiers if one.service_id}
    mandates = Mandate.objects.holding(at).filter(service__in=services, kind__in=organisations.OFFICERS)
    away = Absence.objects.holding(at).values("person")
    team = list(mandates.exclude(person__in=away).select_related("person").order_by("person__name", "person"))
    counted = Dossier.objects.filter(officer__in=[one.person_id for one in team], state__in=AWAITING)
    load = dict(counted.values("officer").annotate(n=Count("pk")).order_by("officer").values_list("officer", "n"))
    knows: dict[tuple[int, int], set[str]] = {}
    for one in Specialty.objects.filter(service__in=services):
        knows.setdefault((one.person_id, one.service_id), set()).add(one.theme)
    chosen: dict[int, Person | None] = {}
    for dossier in dossiers:
        able = {one.person_id: one.person for one in team if one.service_id == dossier.service_id}
        free = {pk: who for pk, who in able.items() if Dossier.objects.filter(pk=dossier.pk).free_of(who, at).exists()}
        themes = _themes(dossier) if knows else set()
        skilled = {pk: who for pk, who in free.items() if knows.get((pk, dossier.service_id or 0), set()) & themes}
        best = min((skilled or free).items(), key=lambda pair: (load.get(pair[0], 0), pair[1].name), default=None)
        chosen[dossier.pk] = best[1] if best else None
        if best:
            load[best[0]] = load.get(best[0], 0) + 1
    return chosen


def _themes(dossier: Dossier) -> set[str]:
    version = lists.latest_version(dossier)
    return set(lists.filed_document(version)["case"].get("themes") or []) if version else set()


def _would(do: str, dossier: Dossier, to: Person | None, at: datetime) -> str:
    if do == "complete":
        return _("Sera déclaré complet ; le délai de décision commence.")
    if to is None:
        raise Refused("nobody", _("Personne du service ne peut le recevoir."))
    handling.may_take(dossier, to, at)
    now = dossier.officer.name if dossier.officer else _("personne")
    return _("Sera confié à {name} (suivi jusqu’ici par {now}).").format(name=to.name, now=now)


def _do(do: str, dossier: Dossier, to: Person | None, by: Person, at: datetime) -> str:
    if do == "complete":
        handling.complete(dossier, by=by, at=at)
        return _("Déclaré complet.")
    if to is None:
        raise Refused("nobody", _("Personne du service ne peut le recevoir."))
    handling.assign(dossier, to, by=by, at=at)
    return _("Confié à {name}.").format(name=to.name)
