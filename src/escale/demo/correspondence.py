"""What follows a filing in the demonstration: messages with the service, a dossier taken back and begun again."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.calls.dossiers.actions import filing, life, messages
from escale.capabilities.calls.dossiers.models import Dossier
from escale.demo import people
from escale.foundation.documents.typesetting import pdf
from escale.foundation.people.models import Person


def exchange(dossier: Dossier, paper: str, at: datetime) -> None:
    """The officer asks, the applicant answers with a file, the officer thanks: the last word is still to be read."""
    officer, editor = people.person("officer"), people.person("applicant-editor")
    asked = "Bonjour, le plan indique 86 m² mais l’étude parle de 92 m². Quelle surface sera ouverte au public ?"
    messages.write(dossier, asked, by=officer, at=at, key="demo-1")
    messages.read(dossier, by=editor)
    told = "Bonjour, 92 m² : le local de stockage a été ajouté après l’étude. Voici la note de l’architecte."
    words = {"title": "Note de surface", "organisation": dossier.organisation.name, "text": "Surface ouverte : 92 m²."}
    note = SimpleUploadedFile("note-architecte.pdf", pdf(paper, words), "application/pdf")
    messages.write(dossier, told, files=[note], by=editor, at=at, key="demo-2")
    messages.read(dossier, by=officer)
    thanked = "Merci, c’est clair. Je garde 92 m² pour l’instruction."
    messages.write(dossier, thanked, by=officer, at=at, key="demo-3")


def take_back_and_begin_again(dossier: Dossier, signer: Person, at: datetime) -> None:
    """A dossier withdrawn with its reason, then copied to file again: each points to the other."""
    reason = "La commune achète aussi l’étage : nous redéposons avec les deux niveaux."
    filing.withdraw(dossier, reason=reason, by=signer, at=at)
    life.copy(dossier, dossier.scheme, by=people.person("applicant-editor"), at=at, key="demo-again")
