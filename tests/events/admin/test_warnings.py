"""What clashes, told beside the sessions: the gravest first, a long tail folded away."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import EventFactory, SessionFactory


@pytest.mark.parametrize(("number", "folded"), [(10, False), (12, True)])
@pytest.mark.parametrize("page", ["home", "release"])
def test_a_long_list_of_warnings_does_not_bury_the_page(
    page: str, number: int, folded: bool, at_officer: Client
) -> None:
    """Every warning stands in the page once; from the eleventh on they are folded."""
    event = EventFactory()
    SessionFactory.create_batch(number, event=event, confirmed=True, title_en="")
    body = at_officer.get(reverse(f"event_admin:{page}", args=[event.pk])).content.decode()
    panel = body[body.index('id="conflicts"') :]
    panel = panel[: panel.index("</section>")]
    shown, _fold, rest = panel.partition("<details>")
    assert (len(re.findall('<li class="is-medium">', shown)), "All the other warnings" in rest) == (10, folded)
    assert len(re.findall('<li class="is-medium">', rest)) == number - 10
