#!/bin/sh
# Installs what the tests use that is not a Python package: a browser, podcast clients, players, another voice.
# On Debian as root it comes from apt; elsewhere Playwright brings its own browser, and tests whose program is missing
# are skipped (never with CI=true).
set -eu
cd "$(dirname "$0")/.."

PACKAGES="chromium espeak-ng gpodder newsboat mpd mpc mpv ffmpeg nodejs npm"

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    missing=""
    for package in $PACKAGES; do
        dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        echo "Installing for the tests:$missing"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        # shellcheck disable=SC2086
        apt-get install -y -qq --no-install-recommends $missing >/dev/null
    fi
elif ! command -v chromium >/dev/null; then
    .venv/bin/python -m playwright install chromium
fi

sh tests/setup_npm.sh
