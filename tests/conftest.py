"""What every test stands on: a database, and an honest list of what did not run."""

from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key
from wagtail.models import Site

from tests import database

pytest_plugins = ["tests.groups", "tests.demo", "tests.releases"]

_database = pytest.StashKey[database.SqliteCopy | database.PostgresDatabase]()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker, django_test_environment: None
) -> Iterator[None]:
    """Instead of pytest-django's: see tests/database.py."""
    with django_db_blocker.unblock():
        made = database.make()
    request.config.stash[_database] = made
    yield
    with django_db_blocker.unblock():
        made.remove()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test that commits is followed by a flush, which takes the migrations' rows along: bring them back."""
    yield
    if nextitem is None:
        return  # the database is gone already
    marker = item.get_closest_marker("django_db")
    committed = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", []))
    if _database in item.config.stash and (committed or (marker and marker.kwargs.get("transaction"))):
        with item.config.stash[blocking_manager_key].unblock():
            item.config.stash[_database].restore()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What a process keeps between requests must not go from test to test."""
    cache.clear()
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
