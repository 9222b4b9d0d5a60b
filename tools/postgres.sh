#!/bin/sh
# Makes sure that PostgreSQL's own programs are there, installing Debian's package if not. Starts nothing.
found() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1; }
found && exit 0
echo "· PostgreSQL is missing: installing Debian's" >&2
sh "$(dirname "$0")/apt.sh" postgresql
found || { echo "No PostgreSQL: install the package postgresql" >&2; exit 1; }
