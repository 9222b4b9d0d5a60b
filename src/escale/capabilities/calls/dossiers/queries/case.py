"""A dossier as a case: what the rules read, the same for the screen, the filing and the commands."""

from datetime import datetime
from typing import Any

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.dossiers.queries.form import OWNER, Call
from escale.capabilities.calls.schemes import queries as schemes
from escale.capabilities.calls.schemes.queries import asked as asking
from escale.foundation.organisations.models import Organisation
from escale.foundation.questionnaires.filled import Asked, Filled
from escale.foundation.questionnaires.questions import Block
from escale.rules.scheme.case import Case
from escale.rules.shape.problem import Problem

#: What a row needs to count; a row being written is left out until then.
NEEDED = {"partners": ("name",), "expenses": ("category", "ht"), "funding": ("source", "amount"), "earlier_aids": ()}
#: Sources of the form beyond the case's four. Revenue of the project is the owner's money; gifts in kind come from
#: others and are not public money (CGCT art. L. 1111-10 counts what public persons bring).
SOURCES = {"revenue": "own", "in_kind": "private"}
#: What a row says for readers alone, by table.
FOR_READERS = {
    "expenses": frozenset({"quote"}), "funding": frozenset({"proof"}), "partners": frozenset({"email", "role", "amount"})
}  # fmt: skip


def applicant(organisation: Organisation) -> dict[str, Any]:
    """What the organisation says of itself; what it does not say is left out."""
    said = {
        "name": organisation.name,
        "legal_form": organisation.legal_form,
        "siret": organisation.siret,
        "commune": organisation.commune_id,
        "created_on": organisation.created_on.isoformat() if organisation.created_on else "",
        "fte": format(organisation.fte.normalize(), "f") if organisation.fte is not None else "",
        "size": organisation.size,
        "vat": organisation.vat,
        "vat_recovered": f"{organisation.vat_recovered:f} %" if organisation.vat_recovered is not None else "",
    }
    return {name: value for name, value in said.items() if value != ""} | ({"ess": True} if organisation.is_ess else {})


def tree(
    call: Call, dossier: Dossier, filled: Filled, pieces: list[str], at: datetime, asked: Asked | None = None,
    confirmed: frozenset[str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The case of ``interfaces``: only what is asked, readable and known. ``at``: when it is (or would be) filed.
    ``confirmed``: keys of the rows of partners that confirmed; None when the call does not ask.
    """
    values = filled.values(asked)
    own = {name: values.pop(code) for name, code in call.names.items() if code in values}
    if "partners" in own and confirmed is not None:
        named = call.form.items[call.names["partners"]]
        assert isinstance(named, Block)
        own["partners"] = [line | {"confirmed": key in confirmed} for key, line in filled.keyed(named)]
    # An empty table says "none" when the form accepts none; else it is not filled yet, and stays unknown.
    for name, needed in NEEDED.items():
        block = call.form.items.get(call.names[name])
        rows = [_counting(name, row) for row in own.get(name, []) if all(one in row for one in needed)]
        if isinstance(block, Block) and (rows or not block.least):
            own[name] = rows
        else:
            own.pop(name, None)
    own.pop("project_title", None)
    owner = {part: own.pop(name) for name, part in OWNER.items() if name in own}
    own |= {"owner": owner} if owner else {}
    out = {
        "filed_at": at.isoformat(),
        "applicant": applicant(dossier.organisation),
        **own,
        "answers": {code: values[code] for code in values if code in call.rules.questions},
        "pieces": sorted(pieces),
    }
    if "follows" in call.document:
        out["earlier_dossiers"] = earlier(dossier, call.document["follows"]["schemes"])
    known = schemes.with_territory(call.rules, out)
    assert isinstance(known, dict)
    return known


def earlier(dossier: Dossier, schemes: list[str]) -> list[dict[str, Any]]:
    """The dossiers that the same organisation filed on earlier calls, the ones that this call follows."""
    filed = Dossier.objects.filter(
        organisation=dossier.organisation_id, scheme__key__in=schemes, filed_at__isnull=False
    )
    rows = filed.exclude(state=State.WITHDRAWN).order_by("filed_at", "id").values_list("scheme__key", "number", "state")
    return [{"scheme": key, "number": number, "state": state} for key, number, state in rows]


def _counting(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row as the case knows it."""
    kept = {name: value for name, value in row.items() if name not in FOR_READERS.get(table, ())}
    if "source" in kept:
        kept["source"] = SOURCES.get(kept["source"], kept["source"])
    return kept


def visible(
    call: Call,
    dossier: Dossier,
    filled: Filled,
    pieces: list[str],
    at: datetime,
    confirmed: frozenset[str] | None = None,
) -> tuple[Asked, dict[str, Any], Case | None, list[Problem]]:
    """Which items are asked, and the case they make: what is hidden is kept but never counted."""
    hidden: frozenset[str] = frozenset()
    for _round in range(asking.DEEPEST):
        found = tree(call, dossier, filled, pieces, at, _except(hidden), confirmed)
        case, problems = call.rules.case(found)
        now = asking.hidden(call.rules, call.form.items.values(), case) if case is not None else hidden
        if now == hidden:
            break
        hidden = now
    return _except(hidden), found, case, problems


def _except(hidden: frozenset[str]) -> Asked:
    return lambda item: item.code not in hidden or item.when is None


def counted(call: Call, case: Case) -> tuple[int, ...]:
    """Each expense of the plan as it counts (with or without VAT), in cents."""
    return asking.counted(call.rules, case)
