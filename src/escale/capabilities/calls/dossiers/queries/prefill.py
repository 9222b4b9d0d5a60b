"""What can be taken up from elsewhere: an earlier dossier of the organisation, its sheet, its territory."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries.carrying import carried
from escale.capabilities.calls.dossiers.queries.form import OWNER, Call, call_of
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.models import Person
from escale.foundation.questionnaires.filled import Filled, load
from escale.foundation.questionnaires.questions import Block, Kind, Place
from escale.foundation.questionnaires.reading import is_blank
from escale.foundation.questionnaires.saving import Change
from escale.foundation.questionnaires.showing import words
from escale.foundation.territory.models import Population


@dataclass
class Offer:
    """What would be copied into a draft: ``changes`` to save, and to show: ``copied`` and ``kept`` (already answered),
    pairs of label and answer.
    """

    changes: list[Change] = field(default_factory=list)
    copied: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)


def sources(dossier: Dossier, person: Person, at: datetime) -> "QuerySet[Dossier]":
    """The other dossiers of the organisation that the person reads, the newest first."""
    found = Dossier.objects.visible_to(person, at).filter(organisation=dossier.organisation).exclude(pk=dossier.pk)
    return found.select_related("scheme", "edition", "sheet", "organisation").order_by("-created_at", "-id")


def offer(dossier: Dossier, source: Dossier) -> Offer:
    """What of ``source`` fills the empty places of ``dossier``: nothing already answered is replaced."""
    before, after = call_of(source.edition), call_of(dossier.edition)
    there, here = load(source.sheet, before.form), load(dossier.sheet, after.form)
    made = Offer()
    rows: dict[str, list[Change]] = {}
    for change in carried(before, after, there):
        code = change.place.code.partition(".")[0]
        if is_blank(change.typed):
            continue
        if change.place.row:
            rows.setdefault(code, []).append(change)
        elif is_blank(here.typed(change.place)):
            made.changes.append(Change(change.place, change.typed, base=here.rev(change.place)))
            made.copied.append(_told(after, change))
        else:
            made.kept.append(_told(after, change))
    for code, changes in rows.items():
        _block(made, after, here, code, changes)
    return made


def _block(made: Offer, after: Call, here: Filled, code: str, changes: list[Change]) -> None:
    block = after.form.items[code]
    assert isinstance(block, Block)
    n = len({change.place.row for change in changes})
    told = (block.label, ngettext("{n} ligne", "{n} lignes", n).format(n=n))
    if any(not here.is_blank(block, key) for key in here.rows.get(code, ())):
        made.kept.append(told)
        return
    made.copied.append(told)
    made.changes += [Change(change.place, change.typed, base=here.rev(change.place)) for change in changes]


def _told(call: Call, change: Change) -> tuple[str, str]:
    question = call.form.question(change.place)
    assert question is not None
    said = words(question, change.typed)
    return question.label, said if len(said) <= 200 else f"{said[:200]}…"


def from_organisation(call: Call, organisation: Organisation) -> list[Change]:
    """What the organisation's sheet already says: its SIRET and its commune, where a form asks each once of it."""
    others = {call.names[name] for name in OWNER}  # what is asked of the owner for whom a delegate applies
    known = {Kind.SIRET: organisation.siret, Kind.COMMUNE: f"{organisation.commune.name} ({organisation.commune_id})"}
    changes = []
    for kind, text in known.items():
        asked = [
            item for item in call.form.items.values()
            if not isinstance(item, Block) and item.kind is kind and item.code not in others
        ]  # fmt: skip
        if len(asked) == 1 and text:
            changes.append(Change(Place(asked[0].code), text, base=0))
    return changes


def known(dossier: Dossier) -> list[tuple[str, str]]:
    """What is not asked because the site knows it, in words: sheet of the organisation, population, zones."""
    organisation = dossier.organisation
    said = [
        (_("Nom"), organisation.name),
        (_("Forme juridique"), organisation.get_legal_form_display()),
        ("SIRET", organisation.siret),
        (_("Commune"), f"{organisation.commune.name} ({organisation.commune_id})"),
        (_("TVA"), organisation.get_vat_display()),
        (_("Zones"), _zones(organisation)),
    ]
    newest = Population.objects.filter(commune_id=organisation.commune_id).order_by("-year").first()
    if newest is not None:
        label = _("Population légale {year}").format(year=newest.year)
        said.insert(4, (label, f"{newest.inhabitants:,}".replace(",", "\u202f")))
    return [(label, str(value)) for label, value in said if value]


def _zones(organisation: Organisation) -> str:
    return ", ".join(organisation.commune.zones.values_list("name", flat=True))
