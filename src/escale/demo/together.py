"""A dossier prepared by several: partners (one confirmed, one awaited), a plan that balances, a remark to settle."""

from datetime import datetime
from typing import Any

from escale.capabilities.calls.dossiers.actions import drafts, partners, team
from escale.capabilities.calls.dossiers.models import Partnership
from escale.capabilities.calls.schemes.models import Scheme
from escale.demo import people
from escale.foundation.organisations.models import Organisation
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change

CALL = "fabrique-initiatives"
AWAITED = "contact@cafe-associatif.escale.example"


def build(at: datetime) -> None:
    """Creates the dossier, once, when the call is open."""
    scheme = Scheme.objects.filter(key=CALL).first()
    if scheme is None or scheme.phase(at) != "open" or Partnership.objects.exists():
        return
    editor, mayor = people.person("applicant-editor"), people.person("applicant")
    town = Organisation.objects.get(name=people.APPLICANT)
    dossier = drafts.create(scheme, town, by=editor, at=at, key="demo-together")
    drafts.save(dossier, _answers(), by=editor, at=at)
    confirmed = partners.invite(dossier, "atelier", by=editor, at=at)
    partners.invite(dossier, "cafe", by=editor, at=at)
    _confirm(confirmed, at)
    team.comment(
        dossier,
        "le-budget",
        "Pouvez-vous vérifier le devis de la menuiserie avant vendredi ?",
        by=mayor,
        at=at,
        key="demo",
    )
    team.hand_over(dossier, editor, by=mayor, at=at)


def _confirm(found: Partnership, at: datetime) -> None:
    partner = people.person("partner")
    own = Organisation.objects.get(name=people.PARTNER)
    seen = partners.terms_digest(found.terms)
    partners.confirm(found, quality="président", seen=seen, by=partner, at=at, organisation=own)


def _answers() -> list[Change]:
    """Typed as a secretary would."""
    typed: dict[Place, Any] = {
        Place("project_title"): "Le relais du bocage",
        Place("name"): "Le relais du bocage",
        Place("story"): "Un café où l’on travaille, un atelier où l’on répare, dans l’ancienne école.",
        Place("first_place"): "yes",
        Place("partners.share", "lead"): "50",
        Place("partners.role", "lead"): "Porte le projet et prête l’ancienne école",
        **_partner("atelier", people.PARTNER, "27467", "30", "Anime l’atelier de réparation", "4 000"),
        **_partner("cafe", "Le Café associatif du bocage", "14162", "20", "Tient le café et l’accueil", "1 500"),
        Place("partners.email", "atelier"): people.person("partner").email,
        Place("partners.email", "cafe"): AWAITED,
        **_expense("e1", "fitting_out", "Mobilier et établis", "18 500", "3 700", "2026"),
        **_expense("e2", "fitting_out", "Réseau et wifi", "2 400,50", "480,10", "2026"),
        **_expense("e3", "animation", "Animation la première année", "12 000", "", "2027"),
        **_resource("f1", "own", "", "", "12 080,60"),
        **_resource("f2", "public", "Région", "asked", "18 500"),
        **_resource("f3", "revenue", "Recettes du café", "", "5 000"),
        **_resource("f4", "in_kind", "Matériel donné par les Ateliers", "", "1 500"),
    }
    return [Change(place, text) for place, text in typed.items() if text]


def _partner(row: str, name: str, commune: str, share: str, role: str, amount: str) -> dict[Place, str]:
    said = {"name": name, "legal_form": "association", "commune": commune, "lead": "no", "share": share}
    said |= {"role": role, "amount": amount}
    return {Place(f"partners.{code}", row): text for code, text in said.items()}


def _expense(row: str, category: str, label: str, ht: str, vat: str, year: str) -> dict[Place, str]:
    said = {"category": category, "label": label, "ht": ht, "vat": vat, "year": year, "quote": "quotes"}
    return {Place(f"expenses.{code}", row): text for code, text in said.items()}


def _resource(row: str, source: str, funder: str, state: str, amount: str) -> dict[Place, str]:
    said = {"source": source, "funder": funder, "state": state, "amount": amount}
    return {Place(f"funding.{code}", row): text for code, text in said.items()}
