#!/usr/bin/env bash
# The whole site with sample content in one command: web, worker and clock in one process. Ctrl-C stops it.
set -euo pipefail
cd "$(dirname "$0")/.."

export PORT="${PORT:-8000}"
export BASE_URL="${BASE_URL:-http://127.0.0.1:$PORT}"
# Set and empty: the process works off its own jobs, whatever .env says.
export REDIS_URL=
export PYTHONUNBUFFERED=1

if ! .venv/bin/python tools/port_is_free.py "$PORT"; then
    echo "Port $PORT is taken: stop what listens there, or choose another one: make demo PORT=8001" >&2
    exit 1
fi
.venv/bin/python tools/make_keys.py
.venv/bin/python manage.py migrate --verbosity 0
.venv/bin/python manage.py load_demo
echo
echo "Köprü is at $BASE_URL (Ctrl-C stops it)"
exec .venv/bin/gunicorn cms.wsgi --bind "127.0.0.1:$PORT" --workers 1 --log-level warning
