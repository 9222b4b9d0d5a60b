"""The site's server on a scratch installation, and who asks it many things at once."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
HOST = "127.0.0.1"


def installation() -> None:
    """Points this process, and the server that it starts, at a scratch database unless one is given; migrates it."""
    folder = Path(tempfile.mkdtemp(prefix="escale-bench-"))
    os.environ.setdefault("ESCALE_DATABASE_URL", f"sqlite:///{folder}/escale.db")
    os.environ |= {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]),
        "DJANGO_SETTINGS_MODULE": "benchmarks.bare.settings",
        "ESCALE_SECRET_KEY": "a-key-for-benches-only-long-enough-to-be-taken",
        "ESCALE_EMAIL_URL": f"file://{folder}/mail",
        "ESCALE_FILES_URL": f"file://{folder}/files",
        "ESCALE_STATIC_ROOT": f"{folder}/static",
    }
    subprocess.run([str(BIN / "escale"), "migrate"], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


@contextmanager
def serving(workers: int = 2) -> Iterator[int]:
    """The server that ``escale serve`` starts, on a free port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    command = [
        str(BIN / "granian"), "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "escale.site.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int) -> None:
    for _again in range(300):
        try:
            asked = http.client.HTTPConnection(HOST, port, timeout=5)
            asked.request("GET", "/healthz")
            if asked.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


@dataclass(frozen=True)
class Asked:
    """``method path`` with ``body`` and ``headers``; ``status`` is what must come back."""

    method: str
    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200


def load(port: int, ask: Callable[[int, int], Asked], *, clients: int, each: int) -> dict[str, float]:
    """``clients`` ask ``each`` time at once, connections kept: requests a second, p50 and p99 in milliseconds."""
    spent: list[list[float]] = [[] for _client in range(clients)]
    wrong: list[str] = []

    def run(client: int) -> None:
        connection = http.client.HTTPConnection(HOST, port, timeout=60)
        for n in range(each):
            asked = ask(client, n)
            start = time.perf_counter()
            connection.request(asked.method, asked.path, asked.body or None, dict(asked.headers))
            answer = connection.getresponse()
            text = answer.read()
            spent[client].append(time.perf_counter() - start)
            if answer.status != asked.status:
                wrong.append(f"{answer.status} {text[:300]!r}")
                return

    start = time.perf_counter()
    threads = [Thread(target=run, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"{len(wrong)} requests were refused, the first: {wrong[0]}")
    whole = time.perf_counter() - start
    times = sorted(one for each_spent in spent for one in each_spent)
    return {
        "per_second": round(len(times) / whole, 1),
        "p50_ms": round(1000 * times[len(times) // 2], 2),
        "p99_ms": round(1000 * times[min(len(times) - 1, int(len(times) * 0.99))], 2),
    }
