"""Where a fact's value comes from: the case, a row of it, or sums over its rows. Unknown is None."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from escale.rules.scheme.case import Case, Expense, Row
from escale.rules.words import _

#: Names of facts in sentences, when neither the condition nor a question names them.
LABELS = {
    "applicant.legal_form": "Forme juridique",
    "applicant.population": "Population du porteur",
    "applicant.commune": "Commune du porteur",
    "applicant.departement": "Département du porteur",
    "applicant.fte": "Équivalents temps plein",
    "applicant.created_on": "Date de création",
    "applicant.vat": "TVA",
    "applicant.vat_recovered": "Part de TVA récupérée",
    "applicant.ess": "Économie sociale et solidaire",
    "applicant.size": "Taille de l’entreprise",
    "partners": "Nombre de partenaires",
    "partners.population": "Population cumulée des partenaires",
    "project_type": "Type de projet",
    "themes": "Thèmes",
    "filed_on": "Date du dépôt",
    "decided_on": "Date de la décision",
    "pieces": "Pièces jointes",
    "territory.zones": "Zones du territoire",
    "territory.class": "Classe du territoire",
    "network.minutes_to_nearest_place": "Minutes jusqu’au lieu ouvert le plus proche",
    "place.opened_on": "Ouverture du lieu",
    "place.hours_per_week": "Heures d’ouverture par semaine",
    "place.days_per_week": "Jours d’ouverture par semaine",
    "plan.spending": "Dépenses prévues",
    "applicant.name": "Nom du porteur",
    "applicant.siret": "SIRET du porteur",
    "earlier_aids": "Aides déjà reçues",
    "earlier_aids.amount": "Aides déjà reçues",
    "expenses": "Nombre de dépenses",
    "funding": "Nombre de ressources",
    "plan.loan": "Emprunts",
    "plan.private": "Ressources privées",
    "plan.public": "Aides publiques",
    "plan.own": "Fonds propres",
    "plan.other_public": "Autres aides publiques",
    "territory.epci": "Intercommunalité",
    "plan.years": "Nombre d’années du plan",
    "plan.kept": "Dépenses retenues",
    "plan.asked": "Aide demandée ici",
    "earlier_dossiers": "Dossiers antérieurs",
    "owner.name": "Nom du propriétaire représenté",
    "owner.legal_form": "Forme juridique du propriétaire",
    "owner.siret": "SIRET du propriétaire",
    "owner.commune": "Commune du propriétaire",
    "owner.departement": "Département du propriétaire",
    "owner.population": "Population du propriétaire",
}


#: Rows whose number is a fact by itself.
TABLES = ("partners", "expenses", "funding", "earlier_aids", "earlier_dossiers")


@dataclass
class Facts:
    """The facts of one case: ``rows`` gives the rows of ``partners``, ``expenses`` or a block."""

    case: Case
    partners: tuple[Row, ...]
    labels: dict[str, str]
    row: Row | None = None
    computed: dict[str, Any] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """The value of a fact, None when nobody gave it."""
        if name.startswith("row."):
            return self.row.get(name[4:]) if self.row is not None else None
        found = self.case.facts.get(name)
        if found is not None:
            return found
        if name in TABLES or name.removeprefix("answers.") in self.case.blocks:
            rows = self.rows(name)
            return None if rows is None else len(rows)
        return self.computed.get(name)

    def rows(self, name: str) -> tuple[Row, ...] | None:
        """The rows behind ``partners``, ``expenses`` or ``answers.BLOCK``; None when never given."""
        if name == "partners":
            return self.partners
        if name in TABLES:
            return self.computed.get(name)
        return self.case.blocks.get(name.removeprefix("answers."))

    def at_row(self, row: Row) -> "Facts":
        """The same facts, seen from one row."""
        return Facts(self.case, self.partners, self.labels, row, self.computed)

    def label(self, name: str) -> str:
        """The fact's name for a sentence."""
        known = self.labels.get(name) or LABELS.get(name.replace("row.", "applicant."))
        return _(known) if known else name


def plan_facts(
    case: Case, amounts: tuple[int, ...], own_funders: frozenset[str], categories: Iterable[str] = ()
) -> dict[str, Any]:
    """Facts of the financing plan, in euros; ``amounts`` are the expenses as kept (HT or TTC), in cents.

    ``plan.other_public`` leaves out the lines of ``own_funders``: they are the aid asked, ``plan.asked``.
    A category of ``categories`` without expense counts for nothing once the expenses are known.
    """
    out: dict[str, Any] = {}
    if case.earlier_aids is not None:
        out["earlier_aids"] = tuple(_in_euros({"undertaking": "self", **row}) for row in case.earlier_aids)
    if case.earlier_dossiers is not None:
        out["earlier_dossiers"] = case.earlier_dossiers
    if case.funding is not None:
        _funding(out, case.funding, own_funders)
    if case.expenses is None:
        return out
    out["plan.spending"] = _euros(sum(amounts))
    out.update({f"plan.spending_{code}": 0 for code in categories})
    for expense, cents in zip(case.expenses, amounts, strict=True):
        name = f"plan.spending_{expense.category}"
        out[name] = out.get(name, 0) + _euros(cents)
    out["plan.years"] = max(1, len({expense.year for expense in case.expenses if expense.year}))
    out["expenses"] = tuple(expense_row(expense, cents) for expense, cents in zip(case.expenses, amounts, strict=True))
    return out


def _funding(out: dict[str, Any], rows: tuple[Row, ...], own_funders: frozenset[str]) -> None:
    told = []
    for row in rows:
        ours = row["source"] in ("own", "loan")
        told.append(_in_euros({"state": "granted" if ours else "asked", **({"funder": ""} if ours else {}), **row}))
    out["funding"] = tuple(told)
    for source in ("own", "loan", "private", "public"):
        lines = [row for row in told if row["source"] == source and row["state"] != "refused"]
        out[f"plan.{source}"] = sum(row["amount"] for row in lines)
    asked = [row for row in lines if str(row.get("funder", "")).casefold() in own_funders]
    out["plan.asked"] = sum(row["amount"] for row in asked)
    out["plan.other_public"] = out["plan.public"] - out["plan.asked"]


def expense_row(expense: Expense, cents: int) -> Row:
    """An expense as conditions see it, its amount in euros as it counts."""
    return {
        "category": expense.category, "label": expense.label, "year": expense.year, "dated_on": expense.dated_on,
        "partner": expense.partner, "amount": _euros(cents),
    }  # fmt: skip


def _in_euros(row: Row) -> Row:
    return {**row, "amount": _euros(row["amount"])} if "amount" in row else row


def _euros(cents: int) -> int | Fraction:
    return Fraction(cents, 100) if cents % 100 else cents // 100
