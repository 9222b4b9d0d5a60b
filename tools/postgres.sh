#!/bin/sh
# Makes sure that PostgreSQL's own programs are there, installing Debian's package if not. Starts nothing.
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && exit 0
command -v initdb >/dev/null 2>&1 && exit 0
echo "· PostgreSQL is missing: installing Debian's postgresql" >&2
as=; [ "$(id -u)" = 0 ] || as=sudo
{ $as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends postgresql; } >&2
