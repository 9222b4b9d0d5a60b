"""What pages of a dossier share: the list of sections with what is missing in words, each one's fields."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.capabilities.calls.dossiers.models import Dossier, Piece
from escale.capabilities.calls.dossiers.queries.partners import awaited
from escale.capabilities.calls.dossiers.queries.place import PLACE
from escale.capabilities.calls.dossiers.queries.plan import plan_of
from escale.capabilities.calls.dossiers.queries.readiness import DEPOT, PIECES, Readiness
from escale.capabilities.calls.schemes.models import Attachment
from escale.foundation.documents import standing
from escale.foundation.people.models import Person
from escale.foundation.people.request import SignedIn
from escale.foundation.questionnaires.showing import Shown, ShownRow
from escale.rules.policy import Verdict


@dataclass(frozen=True)
class Step:
    """A section in the list at the left."""

    label: str
    url: str
    state: str
    missing: str
    current: bool


def steps(dossier: Dossier, ready: Readiness, current: str = "") -> list[Step]:
    """Every section, the pieces when there are any, and the filing."""
    sections = [(section.key, section.title) for section in ready.call.form.sections]
    if ready.call.document.get("pieces"):
        sections.append((PIECES, _("Les pièces")))
    if "label" in ready.call.document:
        sections.append((PLACE, _("Le lieu")))
    found = [_step(dossier, ready, key, title, current) for key, title in sections]
    last = _("Relire et déposer")
    missing = "" if not ready.gaps else _("Quand tout est rempli")
    found.append(Step(last, f"{dossier.get_absolute_url()}{DEPOT}/", "empty", missing, current == DEPOT))
    return found


def fragments(dossier: Dossier, person: Person, at: datetime) -> list[str]:
    """What other services say of this dossier to who reads it, as markup: the self-diagnosis of its place."""
    told: list[Callable[[Dossier, Person, datetime], str]] = import_string(settings.ESCALE_DOSSIER_PANELS)
    return [said for tell in told if (said := tell(dossier, person, at))]


def asides(request: SignedIn, dossier: Dossier) -> list[str]:
    """What other rooms say of this dossier to who reads it, beside its page, as markup: its letters."""
    told: list[Callable[[SignedIn, Dossier], str]] = import_string(settings.ESCALE_DOSSIER_ASIDES)
    return [said for tell in told if (said := tell(request, dossier))]


def _step(dossier: Dossier, ready: Readiness, key: str, title: str, current: str) -> Step:
    gaps = ready.gaps_of(key)
    wrong = any(not gap.missing for gap in gaps)
    state = "wrong" if wrong else ("started" if gaps else "complete")
    first = gaps[0].sentence if len(gaps) == 1 else ""
    several = ngettext("Il manque {n} réponse", "Il manque {n} réponses", len(gaps)).format(n=len(gaps))
    missing = first or (several if gaps else "")
    return Step(title, f"{dossier.get_absolute_url()}{key}/", state, missing, key == current)


def pieces(ready: Readiness, attachments: Iterable[Attachment] = ()) -> list[dict[str, Any]]:
    """Each piece of the call: what it is, whether it is asked of this applicant and why, its file, those before, the
    forms that the Region gives to fill.
    """
    forms = list(attachments)
    lines = {line["code"]: line for line in ready.answer.get("pieces", [])}
    given = {piece.code: piece for piece in ready.pieces}
    return [
        {
            "spec": spec,
            "line": lines.get(spec["code"], {}),
            "piece": given.get(spec["code"]),
            "forms": [one for one in forms if one.piece == spec["code"]],
            "offer": ready.reusable.offers.get(spec["code"]),
            "before": [one for one in ready.removed if one.code == spec["code"]],
        }
        for spec in ready.call.document.get("pieces", [])
    ]


def budget(ready: Readiness, items: list[Shown]) -> dict[str, Any]:
    """The plan's two tables that face each other, and what stands below them."""
    names = (ready.call.names["expenses"], ready.call.names["funding"])
    tables = {item.block.code: item for item in items if item.block is not None}
    plan, given = plan_of(ready), {piece.code: piece for piece in ready.pieces}
    return {
        "plan": plan,
        "expenses": tables[names[0]],
        "funding": tables[names[1]],
        "expense_lines": [_line(row, plan.ttc.get(row.key), "quote", given) for row in tables[names[0]].rows],
        "funding_lines": [_line(row, None, "proof", given) for row in tables[names[1]].rows],
        "others": [item for item in items if item.block is None or item.block.code not in names],
        "bearers": [str(one["name"]) for one in ready.case.get("partners", [])],
        "funders": sorted(one["label"] for one in (ready.call.document.get("aid") or {}).get("funders", [])),
    }


def _line(row: ShownRow, ttc: int | None, paper: str, given: dict[str, Piece]) -> dict[str, Any]:
    """A line of the plan: its cells, its amount with VAT in cents, the piece that proves it when it is there."""
    cells = row.cells
    code = cells[paper]["value"] if paper in cells else ""
    if "funder" in cells:
        cells["funder"] = cells["funder"] | {"attrs": cells["funder"]["attrs"] | {"list": "own-funders"}}
    if "partner" in cells:
        cells["partner"] = cells["partner"] | {"attrs": cells["partner"]["attrs"] | {"list": "bearers"}}
    return {"row": row, "cells": cells, "ttc": ttc, "piece": given.get(str(code))}


def partners(ready: Readiness) -> list[dict[str, Any]]:
    """Each partner: where its confirmation is, in a sentence, and what the call says of it."""
    lines = {line["name"]: line for line in ready.answer.get("partners", [])}
    found = []
    for one in ready.partners:
        line = lines.get(one.name)
        state = one.partnership.state if one.partnership else ""
        found.append(
            {
                "key": one.key, "name": one.name, "own": one.own, "confirmed": one.confirmed,
                "partnership": one.partnership, "said": "" if one.confirmed else awaited(one),
                "reason": one.partnership.reason if one.partnership and state in ("declined", "left") else "",
                "verdict": line["message"] if line and line["verdict"] != "met" else "",
                "invitable": not one.own and not one.confirmed,
            }
        )  # fmt: skip
    return found


def acts(dossier: Dossier, person: Person, at: datetime) -> set[str]:
    """What the person's roles allow in this state, before the checks: pages link to nothing else."""
    return {row.name for row in dossier.POLICY.open_to(hats=dossier.hats_of(person, at), state=dossier.state)}


def why_not(dossier: Dossier, verdict: Verdict, at: datetime) -> str:
    """Why the dossier cannot be filed by who looks, in words; who may sign it when they only prepare."""
    if verdict.allowed or verdict.refusal is None:
        return ""
    if verdict.has_hat:
        return verdict.refusal.message
    names = ", ".join(person.get_full_name() for person in standing.signatories(dossier.organisation, at))
    if not names:
        return _(
            "Personne ne peut encore signer pour {organisation} : désignez sur sa fiche qui la représente, ou déposez "
            "une délégation de signature."
        ).format(organisation=dossier.organisation)
    return _(
        "Vous préparez ce dossier ; il se signe par : {names}. Prévenez cette personne, ou faites déposer une "
        "délégation de signature à votre nom."
    ).format(names=names)
