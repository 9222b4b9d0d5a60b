"""with_postgres.py [--durable] CMD…: runs CMD beside a throw-away PostgreSQL, then removes it.

It listens on a socket of its own folder, never on a port. CMD finds it in ESCALE_DATABASE_URL.
``--durable`` leaves fsync on: for tests that kill processes and for benchmarks.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def binaries() -> Path:
    """The folder of the newest PostgreSQL's programs, installing Debian's package when there is none."""
    subprocess.run(["sh", str(Path(__file__).parent / "postgres.sh")], check=True)
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if there := shutil.which("initdb"):
        return Path(there).parent
    sys.exit("PostgreSQL's initdb was not found: install the package postgresql")


def main(arguments: list[str]) -> int:
    """Starts the server, runs the command, stops and deletes the server; gives the command's exit code."""
    durable = arguments[:1] == ["--durable"]
    command = arguments[1:] if durable else arguments
    if not command:
        sys.exit(__doc__)
    folder, home, who = binaries(), tempfile.mkdtemp(prefix="escale-pg-"), {}
    if os.getuid() == 0:  # initdb refuses root
        user = pwd.getpwnam("postgres")
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        os.chown(home, user.pw_uid, user.pw_gid)

    def run(*words: str) -> None:
        subprocess.run([folder / words[0], *words[1:]], check=True, cwd=home, stdout=subprocess.DEVNULL, **who)

    data = f"{home}/d"
    settings = f"-k {home} -c listen_addresses= -c max_connections=200 {'' if durable else QUICK}"
    try:
        run("initdb", "-D", data, "-U", "escale", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run("pg_ctl", "-D", data, "-w", "-l", f"{home}/log", "-o", settings, "start")
        try:
            return _beside(command, f"postgresql:///postgres?host={home}&user=escale")
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _beside(command: list[str], url: str) -> int:
    """Runs the command; passes Ctrl-C and TERM on and waits for it to end by itself."""
    process = subprocess.Popen(command, env={**os.environ, "ESCALE_DATABASE_URL": url})
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, _frame: process.send_signal(number))
    return process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
