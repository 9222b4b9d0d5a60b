"""An organisation's standing document is offered again while it is valid, and refused with the reason once it is not."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.calls.dossiers.actions import pieces
from escale.capabilities.calls.dossiers.models import Piece
from escale.capabilities.calls.dossiers.queries import readiness
from escale.foundation.clock import reading
from escale.foundation.documents import standing
from escale.rules.refusal import Refused
from tests.capabilities.calls.dossiers import stage as on

pytestmark = pytest.mark.django_db
PIECES = [{"code": "insurance", "label": "Attestation", "standing": "insurance", "valid_for": 6}]


@pytest.fixture
def world(at, settings, tmp_path):
    settings.ESCALE_DEMO = True
    settings.ESCALE_FILES_URL = f"file://{tmp_path}"
    reading.move_to(at)
    return on.stage(at, pieces=PIECES)


def give(world, at, **dates):
    upload = SimpleUploadedFile("assurance 2026.pdf", on.PDF)
    return standing.give(world.town, "insurance", upload, by=world.people["mayor"], at=at, **dates)


def test_it_is_offered_and_taken_with_one_button(world, at):
    dossier = on.draft(world, at)
    given = give(world, at, valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31))
    secretary = on.browser(world, "secretary")
    page = secretary.get(f"{dossier.get_absolute_url()}les-pieces/").content.decode()
    assert "assurance 2026.pdf" in page and "Reprendre ce document" in page
    assert secretary.post(f"{dossier.get_absolute_url()}pieces/insurance/standing/attach").status_code == 303
    assert Piece.objects.get().document == given.document
    assert [gap for gap in readiness.prepare(dossier, at).gaps if gap.section == "les-pieces"] == []
    assert "Reprendre ce document" not in secretary.get(f"{dossier.get_absolute_url()}les-pieces/").content.decode()
    again = secretary.post(f"{dossier.get_absolute_url()}pieces/insurance/standing/attach")
    assert again.status_code == 410


@pytest.mark.parametrize(
    ("dates", "days", "why"),
    [
        ({"valid_until": date(2026, 3, 10)}, 8, "n’est plus valable depuis le 10 mars 2026"),
        ({"valid_from": date(2025, 9, 10)}, 8, "6 mois au plus"),
    ],
)
def test_once_out_of_date_it_keeps_the_dossier_from_being_filed(world, at, dates, days, why):
    dossier = on.draft(world, at)
    give(world, at, **dates)
    pieces.reuse(dossier, "insurance", by=world.people["mayor"], at=at)
    later = at + timedelta(days=days)
    gaps = [gap.sentence for gap in readiness.prepare(dossier, later).gaps if gap.section == "les-pieces"]
    assert len(gaps) == 1 and why in gaps[0]
    with pytest.raises(Refused):
        pieces.reuse(dossier, "insurance", by=world.people["mayor"], at=later)


def test_what_was_taken_back_is_not_offered(world, at):
    dossier = on.draft(world, at)
    standing.take_back(give(world, at), by=world.people["mayor"], at=at)
    assert readiness.prepare(dossier, at).reusable.offers == {}
