"""demo.py [--port N] [--data DIR] [--reset]: builds the demonstration once, serves it, says who can sign in.

Honours the variables already set (a database, a folder of mails); writes DATA/demo.env, so that
``.venv/bin/escale …`` typed in the checkout speaks of the same installation.
"""

import argparse
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ESCALE = str(ROOT / ".venv" / "bin" / "escale")
WAIT_SECONDS = 60


def settle(args: argparse.Namespace) -> dict[str, str]:
    """The environment of the demonstration; keeps the secret key of an earlier run."""
    data = Path(args.data).resolve()
    if args.reset and data.is_dir():
        shutil.rmtree(data)
    data.mkdir(parents=True, exist_ok=True)
    kept = data / "demo.env"
    known = dict(line.split("=", 1) for line in kept.read_text().splitlines() if "=" in line) if kept.is_file() else {}
    wanted = {
        "ESCALE_DEMO": "1",
        "ESCALE_DATABASE_URL": f"sqlite:///{data}/escale.db",
        "ESCALE_FILES_URL": f"file://{data}/files",
        "ESCALE_EMAIL_URL": f"file://{data}/mail",
        "ESCALE_STATIC_ROOT": f"{data}/static",
        "ESCALE_SECRET_KEY": known.get("ESCALE_SECRET_KEY") or secrets.token_urlsafe(48),
        "ESCALE_BASE_URL": f"http://127.0.0.1:{args.port}",
    }
    around = {**wanted, **{name: value for name, value in os.environ.items() if name in wanted}}
    kept.write_text("".join(f"{name}={value}\n" for name, value in around.items()))
    kept.chmod(0o600)
    return {**os.environ, **around, "PYTHONUNBUFFERED": "1"}


def is_taken(port: int) -> bool:
    """Whether someone listens on the port already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def main() -> int:
    """Builds, serves, waits for Ctrl-C or TERM, leaves nothing behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", default="var")
    parser.add_argument("--reset", action="store_true")
    args = parser.parse_args()
    if is_taken(args.port):
        print(f"Le port {args.port} est déjà pris : essayez make demo PORT={args.port + 1}", file=sys.stderr)
        return 1
    around, runs = settle(args), Runs()
    for words in (["migrate"], ["demo", "build"]):
        if code := runs.wait_for([ESCALE, *words], around, quiet=True):
            return code
    site = runs.start([ESCALE, "serve", "--port", str(args.port)], around)
    if site is not None and answers(f"http://127.0.0.1:{args.port}/", site):
        print(f"ready http://127.0.0.1:{args.port}/", flush=True)
        introduce(around)
    return runs.end(site)


class Runs:
    """One process at a time; a signal ends it, whenever it comes, and nothing is started after."""

    def __init__(self) -> None:
        self.asked = False
        self.present: subprocess.Popen[bytes] | None = None
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)

    def stop(self, number: int, frame: object) -> None:
        """Passes the wish to stop on."""
        self.asked = True
        if self.present is not None and self.present.poll() is None:
            self.present.terminate()

    def start(
        self, command: list[str], around: dict[str, str], *, quiet: bool = False
    ) -> "subprocess.Popen[bytes] | None":
        """The process, in a group of its own so that Ctrl-C reaches it once, through us; None when asked to stop."""
        if self.asked:
            return None
        out = subprocess.DEVNULL if quiet else None
        self.present = subprocess.Popen(command, env=around, cwd=ROOT, stdout=out, start_new_session=True)
        if self.asked:  # the signal came between the two lines
            self.present.terminate()
        return self.present

    def wait_for(self, command: list[str], around: dict[str, str], *, quiet: bool) -> int:
        """Runs it to its end and gives its exit code, 130 when asked to stop."""
        process = self.start(command, around, quiet=quiet)
        code = process.wait() if process is not None else 0
        return 130 if self.asked else code

    def end(self, process: "subprocess.Popen[bytes] | None") -> int:
        """Waits for the site; 0 when it was asked to stop, 1 when it ended by itself."""
        if process is not None:
            process.wait()
        return 0 if self.asked else 1


def answers(url: str, site: "subprocess.Popen[bytes]") -> bool:
    """Waits until the site answers, or has died."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline and site.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def introduce(around: dict[str, str]) -> None:
    """Says who can sign in, and where."""
    told = subprocess.run([ESCALE, "demo", "people", "--json"], env=around, cwd=ROOT, capture_output=True, text=True)
    if told.returncode:
        return
    print("Qui peut se connecter :")
    for one in json.loads(told.stdout)["people"]:
        what = ", ".join(one["hats"]) or "visiteur"
        print(f"  {one['key']:<18} {one['name']:<20} {what:<28} {one['sign_in_url']}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
