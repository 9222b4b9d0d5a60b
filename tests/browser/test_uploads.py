"""Files leave as soon as they are chosen or dropped, each with its progress; what fails says why and can be tried again."""

import pytest
from playwright.sync_api import expect

from escale.capabilities.calls.dossiers.models import Piece
from escale.foundation.clock import reading
from escale.foundation.territory import loading
from tests.browser.test_filling import enter
from tests.capabilities.calls.dossiers import stage as on

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PIECES = [{"code": "deliberation", "label": "Délibération"}, {"code": "quotes", "label": "Devis"}]
#: Drops files made in the page on the first zone, as a hand would.
DROP = """names => {
  const carried = new DataTransfer();
  for (const name of names) carried.items.add(new File(["%PDF-1.4\\nstartxref\\n0\\n%%EOF\\n"], name, {type: "application/pdf"}));
  const zone = document.querySelector("escale-drop");
  zone.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def dossier(at, settings, tmp_path, page, live_server):
    loading.load_default(at=at)
    settings.ESCALE_DEMO = True
    settings.ESCALE_FILES_URL = f"file://{tmp_path}"
    reading.move_to(at)
    world = on.stage(at, pieces=PIECES)
    made = on.draft(world, at)
    enter(page, world.people["mayor"], live_server)
    page.goto(f"/dossiers/{made.number}/les-pieces/")
    return made


def standing():
    return set(Piece.objects.filter(removed_at__isnull=True).values_list("code", "document__name"))


def test_several_files_dropped_at_once_find_their_pieces(page, dossier, violations):
    page.evaluate(DROP, ["délibération.pdf", "devis toiture.pdf", "scan.pdf"])
    expect(page.get_by_role("heading", name="À classer")).to_be_visible()
    assert standing() == {("deliberation", "délibération.pdf"), ("quotes", "devis toiture.pdf"), ("", "scan.pdf")}
    assert violations(page) == []


def test_a_file_refused_says_why_and_the_others_are_kept(page, dossier):
    files = [
        {"name": "devis.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + b"\0" * 100},
        {"name": "délibération.pdf", "mimeType": "application/pdf", "buffer": on.PDF},
    ]
    page.set_input_files("#several-files", files)
    expect(page.get_by_role("alert")).to_contain_text("un programme")
    expect(page.get_by_text("Joint : délibération.pdf")).to_be_visible()
    assert standing() == {("deliberation", "délibération.pdf")}


def test_a_line_cut_is_said_and_the_file_is_sent_again(page, dossier):
    page.context.set_offline(True)
    page.set_input_files("#piece-deliberation", {"name": "d.pdf", "mimeType": "application/pdf", "buffer": on.PDF})
    expect(page.get_by_role("alert")).to_contain_text("la connexion est coupée")
    page.context.set_offline(False)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.get_by_text("version 1")).to_be_visible()
    assert standing() == {("deliberation", "d.pdf")}
