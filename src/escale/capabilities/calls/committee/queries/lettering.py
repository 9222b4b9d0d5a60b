"""What a letter may say of a dossier: each field of the closed list with its value, read for many dossiers at once."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from escale.capabilities.calls.committee.queries import decisions
from escale.capabilities.calls.committee.queries.decisions import Decision
from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion
from escale.capabilities.calls.dossiers.queries.form import Call, call_of
from escale.capabilities.calls.instruction.models import Examination
from escale.capabilities.calls.instruction.queries import scoring
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal.chain import canonical, digest
from escale.foundation.questionnaires.questions import Block, Kind, Place
from escale.foundation.questionnaires.showing import words
from escale.rules.figures import PARIS, shown_day, shown_number
from escale.rules.letters import fields, remedies
from escale.rules.letters.text import Value
from escale.rules.money import shown_euros
from escale.rules.scoring import Score

#: What was voted → the letter that says so.
LETTER_OF = {
    "awarded": fields.AWARD, "partial": fields.PARTIAL, "waiting": fields.WAITING, "refused": fields.REFUSAL,
    "adjourned": fields.ADJOURNMENT, "retained": fields.INVITATION,
}  # fmt: skip


class Material:
    """All that letters about these dossiers are made of: a handful of queries, whatever the number."""

    def __init__(self, dossiers: Collection[Dossier], at: datetime) -> None:
        keys = [one.pk for one in dossiers]
        self.decisions = decisions.decisions_of(dossiers, at)
        self.versions = _last(DossierVersion.objects.filter(dossier__in=keys))
        self.scores = scoring.scores(dossiers, at=at)
        self.examinations = _last(Examination.objects.filter(dossier__in=keys))
        self._next: dict[str, Scheme | None] = {}
        self._at = at

    def values(self, dossier: Dossier, *, more: Mapping[str, Value] | None = None) -> dict[str, Value]:
        """By code of field; what is not known is empty. ``more`` says what only the letter knows."""
        decision = self.decisions.get(dossier.pk)
        found: dict[str, Value] = {**_about(dossier), **_voted(dossier, decision), **self._examined(dossier)}
        call = call_of(dossier.edition)
        document, score = call.document, self.scores.get(dossier.pk)
        found["score.total"] = score_words(call, score) if score else ""
        texts = document.get("texts", {})
        found["call.duties"] = texts.get("duties", "")
        found["remedies"] = [texts["remedies"]] if texts.get("remedies") else remedies.standard(court())
        if document.get("kind") == "ami":
            found |= self._following(dossier.scheme.key)
        return found | dict(more or {})

    def answers(self, dossier: Dossier, named: Iterable[str]) -> dict[str, Value]:
        """The answers that a text names (``answer.CODE``), in words."""
        version = self.versions.get(dossier.pk)
        if version is None:
            return {}
        typed = {Place(code, row): value for code, row, value in json.loads(version.document)["typed"]}
        items = call_of(dossier.edition).form.items
        found: dict[str, Value] = {}
        for code in named:
            item = items.get(code.removeprefix("answer."))
            if item is not None and not isinstance(item, Block):
                found[code] = words(item, typed.get(Place(item.code), ""))
        return found

    def _examined(self, dossier: Dossier) -> dict[str, Value]:
        ended = self.examinations.get(dossier.pk)
        aid = json.loads(ended.document)["aid"] if ended else None
        if not aid or aid.get("total_cents") is None:
            return {}
        decision, total = self.decisions.get(dossier.pk), aid["total_cents"]
        spending: dict[str, Value] = {"award.spending": shown_euros(aid["spending_kept_cents"])}
        if decision is not None and decision.outcome == "awarded" and decision.amount_cents != total:
            return spending  # what was voted was not worked out so
        lines = [[_line(one), shown_euros(one["amount_cents"])] for one in aid["lines"]]
        return spending | {"award.lines": [*lines, ["Aide issue de l’examen", shown_euros(total)]]}

    def _following(self, key: str) -> dict[str, Value]:
        if key not in self._next:
            self._next[key] = following(key)
        scheme = self._next[key]
        if scheme is None:
            return {}
        opens = scheme.opens_at and shown_day(scheme.opens_at.astimezone(PARIS).date())
        closes = scheme.closes_at and shown_day(scheme.closes_at.astimezone(PARIS).date())
        dates = f"du {opens} au {closes}" if opens and closes else ""
        return {
            "next.title": scheme.title, "next.dates": dates,
            "next.address": settings.ESCALE_BASE_URL + scheme.get_absolute_url(),
        }  # fmt: skip


def _last[T: (DossierVersion, Examination)](rows: "QuerySet[T]") -> dict[int, T]:
    """The last of each dossier."""
    newest = dict(rows.order_by("n").values_list("dossier", "pk"))
    found: dict[int, T] = rows.order_by().in_bulk(list(newest.values()))
    return {dossier: found[pk] for dossier, pk in newest.items()}


def _line(one: Mapping[str, Any]) -> str:
    """A line of the aid's sum, with what explains it."""
    return f"{one['label']} ({one['reason']})" if one.get("reason") else str(one["label"])


def _about(dossier: Dossier) -> dict[str, Value]:
    service = dossier.service
    return {
        "dossier.number": dossier.number, "dossier.title": dossier.title,
        "dossier.filed_on": shown_day(dossier.filed_at.astimezone(PARIS).date()) if dossier.filed_at else "",
        "applicant.name": dossier.applicant or dossier.organisation.name,
        "applicant.representative": dossier.organisation.representative,
        "call.title": dossier.scheme.title,
        "service.name": _lower(service.name) if service else "",
        "service.phone": service.phone if service else "", "service.email": service.email if service else "",
        "award.asked": "" if dossier.aid_cents is None else shown_euros(dossier.aid_cents),
    }  # fmt: skip


def _lower(name: str) -> str:
    """A service's name inside a sentence: "le service du numérique"."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _voted(dossier: Dossier, decision: Decision | None) -> dict[str, Value]:
    if decision is None:
        return {}
    shares = [[one.funder, shown_euros(one.cents)] for one in decision.parts]
    return {
        "vote.body": assembly(decision.session),
        "vote.date": shown_day(decision.voted_on), "vote.reference": decision.reference,
        "decision.reason": points(decision.reason),
        "award.amount": shown_euros(decision.amount_cents) if decision.pays else "",
        "award.by_funder": shares if len(shares) > 1 else "",
        "award.conditions": points(decision.conditions),
        "waiting.rank": str(decision.waiting_rank or ""),
    }  # fmt: skip


def assembly(session: str) -> str:
    """Who voted, inside a sentence: « commission permanente du 14 décembre 2026 » is "la commission permanente"."""
    name = re.split(r" (?:du|de ce|réunie? le|réunie? du) (?=\d|lundi|mardi|mercredi|jeudi|vendredi)", session.strip())[
        0
    ]
    name = _lower(name.strip(" ,"))
    if not name:
        return "l’assemblée délibérante"
    if re.match(r"(?:le|la|les) |l[’']", name):
        return name
    if name[0] in "aeéèiouyh":
        return f"l’{name}"
    return f"le {name}" if name.split()[0] in ("conseil", "bureau", "comité") else f"la {name}"


def points(text: str) -> list[str]:
    """Reasons as points: one a line."""
    return [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t")]


def fingerprint(decision: Decision | None) -> str:
    """What was decided, as one digest: a letter that tells something else has been overtaken."""
    if decision is None:
        return ""
    told = {
        "outcome": decision.outcome, "amount_cents": decision.amount_cents, "reason": decision.reason,
        "conditions": decision.conditions, "reference": decision.reference, "voted_on": decision.voted_on.isoformat(),
        "parts": [[one.funder, one.cents] for one in decision.parts],
    }  # fmt: skip
    return digest(canonical(told))


def score_words(call: Call, score: Score) -> str:
    """A score inside a letter: « 72,5 sur 100 »; empty without a finished review."""
    grid = scoring.grid_of(call)
    if grid is None or score.hundredths is None:
        return ""
    return f"{shown_number(Fraction(score.hundredths, 100))} sur {grid.total}"


def court() -> str:
    """Before whom the Region's decisions are contested."""
    return str(settings.ESCALE_PUBLISHER["court"])


def answer_codes(call: Call) -> list[str]:
    """The questions that a letter may quote."""
    return [
        item.code
        for item in call.form.items.values()
        if not isinstance(item, Block) and item.kind is not Kind.STATEMENT
    ]


def following(key: str) -> Scheme | None:
    """The public call that says it follows this one; of several, the one that closes last."""
    found = [
        one for one in Scheme.objects.public().filter(edition__isnull=False).select_related("edition").order_by("pk")
        if one.edition and key in call_of(one.edition).document.get("follows", {}).get("schemes", [])
    ]  # fmt: skip
    return max(
        found, key=lambda one: (one.closes_at is None, one.closes_at.timestamp() if one.closes_at else 0), default=None
    )


def example(dossier: Dossier) -> dict[str, Value]:
    """What the vote will say, invented for a trial: the page says so."""
    cents = dossier.proposed_cents or dossier.aid_cents or 0
    return {
        "vote.body": "la commission permanente", "vote.date": "(date du vote)", "vote.reference": "(référence)",
        "decision.reason": ["(motifs de la décision)"], "award.amount": shown_euros(cents),
        "waiting.rank": "(rang)", "answer_by": "(date)", "score.total": "(note)",
        "partner.name": "(partenaire)", "partner.amount": "(part)", "funder.name": "(financeur)", "funder.amount": "(part)",
    }  # fmt: skip
