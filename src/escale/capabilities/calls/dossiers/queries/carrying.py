"""The answers of one dossier that another call also asks."""

from escale.capabilities.calls.dossiers.queries.form import Call
from escale.foundation.questionnaires.filled import Filled
from escale.foundation.questionnaires.questions import Block, Place
from escale.foundation.questionnaires.saving import Change


def carried(before: Call, after: Call, filled: Filled) -> list[Change]:
    """The answers that the other call also asks, as typed; rows in their order, removed ones left behind."""
    ours = {code: after.names[name] for name, code in before.names.items() if name in after.names}
    changes = []
    for code, item in before.form.items.items():
        target = ours.get(code, code)
        there = after.form.items.get(target)
        if there is None or isinstance(there, Block) is not isinstance(item, Block):
            continue
        if not isinstance(item, Block):
            if Place(code) in filled.given:
                changes.append(Change(Place(target), filled.typed(Place(code))))
            continue
        for row in filled.rows.get(code, ()):
            changes += [
                Change(Place(f"{target}.{one.code}", row), filled.typed(Place(f"{code}.{one.code}", row)))
                for one in item.questions
                if Place(f"{code}.{one.code}", row) in filled.given
                and after.form.question(Place(f"{target}.{one.code}", row))
            ]
    return changes
