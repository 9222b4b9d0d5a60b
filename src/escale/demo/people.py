"""The people of the demonstration: who they are, what they may do, all through the real actions."""

from dataclasses import dataclass
from datetime import datetime

from escale.foundation.organisations import actions, queries
from escale.foundation.organisations.models import Invitation, Organisation, Service
from escale.foundation.people.models import Person

MAILS = "demo.escale.example"


@dataclass(frozen=True)
class Figure:
    """Someone of the demonstration: ``key`` is what tests and testers call them."""

    key: str
    name: str

    @property
    def email(self) -> str:
        return f"{self.key}@{MAILS}"


CAST = [
    Figure("applicant", "Claire Lemaréchal"),
    Figure("applicant-editor", "Yanis Benali"),
    Figure("applicant-reader", "Odile Groult"),
    Figure("applicant-delegate", "Pascal Lenoir"),
    Figure("partner", "Mathieu Lecoq"),
    Figure("stranger", "Inès Delaunay"),
    Figure("officer", "Samira Haddad"),
    Figure("lead-officer", "Philippe Auvray"),
    Figure("officer-elsewhere", "Noémie Tesson"),
    Figure("reviewer", "Hugo Marie"),
    Figure("reviewer-two", "Karim Vasseur"),
    Figure("conflicted-reviewer", "Léa Sorel"),
    Figure("expert", "Jeanne Roux"),
    Figure("committee", "Solène Quesnel"),
    Figure("conflicted-member", "Odette Rivière"),
    Figure("secretary", "Bertrand Fouques"),
    Figure("signatory", "Hélène Toutain"),
    Figure("administrator", "Aïcha Lefèvre"),
    Figure("manager", "Lucie Marguerie"),
    Figure("other-manager", "Tom Hauchecorne"),
    Figure("visitor", "Awa Diallo"),
]

APPLICANT = "Commune de Sainte-Escale-en-Suisse-Normande"
PARTNER = "Les Ateliers du Méandre"
STRANGER = "Commune de Bourg-l’Estuaire"


def build(at: datetime) -> None:
    """Creates the cast, their organisations, services and mandates. What exists already stays."""
    for figure in CAST:
        Person.objects.get_or_create(email=figure.email, defaults={"name": figure.name, "created_at": at})
    _organisations(at)
    _mandates(at)


def person(key: str) -> Person:
    """The person of this key. Raises ``Person.DoesNotExist`` outside a demonstration."""
    figure = next((one for one in CAST if one.key == key), None)
    return Person.objects.get(email=figure.email if figure else "")


def described(at: datetime, base_url: str) -> list[dict[str, object]]:
    """What ``escale demo people`` prints: key, name, mail, hats, organisation, address of the sign-in page."""
    known = {one.email: one for one in Person.objects.filter(email__endswith=f"@{MAILS}")}
    lines: list[dict[str, object]] = []
    for figure in CAST:
        if someone := known.get(figure.email):
            roles = {o.name: queries.role_of(someone, o, at) for o in queries.organisations_of(someone, at)}
            lines.append(
                {
                    "key": figure.key,
                    "name": someone.name,
                    "email": someone.email,
                    "hats": sorted({*map(str, roles.values()), *queries.mandates_of(someone, at)}),
                    "organisation": next(iter(roles), None),
                    "sign_in_url": f"{base_url}/demo/{figure.key}/",
                }
            )
    return lines


def _organisations(at: datetime) -> None:
    if Organisation.objects.filter(name=APPLICANT).exists():
        return
    first = actions.create(
        by=person("applicant"), at=at, name=APPLICANT, legal_form="commune", commune_id="14162",
        vat="not_recovered", representative="Claire Lemaréchal", quality="maire",
    )  # fmt: skip
    for key, role in (("applicant-editor", "editor"), ("applicant-reader", "reader"), ("applicant-delegate", "editor")):
        _join(first, key, role, at)
    actions.create(
        by=person("partner"), at=at, name=PARTNER, legal_form="association", commune_id="27467",
        vat="not_recovered", representative="Mathieu Lecoq", quality="président",
    )  # fmt: skip
    actions.create(
        by=person("stranger"), at=at, name=STRANGER, legal_form="commune", commune_id="14333",
        vat="not_recovered", representative="Inès Delaunay", quality="maire",
    )  # fmt: skip


def _join(organisation: Organisation, key: str, role: str, at: datetime) -> Invitation:
    someone = person(key)
    invitation = actions.invite(organisation, email=someone.email, role=role, by=person("applicant"), at=at)
    actions.accept(invitation, by=someone, at=at)
    return invitation


def _mandates(at: datetime) -> None:
    digital = _service("numerique", "Service du numérique et des tiers-lieux", at)
    planning = _service("amenagement", "Service de l’aménagement", at)
    culture = _service("culture", "Service de la culture", at)
    for service in (digital, planning):
        actions.give_mandate(person("officer"), "officer", at=at, service=service)
        actions.give_mandate(person("lead-officer"), "lead_officer", at=at, service=service)
    actions.give_mandate(person("officer-elsewhere"), "officer", at=at, service=culture)
    for key in ("reviewer", "reviewer-two", "conflicted-reviewer"):
        actions.give_mandate(person(key), "reviewer", at=at)
    for kind in ("committee", "secretary", "administrator"):
        actions.give_mandate(person(kind), kind, at=at)
    actions.give_mandate(person("signatory"), "signatory", at=at, reference="arrêté n° 26-118 du 3 mars 2026")
    # Elected at the Region and mayor of the applicant's commune: sits in the committee, sees nothing of its dossiers.
    commune = Organisation.objects.select_related("commune").get(name=APPLICANT).commune
    actions.give_mandate(person("conflicted-member"), "elected", at=at, commune=commune)


def _service(key: str, name: str, at: datetime) -> Service:
    return Service.objects.filter(key=key).first() or actions.create_service(
        key=key, name=name, at=at, email=f"{key}@{MAILS}", phone="02 00 00 00 00"
    )
