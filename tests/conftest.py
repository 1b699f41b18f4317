"""What every test stands on: a database, and an honest list of what did not run."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import TransactionTestCase
from django.utils import timezone
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from tests import database

# How long an example takes says what else the machine does. The examples are the same in every run, so that none fails
# by chance; `pytest --hypothesis-profile=search` looks for others.
settings.register_profile("any machine", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("any machine")
#: These ask for neither by a fixture, but use the cache or start processes that find both by themselves.
BEHIND = {
    "test_cache",
    "test_celery",
    "test_gunicorn",
    "test_limits",
    "test_middleware",
    "test_settings",
    "test_workers",
}
pytest_plugins = ["tests.workers", "tests.groups", "tests.browser", "tests.served", "tests.demo", "tests.releases"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker, django_test_environment: None) -> Iterator[database.Made]:
    """Instead of pytest-django's: see tests/database.py."""
    with django_db_blocker.unblock():
        made = database.make()
    with pytest.MonkeyPatch.context() as django:
        # Django would empty every table after a test that commits, then make permissions and content types anew;
        # the rows that migrations made would still be missing. Putting all of them back leaves nothing else.
        django.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: made.restore())
        yield made
    with django_db_blocker.unblock():
        made.remove()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    database.forget_everything()


@pytest.fixture
def standing_clock() -> Iterator[time_machine.Traveller]:
    """For what holds within an hour or a day: a test that met its end would see the count begin anew, or another day."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks neither database nor broker: one round of them is enough, whatever stands behind the others."""
    for item in items:
        asked = {"django_db_setup", "db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        needs = any(item.get_closest_marker(name) for name in ("django_db", "postgres", "redis", "browser"))
        if not asked and not needs and item.path.stem not in BEHIND:
            item.add_marker("anywhere")
