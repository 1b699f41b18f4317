"""People at work in the admin: an officer, an editor, a reader, an administrator; and Django's client for each."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

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
