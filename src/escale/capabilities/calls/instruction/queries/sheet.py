"""One dossier on the desk: what is filed, what is awaited, which acts are open and why others are not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import Hat
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.dossiers.queries.copies import sections_of
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.dossiers.wording import DOSSIER
from escale.capabilities.calls.instruction.models import Correction, Note, Opinion, Visa
from escale.capabilities.calls.instruction.queries import clocks, history, reviewing, scoring
from escale.foundation.people.models import Person
from escale.rules.figures import shown_instant

#: Acts that have their own form on a page: act → name of its address.
ASKS = {
    "correct": "correction-ask",
    "seek-opinion": "opinion-ask",
    "seek-review": "review-ask",
    "close": "close",
    "reopen": "reopen",
    "recuse": "recuse",
}


@dataclass(frozen=True)
class Door:
    """An act as the sheet shows it: a button that posts, or a link to its form."""

    act: str
    label: str
    url: str
    posts: bool
    reason: str = ""


def sheet(dossier: Dossier, person: Person, at: datetime) -> dict[str, Any]:
    """Everything that the sheet's page says."""
    hats = set(dossier.hats_of(person, at))
    version = lists.latest_version(dossier)
    assert version is not None
    clock = clocks.clock_of(dossier)
    asked = clocks.awaited(dossier)
    dossier.asked = len(asked)  # type: ignore[attr-defined]  # read by the policy's check
    return {
        "hats": hats,
        "version": version,
        "document": lists.filed_document(version),
        "sections": sections_of(version),
        "clock": clock,
        "clock_sentence": clock_sentence(dossier, at),
        "doors": doors(dossier, hats, at),
        "pieces": list(dossier.pieces.filter(removed_at__isnull=True).select_related("document")),
        "corrections": list(Correction.objects.filter(dossier=dossier).select_related("asked_by").order_by("-n")),
        "opinions": list(Opinion.objects.filter(dossier=dossier).order_by("-asked_at", "-pk")),
        "notes": list(Note.objects.filter(dossier=dossier).select_related("by").order_by("-at", "-pk")),
        "visas": list(Visa.objects.filter(dossier=dossier).select_related("asked_by", "answered_by").order_by("-pk")),
        "reviews": reviewing.of_dossier(dossier, at),
        "score": scoring.scores([dossier], at=at).get(dossier.pk),
        "history": history.lines(dossier, hats),
    }


def doors(dossier: Dossier, hats: set[Hat], at: datetime) -> list[Door]:
    """The acts of the service that these hats allow here, with why not when a check says no."""
    found = []
    for act in ("complete", "correct", "seek-opinion", "seek-review", "close", "reopen", "recuse"):
        verdict = Dossier.POLICY.verdict(act, hats=hats, thing=dossier, at=at, words=DOSSIER)
        if act == "seek-review" and scoring.grid_of(call_of(dossier.edition)) is None:
            continue
        if not verdict.has_hat or (verdict.refusal and verdict.refusal.code == "wrong_state"):
            continue
        url = reverse(ASKS.get(act, act), args=[dossier.number])
        reason = verdict.refusal.message if verdict.refusal else ""
        found.append(Door(act, str(DOSSIER.acts[act]), url, act not in ASKS, reason))
    return found


def clock_sentence(dossier: Dossier, at: datetime) -> str:
    """The legal clock in words: which, until when, what its silence means, how long it was suspended."""
    clock = clocks.clock_of(dossier)
    if clock is None:
        return ""
    about = {"completeness": _("dire si le dossier est complet"), "decision": _("décider")}[clock.kind]
    held = (
        " " + _("Délai suspendu {n} jours pour des compléments.").format(n=clock.suspended_days)
        if clock.suspended_days else ""
    )  # fmt: skip
    if clock.due is None:
        return (
            _("Le délai pour {about} est suspendu : des compléments sont attendus du déposant.").format(about=about)
            + held
        )
    effects = {
        "deem-complete": _("passé ce délai, le dossier est réputé complet"),
        "deem-refused": _("passé ce délai, le silence vaut rejet"),
        "deem-accepted": _("passé ce délai, le silence vaut acceptation"),
        "": _("le silence n’a pas d’effet"),
    }
    when = shown_instant(clock.due)
    sentence = _("Le service a jusqu’au {when} pour {about} ; {effect}.") if at < clock.due else _(
        "Le délai pour {about} est passé depuis le {when} ; {effect}."
    )  # fmt: skip
    return sentence.format(when=when, about=about, effect=effects[clock.act]) + held
