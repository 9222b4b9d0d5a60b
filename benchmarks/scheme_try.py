"""``scheme try`` in process against the cost of parsing the same case with the standard ``json``.

Both are timed in short alternating rounds of processor time; the ratio is that of the best rounds. Goal: at most 30.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from escale.foundation.questionnaires import marked
from escale.rules.scheme import trial
from escale.rules.scheme.document import read_scheme

SCHEMES = Path(trial.__file__).parents[2] / "demo" / "schemes"
GOAL = 30
ROUNDS = 60
STORY = "Le projet ouvre un lieu partagé où l’on travaille, apprend et fabrique, au plus près des habitants. " * 6


def case() -> dict[str, Any]:
    """A plain case of the demonstration's scheme with rates by territory: two years, two funders, three aids."""
    return {
        "filed_at": "2021-04-30T10:00:00",
        "decided_on": "2021-08-01",
        "project_type": "creation",
        "applicant": {"name": "Association Le Quai", "legal_form": "association", "commune": "33063", "vat": "recovers",
                      "created_on": "2012-03-04", "population": 260000, "fte": 1.5},
        "answers": {"users_group": True, "fields": ["learn", "make"]},
        "expenses": [
            {"category": "equipment", "label": f"Poste {n}", "ht": 1200.5 * n, "vat": 240.1, "year": 2021 + n % 2}
            for n in range(1, 13)
        ],
        "funding": [
            {"source": "own", "amount": 20000},
            {"source": "public", "funder": "Département", "state": "asked", "amount": 12000},
        ],
        "earlier_aids": [
            {"granted_on": f"20{n}-05-06", "amount": 4000, "regime": "de_minimis", "funder": STORY[:80]} for n in (18, 19, 20)
        ],
        "facts": {"territory.class": "low", "territory.zones": ["qpv"], "network.minutes_to_nearest_place": 32},
    }  # fmt: skip


def cost(call: Callable[[], object], times: int) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    for _round in range(times):
        call()
    return (time.process_time() - start) / times


def measure() -> dict[str, Any]:
    """``json_us``, ``try_us``, ``ratio``, ``goal``, ``bytes``."""
    document, problems = read_scheme(marked.read_file(SCHEMES / "nouvelle-aquitaine.yaml").tree)
    if document is None:
        raise SystemExit(f"the demonstration's scheme has problems: {problems}")
    edition, text = trial.load(document), json.dumps(case(), ensure_ascii=False)

    def answered() -> object:
        typed, _problems = edition.case(json.loads(text))
        return trial.answer(edition, typed) if typed else None

    if answered() is None:
        raise SystemExit("the case of the benchmark has problems")
    parsing, trying = 9.0, 9.0
    for _round in range(ROUNDS):
        parsing = min(parsing, cost(lambda: json.loads(text), 200))
        trying = min(trying, cost(answered, 20))
    ratio = round(trying / parsing, 1)
    return {"json_us": round(parsing * 1e6, 1), "try_us": round(trying * 1e6, 1), "ratio": ratio, "goal": GOAL,
            "bytes": len(text)}  # fmt: skip


def lines(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """The one figure that has a goal."""
    said = f"× {found['ratio']}"
    return [("a case answered, to json.loads of it", said, f"≤ × {GOAL}", found["ratio"] <= GOAL)]


if __name__ == "__main__":
    print(json.dumps(measure()))
