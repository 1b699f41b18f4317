"""Debian's Chromium for the tests of a module, and a page that has come to rest before it is asked anything."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

#: How long a page may take, in milliseconds: a machine that does much else is slow, not wrong.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop of its own, in which Django would refuse its database. While it runs Django has
    # other connections; one left open would be found again afterwards, at a database that was put away meanwhile.
    connections.close_all()
    with pytest.MonkeyPatch.context() as environ, sync_playwright() as playwright:
        environ.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


def new_page(browser: Browser, **named: Any) -> Page:
    """A page in a fresh profile, in which nothing glides: what is asked twice is answered twice the same."""
    context = browser.new_context(**{"reduced_motion": "reduce", **named})
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def settle(page: Page) -> None:
    """Wait until nothing moves any more: scripts have run, and fonts have taken their places."""
    page.wait_for_load_state("load")
    # Not by asking again and again: what Playwright asks with is refused by the strict policy.
    page.evaluate("document.fonts.ready.then(() => true)")


def open_at(page: Page, url: str) -> None:
    """Go there, and wait until it is at rest."""
    page.goto(url, wait_until="load")
    settle(page)
