"""Every public address of the site, as a browser finds it from the two first pages."""

import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from tests.cms.factories import makes_pictures
from tests.crawl import Crawl, crawl
from tests.served import Stage

pytestmark = [pytest.mark.browser, pytest.mark.early, makes_pictures]
#: What no page links to: machines and browsers ask for it by name.
UNLINKED = ["/", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/favicon.ico", "/healthz", "/readyz"]
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def demo() -> None:
    """The association of the demo with its site, as ``make demo`` shows it."""
    call_command("load_demo", stdout=StringIO())


@pytest.fixture(scope="module")
def crawled(browser: Browser, stage: Stage) -> Iterator[Crawl]:
    with stage.serve(demo) as base:
        yield crawl(browser, base, ["/tr/", "/en/", *UNLINKED])


def named(crawled: Crawl) -> dict[str, dict[str, Any]]:
    """The pages that search engines may keep, each by its own address; ``/`` only leads to one of them."""
    pages = crawled.pages.items()
    return {path: head for path, head in pages if "noindex" not in head["robots"] and "?" not in path and path != "/"}


def test_every_address_answers(crawled: Crawl) -> None:
    """Printed programmes that nobody asked for yet are on their way: 202."""
    expected = {
        path: 202 if path.endswith(".pdf") and path.startswith("/documents/") else 200 for path in crawled.status
    }
    wrong = {path: status for path, status in crawled.status.items() if status != expected[path]}
    assert {path: (status, crawled.from_where.get(path, "")) for path, status in wrong.items()} == {}


def test_files_and_searches_were_met_too(crawled: Crawl) -> None:
    paths = [path.partition("?")[0] for path in crawled.status]
    kinds = Counter(re.findall(r"(ics|pdf|xlsx|webmanifest|css|ico|search/|ara/)$", "\n".join(paths), re.MULTILINE))
    assert min(kinds.values()) > 0
    assert set(kinds) == {"ics", "pdf", "xlsx", "webmanifest", "css", "ico", "search/", "ara/"}


def test_nobody_complained(crawled: Crawl) -> None:
    """No error of a script, no report of the strict policy, nothing asked of anybody else, nothing that was not there."""
    assert crawled.said == []


@pytest.mark.parametrize("what", ["headings", "title", "description", "lang"])
def test_every_page_says_what_it_is(crawled: Crawl, what: str) -> None:
    wrong = {}
    for path, head in crawled.pages.items():
        told = head[what]
        right = {
            "headings": len(told) == 1 and bool(told[0]),
            "title": bool(told),
            "description": bool(told) or "noindex" in head["robots"],
            "lang": path == "/" or told == path[1:3],
        }
        if not right[what]:
            wrong[path] = told
    assert wrong == {}


def test_a_link_within_a_page_leads_somewhere(crawled: Crawl) -> None:
    assert {path: head["anchors"] for path, head in crawled.pages.items() if head["anchors"]} == {}


def test_titles_tell_pages_apart(crawled: Crawl) -> None:
    titles = Counter(head["title"] for head in named(crawled).values())
    assert {title: count for title, count in titles.items() if count > 1} == {}


def test_each_page_knows_its_address_and_the_other_language_knows_it_back(crawled: Crawl) -> None:
    pages = named(crawled)
    for path, head in pages.items():
        canonical, alternates = crawled.path(head["canonical"]), head["alternates"]
        other = crawled.path(alternates[{"tr": "en", "en": "tr"}[head["lang"]]])
        assert (path, alternates[head["lang"]], alternates["x-default"]) == (
            canonical,
            head["canonical"],
            alternates["en"],
        )
        assert (other, pages[other]["alternates"]) == (other, alternates)


def test_a_part_of_a_list_names_the_whole_and_its_other_pages_themselves(crawled: Crawl) -> None:
    parts = {path: crawled.path(head["canonical"]) for path, head in crawled.pages.items() if "?" in path}
    own = {path: path if re.search(r"\?(when=past|page=\d+)$", path) else path.partition("?")[0] for path in parts}
    assert parts == own


def test_the_sitemap_has_what_may_be_found_and_nothing_else(crawled: Crawl) -> None:
    tree = ElementTree.fromstring(crawled.bodies["/sitemap.xml"])  # noqa: S314 - our own
    mapped = {
        crawled.path(entry.findtext("s:loc", "", NAMES)): {
            link.attrib["hreflang"]: link.attrib["href"] for link in entry.findall("x:link", NAMES)
        }
        for entry in tree.findall("s:url", NAMES)
    }
    assert mapped == {path: head["alternates"] for path, head in named(crawled).items()}
