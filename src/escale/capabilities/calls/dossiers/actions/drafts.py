"""Beginning and filling a dossier."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.actions import partners
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import partners as partner_queries
from escale.capabilities.calls.dossiers.queries import prefill as prefilling
from escale.capabilities.calls.dossiers.queries.form import OWNER, Call, call_of
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal import numbers, record
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.models import Person
from escale.foundation.questionnaires import saving
from escale.foundation.questionnaires.models import Sheet
from escale.foundation.questionnaires.questions import Block, Place
from escale.foundation.questionnaires.saving import Change, Outcome
from escale.rules.figures import PARIS
from escale.rules.refusal import NoHat, Refused


def create(
    scheme: Scheme, organisation: Organisation, *, by: Person, at: datetime, key: str = "",
    case: dict[str, Any] | None = None,
) -> Dossier:  # fmt: skip
    """A draft of ``organisation`` for the call; ``case`` is what the eligibility test already knows.

    The same ``key`` by the same person gives the same dossier. Raises ``NoHat``, ``Refused`` (not_open).
    """
    if organisations.role_of(by, organisation, at) not in ("owner", "editor"):
        raise NoHat
    known = Dossier.objects.filter(created_by=by, creation_key=key).first() if key else None
    if known:
        return known
    if scheme.edition is None or scheme.phase(at) != "open":
        raise Refused("not_open", _("« {title} » n’accepte pas de dossier aujourd’hui.").format(title=scheme.title))
    return born(scheme, organisation, by=by, at=at, key=key, case=case or {})


def born(
    scheme: Scheme, organisation: Organisation, *, by: Person, at: datetime, case: dict[str, Any], key: str = "",
    note: str = "",
) -> Dossier:  # fmt: skip
    """The draft itself, once who may begin it was decided."""
    assert scheme.edition is not None
    with transaction.atomic():
        year = at.astimezone(PARIS).year
        number = f"D{year % 100:02d}-{numbers.following(f'dossier-{year}'):05d}"
        dossier = Dossier(
            number=number, scheme=scheme, edition=scheme.edition, organisation=organisation,
            sheet=Sheet.objects.create(), created_by=by, created_at=at, creation_key=key,
        )  # fmt: skip
        address = dossier.get_absolute_url()
        record.begin(dossier, number=number, title=scheme.title, address=address, by=by, at=at, note=note)
        call = call_of(scheme.edition)
        changes = [
            *prefilling.from_organisation(call, organisation),
            *leading(call, organisation, case),
            *prefill(call, case),
        ]
        if changes:
            saving.save(dossier.sheet, call.form, changes, by=by, at=at)
    return dossier


def leading(call: Call, organisation: Organisation, case: dict[str, Any]) -> list[Change]:
    """The applicant as the first of its partners, when the call wants a lead among them and none is named yet."""
    if (
        not call.document.get("partners", {}).get("lead")
        or case.get("partners")
        or partner_queries.block_of(call) is None
    ):
        return []
    said = {"name": organisation.name, "legal_form": organisation.legal_form, "lead": "yes"}
    said["commune"] = f"{organisation.commune.name} ({organisation.commune_id})"
    return [Change(Place(f"{call.names['partners']}.{code}", "lead"), text) for code, text in said.items()]


def prefill(call: Call, case: dict[str, Any]) -> list[Change]:
    """A case as answers: what was said once is not asked again. What the form does not ask is left out."""
    given = dict(case.get("answers") or {})
    given.update({code: case[name] for name, code in call.names.items() if name in case})
    owner = case.get("owner") or {}
    given.update({call.names[name]: owner[part] for name, part in OWNER.items() if part in owner})
    changes = []
    for code, value in given.items():
        item = call.form.items.get(code)
        if isinstance(item, Block):
            rows = value if isinstance(value, list) else []
            for line in rows:
                key = saving.new_key()
                found = [
                    Change(Place(f"{code}.{name}", key), one)
                    for name, one in dict(line).items()
                    if name in item.by_code
                ]
                changes += found
        elif item is not None:
            changes.append(Change(Place(code), value))
    return changes


def save(
    dossier: Dossier, changes: Iterable[Change], *, by: Person, at: datetime, call: Call | None = None
) -> Outcome:  # fmt: skip
    """Saves answers of a draft. The title of the list follows the project's. ``call``: its call, when known."""
    call = call or call_of(dossier.edition)
    with transaction.atomic():
        record.lock(dossier)
        record.check(dossier, "edit", by=by, at=at)
        listed = list(changes)
        outcome = saving.save(dossier.sheet, call.form, listed, by=by, at=at)
        if any(place.code.partition(".")[0] == call.names["partners"] for place in outcome.written):
            partners.review(dossier, by=by, at=at)
        title = Place(call.names["project_title"])
        for change in listed:
            if change.place == title and title in outcome.written:
                dossier.title = str(saving.clean(change.typed))[:200].replace("\n", " ")
                dossier.save(update_fields=["title"])
    return outcome


def change_row(dossier: Dossier, verb: str, code: str, key: str, *, by: Person, at: datetime) -> str:
    """``add``, ``remove``, ``restore``, ``up`` or ``down`` a row of a block; gives the row's key."""
    block = call_of(dossier.edition).form.items.get(code)
    if not isinstance(block, Block):
        raise Refused("gone", _("Cette partie du formulaire n’existe plus : rechargez la page."))
    with transaction.atomic():
        record.lock(dossier)
        record.check(dossier, "edit", by=by, at=at)
        match verb:
            case "add":
                return saving.add_row(dossier.sheet, block).key
            case "remove":
                saving.remove_row(dossier.sheet, block, key, by=by, at=at)
            case "restore":
                saving.restore_row(dossier.sheet, block, key)
            case "up" | "down":
                saving.move_row(dossier.sheet, block, key, up=verb == "up")
        if code == call_of(dossier.edition).names["partners"]:
            partners.review(dossier, by=by, at=at)
    return key


def take_up(dossier: Dossier, source: Dossier, *, by: Person, at: datetime) -> Outcome:
    """Copies from an earlier dossier what is still empty here. Raises ``NoHat``, ``Refused`` (wrong_state)."""
    with transaction.atomic():
        record.lock(dossier)
        offer = prefilling.offer(dossier, source)
        record.perform(dossier, "prefill", by=by, at=at, data={"from": source.number, "answers": len(offer.changes)})
        outcome = saving.save(dossier.sheet, call_of(dossier.edition).form, offer.changes, by=by, at=at)
        title = Place(call_of(dossier.edition).names["project_title"])
        typed = next((str(change.typed) for change in offer.changes if change.place == title), "")
        if typed:
            dossier.title = typed[:200].replace("\n", " ")
            dossier.save(update_fields=["title"])
    return outcome


def add_lines(
    dossier: Dossier, lines: dict[str, list[dict[str, str]]], *, replace: bool, by: Person, at: datetime
) -> int:
    """Adds lines to blocks, by code; with ``replace`` those before are taken away, and can be put back. Gives how many.

    Raises ``Refused`` (block_full): nothing is then written.
    """
    form = call_of(dossier.edition).form
    with transaction.atomic():
        record.lock(dossier)
        record.check(dossier, "import", by=by, at=at)
        changes = []
        for code, rows in lines.items():
            block = form.items[code]
            assert isinstance(block, Block)
            if replace:
                saving.remove_rows(dossier.sheet, block, by=by, at=at)
            keys = [saving.new_key() for _row in rows]
            changes += [
                Change(Place(f"{code}.{name}", key), text, base=0)
                for key, row in zip(keys, rows, strict=True)
                for name, text in row.items()
            ]
        outcome = saving.save(dossier.sheet, form, changes, by=by, at=at)
        if outcome.gone or outcome.too_long:
            sentence = _("Le plan ne peut pas contenir autant de lignes : retirez-en, ou remplacez celles d’avant.")
            raise Refused("block_full", sentence)
    return sum(len(rows) for rows in lines.values())
