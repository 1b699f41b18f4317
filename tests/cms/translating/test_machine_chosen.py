"""Which machine translates is said by the environment; asked of fresh processes, and of no database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def translator(**environ: str) -> str:
    """The class that a fresh process would ask."""
    code = "from wagtail_localize.machine_translators import get_machine_translator as g; t = g(); print(t and (t.__class__.__name__, t.options))"
    named = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DEEPL_KEY": "", "LIBRETRANSLATE_URL": "", **environ}
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {code}"],
        cwd=ROOT,
        env=os.environ | named,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({}, "None"),
        ({"DEEPL_KEY": "abc:fx"}, "('DeepL', {'AUTH_KEY': 'abc:fx', 'TIMEOUT': 30})"),
        (
            {"LIBRETRANSLATE_URL": "http://127.0.0.1:5000/", "LIBRETRANSLATE_KEY": "k"},
            "('LibreTranslate', {'LIBRETRANSLATE_URL': 'http://127.0.0.1:5000', 'API_KEY': 'k', 'TIMEOUT': 30})",
        ),
    ],
)
def test_the_environment_says_which(environ: dict[str, str], name: str) -> None:
    assert translator(**environ) == name
