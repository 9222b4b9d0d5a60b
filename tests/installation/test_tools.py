"""The scripts of a fresh machine: what they look for, what they install, what they say; ``make demo`` and its signals."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
USED = ("sh", "ls", "id", "dirname", "sort", "env", "true", "chmod")


@pytest.fixture
def bare(tmp_path):
    """A machine with nothing but a shell; ``apt`` puts a script there that notes what is asked of it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in USED:
        (folder / name).symlink_to(shutil.which(name))
    return folder


def apt(folder, knows, makes):
    """An apt-get that has the package ``knows``, which brings the program ``makes``."""
    script = folder / "apt-get"
    script.write_text(
        f'#!/bin/sh\necho "$*" >&2\ncase "$*" in update*) exit 100;; *" {knows}") printf "#!/bin/sh\\n" > {folder}/{makes};'
        f" chmod +x {folder}/{makes};; *) exit 100;; esac\n"
    )
    script.chmod(0o755)


def run(folder, script):
    there = {"PATH": str(folder), "HOME": str(folder)}
    return subprocess.run(["sh", f"tools/{script}"], cwd=ROOT, env=there, capture_output=True, text=True)


@pytest.mark.skipif(os.getuid() != 0, reason="apt is called through sudo, which a bare machine has not")
@pytest.mark.parametrize(
    ("script", "knows", "makes"),
    [("browser.sh", "chromium-headless-shell", "chromium-headless-shell"), ("browser.sh", "chromium", "chromium")],
)
def test_what_is_missing_is_installed_even_when_a_source_does_not_answer(bare, script, knows, makes):
    apt(bare, knows, makes)
    done = run(bare, script)
    assert (done.returncode, done.stdout.strip()) == (0, str(bare / makes))


@pytest.mark.parametrize("script", ["browser.sh", "python.sh"])
def test_what_cannot_be_had_is_said_in_a_sentence(bare, script):
    done = run(bare, script)
    assert done.returncode == 1
    assert "install" in done.stderr.splitlines()[-1]


def demo(tmp_path, port):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ESCALE_", "DJANGO_"))}
    command = [sys.executable, "tools/demo.py", "--port", str(port), "--data", str(tmp_path / "data")]
    return subprocess.Popen(command, cwd=ROOT, env=kept, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_port_that_is_taken_is_said_and_nothing_is_made(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = demo(tmp_path, taken.getsockname()[1])
        _out, said = process.communicate(timeout=20)
    assert (process.returncode, "déjà pris" in said, (tmp_path / "data").exists()) == (1, True, False)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_while_it_is_built_it_leaves_nothing(tmp_path, number):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = demo(tmp_path, port)
    end = time.monotonic() + 20
    while time.monotonic() < end and not (tmp_path / "data" / "escale.db").exists():
        time.sleep(0.05)
    process.send_signal(number)
    process.communicate(timeout=5)
    left = subprocess.run(["ps", "-eo", "args="], capture_output=True, text=True).stdout
    assert str(tmp_path / "data") not in left and f"--port {port}" not in left
