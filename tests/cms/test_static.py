"""In production a static file that a template names and nobody has is a 500."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

ROOT = Path(__file__).resolve().parents[2]
_NAMED = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")


def test_every_static_file_that_a_template_names_is_there() -> None:
    named = {
        (name, template.name)
        for template in (ROOT / "templates").rglob("*.html")
        for name in _NAMED.findall(template.read_text(encoding="utf-8"))
    }
    assert {(name, template) for name, template in named if finders.find(name) is None} == set()
    assert named


def test_no_stylesheet_says_anything() -> None:
    """What stands in ``content`` is read out, and no catalogue reaches it."""
    sheets = (ROOT / "static" / "css").rglob("*.css")
    said = {path.name: re.findall(r"[^-]content:([^;}]*)", path.read_text()) for path in sheets}
    texts = {name: [text for each in found for text in re.findall(r'"([^"]*)"', each)] for name, found in said.items()}
    assert sum(map(len, texts.values())) > 3
    assert {name: text for name, found in texts.items() for text in found if re.search(r"[^\W\d_]", text)} == {}
