#!/usr/bin/env bash
# Installs what tests of the group "nodejs" read calendars with, into var/readers.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p var/readers
cp tests/readers/package.json tests/readers/package-lock.json var/readers/
npm ci --prefix var/readers --silent --no-audit --no-fund
