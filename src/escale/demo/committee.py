"""Sittings of the committee and a vote: one closed and voted, one convened, through the acts that people do."""

from datetime import date, datetime, timedelta

from escale.capabilities.calls.committee.actions import annexing, preparing, ranking, session, voting
from escale.capabilities.calls.committee.actions.deciding import Opinion, opine
from escale.capabilities.calls.committee.models import Sitting
from escale.capabilities.calls.committee.queries import sittings
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions import examining
from escale.capabilities.calls.instruction.actions.examining import Point
from escale.capabilities.calls.instruction.queries import examining as seen
from escale.capabilities.calls.schemes.models import Scheme
from escale.demo import people
from escale.foundation.organisations.models import Service
from escale.rules.figures import PARIS

#: The call whose dossiers the jury scored.
CALL = "cafes-de-village"
MEMBERS = (("lead-officer", "chair"), ("committee", "member"), ("conflicted-member", "member"))


def build(at: datetime) -> None:
    """Holds a sitting, has the assembly vote on it, prepares the next one; once."""
    scheme = Scheme.objects.filter(key=CALL).first()
    if scheme is None or scheme.service is None or Sitting.objects.exists():
        return
    for dossier in lists.whole().filter(scheme=scheme, state="complete").order_by("number"):
        _examine(dossier, at)
    ready = list(lists.whole().filter(scheme=scheme, state="examined").order_by("number"))
    if len(ready) < 3:
        return
    _voted(_held(scheme.service, ready[:2], at), at)
    _next(scheme, ready[2:], at)
    _in_preparation(scheme.service, ready[-1], at)


def _examine(dossier: Dossier, at: datetime) -> None:
    officer = people.person("officer")
    proposal = seen.examination(dossier)
    points = [
        Point(kind, code, "met", None, "Vérifié sur pièces.")
        for (kind, code), line in proposal.lines.items()
        if line["verdict"] in ("to_examine", "missing")
    ]
    examining.judge(dossier, points, by=officer, at=at)
    examining.examine(lists.whole().get(pk=dossier.pk), by=officer, at=at)


def _sitting(service: Service, title: str, held_at: datetime, dossiers: list[Dossier], at: datetime) -> Sitting:
    officer = people.person("officer")
    sitting = preparing.create(
        service, title=title, held_at=held_at, place="Abbaye-aux-Dames, Caen", quorum=2, by=officer, at=at
    )
    for key, role in MEMBERS:
        preparing.seat(sitting, people.person(key), role, by=officer, at=at)
    preparing.add(sitting, [one.number for one in dossiers], by=officer, at=at)
    preparing.convene(sitting, by=officer, at=at)
    return sitting


def _held(service: Service, dossiers: list[Dossier], at: datetime) -> Sitting:
    """Held this morning: one favourable with a condition, one favourable in part."""
    officer = people.person("officer")
    sitting = _sitting(service, "Comité des cafés de village, première séance", at, dossiers, at)
    session.attend(sitting, dict.fromkeys(sitting.members.values_list("pk", flat=True), "present"), by=officer, at=at)
    session.open_sitting(sitting, by=officer, at=at)
    for rank, item in enumerate(sittings.all_items(sitting)):
        proposed = item.dossier.proposed_cents or 0
        said = Opinion("favourable", proposed, "", "Ouvrir au moins trois soirs par semaine.")
        if rank:
            reason = "Le comité ramène l’aide au montant des seuls travaux."
            said = Opinion("favourable", proposed * 3 // 4, reason)
        opine(sitting, item, said, seen=0, by=officer, at=at)
    session.close(sitting, by=officer, at=at)
    return sittings.whole().get(pk=sitting.pk)


def _voted(sitting: Sitting, at: datetime) -> None:
    officer, secretary = people.person("officer"), people.person("secretary")
    title = "Aides aux cafés de village, première attribution"
    vote = voting.create(sitting.service, title, by=officer, at=at, sitting=sitting)
    annexing.fill(vote, by=officer, at=at)
    day: date = at.astimezone(PARIS).date()
    deed = voting.Deed(f"CP {day:%y-%m}-097", day, "Commission permanente de démonstration")
    voting.record_vote(vote, deed, by=secretary, at=at)


def _next(scheme: Scheme, dossiers: list[Dossier], at: datetime) -> None:
    """Convened in ten days, with a hypothesis on the envelope to discuss."""
    assert scheme.service is not None
    held_at = (at + timedelta(days=10)).astimezone(PARIS).replace(hour=14, minute=0, second=0, microsecond=0)
    sitting = _sitting(scheme.service, "Comité des cafés de village, deuxième séance", held_at, dossiers, at)
    how = {"partial": "never", "beyond": "fill", "ties": True, "waiting": 2, "envelopes": {}, "quotas": []}
    ranking.simulate(sitting, scheme, "Sans aide en partie", how, keep=False, by=people.person("officer"), at=at)


def _in_preparation(service: Service, dossier: Dossier, at: datetime) -> None:
    """The next deliberation, whose annex the service begins."""
    officer = people.person("officer")
    vote = voting.create(service, "Aides aux cafés de village, deuxième attribution", by=officer, at=at)
    shares = (("Région", "", "", dossier.proposed_cents or 0),)
    voting.set_lines(vote, [voting.Said(dossier.pk, "awarded", shares, "")], by=officer, at=at)
