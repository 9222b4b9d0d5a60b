"""Letters of a call: the models in use, what waits to be read, signed, sent; one letter as it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee import policy, wording
from escale.capabilities.calls.committee.models import Letter, LetterModel, LetterQuerySet, LetterText, Vote
from escale.capabilities.calls.committee.queries import decisions, lettering
from escale.capabilities.calls.committee.queries.french import in_french
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.editions.models import Edition
from escale.foundation.organisations.models import Organisation
from escale.rules.figures import PARIS, shown_day
from escale.rules.letters import fields, text
from escale.rules.letters.standard import STANDARD
from escale.rules.letters.text import Filled, Problem, Value


@dataclass(frozen=True)
class Written:
    """What letters of a kind are written from: the call's own model, or the product's (``model`` None)."""

    kind: str
    title: str
    body: str
    model: LetterModel | None = None

    @property
    def label(self) -> str:
        return str(wording.LETTERS[self.kind])

    @property
    def usable(self) -> bool:
        """Whether letters may be prepared from it: the product's own, or one tried since its last change."""
        return self.model is None or self.model.state == policy.ModelState.TRIED

    @property
    def text(self) -> LetterText | None:
        """The text for ever, for letters to point to."""
        return self.model.texts.order_by("-n").first() if self.model else None


def written(scheme: Scheme, kind: str) -> Written:
    """What letters of this kind are written from for this call."""
    own = LetterModel.objects.filter(scheme=scheme, kind=kind).select_related("scheme", "subject", "tried_on").first()
    if own is not None:
        return Written(kind, own.title, own.body, own)
    return Written(kind, *STANDARD[kind])


def models_of(scheme: Scheme) -> list[Written]:
    """Every kind that this call may need, with its model."""
    own = {one.kind: one for one in LetterModel.objects.filter(scheme=scheme).select_related("scheme", "tried_on")}
    return [
        Written(kind, own[kind].title, own[kind].body, own[kind]) if kind in own else Written(kind, *STANDARD[kind])
        for kind in kinds_of(scheme)
    ]


def kinds_of(scheme: Scheme) -> list[str]:
    """A call that gives no aid invites to the next; the others award or refuse."""
    ami = scheme.kind == "ami"
    return [kind for kind in fields.KINDS if (kind in (fields.INVITATION, fields.REFUSAL)) or not ami]


def problems(title: str, body: str, *, kind: str, edition: Edition) -> list[Problem]:
    """What keeps this text from being a letter for this edition."""
    call = call_of(edition)
    return text.check(title, body, kind=kind, document=call.document, answers=lettering.answer_codes(call))


def filled(
    dossier: Dossier, title: str, body: str, *, material: lettering.Material, more: Mapping[str, Value] | None = None,
    read: text.Letter | None = None, sample: bool = False,
) -> Filled:  # fmt: skip
    """The letter of these words for this dossier. ``sample``: what the vote would say is invented when there is none."""
    letter = read or text.Letter(title, body)
    with in_french():
        values = material.values(dossier, more=more)
        if sample and dossier.pk not in material.decisions:
            values = {**values, **lettering.example(dossier), **{key: one for key, one in values.items() if one}}
        if asked := letter.answers:
            values |= material.answers(dossier, asked)
    return letter.fill(values)


def address_of(organisation: Organisation, name: str = "") -> list[str]:
    """The lines of an envelope."""
    town = f"{organisation.postcode} {organisation.commune.name}".strip()
    who = ", ".join(one for one in (organisation.representative, organisation.quality) if one)
    lines = [name or organisation.name, f"À l’attention de {who}" if who else "", organisation.address, town]
    return [line for line in lines if line]


def envelope(letter: Letter) -> dict[str, Any]:
    """What stands around the text: who writes, to whom, where and when, under which references, who signs."""
    service, publisher, when = letter.dossier.service, settings.ESCALE_PUBLISHER, letter.sent_at
    with in_french():
        told = "(date de l’envoi)" if when is None else shown_day(when.astimezone(PARIS).date())
    references = [["Nos références", letter.number]]
    if letter.dossier.officer:
        references.append(["Suivi par", letter.dossier.officer.name])
    return {
        "sender": [one for one in (publisher["name"], service and service.name, publisher["address"]) if one],
        "contact": [one for one in ((service.phone, service.email) if service else ()) if one],
        "recipient": list(letter.address), "place": f"{publisher['town']}, le {told}", "references": references,
        "signature": letter.signature,
    }  # fmt: skip


def shown(letter: Letter) -> dict[str, Any]:
    """A letter as page and paper show it: once sent, what was kept; before, its envelope as it would be."""
    if letter.state in policy.LEFT:
        return dict(letter.content)
    return {**letter.content, **envelope(letter)}


def overtaken(letter: Letter, at: datetime) -> str:
    """Why what the letter tells is no longer what was decided, in words; empty: it is."""
    if not letter.decision:
        return ""
    now = decisions.decision_of(letter.dossier, at)
    if now is not None and lettering.fingerprint(now) == letter.decision:
        return ""
    return _("La décision a changé depuis que cette lettre a été préparée : abandonnez-la et préparez-en une autre.")


def of_call(scheme: Scheme) -> "LetterQuerySet":
    """The letters of a call, with what a list says of them."""
    found = Letter.objects.filter(dossier__scheme=scheme).select_related(
        "dossier", "organisation", "signed_by", "opened_by"
    )
    return found.order_by("dossier__number", "pk")


def in_force(dossier: Dossier, recipient: str) -> Letter | None:
    """The letter that holds for this recipient."""
    return Letter.objects.filter(dossier=dossier, recipient=recipient, state__in=policy.IN_FORCE).first()


def vote_to_release(letter: Letter, at: datetime) -> str:
    """The number of the vote whose money awaits to be given back: given up, or withdrawn by a letter that left."""
    withdrawn = letter.kind == fields.WITHDRAWAL and letter.state in policy.LEFT
    decision = decisions.decision_of(letter.dossier, at) if withdrawn or letter.given_up_at else None
    if decision is None or not decision.standing_cents:
        return ""
    return Vote.objects.values_list("number", flat=True).get(pk=decision.vote)
