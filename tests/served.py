"""A site that is loaded and served once for the tests of a module, at an address that it knows as its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.database import Made, forget_everything


class Stage:
    """Serves rows for as long as a module needs them; then only those are left that migrations made."""

    def __init__(self, made: Made, blocker: DjangoDbBlocker, media: str) -> None:
        self._made = made
        self._blocker = blocker
        self._media = media

    @contextmanager
    def serve(self, load: Callable[[], None]) -> Iterator[str]:
        """The address of a site with what ``load`` makes. Tests that use it ask for no database themselves."""
        # Nor does what is made here, such as log-ins of a demo, stand in the place of what somebody works with.
        own = override_settings(MEDIA_ROOT=self._media, VAR_DIR=Path(self._media))
        with self._blocker.unblock(), own, ExitStack() as last:
            last.callback(self._clear)
            server = LiveServer("localhost")
            last.callback(server.stop)
            last.enter_context(server._live_server_modified_settings)
            last.enter_context(override_settings(BASE_URL=server.url))
            with transaction.atomic():
                load()
            yield server.url

    def _clear(self) -> None:
        self._made.restore()
        forget_everything()


@pytest.fixture(scope="module")
def stage(django_db_setup: Made, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(django_db_setup, django_db_blocker, str(tmp_path_factory.mktemp("media")))
