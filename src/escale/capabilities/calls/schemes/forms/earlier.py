"""Aid received before, from two answers of the public test to the rows of a case."""

from datetime import datetime
from typing import Any

from escale.rules.figures import PARIS


def with_earlier(case: dict[str, Any], limits: list[dict[str, Any]], at: datetime) -> dict[str, Any]:
    """The case with ``earlier_aids``, once every question asked about them is answered; else nobody knows.

    What was received within the years that count is dated of the day: the sum alone matters.
    """
    said = case.pop("earlier", {})
    asked = {one["code"] for one in limits} & {"de_minimis", "cumulation"}
    if not asked or asked - set(said):
        return case
    day, rows = at.astimezone(PARIS).date().isoformat(), []
    if said.get("de_minimis", "0") not in ("0", "0.00"):
        regime = next(one.get("regimes") or ["de_minimis"] for one in limits if one["code"] == "de_minimis")[0]
        rows.append({"granted_on": day, "amount": said["de_minimis"], "regime": regime})
    if said.get("cumulation"):
        for one in limits:
            names = one.get("schemes", []) if one["code"] == "cumulation" else []
            rows += [
                {"granted_on": day, "amount": "0", "scheme": name, "project": "same", "regime": "other"}
                for name in names[:1]
            ]
    return {**case, "earlier_aids": rows}
