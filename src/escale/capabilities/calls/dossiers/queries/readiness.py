"""What a dossier still needs before it can be filed, in words, with where to go; and the rules' answer."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import BigAutoField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.capabilities.calls.dossiers.models import Dossier, Piece
from escale.capabilities.calls.dossiers.queries import behalf, partners, place
from escale.capabilities.calls.dossiers.queries import case as cases
from escale.capabilities.calls.dossiers.queries.form import BUDGET, PARTNERS, Call, call_of
from escale.capabilities.calls.dossiers.queries.partners import Partner
from escale.capabilities.calls.dossiers.queries.reuse import Reusable, reusable
from escale.foundation.prepared import Prepared, Slot
from escale.foundation.questionnaires.filled import Asked, Filled, Gap, load
from escale.rules.money import shown_euros
from escale.rules.refusal import Refusal
from escale.rules.scheme import trial
from escale.rules.scheme.case import Case

PIECES = "les-pieces"
DEPOT = "depot"


@dataclass
class Readiness:
    """A dossier at an instant: its call, answers, pieces, case, the rules' answer, what is missing."""

    call: Call
    filled: Filled
    pieces: list[Piece]
    asked: Asked
    case: dict[str, Any]
    answer: dict[str, Any]
    gaps: list[Gap]
    removed: list[Piece] = field(default_factory=list)
    reusable: Reusable = field(default_factory=Reusable)
    partners: list[Partner] = field(default_factory=list)
    spending_cents: int = 0
    resources_cents: int = 0
    asked_cents: int = 0
    spending_by_year: tuple[tuple[int | None, int], ...] = ()

    def gaps_of(self, section: str) -> list[Gap]:
        return [gap for gap in self.gaps if gap.section == section]

    @property
    def refusal(self) -> Refusal | None:
        """Why the dossier cannot be filed as it is."""
        if not self.gaps:
            return None
        sentence = ngettext(
            "Le dossier n’est pas complet : il manque une chose. {first}",
            "Le dossier n’est pas complet : il manque {n} choses, dont : {first}",
            len(self.gaps),
        )
        return Refusal("incomplete", sentence.format(n=len(self.gaps), first=self.gaps[0].sentence))


def prepare(dossier: Dossier, at: datetime) -> Readiness:
    """Reads the dossier once, in as many queries whatever its size, and hangs the result on it."""
    at = behalf.moment(dossier, at)
    call = call_of(dossier.edition)
    filled = load(dossier.sheet, call.form)
    handed = _HANDED.rows(dossier=dossier.pk)
    wanted = {spec["code"] for spec in call.document.get("pieces", [])} | {""}
    pieces = [piece for piece in handed if piece.removed_at is None and piece.code in wanted]
    codes = sorted({piece.code for piece in pieces if piece.code})
    named = partners.partners_of(dossier, call, filled)
    confirmed = frozenset(one.key for one in named if one.confirmed) if partners.asks_confirmation(call) else None
    asked, found, case, problems = cases.visible(call, dossier, filled, codes, at, confirmed)
    gaps = [gap for section in call.form.sections for gap in filled.gaps(section, asked)]
    gaps += partners.gaps(named, partners.block_of(call))
    gaps += place.gaps(dossier)
    gaps += [Gap(PIECES, "", problem.message, False) for problem in problems]
    gaps += [_unsorted(piece) for piece in pieces if not piece.code]
    answer: dict[str, Any] = {}
    removed = [piece for piece in reversed(handed) if piece.removed_at is not None]
    again = reusable(dossier, call.document.get("pieces", []), pieces, at)
    gaps += [Gap(PIECES, f"piece-{code}", sentence, False) for code, sentence in again.refusals.items()]
    ready = Readiness(call, filled, pieces, asked, found, answer, gaps, removed, again, named)
    if case is not None:
        ready.answer = trial.answer(call.rules, case)
        _balance(ready, case)
        _room(ready, case)
        _shares(ready, case)
        _pieces(ready)
    dossier.readiness = ready  # type: ignore[attr-defined]  # read by the policy's checks
    return ready


_HANDED: Prepared[Piece, Piece] = Prepared(
    lambda: Piece.objects.filter(dossier=Slot("dossier", BigAutoField())).select_related("document", "by", "removed_by")
)


def _balance(ready: Readiness, case: Case) -> None:
    """Expenses and resources meet to the cent; a resource that was refused does not count."""
    if not ready.call.document.get("expenses"):
        return
    amounts = cases.counted(ready.call, case)
    years = (expense.year for expense in case.expenses or ())
    spending, ready.spending_by_year = sum(amounts), tuple(zip(years, amounts, strict=True))
    resources = sum(row["amount"] for row in case.funding or () if row.get("state") != "refused")
    ready.spending_cents, ready.resources_cents = spending, resources
    if spending == resources:
        return
    more = (
        _("il manque {gap} de ressources") if resources < spending else _("les ressources dépassent de {gap}")
    ).format(gap=shown_euros(abs(spending - resources)))
    sentence = _("Le plan n’est pas équilibré : dépenses {spending}, ressources {resources}, {more}.")
    ready.gaps.append(
        Gap(
            BUDGET,
            ready.call.names["funding"],
            sentence.format(spending=shown_euros(spending), resources=shown_euros(resources), more=more),
            False,
        )
    )


def _room(ready: Readiness, case: Case) -> None:
    """What is asked here stays within what the law leaves: own share, all public aid, de minimis, in cents."""
    effects = {spec["code"]: spec.get("effect") for spec in ready.call.document.get("limits", [])}
    own = ready.call.rules.own_funders
    asked = [row for row in case.funding or () if row["source"] == "public" and row.get("state") != "refused"]
    here = sum(row["amount"] for row in asked if str(row.get("funder", "")).casefold() in own)
    ready.asked_cents = here
    for line in ready.answer.get("limits", []):
        room, code = line.get("room_cents"), line["code"]
        if room is None or line["verdict"] not in ("met", "failed"):
            continue
        if here > room:
            told = _("Vous demandez {here} ici, {room} au plus : retirez {over}. {why}")
            why = told.format(
                here=shown_euros(here), room=shown_euros(room), over=shown_euros(here - room), why=line["message"]
            )
            ready.gaps.append(Gap(BUDGET, ready.call.names["funding"], why, False))
        elif line["verdict"] == "failed" and effects.get(code) != "reduce":
            ready.gaps.append(Gap(BUDGET, ready.call.names["funding"], line["message"], False))


def _shares(ready: Readiness, case: Case) -> None:
    """The partners' shares of the aid add up to 100 %."""
    if not ready.call.document.get("partners", {}).get("shares") or not case.partners:
        return
    shares = [(str(row.get("name") or ""), Fraction(row.get("share") or 0) * 100) for row in case.partners]
    total = sum((share for _name, share in shares), Fraction(0))
    if total == 100:
        return
    sentence = (
        _("Les parts des partenaires font {total} ({lines}) : ajoutez {gap} pour faire 100 % exactement.")
        if total < 100
        else _("Les parts des partenaires font {total} ({lines}) : retirez {gap} pour faire 100 % exactement.")
    )
    lines = ", ".join(_("{name} : {share}").format(name=name, share=_per_cent(share)) for name, share in shares[:8])
    lines += "…" if len(shares) > 8 else ""
    said = sentence.format(total=_per_cent(total), lines=lines, gap=_per_cent(abs(100 - total)))
    ready.gaps.append(Gap(PARTNERS, ready.call.names["partners"], said, False))


def _per_cent(share: Fraction) -> str:
    """``33,34 %``, with as many decimals as it was typed with."""
    return _("{n} %").format(n=format(Decimal(share.numerator) / Decimal(share.denominator), "f").replace(".", ","))


def _unsorted(piece: Piece) -> Gap:
    sentence = _("Dites quelle pièce est « {name} », ou retirez ce fichier.").format(name=piece.document.name)
    return Gap(PIECES, "piece-a-classer", sentence, False)


def _pieces(ready: Readiness) -> None:
    labels = {spec["code"]: spec["label"] for spec in ready.call.document.get("pieces", [])}
    for line in ready.answer["pieces"]:
        if line["required"] and not line["given"]:
            sentence = _("Joignez : {label}.").format(label=labels[line["code"]])
            ready.gaps.append(Gap(PIECES, f"piece-{line['code']}", sentence))
