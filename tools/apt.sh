#!/bin/sh
# apt.sh PACKAGE…: installs Debian packages without a question, through sudo when not root; output on stderr.
command -v apt-get >/dev/null 2>&1 || { echo "This is no Debian: install $* yourself" >&2; exit 1; }
as=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "Install $* as root: apt-get install $*" >&2; exit 1; }
  as="sudo -n"
fi
# A source that does not answer must not stop the others: what matters is whether the packages come.
$as apt-get update -qq </dev/null >&2 || true
exec $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >&2
