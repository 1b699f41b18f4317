"""What builders of Wagtail sites expect is where docs/conventions.md says, and held by tests that are there."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from cms.models import StandardPage
from tests.cms.pages import published

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "conventions.md"


def rows() -> list[list[str]]:
    """The cells of each row of the page's table."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d+ \|", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_row_names_what_proves_it_and_that_is_there() -> None:
    found = rows()
    assert [cells[0] for cells in found] == [str(number) for number in range(1, 25)]
    named = [name for cells in found for name in re.findall(r"`(tests/[^`]+)`", cells[3])]
    assert {cells[0] for cells in found if "`tests/" not in cells[3]} == set()
    assert [name for name in named if not is_there(name)] == []


def is_there(name: str) -> bool:
    """Whether the file has a test of that name, in a class or not."""
    path, _, test = name.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8")) if (ROOT / path).is_file() else ast.Module([], [])
    return any(isinstance(node, ast.FunctionDef) and node.name == test for node in ast.walk(tree))


def test_wagtail_knows_its_site_and_its_limits() -> None:
    assert (settings.WAGTAIL_SITE_NAME, settings.WAGTAILADMIN_BASE_URL) == ("Köprü", settings.BASE_URL)
    assert {"pdf", "docx", "xlsx"} <= set(settings.WAGTAILDOCS_EXTENSIONS)
    assert not {"html", "svg", "js"} & set(settings.WAGTAILDOCS_EXTENSIONS + settings.WAGTAILIMAGES_EXTENSIONS)
    assert settings.WAGTAILDOCS_MAX_UPLOAD_SIZE == settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE == 10 * 1024**2
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS == 10_000


@pytest.mark.django_db
def test_a_preview_opens_its_links_outside() -> None:
    page = published(StandardPage(title="Tüzük", slug="tuzuk"))
    html = page.make_preview_request(extra_request_attrs={"in_preview_panel": True}).rendered_content
    assert '<base target="_blank">' in html
    assert '<a class="skip" href="#main">' in html


def test_what_one_reads_first_is_there() -> None:
    names = ("README.md", "CONTRIBUTING.md", "LICENSE", "CHANGELOG.md", "docs/operations.md", "docs/editors.md")
    assert [name for name in names if len((ROOT / name).read_text(encoding="utf-8")) < 300] == []
    assert "## Upgrading" in (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert list((ROOT / "docs" / "img").glob("*.png"))


def test_links_between_documents_lead_somewhere() -> None:
    papers = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    link = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
    links = [(path, to) for path in papers for to in link.findall(path.read_text(encoding="utf-8"))]
    assert len(links) > 5
    assert [(path.name, to) for path, to in links if not (path.parent / to).exists()] == []


def test_nothing_moves_for_those_who_asked_for_stillness() -> None:
    moving = {}
    for path in (ROOT / "static" / "css").glob("*.css"):
        still = without_motion(path.read_text(encoding="utf-8"))
        if found := re.findall(r"[\s{;](?:transition|animation|scroll-behavior)[\w-]*:[^;]+", still):
            moving[path.name] = found
    assert moving == {}


def without_motion(sheet: str) -> str:
    """A stylesheet without what it does only where motion is welcome."""
    head, found, rest = sheet.partition("@media (prefers-reduced-motion: no-preference) {")
    if not found:
        return head
    depth = 1
    for place, char in enumerate(rest):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if not depth:
            return head + without_motion(rest[place + 1 :])
    raise ValueError("a block without an end")
