"""What imports do not show: who moves a state, who reads the clock, what is committed."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "escale"
SOURCES = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)


def committed():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_only_the_journal_moves_a_state():
    found = []
    for path in SOURCES:
        if path == SRC / "foundation/journal/record.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            found += [
                f"{path.relative_to(ROOT)}:{node.lineno}"
                for target in targets
                if isinstance(target, ast.Attribute) and target.attr == "state"
            ]
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "update":
                found += [f"{path.relative_to(ROOT)}:{node.lineno}" for word in node.keywords if word.arg == "state"]
    assert found == []


def test_only_the_edge_reads_the_clock():
    edge = {"tasks", "commands", "views", "middleware", "clock", "demo", "cli"}
    found = []
    for path in SOURCES:
        parts = {*path.relative_to(SRC).with_suffix("").parts}
        if parts & edge:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"\b(datetime|timezone|reading)\.now\(|\bdate\.today\(|\bnow\(\)|time\.time\(\)", line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


def test_no_machine_path_and_no_index_is_committed():
    forbidden = re.compile(r"(?<![\w.}])/(?:root|home)/\w|--(?:extra-)?index-url|--find-links|--trusted-host")
    address = re.compile(r"https?://")
    found = []
    for path in committed():
        if path == Path(__file__) or path.suffix in {".woff2", ".png", ".ttf", ".gz", ".mo", ".pdf"}:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        # What is installed is named by its version and digest alone, wherever it comes from.
        found += [f"{path.relative_to(ROOT)}: {hit}" for hit in set(forbidden.findall(text))]
        found += [
            f"{path.relative_to(ROOT)}: {hit}" for hit in address.findall(text) if path.parent.name == "requirements"
        ]
    assert found == []
