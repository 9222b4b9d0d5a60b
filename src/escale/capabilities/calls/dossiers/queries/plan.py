"""The financing plan as it stands: what each line amounts to, totals that meet or the gap in words, years, limits."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.queries.readiness import Readiness
from escale.foundation.questionnaires.questions import Block, Place
from escale.rules.money import cents_of, shown_euros


@dataclass(frozen=True)
class Year:
    """One year of the plan: what is spent, what the aid brings (None: not known by year)."""

    label: str
    spending_cents: int
    aid_cents: int | None


@dataclass(frozen=True)
class Plan:
    """``ttc``: row of expense → cents with VAT. ``spending_cents`` is what counts, ``counts`` says why.
    ``gap_cents`` = resources − spending; ``said`` puts it in words.
    """

    ttc: dict[str, int]
    ht_cents: int
    vat_cents: int
    spending_cents: int
    resources_cents: int
    counts: str
    said: str
    years: list[Year]
    asked_cents: int
    asked: str

    @property
    def gap_cents(self) -> int:
        return self.resources_cents - self.spending_cents

    @property
    def balanced(self) -> bool:
        return self.spending_cents == self.resources_cents and self.spending_cents > 0


def plan_of(ready: Readiness) -> Plan:
    """The plan of a dossier; lines that cannot be read yet count for nothing."""
    block = ready.call.form.items[ready.call.names["expenses"]]
    assert isinstance(block, Block)
    ht, vat = _column(ready, block, "ht"), _column(ready, block, "vat")
    spending, resources = ready.spending_cents, ready.resources_cents
    return Plan(
        ttc={key: ht[key] + vat.get(key, 0) for key in ht},
        ht_cents=sum(ht.values()),
        vat_cents=sum(vat.values()),
        spending_cents=spending,
        resources_cents=resources,
        counts=_counts(ready),
        said=_said(spending, resources),
        years=_years(ready),
        asked_cents=ready.asked_cents,
        asked=_asked(ready),
    )


def _column(ready: Readiness, block: Block, code: str) -> dict[str, int]:
    found = {}
    for key in ready.filled.rows.get(block.code, ()):
        value = ready.filled.read(Place(f"{block.code}.{code}", key)).value
        if value is not None:
            found[key] = cents_of(value)
    return found


def _counts(ready: Readiness) -> str:
    """Why amounts count with or without VAT here."""
    rule = (ready.call.document.get("aid") or {}).get("vat", "by_status")
    status = ready.case["applicant"].get("vat")
    if rule == "ttc":
        return _("Cet appel compte les dépenses taxes comprises.")
    if rule == "ht":
        return _("Cet appel compte les dépenses hors taxes.")
    if status == "not_recovered":
        return _("Votre organisation ne récupère pas la TVA : les dépenses comptent taxes comprises.")
    if status == "partly":
        return _("Votre organisation récupère une partie de la TVA : le reste compte dans les dépenses.")
    if status == "recovers":
        return _("Votre organisation récupère la TVA : les dépenses comptent hors taxes.")
    return _(
        "Dites sur la fiche de votre organisation si elle récupère la TVA ; d’ici là, les dépenses comptent hors taxes."
    )


def _said(spending: int, resources: int) -> str:
    if not spending and not resources:
        return _("Ajoutez une dépense et une ressource : les deux totaux doivent être égaux au centime près.")
    if spending == resources:
        return _("Le plan est équilibré : {total} de chaque côté.").format(total=shown_euros(spending))
    if resources < spending:
        return _("Il manque {gap} de ressources pour couvrir les dépenses.").format(
            gap=shown_euros(spending - resources)
        )
    return _("Les ressources dépassent les dépenses de {gap}.").format(gap=shown_euros(resources - spending))


def _asked(ready: Readiness) -> str:
    """What the plan asks of this call beside what the rules compute; empty when there is nothing to say."""
    aid = (ready.answer.get("aid") or {}).get("total_cents")
    funders = ", ".join(one["label"] for one in (ready.call.document.get("aid") or {}).get("funders", []))
    if not aid or not funders or not ready.resources_cents:
        return ""
    if not ready.asked_cents:
        sentence = _("Votre plan ne demande rien à {funders} : ajoutez une ressource de ce nom, à l’état « Demandé ».")
        return sentence.format(funders=funders)
    sentence = _("Votre plan demande {asked} à {funders} ; l’aide calculée est de {aid}.")
    return sentence.format(asked=shown_euros(ready.asked_cents), funders=funders, aid=shown_euros(aid))


def _years(ready: Readiness) -> list[Year]:
    """One line a year when the plan names several; expenses without a year stand last."""
    spent: dict[Any, int] = {}
    for year, cents in ready.spending_by_year:
        spent[year] = spent.get(year, 0) + cents
    if len(spent) < 2:
        return []
    aid = (ready.answer.get("aid") or {}).get("by_year", {})
    named = sorted(year for year in spent if year is not None)
    years = [Year(str(year), spent[year], aid.get(str(year))) for year in named]
    return years + ([Year(_("Année à préciser"), spent[None], None)] if None in spent else [])
