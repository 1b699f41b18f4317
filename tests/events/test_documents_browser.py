"""Whoever waits for a printed programme gets it without pressing anything, and reads on undisturbed meanwhile."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Response, expect

from events.documents import handler
from events.models import Job
from events.release import release_programme
from tests.browser import new_page, open_at
from tests.factories import EventFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def is_document(answer: Response) -> bool:
    return answer.request.method == "GET" and answer.headers.get("content-type") == "application/pdf"


def test_the_page_becomes_the_document(browser: Browser, live_server: Any) -> None:
    release_programme(event=EventFactory(slug="forum", with_sessions=1))
    page = new_page(browser)
    open_at(page, f"{live_server.url}/documents/en/forum/programme.pdf")
    expect(page.get_by_role("heading", level=1)).to_have_text("The PDF is being made")
    page.evaluate("window.stays = true")
    with page.expect_response(lambda answer: answer.request.method == "HEAD" and answer.status == 202):
        pass
    assert page.evaluate("window.stays")
    with page.expect_response(is_document):
        handler.render_job(Job.objects.get(payload__language="en"))
    page.context.close()
