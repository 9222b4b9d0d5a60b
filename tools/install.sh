#!/bin/sh
# install.sh run|test: fills .venv with exactly the pinned, hashed packages, then the project itself.
# uv is only a faster pip: where uv cannot reach the packages, pip takes over.
set -e
python=$(sh tools/python.sh)
[ -x .venv/bin/python ] || { echo "· virtual environment with $python" >&2; "$python" -m venv .venv; }
pip=".venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes"
[ -x .venv/bin/uv ] || $pip -r requirements/uv.txt || true
echo "· packages ($1)" >&2
{ [ -x .venv/bin/uv ] && .venv/bin/uv pip install -q --compile-bytecode --python .venv/bin/python --require-hashes \
    -r "requirements/$1.txt" 2>/dev/null; } || $pip -r "requirements/$1.txt"
[ -x .venv/bin/escale ] || .venv/bin/python tools/link.py
