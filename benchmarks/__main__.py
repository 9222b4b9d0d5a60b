"""``python -m benchmarks [NAME]``: runs the benches, prints a table, writes ``var/bench.json``.

A bench is a module of this package with ``measure() -> dict`` (figures by name, ratios wherever one can).
"""

import json
import sys
from importlib import import_module
from pathlib import Path

BENCHES = ("scheme_try", "siting_plans", "sections", "filings", "directory")


def main(only: list[str]) -> int:
    """Runs all benches, or those named."""
    unknown = [name for name in only if name not in BENCHES]
    if unknown:
        print(f"unknown bench: {', '.join(unknown)}; known: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    found = {}
    for name in only or BENCHES:
        print(f"· {name}", flush=True)
        found[name] = import_module(f"benchmarks.{name}").measure()
        print(json.dumps(found[name], indent=1, ensure_ascii=False, default=str), flush=True)
    out = Path("var/bench.json")
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(found, indent=1, ensure_ascii=False, default=str), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
