#!/bin/sh
# Prints the path of a Chromium, installing Debian's headless one if there is none.
for c in "$ESCALE_CHROMIUM" chromium-headless-shell chromium chromium-browser google-chrome; do
  [ -n "$c" ] && command -v "$c" && exit 0
done
echo "· Chromium is missing: installing Debian's chromium-headless-shell" >&2
as=; [ "$(id -u)" = 0 ] || as=sudo
{ $as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends chromium-headless-shell; } >&2
command -v chromium-headless-shell
