"""Letters of the demonstration: a vote told to its applicants, some letters opened, one sent, some left to read; an award
in part contested by a gracious appeal, another about to be withdrawn.
"""

from datetime import datetime, timedelta

from escale.capabilities.calls.committee.actions import following, modelling, notifying, sending, voting
from escale.capabilities.calls.committee.models import Letter
from escale.capabilities.calls.committee.models.notifying import APPLICANT
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.schemes.models import Scheme
from escale.demo import dossiers, instruction, people
from escale.foundation.organisations.models import Organisation
from escale.rules.figures import PARIS, shown_day
from escale.rules.letters.standard import STANDARD

#: Who files (name, key), what, for how many euros; what is voted (cents by funder), why.
VOTED = (
    (people.APPLICANT, "applicant", "La laverie devient un atelier couture", 52_000, "awarded", (("Région", 0),), ""),
    (
        people.STRANGER, "stranger", "Le bateau-lavoir accueille des télétravailleurs", 74_000, "partial",
        (("Région", 6_000), ("Département du Calvados", 2_500)),
        "Les travaux de berge relèvent d’un autre dispositif.\nLe mobilier de terrasse n’est pas retenu.",
    ),
    (
        people.STRANGER, "stranger", "Un étage de plus à la capitainerie", 168_000, "refused", (),
        "Le plan de financement n’est pas équilibré : la part du maître d’ouvrage n’est pas justifiée.\n"
        "Les besoins recensés par l’étude sont déjà couverts par le premier étage.",
    ),
    (people.APPLICANT, "applicant", "La salle des pas perdus, tiers-lieu de la gare", 61_000, "waiting", (), ""),
    (people.STRANGER, "stranger", "Une recyclerie sous la halle", 44_000, "adjourned", (), "Le devis du lot électricité manque."),
    (people.STRANGER, "stranger", "Des bureaux dans l’ancienne douane", 57_000, "awarded", (("Région", 0),), ""),
)  # fmt: skip


def build(at: datetime) -> None:
    """One deliberation on five dossiers, then their letters, once, through the acts of those who do it."""
    scheme = Scheme.objects.select_related("edition", "service").filter(key=dossiers.CALL).first()
    if scheme is None or scheme.phase(at) != "open" or Letter.objects.exists():
        return
    Organisation.objects.filter(name=people.APPLICANT).update(address="1 place de la Mairie", postcode="14570")
    Organisation.objects.filter(name=people.STRANGER).update(address="2 quai des Passagers", postcode="14600")
    examined = [
        instruction.examined(dossiers.filed(scheme, organisation, key, title, euros, at), at)
        for organisation, key, title, euros, *_decision in VOTED
    ]
    _vote(examined, at)
    _model(scheme, examined[2], at)
    officer = people.person("officer")
    notifying.prepare(examined, by=officer, at=at, emails={"departement du calvados": f"calvados@{people.MAILS}"})
    for number, opened_by in (
        (examined[0].number, "applicant"), (examined[2].number, ""), (examined[1].number, "stranger"),
        (examined[5].number, "stranger"),
    ):  # fmt: skip
        letter = told(number, at)
        if opened_by:
            sending.open_letter(letter, by=people.person(opened_by), at=at)
    following.ask_reasons(letter_of(examined[0].number), by=people.person("applicant"), at=at)
    _contest(letter_of(examined[1].number), at)
    _recall(letter_of(examined[5].number), at)


def letter_of(number: str, recipient: str = APPLICANT) -> Letter:
    """The letter of a dossier to this recipient, with what its acts read."""
    found = Letter.objects.select_related("dossier__scheme", "dossier__service", "organisation", "subject")
    return found.get(dossier__number=number, recipient=recipient)


def told(number: str, at: datetime, recipient: str = APPLICANT) -> Letter:
    """The letter prepared for a dossier, read by its officer, signed and sent."""
    letter, officer = letter_of(number, recipient), people.person("officer")
    notifying.review(letter, by=officer, at=at)
    notifying.sign(letter, quality="la directrice de l’aménagement numérique", by=people.person("signatory"), at=at)
    sending.send(letter, by=officer, at=at)
    return letter


def _contest(letter: Letter, at: datetime) -> None:
    """An award in part: its beneficiary asked why, and files a gracious appeal."""
    mayor = people.person("stranger")
    following.ask_reasons(letter, by=mayor, at=at)
    text = "La terrasse est la seule entrée accessible en fauteuil : sans elle, le lieu n’ouvre pas à tous.\nLe devis joint le montre."
    following.appeal(letter, text, by=mayor, at=at)


def _recall(letter: Letter, at: datetime) -> None:
    """An award whose building was sold: its beneficiary is warned and has a month to answer."""
    reason = "Le bâtiment a été vendu avant le début des travaux : l’opération aidée ne peut plus se faire."
    begun = following.recall(
        letter, reason=reason, answer_by=at + timedelta(days=30), by=people.person("lead-officer"), at=at
    )
    assert begun.warning is not None
    told(letter.dossier.number, at, begun.warning.recipient)


def _vote(examined: list[Dossier], at: datetime) -> None:
    secretary, day = people.person("secretary"), at.astimezone(PARIS).date()
    service = examined[0].service
    assert service is not None
    vote = voting.create(service, "Création et aménagement de tiers-lieux : première répartition", by=secretary, at=at)
    said = [
        voting.Said(
            dossier.pk,
            outcome,
            tuple((funder, "", "", euros * 100 or dossier.proposed_cents or 0) for funder, euros in shares),
            reason,
        )
        for dossier, (*_filed, outcome, shares, reason) in zip(examined, VOTED, strict=True)
    ]
    voting.set_lines(vote, said, by=secretary, at=at)
    reference = f"CP {day.year % 100:02d}-{day.month:02d}-142"
    voting.record_vote(
        vote, voting.Deed(reference, day, f"commission permanente du {shown_day(day)}"), by=secretary, at=at
    )


def _model(scheme: Scheme, dossier: Dossier, at: datetime) -> None:
    """The service changed the model of its refusals, and tried it."""
    title, body = STANDARD["refusal"]
    officer = people.person("officer")
    more = "Le service vous propose un rendez-vous pour préparer une nouvelle demande : {{ téléphone du service }}."
    text = body.replace("Sur demande depuis", f"{more}\n\nSur demande depuis")
    model = modelling.edit(scheme, "refusal", title=title, body=text, by=officer, at=at)
    modelling.attempt(model, lists.whole().get(pk=dossier.pk), by=officer, at=at)
