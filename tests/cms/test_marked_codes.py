"""No kind, role or state is told in words that are hard-coded: each comes from a catalogue."""

import re
from collections.abc import Iterator

import pytest
from django.db.models.enums import Choices
from django.utils import translation

from tests.cms.marked_site import LANGUAGES
from tests.marks import marked_catalogues, unmarked


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_translated_label(language: str) -> None:
    """Not every kind, role and state stands on a page that tests/cms/test_marker_catalogue.py reads."""
    with marked_catalogues(), translation.override(language):
        labels = {
            f"{each.__qualname__}.{code}": str(label) for each in _choices(Choices) for code, label in each.choices
        }
    assert len(labels) > 80
    assert {code: label for code, label in labels.items() if unmarked(re.sub(r"%.(title).s", "", label))} == {}


def _choices(model: type[Choices]) -> Iterator[type[Choices]]:
    for each in model.__subclasses__():
        if each.__module__.startswith(("cms.", "events.")):
            yield each
        yield from _choices(each)
