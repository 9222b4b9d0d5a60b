#!/bin/sh
# Prints the newest Python that the project accepts (3.12 or later), whoever installed it; Debian's when none is there.
root=${PYENV_ROOT:-$HOME/.pyenv}
found() {
  for c in "$PYTHON" python3.14 python3.13 python3.12 $(ls -d "$root"/versions/3.1[2-9]*/bin/python 2>/dev/null | sort -rV) python3; do
    [ -n "$c" ] || continue
    # Executed, not only found: pyenv leaves shims on the path that answer 127.
    p=$("$c" -c 'import sys, venv, ensurepip, sqlite3; sys.exit(1) if sys.version_info < (3, 12) else print(sys.executable)' 2>/dev/null) && { echo "$p"; return 0; }
  done
  return 1
}
found && exit 0
echo "· Python ≥ 3.12 with venv is missing: installing Debian's" >&2
sh "$(dirname "$0")/apt.sh" python3 python3-venv
found && exit 0
echo "Python 3.12 or later is needed: install python3 and python3-venv of Debian 13, or set PYTHON=/path/to/python" >&2
exit 1
