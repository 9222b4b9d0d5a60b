"""What the demonstration does not show but a page exists for: brought about by the acts of those who would do it."""

import io
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from escale.capabilities.calls.committee.actions import preparing, session
from escale.capabilities.calls.committee.models import Sitting
from escale.capabilities.calls.instruction.actions import handling
from escale.capabilities.calls.schemes import actions
from escale.capabilities.calls.schemes.models import Scheme
from escale.capabilities.label.actions import visits
from escale.capabilities.label.models import Visit
from escale.demo import calls, dossiers, people
from escale.foundation.documents import standing
from escale.foundation.organisations.models import Organisation

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
#: Held back by an act, replaced by another text while drafts wait.
HELD, REPLACED = "e-sante-feder", "fabrique-initiatives"


def bring(at: datetime) -> None:
    """A call suspended, a newer text for a draft, a request closed, papers given once and a delegation, a sitting in
    session and one prepared, a picture of a visit.
    """
    lead, mayor = people.person("lead-officer"), people.person("applicant")
    held = Scheme.objects.get(key=HELD)
    actions.amending.change(held, "suspend", reason="Le fonds attend une décision.", by=lead, at=at)
    document = calls.read(calls.HERE / "schemes" / f"{REPLACED}.yaml")
    actions.publish(document | {"summary": f"{document['summary']} Texte précisé."}, by=None, at=at)
    asked = Scheme.objects.get(key=dossiers.CALL)
    ended = dossiers.filed(asked, people.STRANGER, "stranger", "Un quai sans suite", 21_000, at)
    handling.close(ended, reason="La commune ne répond plus depuis deux mois.", by=lead, at=at)
    town = Organisation.objects.get(name=people.APPLICANT)
    standing.give(town, "bank_details", SimpleUploadedFile("rib.pdf", PDF), by=mayor, at=at)
    _session(at)
    _picture(at)
    member = town.memberships.get(person=people.person("applicant-delegate"))
    standing.delegate(
        town, member, SimpleUploadedFile("arrete.pdf", PDF), since=at.date(), until=at.date() + timedelta(days=90),
        by=mayor, at=at,
    )  # fmt: skip


def _session(at: datetime) -> None:
    """A sitting in session, of the dossiers left for the next one; another one that is only being prepared."""
    officer = people.person("officer")
    convened = Sitting.objects.get(state="convened")
    members = convened.members.values_list("pk", flat=True)
    session.attend(convened, dict.fromkeys(members, "present"), by=officer, at=at)
    session.open_sitting(convened, by=officer, at=at)
    preparing.create(
        convened.service, title="Comité de printemps", held_at=at + timedelta(days=90), place="À fixer", quorum=2,
        by=officer, at=at,
    )  # fmt: skip


def _picture(at: datetime) -> None:
    """The visitor takes a picture in the place where it is expected."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#0B5A7A").save(out, "PNG")
    visit = Visit.objects.get(state="planned")
    upload = SimpleUploadedFile("vue.png", out.getvalue(), "image/png")
    visits.add_photo(visit, upload, key="walked", caption="L’entrée", code="A2", by=people.person("visitor"), at=at)
