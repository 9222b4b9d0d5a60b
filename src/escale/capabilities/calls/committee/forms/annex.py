"""An annex as it is typed, line by line or from a spreadsheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from escale.capabilities.calls.committee.forms.session import Amount
from escale.capabilities.calls.committee.models import VoteLine
from escale.capabilities.calls.committee.queries.annex import Said
from escale.capabilities.calls.committee.queries.envelopes import Purse
from escale.capabilities.calls.committee.wording import OUTCOMES
from escale.capabilities.calls.dossiers.models import Dossier
from escale.foundation.questionnaires.tables import Cells, Wrong
from escale.foundation.territory.names import fold
from escale.rules.money import cents_typed, plain_euros
from escale.rules.wrong import Wrong as NotMoney

#: Funders that one award may have.
PARTS = 4
#: Headings of the spreadsheet, in order.
LENGTHS = {"financeur": 120, "ligne budgetaire": 120, "enveloppe": 60}
HEADS = ("dossier", "decision", "montant", "financeur", "ligne budgetaire", "enveloppe", "motifs", "conditions")


class LineForm(forms.Form):
    """The decision on one dossier, the parts of who pays, the words that may be sent."""

    outcome = forms.ChoiceField(label=gettext_lazy("Décision"), choices=list(OUTCOMES.items()))
    reason = forms.CharField(
        label=gettext_lazy("Motifs"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ils sont envoyés au déposant."),
    )  # fmt: skip
    conditions = forms.CharField(
        label=gettext_lazy("Conditions"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, line: VoteLine, purses: list[Purse], **kwargs: Any) -> None:
        begun = {"outcome": line.outcome, "reason": line.reason, "conditions": line.conditions}
        super().__init__(*args, **{**kwargs, "initial": begun})
        self.line = line
        known, shares = [("", _("aucune")), *((one.code, one.label) for one in purses)], list(line.shares.all())
        for n in range(PARTS):
            share = shares[n] if n < len(shares) else None
            first = purses[0] if purses and not n and share is None else None
            self._part(n, share, first, known)

    def _part(self, n: int, share: Any, first: Purse | None, known: list[tuple[str, Any]]) -> None:
        """Who pays what: funder, budget line, envelope, euros."""
        funder = share.funder if share else (first.funder if first else "")
        budget_line = share.budget_line if share else (first.budget_line if first else "")
        envelope = share.envelope if share else (first.code if first else "")
        cents = plain_euros(share.cents).replace(".", ",") if share else ""
        over = _("Part {n} : {what}")
        name = f"part.{n}"
        self.fields[f"{name}.funder"] = forms.CharField(
            label=over.format(n=n + 1, what=_("financeur")), required=False, max_length=120, initial=funder
        )
        self.fields[f"{name}.line"] = forms.CharField(
            label=over.format(n=n + 1, what=_("ligne budgétaire")), required=False, max_length=120, initial=budget_line
        )
        self.fields[f"{name}.envelope"] = forms.ChoiceField(
            label=over.format(n=n + 1, what=_("enveloppe")), required=False, choices=known, initial=envelope
        )
        self.fields[f"{name}.amount"] = Amount(label=over.format(n=n + 1, what=_("montant")), initial=cents)

    def clean(self) -> dict[str, Any]:
        """Each amount has its funder."""
        data: dict[str, Any] = super().clean() or {}
        for n in range(PARTS):
            if data.get(f"part.{n}.amount") and not data.get(f"part.{n}.funder"):
                self.add_error(f"part.{n}.funder", _("Dites qui paie cette part."))
        return data

    def said(self) -> Said:
        """As the action takes it."""
        data = self.cleaned_data
        parts: dict[tuple[str, str, str], int] = {}
        for n in range(PARTS):
            cents = data.get(f"part.{n}.amount")
            if cents:
                source = (data[f"part.{n}.funder"], data.get(f"part.{n}.line", ""), data.get(f"part.{n}.envelope", ""))
                parts[source] = parts.get(source, 0) + cents
        return Said(
            self.line.dossier_id, data["outcome"], tuple((*source, cents) for source, cents in parts.items()),
            data["reason"], data["conditions"], self.line.position,
        )  # fmt: skip


def read_annex(cells: Cells, dossiers: dict[str, Dossier]) -> tuple[list[Said], list[Wrong]]:
    """Lines of a spreadsheet: a line a funder, the first of a dossier says its decision. Everything that is wrong is told.

    ``dossiers``: those that may be in this annex, by number.
    """
    rows = [(n, row) for n, row in enumerate(cells, 1) if any(cell.strip() for cell in row)]
    heads = _heads(rows[0][1]) if rows else {}
    wrong = [
        Wrong(1, name, "", _("Il manque la colonne « {name} ».").format(name=name))
        for name in HEADS[:3]
        if name not in heads
    ]
    if wrong or not rows:
        return [], wrong
    found: dict[str, dict[str, Any]] = {}
    for n, row in rows[1:]:
        _row(
            n,
            {name: row[place].strip() if place < len(row) else "" for name, place in heads.items()},
            dossiers,
            found,
            wrong,
        )
    said = [
        Said(one["dossier"], one["outcome"], tuple((*source, cents) for source, cents in one["parts"].items()), one["reason"], one["conditions"], rank)
        for rank, one in enumerate(found.values(), 1)
    ]  # fmt: skip
    return said, wrong


def _heads(row: list[str]) -> dict[str, int]:
    folded = [fold(cell) for cell in row]
    return {name: folded.index(name) for name in HEADS if name in folded}


def _row(
    n: int, cell: dict[str, str], dossiers: dict[str, Dossier], found: dict[str, dict[str, Any]], wrong: list[Wrong]
) -> None:
    number = cell["dossier"].upper()
    if number not in dossiers:
        told = _("Aucun dossier examiné de ce numéro ne peut être voté ici.")
        wrong.append(Wrong(n, "dossier", cell["dossier"], told))
        return
    one = found.setdefault(
        number, {"dossier": dossiers[number].pk, "outcome": "", "parts": {}, "reason": "", "conditions": ""}
    )
    outcome = next((code for code, label in OUTCOMES.items() if fold(cell["decision"]) in (fold(str(label)), code)), "")
    if cell["decision"] and not outcome:
        known = ", ".join(str(label) for label in OUTCOMES.values())
        wrong.append(Wrong(n, "decision", cell["decision"], _("Décisions connues : {known}.").format(known=known)))
    if outcome and one["outcome"] and outcome != one["outcome"]:
        wrong.append(Wrong(n, "decision", cell["decision"], _("Ce dossier a deux décisions différentes.")))
    one["outcome"] = one["outcome"] or outcome
    if not one["outcome"] and not cell["decision"]:
        wrong.append(Wrong(n, "decision", "", _("Indiquez la décision.")))
    one["reason"], one["conditions"] = (
        one["reason"] or cell.get("motifs", ""),
        one["conditions"] or cell.get("conditions", ""),
    )
    if cell["montant"]:
        _money(n, cell, one, wrong)


def _money(n: int, cell: dict[str, str], one: dict[str, Any], wrong: list[Wrong]) -> None:
    try:
        cents = cents_typed(cell["montant"])
    except NotMoney as error:
        wrong.append(Wrong(n, "montant", cell["montant"], str(error)))
        return
    if not 0 <= cents < 10**13:
        wrong.append(Wrong(n, "montant", cell["montant"], _("Indiquez un montant positif, en euros.")))
    elif any(len(cell.get(name, "")) > most for name, most in LENGTHS.items()):
        wrong.append(
            Wrong(n, "financeur", cell.get("financeur", "")[:80], _("Financeur et ligne : 120 caractères au plus."))
        )
    elif cents:
        source = (cell.get("financeur") or "Région", cell.get("ligne budgetaire", ""), cell.get("enveloppe", ""))
        one["parts"][source] = one["parts"].get(source, 0) + cents
