"""Pieces: several at once, told by their names, sorted, replaced with their history; hostile files; who opens them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escale.capabilities.calls.dossiers.actions import pieces
from escale.capabilities.calls.dossiers.models import Piece
from escale.capabilities.calls.dossiers.queries import lists, readiness
from escale.capabilities.calls.dossiers.queries.sorting import piece_for
from escale.capabilities.calls.schemes.actions import attaching
from escale.foundation.clock import reading
from escale.foundation.documents import storage
from escale.foundation.documents.models import Document
from escale.foundation.organisations import actions as organisations
from tests import build
from tests.capabilities.calls.dossiers import stage as on
from tests.foundation.documents import hostile
from tests.foundation.documents.test_previews import PHOTO

pytestmark = pytest.mark.django_db
PIECES = [
    {"code": "deliberation", "label": "Délibération"},
    {"code": "quotes", "label": "Devis des entreprises"},
    {"code": "rib", "label": "RIB", "required": "no"},
    {"code": "statutes", "label": "Statuts", "when": {"fact": "applicant.legal_form", "in": ["association"]}},
]


@pytest.fixture
def world(at, settings, tmp_path):
    settings.ESCALE_DEMO = True
    settings.ESCALE_FILES_URL = f"file://{tmp_path}"
    reading.move_to(at)
    return on.stage(at, pieces=PIECES)


def file(name, content=on.PDF):
    return SimpleUploadedFile(name, content)


def standing(dossier):
    return dict(Piece.objects.filter(dossier=dossier, removed_at__isnull=True).values_list("code", "document__name"))


def test_several_files_find_their_pieces_by_their_names(world, at):
    dossier = on.draft(world, at)
    secretary = on.browser(world, "secretary")
    names = ["2026-02 délibération n°12.pdf", "DEVIS_toiture.pdf", "rib mairie.pdf", "photo.pdf"]
    sent = secretary.post(f"{dossier.get_absolute_url()}les-pieces/attach", {"files": [file(one) for one in names]})
    assert sent.status_code == 303
    assert standing(dossier) == {
        "deliberation": names[0].replace("°", "°"), "quotes": names[1], "rib": names[2], "": names[3],
    }  # fmt: skip
    page = secretary.get(f"{dossier.get_absolute_url()}les-pieces/").content.decode()
    assert "À classer" in page and "Quelle pièce est-ce" in page
    assert any("photo.pdf" in gap.sentence for gap in readiness.prepare(dossier, at).gaps)
    waiting = Piece.objects.get(code="")
    address = f"{dossier.get_absolute_url()}pieces/a-classer/{waiting.version}"
    assert b"".join(secretary.get(address).streaming_content) == on.PDF
    assert secretary.post(f"{address}/attach", {"code": "nothing"}).status_code == 410
    assert secretary.post(f"{address}/attach", {"code": "statutes"}).status_code == 303
    assert standing(dossier)["statutes"] == "photo.pdf" and "" not in standing(dossier)
    assert secretary.post(f"{address}/attach", {"code": "statutes"}).status_code == 410


def test_a_name_that_tells_nothing_or_two_things_is_not_guessed():
    specs = [{"code": "a", "label": "Devis de travaux"}, {"code": "b", "label": "Devis de matériel"}]
    assert piece_for("devis.pdf", specs, set()) == ""
    assert piece_for("Devis matériel.pdf", specs, set()) == "b"
    assert piece_for("devis.pdf", specs, {"a"}) == "b"
    assert piece_for("scan0001.pdf", specs, set()) == ""


def test_one_bad_file_among_good_ones_is_named_and_the_others_are_kept(world, at):
    dossier = on.draft(world, at)
    files = [file("délibération.pdf"), file("devis.pdf", hostile.LOCKED_PDF), file("rib.pdf", hostile.PROGRAM)]
    refused = on.browser(world, "mayor").post(f"{dossier.get_absolute_url()}les-pieces/attach", {"files": files})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert 'data-code="file_locked"' in page and "PDF verrouillé" in page and "un programme" in page
    assert standing(dossier) == {"deliberation": "délibération.pdf"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("photo.jpg", hostile.png(), "file_name_lies"),
        ("plan.png", hostile.PROGRAM, "file_kind"),
        ("plan.docx", hostile.quoted_bomb(), "file_bomb"),
        ("page.pdf", hostile.HTML, "file_kind"),
        ("vide.pdf", b"", "file_empty"),
        ("coupé.pdf", hostile.CUT_PDF, "file_damaged"),
        ("clip.heic", hostile.MP4, "file_kind"),
    ],
)
def test_a_hostile_file_is_refused_with_its_sentence(world, at, name, content, code):
    dossier = on.draft(world, at)
    mayor, address = on.browser(world, "mayor"), f"{dossier.get_absolute_url()}pieces/deliberation"
    page = mayor.post(address, {"file": file(name, content)})
    assert page.status_code == 409 and f'data-code="{code}"' in page.content.decode()
    said = mayor.post(address, {"file": file(name, content)}, headers={"Accept": "application/json"})
    assert (said.status_code, said.json()["error"]["code"]) == (409, code)
    assert not Piece.objects.exists() and not Document.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.pdf",
        "a\u202efdp.exe.pdf",
        "e\u0301te\u0301 🏝️.pdf",
        "con\x00trol.pdf",
        "x" * 300 + ".pdf",
        "….pdf",
    ],
)
def test_no_name_surprises(world, at, name):
    dossier = on.draft(world, at)
    mayor = on.browser(world, "mayor")
    address = f"{dossier.get_absolute_url()}pieces/deliberation"
    assert mayor.post(address, {"file": file(name)}).status_code == 303
    opened = mayor.get(f"{address}/1")
    assert b"".join(opened.streaming_content) == on.PDF
    assert opened["Content-Disposition"].startswith("attachment") and "\u202e" not in opened["Content-Disposition"]
    assert opened["X-Content-Type-Options"] == "nosniff" and opened["Cache-Control"].startswith("private")


def test_versions_keep_their_history(world, at):
    dossier = on.draft(world, at)
    mayor = on.browser(world, "mayor")
    address = f"{dossier.get_absolute_url()}pieces/deliberation"
    for n in (1, 2):
        mayor.post(address, {"file": file(f"délibération {n}.pdf", on.PDF + b" " * n)})
    page = mayor.get(f"{dossier.get_absolute_url()}les-pieces/").content.decode()
    assert "Versions précédentes" in page and "délibération 1.pdf" in page and "délibération 2.pdf" in page
    assert b"".join(mayor.get(f"{address}/1").streaming_content) == on.PDF + b" "
    assert mayor.post(f"{address}/2/remove").status_code == 303
    assert standing(dossier) == {} and b"".join(mayor.get(f"{address}/2").streaming_content) == on.PDF + b"  "


def test_a_photo_of_a_telephone_is_shown(world, at):
    dossier = on.draft(world, at)
    mayor = on.browser(world, "mayor")
    address = f"{dossier.get_absolute_url()}pieces/quotes"
    mayor.post(address, {"file": file("IMG_0001.HEIC", PHOTO)})
    shown = mayor.get(f"{address}/1?voir")
    assert shown["Content-Type"] == "image/jpeg" and b"".join(shown.streaming_content)[:3] == b"\xff\xd8\xff"
    assert b"".join(mayor.get(f"{address}/1").streaming_content) == PHOTO


def test_why_each_piece_is_asked(world, at):
    dossier = on.draft(world, at)
    page = on.browser(world, "mayor").get(f"{dossier.get_absolute_url()}les-pieces/").content.decode()
    assert "Demandée à tous." in page and "Facultative." in page and "Non demandée." in page


def test_a_script_is_told_what_became_of_the_file(world, at):
    dossier = on.draft(world, at)
    mayor = on.browser(world, "mayor")
    address = f"{dossier.get_absolute_url()}les-pieces/attach"
    said = mayor.post(address, {"files": file("Devis.pdf")}, headers={"Accept": "application/json"}).json()
    assert (said["code"], said["label"], said["version"], said["size"]) == (
        "quotes",
        "Devis des entreprises",
        1,
        len(on.PDF),
    )
    empty = mayor.post(address, {}, headers={"Accept": "application/json"})
    assert (empty.status_code, empty.json()["error"]["code"]) == (422, "no_file")


def test_storage_down_and_disk_full_keep_nothing_half(world, at, monkeypatch, settings, tmp_path):
    dossier = on.draft(world, at)
    mayor, address = on.browser(world, "mayor"), f"{dossier.get_absolute_url()}pieces/deliberation"
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    settings.ESCALE_FILES_URL = f"file://{blocked}"
    page = mayor.post(address, {"file": file("d.pdf")})
    assert page.status_code == 409 and 'data-code="storage_unavailable"' in page.content.decode()
    assert not Piece.objects.exists() and not Document.objects.exists()
    settings.ESCALE_FILES_URL = f"file://{tmp_path}/again"
    assert mayor.post(address, {"file": file("d.pdf")}).status_code == 303
    piece = Piece.objects.get()
    storage.place(piece.document.sha256).unlink()
    lost = mayor.get(f"{address}/1")
    assert lost.status_code == 409 and "disparu" in lost.content.decode()


def test_the_page_costs_the_same_with_one_file_and_with_many(world, at):
    dossier, mayor = on.draft(world, at), world.people["mayor"]
    pieces.attach(dossier, "deliberation", file("d.pdf"), by=mayor, at=at)
    readiness.prepare(dossier, at)
    whole = lists.whole().get(pk=dossier.pk)
    with CaptureQueriesContext(connection) as alone:
        readiness.prepare(whole, at)
    for n in range(4):
        pieces.attach(dossier, "quotes", file(f"q{n}.pdf"), by=mayor, at=at)
        pieces.deposit(dossier, file(f"x{n}.pdf"), by=mayor, at=at)
    with CaptureQueriesContext(connection) as many:
        readiness.prepare(whole, at)
    assert len(alone) == len(many)


def test_the_form_that_the_region_gives_stands_beside_its_piece(world, at):
    dossier = on.draft(world, at)
    lead = build.person(at, name="Philippe Auvray")
    organisations.give_mandate(lead, "lead_officer", at=at, service=world.service)
    attaching.attach(
        world.scheme, file("modèle.pdf"), title="Modèle de délibération", piece="deliberation", by=lead, at=at
    )
    mayor = on.browser(world, "mayor")
    page = mayor.get(f"{dossier.get_absolute_url()}les-pieces/").content.decode()
    assert "Modèle de délibération" in page and "modèle à remplir, donné par la Région" in page
    address = re.search(r'href="(/appels/[^"]*documents/\d+)"', page)[1]
    assert b"".join(mayor.get(address).streaming_content) == on.PDF
