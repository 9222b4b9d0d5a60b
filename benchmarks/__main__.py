"""``python -m benchmarks [NAME]``: runs the benches, prints one table, writes ``var/bench.json``.

A bench is a module of this package with ``measure() -> dict`` (figures by name, ratios wherever one can) and ``lines``:
what it found, as (what, figure, goal, whether it is met). Each runs in a process of its own.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

BENCHES = ("scheme_try", "calls", "siting_plans", "sections", "filings", "directory", "desk", "letters")
ONE = """
import json, sys
from importlib import import_module
bench = import_module("benchmarks." + sys.argv[1])
found = bench.measure()
lines = bench.lines(found) if hasattr(bench, "lines") else []
json.dump({"found": found, "lines": lines}, open(sys.argv[2], "w"), default=str)
"""


def main(only: list[str]) -> int:
    """Runs all benches, or those named; 1 when one could not run."""
    unknown = [name for name in only if name not in BENCHES]
    if unknown:
        print(f"unknown bench: {', '.join(unknown)}; known: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    found, table, failed = {}, [], []
    for name in only or BENCHES:
        print(f"· {name} …", file=sys.stderr, flush=True)
        with tempfile.NamedTemporaryFile("r") as told:
            if subprocess.run([sys.executable, "-c", ONE, name, told.name]).returncode:
                failed.append(name)
                continue
            answer = json.loads(told.read())
        found[name] = answer["found"]
        table += [(name, *line) for line in answer["lines"]]
    for name, what, figure, goal, met in table:
        print(f"{name:<14} {what:<46} {figure:>14} {goal:>12}  {'met' if met else 'NOT MET'}")
    out = Path("var/bench.json")
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    print(f"all figures: {out}" + (f"; could not run: {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
