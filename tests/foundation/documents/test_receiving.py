"""Files are received for what they are; each refusal is a sentence, and nothing is kept of what is refused."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from escale.foundation.documents import actions, storage, verify
from escale.foundation.documents.models import Document
from escale.rules.refusal import Refused
from tests.foundation.documents import hostile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.ESCALE_FILES_URL = f"file://{tmp_path}/files"
    return tmp_path / "files"


def send(name, content, at, **given):
    return actions.store(SimpleUploadedFile(name, content), by=None, at=at, **given)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("devis.pdf", hostile.PDF, "pdf"),
        ("DEVIS.PDF", hostile.PDF, "pdf"),
        ("mode d’emploi.pdf", hostile.TALKING_PDF, "pdf"),
        ("façade.jpeg", hostile.JPEG, "jpeg"),
        ("plan.png", hostile.png(), "png"),
        ("photo.HEIC", hostile.HEIC, "heic"),
        ("photo.webp", hostile.WEBP, "webp"),
        ("note.docx", hostile.docx(), "docx"),
        ("budget.ods", hostile.odt(b"spreadsheet"), "ods"),
        ("ancien.doc", hostile.DOC, "doc"),
        ("lignes.csv", "libellé;montant\nTravaux;1 200,50\n".encode("cp1252"), "csv"),
    ],
)
def test_is_received_for_what_it_is(name, content, kind, at):
    document = send(name, content, at)
    assert (document.kind, document.size) == (kind, len(content))
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    with storage.reading(document.sha256) as file:
        assert file.read() == content


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("a.pdf", hostile.LOCKED_PDF, "file_locked", "PDF verrouillé"),
        ("a.pdf", hostile.XREF_LOCKED_PDF, "file_locked", "PDF verrouillé"),
        ("a.pdf", hostile.CUT_PDF, "file_damaged", "incomplet"),
        ("a.docx", hostile.LOCKED_DOCX, "file_locked", "mot de passe"),
        ("a.docx", hostile.docx(("word/vbaProject.bin", b"x")), "file_macros", "macros"),
        ("a.docx", hostile.bomb(), "file_bomb", "n’est pas ouvert"),
        ("a.docx", hostile.quoted_bomb(), "file_bomb", "n’est pas ouvert"),
        ("a.docx", hostile.docx()[:-30], "file_damaged", "abîmé"),
        ("coupée.jpg", hostile.JPEG[:-2], "file_damaged", "incomplet"),
        ("vide.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 64, "file_damaged", "incomplet"),
        ("coupée.png", hostile.png()[:-4], "file_damaged", "incomplet"),
        ("changée.png", hostile.png().replace(b"IDAT", b"IDAX"), "file_damaged", "incomplet"),
        ("coupée.webp", hostile.WEBP[:-9], "file_damaged", "incomplet"),
        ("coupée.heic", hostile.HEIC[:-9], "file_damaged", "incomplet"),
        ("a.zip", hostile.package([("x.txt", b"x")]), "file_kind", "une archive"),
        ("photo.png", hostile.JPEG, "file_name_lies", "en réalité une photo JPEG"),
        ("photo.jpg", hostile.PDF, "file_name_lies", "en réalité un PDF"),
        ("facture.pdf.exe", hostile.PDF, "file_name_lies", ".exe"),
        ("facture", hostile.PDF, "file_name_lies", "facture.pdf"),
        ("photo.jpg", hostile.PROGRAM, "file_kind", "un programme"),
        ("photo.jpg", hostile.SVG, "file_kind", "une page web"),
        ("liste.csv", hostile.HTML, "file_kind", "une page web"),
        ("film.heic", hostile.MP4, "file_kind", "une vidéo"),
        ("vide.pdf", b"", "file_empty", "est vide"),
        ("blancs.csv", b" \n ", "file_empty", "est vide"),
        ("octets.csv", b"a;b\x00\x01\x02", "file_kind", "ne savons pas lire"),
    ],
)
def test_is_refused_in_words_and_nothing_is_kept(name, content, code, words, at, files):
    with pytest.raises(Refused) as refused:
        send(name, content, at)
    assert refused.value.code == code
    assert words in refused.value.message
    assert not Document.objects.exists()
    assert not files.exists() or list(storage.kept()) == []


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.jpg", {}), ("a.jpg", {"progressive": True, "exif": b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + b"\x00" * 900}),
        ("a.png", {"optimize": True}), ("a.webp", {}), ("a.webp", {"lossless": True}),
    ],
)  # fmt: skip
def test_pictures_as_cameras_write_them_are_received_and_their_halves_are_not(name, options, at):
    made = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(
        made, {"jpg": "jpeg", "png": "png"}.get(name[-3:], "webp"), **options
    )
    assert send(name, made.getvalue(), at).size == len(made.getvalue())
    with pytest.raises(Refused) as refused:
        send(name, made.getvalue()[: len(made.getvalue()) // 2], at)
    assert refused.value.code == "file_damaged"


def test_size_is_refused_with_both_figures(at):
    with pytest.raises(Refused) as refused:
        send("a.pdf", hostile.PDF + b" " * 2_000_000, at, max_bytes=1_048_576)
    assert refused.value.code == "file_too_large"
    assert "2 Mo" in refused.value.message
    assert "1 Mo" in refused.value.message


def test_the_same_bytes_are_kept_once(at):
    first, second = send("a.pdf", hostile.PDF, at), send("b.pdf", hostile.PDF, at)
    assert first.pk != second.pk
    assert list(storage.kept()) == [first.sha256]


def test_bytes_stay_while_a_row_needs_them(at):
    first, second = send("a.pdf", hostile.PDF, at), send("b.pdf", hostile.PDF, at)
    actions.erase(first, at=at)
    assert storage.digest_of(second.sha256) == second.sha256
    actions.erase(second, at=at)
    assert list(storage.kept()) == []
    assert second.sha256 == hashlib.sha256(hostile.PDF).hexdigest()


def test_a_storage_that_is_down_says_so_and_nothing_is_kept(at, files, settings):
    files.parent.joinpath("files").write_bytes(b"a file where the folder should be")
    with pytest.raises(Refused) as refused:
        send("a.pdf", hostile.PDF, at)
    assert refused.value.code == "storage_unavailable"
    assert "Rien n’a été enregistré" in refused.value.message
    assert not Document.objects.exists()


def test_a_disk_that_is_full_leaves_no_half_file(files):
    def chunks():
        yield b"first part"
        raise OSError(28, "No space left on device")

    with pytest.raises(storage.Unavailable):
        storage.put(chunks())
    assert [file for file in files.rglob("*") if file.is_file()] == []


def test_altered_and_lost_files_are_found(at):
    good = send("a.pdf", hostile.PDF, at)
    altered, lost = send("b.png", hostile.png(), at), send("c.png", hostile.png(9), at)
    storage.place(altered.sha256).write_bytes(b"something else")
    storage.place(lost.sha256).unlink()
    found = {(problem.code, problem.documents) for problem in verify.problems()}
    assert found == {("altered", (altered.pk,)), ("lost", (lost.pk,))}
    assert storage.digest_of(good.sha256) == good.sha256
