"""Dossiers of the demonstration on their way through instruction: assigned, asked again, examined."""

from datetime import datetime, timedelta

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions import consulting, correcting, examining, handling
from escale.capabilities.calls.instruction.actions.examining import Point
from escale.capabilities.calls.instruction.models import Correction
from escale.capabilities.calls.instruction.queries import examining as seen
from escale.capabilities.calls.schemes.models import Scheme
from escale.demo import dossiers, people


def build(at: datetime) -> None:
    """Brings three dossiers further, once, through the acts that officers do."""
    scheme = Scheme.objects.filter(key=dossiers.CALL).first()
    if scheme is None or scheme.phase(at) != "open" or Correction.objects.exists():
        return
    _asked(
        dossiers.filed(scheme, people.STRANGER, "stranger", "Le lavoir accueille une cuisine partagée", 58_000, at), at
    )
    _complete(
        dossiers.filed(scheme, people.APPLICANT, "applicant", "Un studio de radio dans l’ancienne école", 47_300, at),
        at,
    )
    examined(dossiers.filed(scheme, people.STRANGER, "stranger", "La criée devient un fab lab", 96_400, at), at)


def _asked(dossier: Dossier, at: datetime) -> None:
    """The study is asked again: the clock waits for the applicant."""
    officer = people.person("officer")
    handling.assign(dossier, officer, by=people.person("lead-officer"), at=at)
    correcting.ask(
        dossier, [("piece", "study", "Le plan de financement sur trois ans manque.")],
        message="Votre étude s’arrête à la première année. Joignez-la avec les charges et recettes sur trois ans.",
        due_at=at + timedelta(days=30), by=officer, at=at,
    )  # fmt: skip


def _complete(dossier: Dossier, at: datetime) -> None:
    """Complete, with a note and an opinion asked from someone outside."""
    officer = people.person("officer")
    handling.assign(dossier, officer, by=officer, at=at)
    handling.complete(dossier, by=officer, at=at)
    handling.note(dossier, "Visite prévue avec la commune. L’école est classée : voir l’architecte.", by=officer, at=at)
    consulting.ask(
        dossier, name="Jeanne Roux", email=f"expert@{people.MAILS}", due_at=at + timedelta(days=21), by=officer, at=at,
        question="L’isolation phonique prévue suffit-elle pour une radio ?", sections=["0", "1"], pieces=["study"],
    )  # fmt: skip


def examined(dossier: Dossier, at: datetime) -> Dossier:
    """Examined to the end: what the rules left open is judged, the base is smaller than asked."""
    officer = people.person("officer")
    handling.assign(dossier, officer, by=officer, at=at)
    handling.complete(dossier, by=officer, at=at)
    proposal = seen.examination(dossier)
    asked = proposal.expenses[0]["asked_cents"]
    points = [Point("expense", "0", "reduced", asked - 640_000, "Le mobilier de bureau n’est pas retenu.")]
    for (kind, code), line in proposal.lines.items():
        if line["verdict"] in ("to_examine", "missing"):
            points.append(Point(kind, code, "met", None, "Vérifié avec le porteur par téléphone."))
    examining.judge(dossier, points, by=officer, at=at)
    whole = lists.whole().get(pk=dossier.pk)
    examining.examine(whole, by=officer, at=at)
    return lists.whole().get(pk=dossier.pk)
