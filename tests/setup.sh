#!/bin/sh
# Installs what the tests use that is not a Python package: browsers, podcast clients, players, another
# voice, a screen reader with a desktop to run on.
# On Debian as root it comes from apt; elsewhere Playwright brings its own browser, and tests whose program is missing
# are skipped (never with CI=true).
set -eu
cd "$(dirname "$0")/.."

# program:package
WANTED="chromium:chromium espeak-ng:espeak-ng gpo:gpodder newsboat:newsboat podboat:newsboat mpd:mpd mpc:mpc mpv:mpv
ffmpeg:ffmpeg cvlc:vlc-bin vlc:vlc-plugin-base node:nodejs npm:npm firefox-esr:firefox-esr pulseaudio:pulseaudio
java:default-jre-headless
orca:orca speech-dispatcher:speech-dispatcher brltty:brltty Xvfb:xvfb openbox:openbox xdotool:xdotool playerctl:playerctl
dbus-daemon:dbus-daemon gsettings:libglib2.0-bin /usr/libexec/at-spi-bus-launcher:at-spi2-core"

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    missing=""
    for pair in $WANTED; do
        command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
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
