"""stages.py all|check|fast|torture: runs the stages of the tests in order and says how long each took.

Stops at the first stage that fails and prints its output.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTEST = [str(BIN / "python"), "-m", "pytest", "-q"]
SUITE = [
    *PYTEST,
    "-n",
    "2",
    "--dist",
    "worksteal",
    "--ignore=tests/browser",
    "--ignore=tests/architecture",
    "--ignore=tests/torture",
]
POSTGRES = [str(BIN / "python"), "tools/with_postgres.py"]

#: name → command, in the order of a run.
STAGES: dict[str, list[str]] = {
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "lint": [str(BIN / "ruff"), "check", "."],
    "contracts": [str(BIN / "lint-imports")],
    "architecture": [*PYTEST, "tests/architecture"],
    "types": [str(BIN / "mypy")],
    "suite on SQLite": SUITE,
    "suite on PostgreSQL": [*POSTGRES, *SUITE],
    # Alone on the machine: processes are killed, seconds count. One minute here, long in the torture run.
    "torture on SQLite": [*PYTEST, "tests/torture"],
    "torture on PostgreSQL": [*POSTGRES, "--durable", *PYTEST, "tests/torture"],
    # The live server's threads leave SQLite connections to the collector, at the end of the session too.
    "browser": [
        *PYTEST,
        "-n",
        "2",
        "--dist",
        "worksteal",
        "-W",
        "ignore::pytest.PytestUnraisableExceptionWarning",
        "tests/browser",
    ],
}
RUNS = {
    "all": list(STAGES),
    "check": ["format", "lint", "contracts", "architecture", "types"],
    "fast": ["format", "lint", "suite on SQLite"],
    "torture": ["torture on SQLite", "torture on PostgreSQL", "suite on SQLite", "suite on PostgreSQL", "browser"],
}


def environment(run: str) -> dict[str, str]:
    """The environment of a stage: only our own settings, the browser's path, torture when asked."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ESCALE_")}
    kept["PATH"] = f"{BIN}{os.pathsep}{kept.get('PATH', '/usr/bin:/bin')}"
    kept["PYTHONPATH"] = str(ROOT / "src")
    if run == "torture":
        kept["ESCALE_TORTURE"] = "1"
    if run in ("all", "torture"):
        for tool in ("postgres.sh", "browser.sh"):
            done = subprocess.run(["sh", f"tools/{tool}"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
            if done.returncode:
                sys.exit(f"tools/{tool} could not install what the tests need")
        kept["ESCALE_CHROMIUM"] = done.stdout.strip()
    return kept


def main(run: str) -> int:
    """Runs the stages of ``run``; 0 when all pass."""
    around, began = environment(run), time.monotonic()
    for name in RUNS[run]:
        print(f"· {name} …", flush=True)
        start = time.monotonic()
        done = subprocess.run(STAGES[name], cwd=ROOT, env=around)
        if done.returncode:
            print(f"✗ {name} failed after {time.monotonic() - start:.0f} s", flush=True)
            return 1
        print(f"✓ {name} ({time.monotonic() - start:.0f} s)", flush=True)
    print(f"all stages passed in {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] and sys.argv[1] in RUNS else "all"))
