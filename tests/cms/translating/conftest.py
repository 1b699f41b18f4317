"""The admin of somebody who reads Turkish."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def in_turkish() -> Iterator[None]:
    with translation.override("tr"):
        yield
