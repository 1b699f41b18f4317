"""The list of registrations knows an organisation as one, whenever it came into the directory."""

import re
from typing import Any

import pytest
from django.test import Client

from events.models import Event, Registration
from events.registration import verify
from events.registration.organisations import Organisations
from tests.events.admin.conftest import Enter
from tests.events.registration.applying import apply, taking
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(enter: Enter) -> Client:
    return enter(UserFactory(in_group="Registration officers"))


@pytest.fixture
def event() -> Event:
    """Two of Foça, of whom one came before it was in the directory; one of Ilgaz."""
    found = taking(capacity=20)
    verify(registration=apply(found, "Ali", organisation="Foça Belediyesi"))
    OrganisationFactory(name_tr="Foça Belediyesi", name_en="Foça Municipality", short_name="FB")
    verify(registration=apply(found, "Bora", organisation="FB"))
    verify(registration=apply(found, "Cem", organisation="Ilgaz"))
    return found


def options(answer: Any) -> list[tuple[str, bool]]:
    """What the list may be narrowed to, and whether it is."""
    html = answer.content.decode()
    found = re.search(r'<select id="reg-organisation".*?</select>', html, re.DOTALL)
    assert found
    each = re.findall(r"<option value=\"[^\"]*\"([^>]*)>(.*?)</option>", found[0], re.DOTALL)
    return [(" ".join(words.split()), "selected" in chosen) for chosen, words in each]


def test_the_list_names_it_once_and_narrows_to_all_of_it_by_whichever_key(client: Client, event: Event) -> None:
    page = f"/admin/events/{event.pk}/registrations/"
    expected = [("All organisations", True), ("Foça Municipality (2)", False), ("Ilgaz (1)", False)]
    assert [words for words, _chosen in options(client.get(page))] == [words for words, _chosen in expected]
    for key in Registration.objects.filter(event=event, name__in=("Ali", "Bora")).values_list(
        "organisation_key", flat=True
    ):
        answer = client.get(page, {"organisation": key})
        assert [str(each["row"]) for each in answer.context["rows"]] == ["Ali", "Bora"]
        assert ("Foça Municipality (2)", True) in options(answer)
    answer = client.get(page, {"organisation": "nobody"})
    assert (answer.context["rows"], [chosen for _words, chosen in options(answer)]) == ([], [False, False, False])


def test_one_that_is_asked_for_is_offered_however_many_have_more(client: Client, event: Event) -> None:
    for number in range(60):
        apply(event, f"Kişi {number}", organisation=f"Kurum {number // 2}")
    shown = options(client.get(f"/admin/events/{event.pk}/registrations/", {"organisation": "ilgaz"}))
    assert (len(shown), shown[-1]) == (32, ("Ilgaz (1)", True))


def test_exports_papers_and_letters_reach_all_of_it(client: Client, event: Event) -> None:
    asked = {"organisation": Organisations(event).all()[0].key}
    export = client.get(f"/admin/events/{event.pk}/registrations/export/csv/", asked).content.decode("utf-8")
    assert [name for name in ("Ali", "Bora", "Cem") if name in export] == ["Ali", "Bora"]
    assert client.get(f"/admin/events/{event.pk}/registrations/papers/", asked).context["count"] == 2
    assert client.get(f"/admin/events/{event.pk}/registrations/write/", asked).context["total"] == 2
