"""Letter models: changed by the service, tried on a real dossier before letters are prepared from them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import LetterModel, LetterText
from escale.capabilities.calls.committee.queries import lettering, notifying
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal import numbers, record
from escale.foundation.journal.chain import digest
from escale.foundation.people.models import Person
from escale.rules.letters.text import Filled, Problem
from escale.rules.refusal import NoHat, Refused


class WrongText(Exception):
    """The text cannot be a letter of this kind for this call: ``problems`` say why, line by line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(one.message for one in problems))
        self.problems = problems


def mark(title: str, body: str) -> str:
    """What tells whether words are still those that someone read."""
    return digest(f"{title}\0{body}")[:16]


def changed_meanwhile() -> Refused:
    """Someone else was quicker: nothing is overwritten."""
    sentence = _(
        "Quelqu’un d’autre a changé ce texte pendant ce temps : copiez le vôtre, rechargez la page et comparez."
    )
    return Refused("changed_meanwhile", sentence)


def edit(
    scheme: Scheme, kind: str, *, title: str, body: str, by: Person, at: datetime, seen: str = ""
) -> LetterModel:  # fmt: skip
    """The text of the call's letters of this kind; ``seen``: the mark of the words that were read. Raises ``WrongText``,
    ``Refused`` (changed_meanwhile); the same text again changes nothing.
    """
    title, body = " ".join(title.split()), body.replace("\r\n", "\n").strip()
    if scheme.edition is None:
        raise NoHat
    if problems := notifying.problems(title, body, kind=kind, edition=scheme.edition):
        raise WrongText(problems)
    with transaction.atomic():
        numbers.hold(f"letter-model-{scheme.pk}")
        model = LetterModel.objects.select_related("scheme", "subject").filter(scheme=scheme, kind=kind).first()
        now = notifying.written(scheme, kind)
        if seen and seen != mark(now.title, now.body) and (now.title, now.body) != (title, body):
            raise changed_meanwhile()
        if model is None:
            model = _begin(scheme, kind, title, body, by, at)
        elif (model.title, model.body) != (title, body):
            record.perform(model, "edit", by=by, at=at, data={"n": model.n + 1})
            model.n, model.title, model.body = model.n + 1, title, body
            model.save(update_fields=["n", "title", "body"])
        else:
            record.check(model, "edit", by=by, at=at)
            return model
        LetterText.objects.create(model=model, n=model.n, title=title, body=body, by=by, at=at)
    return model


def _begin(scheme: Scheme, kind: str, title: str, body: str, by: Person, at: datetime) -> LetterModel:
    model = LetterModel(scheme=scheme, kind=kind, title=title, body=body)
    if not set(model.hats_of(by, at)):
        raise NoHat
    address = model.get_absolute_url()
    record.begin(model, number=f"{scheme.key}/{kind}"[:60], title=title, address=address, by=by, at=at)
    return model


def attempt(model: LetterModel, dossier: Dossier, *, by: Person, at: datetime) -> Filled:
    """Tries the model on a real dossier of the call; with nothing missing it may be used. Raises ``Refused``
    (field_missing) with the names of what this dossier lacks.
    """
    material = lettering.Material([dossier], at)
    found = notifying.filled(dossier, model.title, model.body, material=material, sample=True)
    with transaction.atomic():
        record.lock(model)
        model.missing = found.missing  # type: ignore[attr-defined]  # read by the policy's check
        record.perform(model, "try", by=by, at=at, data={"n": model.n, "dossier": dossier.number})
        LetterModel.objects.filter(pk=model.pk).update(tried_on=dossier, tried_at=at)
    return found


def usable(written: notifying.Written, *, by: Person, at: datetime) -> None:
    """Raises ``Refused`` when the model changed since it was last tried."""
    if written.model is not None:
        record.check(written.model, "use", by=by, at=at)
    elif written.kind not in notifying.STANDARD:
        raise Refused("no_model", written.kind)
