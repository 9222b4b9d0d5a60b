"""A directory received from elsewhere, compared and left for an officer to agree to."""

from datetime import datetime
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.directory.actions import intake
from escale.capabilities.directory.models import Intake
from escale.demo import people

FILE = Path(__file__).parent / "papers" / "annuaire-du-littoral.csv"


def build(at: datetime) -> None:
    """Receives the file, once: new places, one that looks like one of ours, a line that says too little."""
    if Intake.objects.exists():
        return
    upload = SimpleUploadedFile(FILE.name, FILE.read_bytes(), "text/csv")
    row = intake.receive(upload, source="Annuaire du littoral (fictif)", by=people.person("officer"), at=at)
    intake.compare(row, at=at)
