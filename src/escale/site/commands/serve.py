"""``escale serve``: the site and its worker together; what dies is started again, both stop together."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

from django.conf import settings

from escale.rules.words import _
from escale.site import lifeline

BIN = Path(sys.executable).parent
GRACE_SECONDS = 3
#: Requests that a process takes in at once: middleware.Gate says how many of them it works on.
WAITING = 40
#: A process that dies is started again; after so many deaths in a minute, the service manager takes over.
MOST_DEATHS = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, with how many processes."""
    parser.add_argument("--port", type=int, default=8000, help=_("le port (8000)"))
    parser.add_argument("--host", default="127.0.0.1", help=_("l’adresse écoutée (127.0.0.1)"))
    parser.add_argument("--workers", type=int, default=2, help=_("combien de processus répondent (2)"))
    parser.add_argument("--no-worker", action="store_true", help=_("les tâches sont traitées ailleurs"))


def run(args: argparse.Namespace) -> int:
    """Serves until a signal; 3 when the installation is not ready, 1 when its processes die again and again."""
    if why := _not_ready(args):
        sys.stderr.write(f"escale serve: {why}\n")
        return 3
    asked: list[int] = []
    # Before the first process is born: a signal that comes early leaves none behind.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: asked.append(received))
    processes: list[subprocess.Popen[bytes]] = []
    deaths: list[float] = []
    commands = _commands(args)
    try:
        for command in commands:
            processes.append(_started(command))
        while not asked and len(deaths) < MOST_DEATHS:
            _revive(processes, commands, deaths)
            time.sleep(0.1)
    finally:
        _end(processes)
    return 0 if asked else 1


def _revive(processes: list[subprocess.Popen[bytes]], commands: list[list[str]], deaths: list[float]) -> None:
    """Starts again what died by itself; ``deaths`` keeps those of the last minute."""
    now = time.monotonic()
    deaths[:] = [when for when in deaths if now - when < 60]
    for rank, process in enumerate(processes):
        if process.poll() is not None:
            _end([process])
            deaths.append(now)
            processes[rank] = _started(commands[rank])


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    """Leads a group of its own, and is told to end when this process was killed: the port is free again."""
    tie = partial(lifeline.tie, signal.SIGTERM, os.getpid())
    return subprocess.Popen(command, start_new_session=True, preexec_fn=tie)  # one thread, no lock held


def _commands(args: argparse.Namespace) -> list[list[str]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "escale.site.settings")
    os.environ["ESCALE_SERVED"] = "1"
    site = [
        str(BIN / "granian"), "--interface", "wsgi", "--host", args.host, "--port", str(args.port),
        "--workers", str(args.workers), "--blocking-threads", str(WAITING), "--no-ws",
        "--respawn-failed-workers", "--respawn-interval", "0.2", "--workers-kill-timeout", str(GRACE_SECONDS), "--log-level", "error",
        "escale.site.wsgi:application",
    ]  # fmt: skip
    worker = [str(BIN / "python"), "-m", "escale.site", "work"]
    return [site] if args.no_worker else [site, worker]


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ends every process of ours and what they started, kindly, then not: each leads a group of its own."""
    for process in processes:
        with suppress(ProcessLookupError):
            process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _not_ready(args: argparse.Namespace) -> str:
    if not settings.ESCALE_SECRET_IS_SET:
        return _("définissez ESCALE_SECRET_KEY (une longue phrase au hasard)")
    if settings.ESCALE_DEMO and args.host not in ("127.0.0.1", "localhost", "::1"):
        return _("une démonstration (ESCALE_DEMO=1) n’écoute que sur cette machine")
    if not (settings.STATIC_ROOT / "staticfiles.json").is_file():
        return _("les fichiers statiques manquent : escale migrate")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((args.host, args.port))
        except OSError:
            return _("le port {port} est déjà pris : choisissez-en un autre (--port)").format(port=args.port)
    return ""
