"""The environment: what is missing stops the start in one line."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"SECRET_KEY": "s" * 60, "LINK_KEYS": "l" * 40, "FIELD_ENCRYPTION_KEYS": "f" * 44}


def start(**environ: str) -> tuple[int, str, str]:
    """Load the settings alone, as a fresh process would, and print what matters here."""
    code = (
        "from django.conf import settings as s;"
        "print(s.DEBUG, s.HTTPS, s.SESSION_COOKIE_NAME, s.SECURE_HSTS_SECONDS, len(s.LINK_KEYS), s.RATE_LIMITS)"
    )
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    unset = dict.fromkeys((*KEYS, "DATABASE_URL", "REDIS_URL", "EMAIL_URL"), "")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=kept
        | unset
        | {"DEBUG": "off", "BASE_URL": "http://127.0.0.1", "DJANGO_SETTINGS_MODULE": "cms.settings"}
        | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("missing", list(KEYS))
def test_a_missing_key_stops_the_start_with_one_line(missing: str) -> None:
    given = {name: value for name, value in KEYS.items() if name != missing}
    assert start(**given) == (3, "", f"{missing} is not set: see .env.example, or run `make demo` once.\n")


def test_with_its_keys_it_starts() -> None:
    keys = KEYS | {"LINK_KEYS": "new, old"}
    assert start(**keys) == (0, "False False session 0 2 True\n", "")


def test_debug_needs_no_keys() -> None:
    assert start(DEBUG="on") == (0, "True False session 0 1 True\n", "")


def test_https_brings_secure_cookies_and_hsts() -> None:
    answer = start(BASE_URL="https://example.org", **KEYS)
    assert answer == (0, "False True __Host-session 31536000 1 True\n", "")


def test_what_is_empty_counts_as_not_set() -> None:
    names = re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert start(**dict.fromkeys(names, "") | KEYS) == (0, "False False session 0 1 True\n", "")


def test_every_variable_is_in_the_example_and_in_the_operators_table() -> None:
    read = set(
        re.findall(
            r"(?:text|flag|keys?|env\.list)\(\"([A-Z_]+)\"", (ROOT / "cms/settings.py").read_text(encoding="utf-8")
        )
    )
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    table = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert {name for name in read if f"{name}=" not in example} == set()
    assert {name for name in read if f"`{name}`" not in table} == set()
    assert len(read) == 25
