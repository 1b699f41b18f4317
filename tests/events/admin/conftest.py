"""People at work in the admin: an officer, an editor, a reader, an administrator; and Django's client for each."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, Page

from tests.browser import new_page
from tests.factories import UserFactory

Enter = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """What tests compare is told in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def officer(db: None) -> Any:
    """Ayşe runs programmes: she releases, cancels and imports."""
    return UserFactory(officer=True, username="ayse")


@pytest.fixture
def second_officer(db: None) -> Any:
    """Bora is an officer too, and works on the same event."""
    return UserFactory(officer=True, username="bora", first_name="Bora", last_name="Taslak")


@pytest.fixture
def editor(db: None) -> Any:
    """Ceren writes texts; she may not release."""
    return UserFactory(editor=True, username="ceren")


@pytest.fixture
def reader(db: None) -> Any:
    """Deniz only looks."""
    return UserFactory(reader=True, username="deniz")


@pytest.fixture
def administrator(db: None) -> Any:
    """Ebru may do everything, erasing included."""
    return UserFactory(admin=True, username="ebru")


@pytest.fixture
def enter() -> Enter:
    """A client that is logged in as that user and reads English."""

    def log_in(user: Any) -> Client:
        client = Client(headers={"accept-language": "en"})
        if user is not None:
            client.force_login(user)
        return client

    return log_in


@pytest.fixture
def at_officer(officer: Any, enter: Enter) -> Client:
    return enter(officer)


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Open]:
    """A browser in which somebody is logged in: an officer, in English, unless told otherwise."""
    opened: list[Page] = []

    def log_in(user: Any = None, locale: str = "en-GB", width: int = 1280, script: bool = True) -> Page:
        client = Client()
        client.force_login(user or UserFactory(officer=True))
        size, url = {"width": width, "height": 900}, str(live_server.url)
        page = new_page(browser, viewport=size, locale=locale, base_url=url, java_script_enabled=script)
        opened.append(page)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])
        return page

    yield log_in
    for page in opened:
        page.context.close()


@pytest.fixture
def page(open_page: Open) -> Page:
    """A browser in which an officer is logged in, in English."""
    return open_page()
