#!/bin/sh
# Installs what the tests use from npm into .tools/, with the versions and digests of tests/npm/package-lock.json.
# Without npm the tests that need it are skipped (never with CI=true).
set -eu
cd "$(dirname "$0")/.."

command -v npm >/dev/null || exit 0
mkdir -p .tools
if ! cmp -s tests/npm/package-lock.json .tools/package-lock.json || [ ! -d .tools/node_modules ]; then
    echo "Installing for the tests, from npm: podcast-partytime"
    cp tests/npm/package.json tests/npm/package-lock.json .tools/
    npm ci --prefix .tools --ignore-scripts --no-audit --no-fund --silent
fi
