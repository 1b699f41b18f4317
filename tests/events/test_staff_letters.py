"""Letters to those who work here: in their language, by day and by night, as text and as HTML."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

from events.mail import render_letter

LONG = "https://konferanslar.isiklar.example/" + "a" * 80
#: What each is filled with, in the fullest way.
FILLED: dict[str, dict[str, Any]] = {
    "planned_release": {"title": "İklim Forumu", "when": "10:00", "reason": "Salon yok.", "path": "/admin/events/1/"},
    "host_comment": {"event": "İklim Forumu", "host": "Lindenau", "pk": 1},
    "contact_message": {
        "page": SimpleNamespace(title="İletişim"),
        "page_url": LONG,
        "answers": [("İleti", "Merhaba\n\nSorum var.")],
        "consent": True,
        "sender": "ayse@sample.example",
        "days": 30,
    },
    "page_notice": {"subject": "Onay bekliyor", "text": f"Bir sayfa onayınızı bekliyor.\n\n{LONG}"},
    "job_failed": {"job": SimpleNamespace(pk=7, kind="set_paper"), "label": "Yaka kartları"},
}
#: Letters to those who register have a sheet of their own, and tests of their own.
OTHERS = {"registration"}


def test_no_letter_is_left_out_here() -> None:
    folders = {path.name for path in Path(settings.BASE_DIR, "templates", "mail").iterdir() if path.is_dir()}
    assert folders == FILLED.keys() | OTHERS


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("letter", FILLED)
def test_each_is_read_by_day_and_by_night(letter: str, language: str) -> None:
    parts = render_letter(letter, language, FILLED[letter])
    html = parts["html"]
    assert re.findall(r'<html lang="(\w*)"', html) == [language]
    assert '<meta name="color-scheme" content="light dark">' in html
    # No colour of its own: what the mail program has for the night holds.
    assert re.findall(r"(?:color|background)\s*:", html) == []
    assert "<title></title>" not in html
    assert re.findall(r"\{[{%]", "".join(parts.values())) == []
