#!/bin/sh
# Installs what the tests use from npm into .tools/, with the versions and digests of tests/npm/package-lock.json.
# Without npm or a network the tests that need it are skipped (never with CI=true).
set -eu
cd "$(dirname "$0")/.."

command -v npm >/dev/null || exit 0
# npm knows only its own authorities; add the system's, which a company's network may need
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
    export NODE_EXTRA_CA_CERTS
fi
mkdir -p .tools
if ! cmp -s tests/npm/package-lock.json .tools/package-lock.json || [ ! -d .tools/node_modules ]; then
    echo "Installing for the tests, from npm: a feed parser and checkers of pages"
    cp tests/npm/package.json tests/npm/package-lock.json .tools/
    npm ci --prefix .tools --ignore-scripts --no-audit --no-fund --loglevel=error \
        || { rm .tools/package-lock.json; [ "${CI:-}" != true ]; } # so that it is tried again
fi
