"""The demo's sample, loaded once for the tests of a module and rolled back after them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from cms.demo import load_sample, read_sample
from cms.demo.sample import Data
from events.models import Event
from events.turkish import slug


@dataclass
class Demo:
    """The sample as data, and its events as rows by the sample's ids."""

    data: Data
    events: dict[str, Event]

    @property
    def expected(self) -> Data:
        found: Data = self.data["expected"]
        return found

    def told(self, event: str) -> Data:
        """One event as the file tells it."""
        return next(each for each in self.data["events"] if each["id"] == event)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Demo]:
    """Everything ``load_sample`` makes. Only for tests that do not commit."""
    data = read_sample()
    with django_db_blocker.unblock(), transaction.atomic():
        assert load_sample(data) is True
        slugs = {slug(each["name"]["tr"]): each["id"] for each in data["events"]}
        yield Demo(data, {slugs[event.slug]: event for event in Event.objects.filter(slug__in=slugs)})
        transaction.set_rollback(True)
