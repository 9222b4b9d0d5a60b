"""A town hall without a network: the service writes its sheet and enters what it sent on paper."""

from datetime import datetime, timedelta

from escale.capabilities.calls.dossiers.actions import behalf, drafts
from escale.capabilities.calls.dossiers.models import Behalf, Way
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.schemes.models import Scheme
from escale.demo import people
from escale.demo.dossiers import CALL
from escale.foundation.organisations import actions
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change

TOWN = "Commune de Val-sans-Réseau"
REASON = "Ligne coupée depuis une semaine en mairie ; papier gardé au service, armoire 4."


def build(at: datetime) -> None:
    """Creates the organisation and the draft that the service fills, once, when the call was open the day before."""
    scheme, received_at = Scheme.objects.filter(key=CALL).first(), at - timedelta(hours=3)
    if scheme is None or scheme.phase(received_at) != "open" or Behalf.objects.exists():
        return
    officer = people.person("officer")
    town = actions.create(
        by=officer, at=at, on_behalf=REASON, name=TOWN, legal_form="commune", commune_id="61141", vat="not_recovered",
        representative="Émile Vautier", quality="maire",
    )  # fmt: skip
    dossier = behalf.enter(
        scheme, town, way=Way.PAPER, received_at=received_at, reason=REASON, by=officer, at=at
    )  # fmt: skip
    title = Place(call_of(dossier.edition).names["project_title"])
    drafts.save(dossier, [Change(title, "Un point d’accueil dans l’ancien presbytère")], by=officer, at=at)
