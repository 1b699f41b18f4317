"""The handbook says the same in both languages, and its pictures are those that the script draws."""

import re
from pathlib import Path

from PIL import Image

from tools.handbook.album import PICTURES, WIDTH

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
ENGLISH, TURKISH = ((DOCS / name).read_text(encoding="utf-8") for name in ("editors.md", "editors.tr.md"))


def pictures(text: str) -> list[str]:
    return re.findall(r"\]\(img/([^)]+)\.png\)", text)


def test_both_languages_have_the_same_sections_pictures_and_tables() -> None:
    shape = re.compile(r"^(#+|\|)", re.MULTILINE)
    assert shape.findall(TURKISH) == shape.findall(ENGLISH)
    assert pictures(TURKISH) == [f"{name}-tr" for name in pictures(ENGLISH)]


def test_each_leads_to_the_other_at_its_top() -> None:
    assert "[Türkçe](editors.tr.md)" in ENGLISH[:200]
    assert "[In English](editors.md)" in TURKISH[:200]


def test_what_is_drawn_is_what_is_shown_and_nothing_is_left_over() -> None:
    assert sorted(pictures(ENGLISH)) == sorted(PICTURES)
    drawn = [f"{name}{suffix}" for name in PICTURES for suffix in ("", "-tr")]
    assert sorted(path.stem for path in (DOCS / "img").glob("*.png")) == sorted(drawn)


def test_pictures_are_as_wide_as_they_should_be_and_small() -> None:
    wrong = []
    for path in (DOCS / "img").glob("*.png"):
        with Image.open(path) as image:
            if image.width != WIDTH or path.stat().st_size > 200_000:
                wrong.append(path.name)
    assert wrong == []


def test_links_within_a_page_lead_to_a_heading() -> None:
    for text in (ENGLISH, TURKISH):
        headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors
