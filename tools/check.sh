#!/usr/bin/env bash
# What must hold before anything is committed. Every step is run; those that failed are named at the end.
#
#     tools/check.sh [code | tests] [what pytest takes]
#
# Named alone, the code is read without a test, or the tests are run without reading the code.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
bin=.venv/bin

only=
case ${1:-} in code | tests)
    only=$1
    shift
    ;;
esac
failed=()

step() {
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed+=("$name")
}

# As it would be started in earnest, with keys that open nothing.
deployed() {
    env DEBUG=off BASE_URL=https://example.org ALLOWED_HOSTS=example.org DATABASE_URL= REDIS_URL= EMAIL_URL= \
        SECRET_KEY=0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ LINK_KEYS=check \
        FIELD_ENCRYPTION_KEYS=check $bin/python -W error manage.py check --deploy --fail-level WARNING
}

code() {
    step "format" $bin/ruff format --check .
    step "lint" $bin/ruff check .
    step "templates" $bin/djangofmt --check templates
    step "storeys" $bin/lint-imports
    step "types" $bin/mypy
    step "migrations" $bin/python manage.py makemigrations --check --dry-run --settings tests.settings
    step "Turkish" $bin/python tools/messages.py check
    step "deployment" deployed
}

[ "$only" = tests ] || code
[ "$only" = code ] || step "tests" $bin/pytest -n auto --cov --cov-report=term --cov-fail-under=90 "$@"

if [ ${#failed[@]} -gt 0 ]; then
    printf '\nfailed:'
    printf ' %s' "${failed[@]}"
    printf '\n'
    exit 1
fi
