"""How many questions an act asks the database."""

from collections.abc import Callable
from typing import TypeVar

from django.db import connection
from django.test.utils import CaptureQueriesContext

Found = TypeVar("Found")


def asked(act: Callable[[], Found]) -> tuple[Found, int]:
    """What it gave, and how many questions it asked; marks within a transaction are none."""
    with CaptureQueriesContext(connection) as queries:
        found = act()
    return found, sum("SAVEPOINT" not in query["sql"] for query in queries)
