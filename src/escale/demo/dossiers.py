"""The dossiers of the demonstration: being filled, filed, taken back, begun again, each with the journal of its life."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.calls.dossiers.actions import drafts, filing, pieces
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.schemes.models import Scheme
from escale.demo import correspondence, people
from escale.foundation.documents.typesetting import pdf
from escale.foundation.organisations.models import Organisation
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change

CALL = "creation-investissement"
#: The dossiers of whom more is told, by their spending in euros.
TALKED_ABOUT, TAKEN_BACK = 86_500, 38_000
STUDY = Path(__file__).parent / "papers" / "study.typ"


def build(at: datetime) -> None:
    """Creates the dossiers, once, when the call is open."""
    scheme = Scheme.objects.filter(key=CALL).first()
    if scheme is None or scheme.phase(at) != "open" or Dossier.objects.exists():
        return
    begun = _begin(scheme, people.APPLICANT, "applicant-editor", "Une halle à travailler place du marché", 64_000, at)
    begun_by = people.person("applicant-editor")
    drafts.save(begun, [Change(Place("funding.amount", "own"), "12 000", base=1)], by=begun_by, at=at)
    for organisation, key, title, euros in (
        (people.APPLICANT, "applicant", "L’ancienne perception devient un atelier partagé", 86_500),
        (people.STRANGER, "stranger", "Bureaux partagés dans la capitainerie", 142_000),
        (people.APPLICANT, "applicant", "Un atelier de réparation à la gare", 38_000),
    ):
        dossier = filed(scheme, organisation, key, title, euros, at)
        if euros == TALKED_ABOUT:
            correspondence.exchange(dossier, str(STUDY), at)
        if euros == TAKEN_BACK:
            correspondence.take_back_and_begin_again(dossier, people.person(key), at)


def filed(scheme: Scheme, organisation: str, key: str, title: str, euros: int, at: datetime) -> Dossier:
    """A dossier with its study, filed by the person ``key``."""
    dossier = _begin(scheme, organisation, key, title, euros, at)
    _study(dossier, key, title, at)
    signer, by = dossier.organisation, people.person(key)
    again = f"demo-{key}-{euros}"
    filing.submit(dossier, signer=signer.representative, quality=signer.quality, by=by, at=at, key=again)
    return lists.whole().get(pk=dossier.pk)


def _begin(scheme: Scheme, organisation: str, key: str, title: str, euros: int, at: datetime) -> Dossier:
    someone = people.person(key)
    owner = Organisation.objects.get(name=organisation)
    dossier = drafts.create(scheme, owner, by=someone, at=at, key=f"demo-{key}-{euros}")
    drafts.save(dossier, _answers(dossier, title, euros), by=someone, at=at)
    found = lists.whole().get(pk=dossier.pk)
    assert isinstance(found, Dossier)
    return found


def _answers(dossier: Dossier, title: str, euros: int) -> list[Change]:
    """A quarter is asked of the Region, a fifth stands as own funds, the State is asked the rest."""
    names = call_of(dossier.edition).names
    asked, own = euros // 4, euros // 5
    expenses, funding = names["expenses"], names["funding"]
    typed: dict[Place, Any] = {
        Place(names["project_title"]): title,
        Place("all_professionals"): "yes",
        Place("study_done"): "yes",
        Place(f"{expenses}.category", "works"): "works",
        Place(f"{expenses}.label", "works"): "Travaux de second œuvre et réseau",
        Place(f"{expenses}.ht", "works"): str(euros),
        Place(f"{funding}.source", "own"): "own",
        Place(f"{funding}.amount", "own"): str(own),
        Place(f"{funding}.source", "region"): "public",
        Place(f"{funding}.funder", "region"): "Région",
        Place(f"{funding}.state", "region"): "asked",
        Place(f"{funding}.amount", "region"): str(asked),
        Place(f"{funding}.source", "state"): "public",
        Place(f"{funding}.funder", "state"): "État (DETR)",
        Place(f"{funding}.state", "state"): "asked",
        Place(f"{funding}.amount", "state"): str(euros - asked - own),
    }
    return [Change(place, text) for place, text in typed.items()]


def _study(dossier: Dossier, key: str, title: str, at: datetime) -> None:
    """The study that the call asks for, typeset for the occasion."""
    text = "Étude fictive de la démonstration : besoins recensés, publics attendus, charges et recettes sur trois ans."
    made = pdf(STUDY, {"title": f"Étude préalable : {title}", "organisation": dossier.organisation.name, "text": text})
    upload = SimpleUploadedFile("etude-prealable.pdf", made, "application/pdf")
    pieces.attach(dossier, "study", upload, by=people.person(key), at=at)
