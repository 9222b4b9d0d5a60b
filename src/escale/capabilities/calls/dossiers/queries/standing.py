"""Where a dossier is, in one sentence; what is awaited, from whom, until when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.dossiers.queries import lists, terms
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.dossiers.queries.readiness import Readiness
from escale.foundation.people.models import Person
from escale.rules.figures import shown_day, shown_instant


@dataclass(frozen=True)
class Standing:
    """``sentence`` says where the dossier is and what happens next. ``who`` is awaited (empty: nobody), for
    ``what``, until ``until``. ``yours``: the applicant is.
    """

    sentence: str
    who: str = ""
    what: str = ""
    until: datetime | None = None
    yours: bool = False


def standing(dossier: Dossier, at: datetime) -> Standing:
    """Where the dossier is at ``at``."""
    if dossier.awaited == "applicant":
        who, what = dossier.organisation.name, _("compléter le dossier")
        return Standing(_("Le service attend des compléments de votre part."), who, what, dossier.due_at, True)
    return SENTENCES[State(dossier.state)](dossier, at)


def _draft(dossier: Dossier, at: datetime) -> Standing:
    ready: Readiness = dossier.readiness  # type: ignore[attr-defined]  # prepared by who asks, as for the policy
    filing, until = ready.answer.get("filing", {}), terms.closing(dossier.scheme, at)
    who = dossier.organisation.name
    if filing.get("accepted") is False:
        kept = _("Votre brouillon est gardé jusqu’au {day} ; vous pouvez le copier vers un autre appel.")
        left = kept.format(day=shown_day(terms.expiry(dossier).date()))
        return Standing(f"{filing['reason']} {left}")
    if not ready.gaps:
        sentence = _("Votre brouillon est complet : relisez-le, signez-le et déposez-le.")
        return Standing(_before(sentence, until), who, _("le dépôt"), until, True)
    n = len(ready.gaps)
    sentence = ngettext(
        "Votre dossier est un brouillon : il reste une chose à faire avant de déposer.",
        "Votre dossier est un brouillon : il reste {n} choses à faire avant de déposer.",
        n,
    ).format(n=n)
    return Standing(_before(sentence, until), who, ready.gaps[0].sentence, until, True)


def _before(sentence: str, until: datetime | None) -> str:
    if until is None:
        return sentence
    return f"{sentence} " + _("À déposer avant le {when}, heure de Paris.").format(when=shown_instant(until))


def _submitted(dossier: Dossier, at: datetime) -> Standing:
    assert dossier.filed_at is not None
    document = call_of(dossier.edition).document
    service = dossier.scheme.service.name if dossier.scheme.service else str(document["contact"]["name"])
    due = terms.answer_due(document, dossier.filed_at)
    received = _("Déposé le {when}.").format(when=shown_instant(dossier.filed_at))
    if "complete" in due and at < due["complete"]:
        sentence = _("{service} vérifie que le dossier est complet et le dit avant le {day}.")
        day = shown_day(due["complete"].date())
        return Standing(
            f"{received} {sentence.format(service=service, day=day)}",
            service,
            _("dire s’il est complet"),
            due["complete"],
        )
    if "decision" in due and at < due["decision"]:
        sentence = _("{service} instruit le dossier : une décision est attendue avant le {day}.")
        day = shown_day(due["decision"].date())
        return Standing(
            f"{received} {sentence.format(service=service, day=day)}", service, _("décider"), due["decision"]
        )
    sentence = _("Le service qui l’examine vous écrira : {service}. Il n’y a rien à faire d’ici là.").format(
        service=service
    )
    return Standing(f"{received} {sentence}", service, _("examiner le dossier"))


def _in_hand(dossier: Dossier, at: datetime) -> Standing:
    """Between the filing and the vote: who is awaited and until when stand on the dossier."""
    service = dossier.service.name if dossier.service else str(call_of(dossier.edition).document["contact"]["name"])
    said = {
        State.COMPLETE: _("Le dossier est complet. {service} l’examine."),
        State.EXAMINED: _("{service} a examiné le dossier ; le comité donne ensuite son avis."),
        State.ADVISED: _("Le comité a donné son avis ; l’assemblée vote ensuite."),
        State.VOTED: _("L’assemblée a voté. {service} vous écrit sa décision."),
    }
    sentence = said[State(dossier.state)].format(service=service)
    if dossier.due_at is None or at >= dossier.due_at:
        return Standing(sentence, service, _("instruire"))
    day = shown_day(dossier.due_at.date())
    sentence += " " + _("Une décision est attendue avant le {day}.").format(day=day)
    return Standing(sentence, service, _("décider"), dossier.due_at)


def _ended(dossier: Dossier, at: datetime) -> Standing:
    if dossier.state == State.NOTIFIED:
        return Standing(_("La décision vous a été écrite : elle est sur cette page."))
    return Standing(_("Ce dossier est clos sans suite : la raison est au journal, et vous a été écrite."))


def _withdrawn(dossier: Dossier, at: datetime) -> Standing:
    sentence = _(
        "Dossier retiré par le déposant : il ne sera pas instruit. Il peut être copié pour déposer de nouveau."
    )
    return Standing(sentence)


def _expired(dossier: Dossier, at: datetime) -> Standing:
    days = terms.draft_days(dossier.edition)
    sentence = _(
        "Ce brouillon a expiré : personne ne l’a modifié pendant {days} jours. Ses réponses sont gardées : copiez-le "
        "vers un appel ouvert pour les reprendre."
    )
    return Standing(sentence.format(days=days))


#: State → what it says. One line a state: a state without a sentence is a fault that the tests find.
SENTENCES: dict[State, Callable[[Dossier, datetime], Standing]] = {
    State.DRAFT: _draft,
    State.SUBMITTED: _submitted,
    State.COMPLETE: _in_hand,
    State.EXAMINED: _in_hand,
    State.ADVISED: _in_hand,
    State.VOTED: _in_hand,
    State.NOTIFIED: _ended,
    State.CLOSED: _ended,
    State.WITHDRAWN: _withdrawn,
    State.EXPIRED: _expired,
}


def family(dossier: Dossier, person: Person, at: datetime) -> list[Dossier]:
    """The dossiers that this one comes from or led to and that the person reads, the oldest first."""
    around = Q(origin=dossier.pk) | Q(pk=dossier.origin_id)
    return list(lists.visible(person, at).filter(around).order_by("pk"))
