"""The antivirus is asked in clamd's own words; when it is silent, the file waits outside."""

import socketserver
import struct
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from escale.foundation.documents import actions
from escale.foundation.documents.models import Document
from escale.rules.refusal import Refused
from tests.foundation.documents import hostile

pytestmark = pytest.mark.django_db


class Clamd(socketserver.StreamRequestHandler):
    """Speaks INSTREAM; finds the word EICAR."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        found = b"Eicar-Test FOUND" if b"EICAR" in content else b"OK"
        self.wfile.write(b"stream: " + found + b"\0")


@pytest.fixture
def clamd(settings, tmp_path):
    settings.ESCALE_FILES_URL = f"file://{tmp_path}/files"
    with socketserver.ThreadingUnixStreamServer(str(tmp_path / "c"), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.ESCALE_CLAMD = f"unix://{tmp_path}/c"
        yield
        server.shutdown()


def send(content, at):
    return actions.store(SimpleUploadedFile("a.pdf", content), by=None, at=at)


def test_a_sound_file_passes_and_a_virus_does_not(clamd, at):
    assert send(hostile.PDF, at).kind == "pdf"
    with pytest.raises(Refused) as refused:
        send(hostile.PDF + b"EICAR", at)
    assert refused.value.code == "file_virus"
    assert "Eicar-Test" in refused.value.message
    assert Document.objects.count() == 1


def test_a_silent_antivirus_lets_nothing_in(settings, at, tmp_path):
    settings.ESCALE_FILES_URL, settings.ESCALE_CLAMD = f"file://{tmp_path}/files", f"unix://{tmp_path}/nobody"
    with pytest.raises(Refused) as refused:
        send(hostile.PDF, at)
    assert refused.value.code == "antivirus_silent"
    assert not Document.objects.exists()
