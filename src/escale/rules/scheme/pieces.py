"""Which pieces this applicant must join, and why."""

from typing import Any

from escale.rules.scheme import conditions
from escale.rules.scheme.facts import Facts
from escale.rules.words import _


def piece_lines(
    specs: list[dict[str, Any]], compiled: dict[str, conditions.Condition], facts: Facts, deed: str | None = None
) -> list[dict[str, Any]]:
    """``code``, ``required``, ``given``, ``because`` for each piece; ``deed``: the one that a delegate owes."""
    lines = []
    for spec in specs:
        code, asked = spec["code"], spec.get("required", True)
        because = _("Demandée à tous.") if asked else _("Facultative.")
        if code in compiled:
            seen = compiled[code](facts)
            asked = asked and seen.truth is True
            because = seen.message
            if seen.truth is False:
                because = _("Non demandée. {why}").format(why=seen.message)
            elif seen.truth is None:
                because = _("Selon vos réponses. {why}").format(why=seen.message)
        if code == deed:
            asked, because = True, _("Vous demandez l’aide pour le compte d’un propriétaire public.")
        lines.append({"code": code, "required": asked, "given": code in facts.case.pieces, "because": because})
    return lines
