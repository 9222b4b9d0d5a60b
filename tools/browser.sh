#!/bin/sh
# Prints the path of a Chromium, installing Debian's headless one if there is none.
found() {
  for c in "$ESCALE_CHROMIUM" chromium-headless-shell chromium chromium-browser google-chrome; do
    [ -n "$c" ] && command -v "$c" && return 0
  done
  return 1
}
found && exit 0
echo "· Chromium is missing: installing Debian's" >&2
sh "$(dirname "$0")/apt.sh" chromium-headless-shell || sh "$(dirname "$0")/apt.sh" chromium
found || { echo "No Chromium: install chromium, or set ESCALE_CHROMIUM=/path/to/it" >&2; exit 1; }
