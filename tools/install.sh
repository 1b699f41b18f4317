#!/usr/bin/env bash
# Everything that the demo and the tests need, in .venv and, where this user may, in the system.
set -euo pipefail
cd "$(dirname "$0")/.."

libraries="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

fits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11, 5))' >/dev/null 2>&1; }

find_python() {
    for name in ${PYTHON:-python3 python3.11 python3.12 python3.13 python}; do
        if fits "$name"; then
            command -v "$name"
            return
        fi
    done
    echo "Python 3.11.5 or newer with its venv module is needed (Debian: apt-get install python3 python3-venv)." >&2
    return 1
}

# Told by loading, not by a package's name: other systems name them otherwise.
can_typeset() { .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; }

install_libraries() {
    can_typeset && return
    if command -v apt-get >/dev/null; then
        run=""
        [ "$(id -u)" = 0 ] || run="sudo -n"
        if [ -z "$run" ] || $run true 2>/dev/null; then
            # shellcheck disable=SC2086 # a list of words
            { $run apt-get update -qq && $run apt-get install -y -qq --no-install-recommends $libraries; } >/dev/null || true
        fi
    fi
    can_typeset || echo "PDFs need Pango: install $libraries (Debian's names), then go on."
}

python=$(find_python)
fits .venv/bin/python || "$python" -m venv --clear .venv
echo "Installing the packages of requirements/ into .venv"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes -r requirements/base.txt -r requirements/dev.txt
install_libraries
