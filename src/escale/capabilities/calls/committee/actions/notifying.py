"""Letters: prepared in batch, corrected, read, signed, sent, proved read. Each step is an act, each letter stays."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee import policy
from escale.capabilities.calls.committee.actions import modelling
from escale.capabilities.calls.committee.models import Letter
from escale.capabilities.calls.committee.queries import batches, lettering, notifying, recipients
from escale.capabilities.calls.committee.queries.decisions import Decision
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.foundation.journal import numbers, record
from escale.foundation.organisations.models import Mandate
from escale.foundation.people.models import Person
from escale.rules.letters import fields, text
from escale.rules.letters.text import Value
from escale.rules.refusal import NoHat, Refused

#: Letters written into the base at once.
AT_ONCE = 200


@dataclass(frozen=True)
class Told:
    """One line of a batch: the dossier, to whom, what was done or why not, in words."""

    number: str
    to: str
    sentence: str
    ok: bool
    letter: str = ""


class Batch:
    """The models of one preparation, each read and asked for once."""

    def __init__(self, by: Person, at: datetime) -> None:
        self.by, self.at = by, at
        self._written: dict[tuple[int, str], tuple[notifying.Written, text.Letter, str]] = {}

    def of(self, dossier: Dossier, kind: str) -> tuple[notifying.Written, text.Letter, str]:
        """The model, its text read, and why it may not be used (empty: it may)."""
        key = (dossier.scheme_id, kind)
        if key not in self._written:
            found = notifying.written(dossier.scheme, kind)
            self._written[key] = (found, text.Letter(found.title, found.body), self._why_not(found))
        return self._written[key]

    def _why_not(self, found: notifying.Written) -> str:
        try:
            modelling.usable(found, by=self.by, at=self.at)
        except Refused as refused:
            return refused.message
        return ""


def prepare(
    dossiers: Collection[Dossier], *, by: Person, at: datetime, emails: Mapping[str, str] | None = None
) -> list[Told]:
    """Prepares what the decision of each dossier asks for: the applicant's letter, those of its partners and of the
    other funders (``emails``: by name). Nothing is written twice; what lacks a field is said and not prepared.
    """
    handled = lists.whole().select_related("officer", "organisation__commune").handled_by(by, at)
    keys = sorted({one.pk for one in dossiers})
    told: list[Told] = []
    batch = Batch(by, at)
    for start in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            numbers.hold("letters")
            chunk = list(handled.filter(pk__in=keys[start : start + AT_ONCE]).order_by("number"))
            told += _prepared(chunk, batch, emails or {})
    return told


def _prepared(dossiers: list[Dossier], batch: Batch, emails: Mapping[str, str]) -> list[Told]:
    material = lettering.Material(dossiers, batch.at)
    known = _known(dossiers)
    whom = recipients.of(dossiers, material.decisions, emails)
    told: list[Told] = []
    made: list[Letter] = []
    for dossier in dossiers:
        decision, count = material.decisions.get(dossier.pk), known.counts.get(dossier.pk, 0)
        for one in whom[dossier.pk]:
            letter = _one(dossier, one, decision, material, batch, known)
            if isinstance(letter, Letter):
                count += 1
                letter.number = f"{dossier.number}-L{count}"
                made.append(letter)
                told.append(Told(dossier.number, one.name, _("Préparée."), True, letter.number))
            else:
                told.append(Told(dossier.number, one.name, letter, False))
    record.begin_many(
        [(one, one.number, one.content["title"], one.get_absolute_url()) for one in made], by=batch.by, at=batch.at,
        data={"batch": len(made)},
    )  # fmt: skip
    return told


@dataclass(frozen=True)
class _Known:
    """By dossier: how many letters it has; by dossier and recipient: the one in hand, the one in force."""

    counts: dict[int, int]
    in_hand: dict[tuple[int, str], str]
    in_force: dict[tuple[int, str], Letter]


def _known(dossiers: list[Dossier]) -> _Known:
    rows = Letter.objects.filter(dossier__in=[one.pk for one in dossiers]).order_by("pk")
    counts = dict(rows.order_by("dossier").values("dossier").annotate(n=Count("pk")).values_list("dossier", "n"))
    hand = rows.filter(state__in=policy.IN_HAND).values_list("dossier", "recipient", "number")
    force = {(one.dossier_id, one.recipient): one for one in rows.filter(state__in=policy.IN_FORCE)}
    return _Known(counts, {(dossier, recipient): number for dossier, recipient, number in hand}, force)


def _one(
    dossier: Dossier, whom: recipients.Recipient, decision: Decision | None, material: lettering.Material, batch: Batch,
    known: _Known,
) -> Letter | str:  # fmt: skip
    """The letter, not saved and without number, or why there is none."""
    if decision is None and not batches.ends_without_vote(dossier):
        return _("Aucune décision n’est enregistrée pour ce dossier.")
    if whom.why_not:
        return whom.why_not
    key, fingerprint = (dossier.pk, whom.key), lettering.fingerprint(decision)
    if number := known.in_hand.get(key):
        return _("Une lettre est déjà préparée : {number}.").format(number=number)
    held = known.in_force.get(key)
    if held is not None and held.decision == fingerprint:
        return _("Cette décision est déjà notifiée par la lettre {number}.").format(number=held.number)
    kind = lettering.LETTER_OF[decision.outcome] if decision else fields.INVITATION
    written, read, why_not = batch.of(dossier, whom.kind or kind)
    if why_not:
        return why_not
    return drafted(
        dossier, whom, written, read=read, material=material, batch=batch, decision=fingerprint, replaces=held
    )


def drafted(
    dossier: Dossier, whom: recipients.Recipient, written: notifying.Written, *, read: text.Letter,
    material: lettering.Material, batch: Batch, decision: str, replaces: Letter | None,
) -> Letter | str:  # fmt: skip
    """The letter filled in, or what it lacks, in words."""
    found = notifying.filled(dossier, "", "", material=material, more=whom.values, read=read)
    if found.missing:
        return missing(found.missing)
    return Letter(
        dossier=dossier, kind=written.kind, recipient=whom.key, organisation=whom.organisation, email=whom.email,
        address=whom.address, decision=decision, text=written.text, model_title=written.title, model_body=written.body,
        title=written.title, body=written.body, content=found.content, prepared_by=batch.by, prepared_at=batch.at,
        replaces=replaces, values=dict(whom.values),
    )  # fmt: skip


def single(
    dossier: Dossier, kind: str, key: str, values: Mapping[str, Value], *, by: Person, at: datetime
) -> Letter:  # fmt: skip
    """Prepares one letter that no vote asks for, to the applicant, under ``key``. Raises ``Refused`` (field_missing,
    in_hand, untried model).
    """
    batch = Batch(by, at)
    written, read, why_not = batch.of(dossier, kind)
    if why_not:
        raise Refused("wrong_state", why_not)
    whom = replace(recipients.applicant(dossier), key=key, values=values)
    material = lettering.Material([dossier], at)
    held = notifying.in_force(dossier, key)
    letter = drafted(dossier, whom, written, read=read, material=material, batch=batch, decision="", replaces=held)
    return _begin(letter, by, at)


def again(held: Letter, *, by: Person, at: datetime) -> Letter:
    """A letter that says anew what ``held`` said, to be corrected before it replaces it."""
    dossier = lists.whole().select_related("officer", "organisation__commune").get(pk=held.dossier_id)
    material, batch = lettering.Material([dossier], at), Batch(by, at)
    whom = recipients.Recipient(
        held.recipient, "", organisation=held.organisation, email=held.email, address=held.address, values=held.values
    )
    written = notifying.Written(held.kind, held.title, held.body)
    read, decided = text.Letter(held.title, held.body), lettering.fingerprint(material.decisions.get(dossier.pk))
    decision = decided if held.decision else ""
    letter = drafted(
        dossier, whom, written, read=read, material=material, batch=batch, decision=decision, replaces=held
    )
    return _begin(letter, by, at)


def _begin(letter: Letter | str, by: Person, at: datetime) -> Letter:
    if isinstance(letter, str):
        raise Refused("field_missing", letter)
    with transaction.atomic():
        numbers.hold("letters")
        known = _known([letter.dossier])
        if number := known.in_hand.get((letter.dossier.pk, letter.recipient)):
            raise Refused("in_hand", _("Une lettre est déjà préparée : {number}.").format(number=number))
        letter.number = f"{letter.dossier.number}-L{known.counts.get(letter.dossier.pk, 0) + 1}"
        title = letter.content["title"]
        record.begin(letter, number=letter.number, title=title, address=letter.get_absolute_url(), by=by, at=at)
    return letter


def missing(names: Iterable[str]) -> str:
    """What a letter lacks, in words."""
    return _("Il manque : {names}. La lettre n’est pas préparée.").format(names=", ".join(names))


def correct(letter: Letter, *, title: str, body: str, by: Person, at: datetime, seen: str = "") -> None:
    """Changes the words of this letter alone; the model's stay beside. It is to be read again. ``seen``: the mark of
    the words that were read. Raises ``WrongText``, ``Refused`` (field_missing, changed_meanwhile).
    """
    title, body = " ".join(title.split()), body.replace("\r\n", "\n").strip()
    if problems := notifying.problems(title, body, kind=letter.kind, edition=letter.dossier.edition):
        raise modelling.WrongText(problems)
    material = lettering.Material([letter.dossier], at)
    more: dict[str, Value] = letter.values
    found = notifying.filled(letter.dossier, title, body, material=material, more=more)
    if found.missing:
        raise Refused("field_missing", missing(found.missing))
    with transaction.atomic():
        record.lock(letter)
        now = Letter.objects.values_list("title", "body").get(pk=letter.pk)
        if seen and seen != modelling.mark(*now):
            raise modelling.changed_meanwhile()
        record.perform(letter, "correct", by=by, at=at)
        decided = lettering.fingerprint(material.decisions.get(letter.dossier_id)) if letter.decision else ""
        letter.title, letter.body, letter.content, letter.decision = title, body, found.content, decided
        letter.corrected_by, letter.corrected_at = by, at
        letter.save(update_fields=["title", "body", "content", "decision", "corrected_by", "corrected_at"])


def review(letter: Letter, *, by: Person, at: datetime) -> None:
    """The service has read it: it may be signed."""
    letter.overtaken = notifying.overtaken(letter, at)  # type: ignore[attr-defined]  # read by the policy's check
    record.perform(letter, "review", by=by, at=at)


def cancel(letter: Letter, *, reason: str, by: Person, at: datetime) -> None:
    """It will not leave."""
    record.perform(letter, "cancel", by=by, at=at, note=reason)


def sign(letter: Letter, *, quality: str, by: Person, at: datetime) -> None:
    """Signs in virtue of a delegation in force, whose act the letter names. Raises ``Refused`` (no_reference)."""
    held = delegation(letter.dossier, by, at)
    if held is None:
        raise NoHat
    if not held.reference:
        sentence = _(
            "Votre délégation de signature n’a pas de référence : demandez à l’administration du site d’y inscrire "
            "l’arrêté, la lettre le cite."
        )
        raise Refused("no_reference", sentence)
    signature: dict[str, Any] = {"name": by.name, "quality": quality.strip(), "reference": held.reference}
    letter.overtaken = notifying.overtaken(letter, at)  # type: ignore[attr-defined]  # read by the policy's check
    with transaction.atomic():
        record.perform(
            letter, "sign", by=by, at=at, data={"reference": held.reference, "since": held.since.isoformat()}
        )
        letter.signature, letter.signed_by, letter.signed_at = signature, by, at
        letter.save(update_fields=["signature", "signed_by", "signed_at"])


def delegation(dossier: Dossier, person: Person, at: datetime) -> Mandate | None:
    """In virtue of what the person signs for the dossier's service: the nearest delegation first."""
    held = Mandate.objects.holding(at).filter(person=person, kind="signatory").order_by("service", "pk")
    mine = [one for one in held if one.service_id in (None, dossier.service_id)]
    return max(mine, key=lambda one: one.service_id is not None, default=None)
