"""The list of organisations: whom it shows, how it is narrowed, what it counts."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from cms.middleware import PUBLIC_POLICY
from cms.models import OrganisationIndexPage, PeopleIndexPage, PracticeIndexPage
from events.models import Organisation
from tests.cms.pages import pair
from tests.factories import MembershipFactory, OrganisationFactory, PartnershipFactory, PopulationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
NAMES = ("Çınarlı", "İğdeli", "Ilgınlı", "Şubatlı", "Zerdali")


@pytest.fixture
def today() -> Any:
    with time_machine.travel("2027-06-10T09:00:00Z", tick=False):
        yield


@pytest.fixture
def houses() -> dict[str, Organisation]:
    """Four members of today, one of the past with a twin town abroad, and a network that is neither."""
    found = {name: OrganisationFactory(name_tr=f"{name} Belediyesi", name_en=f"{name} Town") for name in NAMES}
    for number, name in enumerate(NAMES):
        ends = dt.date(2026, 12, 31) if name == "Zerdali" else None
        MembershipFactory(organisation=found[name], founding=not number, ends_on=ends)
        PopulationFactory(organisation=found[name], year=2026, count=10_000 * (number + 1))
    twin = OrganisationFactory(
        name_tr="Lindenau Belediyesi", name_en="Lindenau", native_name="Stadt Lindenau", country="DE"
    )
    found |= {"Lindenau": twin, "Ağ": OrganisationFactory(name_tr="Ağ", name_en="Network", kind="network")}
    PartnershipFactory(title_en="Twins", title_tr="Kardeşler", parties=[found["Zerdali"], twin])
    PartnershipFactory(title_en="Over", valid_until=dt.date(2027, 6, 9), parties=[found["Çınarlı"], found["Ağ"]])
    return found


def names(client: Client, address: str) -> list[str]:
    """Names in their order on the page."""
    context = client.get(address).context
    return [str(row.name) for _letter, _anchor, rows in context["groups"] for row in rows]


MEMBERS = ["Çınarlı Belediyesi", "Ilgınlı Belediyesi", "İğdeli Belediyesi", "Şubatlı Belediyesi"]


def test_members_of_today_are_shown_by_the_turkish_alphabet(client: Client, houses: dict[str, Organisation]) -> None:
    pair(OrganisationIndexPage)
    answer = client.get("/tr/liste/")
    groups = [(letter, anchor, len(rows)) for letter, anchor, rows in answer.context["groups"]]
    assert names(client, "/tr/liste/") == MEMBERS
    assert groups == [("Ç", "letter-c7", 1), ("I", "letter-49", 1), ("İ", "letter-130", 1), ("Ş", "letter-15e", 1)]
    represented = answer.context["represented"]
    assert (represented.members, represented.inhabitants, represented.unknown) == (4, 100_000, 0)
    assert "100.000" in answer.content.decode()
    assert "100,000" in client.get("/en/list/").content.decode()


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("members", MEMBERS),
        ("partners", [*MEMBERS[:3], "Lindenau Belediyesi", MEMBERS[3], "Zerdali Belediyesi"]),
        ("all", ["Ağ", *MEMBERS[:3], "Lindenau Belediyesi", MEMBERS[3], "Zerdali Belediyesi"]),
    ],
)
def test_the_page_decides_who_is_listed(
    client: Client, houses: dict[str, Organisation], shown: str, found: list[str]
) -> None:
    pair(OrganisationIndexPage, shown=shown)
    assert names(client, "/tr/liste/") == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("on=2026-06-01", [*MEMBERS, "Zerdali Belediyesi"]),
        ("on=01.06.2026", [*MEMBERS, "Zerdali Belediyesi"]),
        ("on=2001-01-01", []),
        ("on=yesterday", ["Ağ", *MEMBERS[:3], "Lindenau Belediyesi", MEMBERS[3], "Zerdali Belediyesi"]),
        ("country=DE", ["Lindenau Belediyesi"]),
        ("kind=network", ["Ağ"]),
        ("kind=network&country=DE", []),
        ("kind=none", ["Ağ", *MEMBERS[:3], "Lindenau Belediyesi", MEMBERS[3], "Zerdali Belediyesi"]),
        ("q=ILGIN", ["Ilgınlı Belediyesi"]),
        ("q=igdeli+town", ["İğdeli Belediyesi"]),
        ("q=stadt", ["Lindenau Belediyesi"]),
        ("page=99", ["Ağ", *MEMBERS[:3], "Lindenau Belediyesi", MEMBERS[3], "Zerdali Belediyesi"]),
    ],
)
def test_readers_narrow_the_list(client: Client, houses: dict[str, Organisation], query: str, found: list[str]) -> None:
    pair(OrganisationIndexPage, shown="all")
    assert names(client, f"/tr/liste/?{query}") == found


def test_what_cannot_be_read_is_said_beside_its_field_and_kept(client: Client, houses: dict[str, Organisation]) -> None:
    pair(OrganisationIndexPage)
    page = client.get("/en/list/?on=yesterday&kind=none&q=%3Cb%3E").content.decode()
    assert 'value="yesterday"' in page
    assert "Write the day as in 10.06.2027." in page
    assert "There is nothing by this name here any more." in page
    assert 'value="&lt;b&gt;"' in page


def test_a_row_tells_both_names_place_membership_and_ties(client: Client, houses: dict[str, Organisation]) -> None:
    pair(OrganisationIndexPage, shown="partners")
    rows = {row.name_en: row for _l, _a, group in client.get("/en/list/").context["groups"] for row in group}
    twin, left = rows["Lindenau"], rows["Zerdali Town"]
    assert (twin.also, twin.country_name, twin.membership, twin.inhabitants) == (
        [("tr", "Lindenau Belediyesi"), ("", "Stadt Lindenau")],
        "Germany",
        None,
        None,
    )
    assert [(tie.title_en, others) for tie, others in twin.partners] == [("Twins", [houses["Zerdali"]])]
    assert (left.membership, left.inhabitants, left.inhabitants_in) == (None, 50_000, 2026)
    assert rows["Çınarlı Town"].partners == []
    assert (rows["Çınarlı Town"].founding, rows["İğdeli Town"].founding) == (True, False)


def test_a_narrowed_list_keeps_its_way_to_the_other_language_and_is_not_indexed(
    client: Client, houses: dict[str, Organisation]
) -> None:
    pair(OrganisationIndexPage)
    context = client.get("/tr/liste/?country=TR&page=1").context
    assert (context["head"].indexed, context["other_query"]) == (False, "country=TR")
    assert client.get("/tr/liste/").context["head"].indexed


def test_letters_lead_to_the_page_where_they_begin(client: Client) -> None:
    for number in range(60):
        MembershipFactory(organisation__name_tr=f"{'ABÇ'[number // 20]}{number:02d}")
    pair(OrganisationIndexPage)
    found = {each.letter: each.path for each in client.get("/tr/liste/?country=TR").context["letters"] if each.path}
    assert found == {
        "A": "?country=TR#letter-41",
        "B": "?country=TR#letter-42",
        "Ç": "?country=TR#letter-c7",
    }
    assert len(names(client, "/tr/liste/?page=2")) == 10


@pytest.mark.parametrize("model", [OrganisationIndexPage, PeopleIndexPage, PracticeIndexPage])
def test_whoever_only_looks_gets_no_cookie(client: Client, model: type[Page]) -> None:
    pair(model)
    for address in ("/tr/liste/", "/en/list/?q=a"):
        answer = client.get(address)
        assert (answer.status_code, dict(answer.cookies), "Cookie" in answer.headers.get("Vary", "")) == (
            200,
            {},
            False,
        )
        assert answer.headers["Content-Security-Policy"] == PUBLIC_POLICY


@pytest.mark.parametrize("rows", [1, 3])
def test_a_longer_list_asks_no_more(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pair(OrganisationIndexPage)
    for _each in range(rows):
        PopulationFactory(organisation=MembershipFactory().organisation)
        PartnershipFactory(parties=list(Organisation.objects.all()))
    client.get("/tr/liste/")
    with django_assert_num_queries(20):
        client.get("/tr/liste/")
