"""The list of people: nobody by default, nobody after being taken off or erased."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cms.models import Circle, PeopleIndexPage, ShownPerson
from events.erasure import erase_person
from events.models import Person
from tests.cms.pages import pair
from tests.factories import OrganisationFactory, PersonFactory, PositionFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = dt.date(2027, 6, 10)


@pytest.fixture
def today() -> Any:
    with time_machine.travel("2027-06-10T09:00:00Z", tick=False):
        yield


def shown(name: str, circle: str = "board", **fields: Any) -> ShownPerson:
    """Somebody of the directory with a position, on the site."""
    given, family = name.split()
    person = PersonFactory(name=name, family_name=family, email=f"{given}@sample.example".lower(), phone="+90 000")
    PositionFactory(person=person, organisation=OrganisationFactory(name_tr=f"{family}köy Belediyesi"))
    return ShownPerson.objects.create(person=person, circle=circle, ground="office", **fields)


def names(client: Client, address: str = "/tr/liste/") -> list[str]:
    groups = client.get(address).context["groups"]
    return [row.person.name for _letter, _anchor, rows in groups for row in rows]


def test_nobody_is_public_by_being_in_the_directory(client: Client) -> None:
    PositionFactory(person=PersonFactory(name="Işık Kurgu"))
    pair(PeopleIndexPage)
    assert names(client) == []
    assert "Işık Kurgu" not in client.get("/tr/liste/").content.decode()


def test_who_was_chosen_is_shown_by_family_name_with_the_positions_of_today_and_no_address(client: Client) -> None:
    pair(PeopleIndexPage)
    for name in ("Ayşe Şen", "Çağrı Taslak", "Zeynep Çeviri", "Ömer Irmak", "İpek İnci"):
        shown(name)
    past = PositionFactory(person=Person.objects.get(name="Ayşe Şen"), ends_on=TODAY - dt.timedelta(1), title_tr="Eski")
    page = client.get("/tr/liste/").content.decode()
    assert names(client) == ["Zeynep Çeviri", "Ömer Irmak", "İpek İnci", "Ayşe Şen", "Çağrı Taslak"]
    assert "Şenköy Belediyesi" in page
    assert [word for word in (past.title_tr, "sample.example", "+90 000") if word in page] == []


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "found"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + dt.timedelta(1), None, False),
        (None, TODAY - dt.timedelta(1), False),
    ],
)
def test_somebody_is_shown_from_the_first_day_to_the_last(
    client: Client, starts_on: dt.date | None, ends_on: dt.date | None, found: bool
) -> None:
    pair(PeopleIndexPage)
    shown("Ayşe Şen", starts_on=starts_on, ends_on=ends_on)
    assert names(client) == (["Ayşe Şen"] if found else [])


def test_erasing_a_person_reaches_the_page_at_once(client: Client) -> None:
    pair(PeopleIndexPage)
    row, stays = shown("Ayşe Şen"), shown("İpek İnci")
    erase_person(person=row.person)
    assert (names(client), names(client, "/en/list/")) == (["İpek İnci"], ["İpek İnci"])
    assert list(ShownPerson.objects.all()) == [stays]


def test_the_biography_is_shown_only_where_that_was_ticked(client: Client) -> None:
    pair(PeopleIndexPage)
    rows = [shown("Ayşe Şen", biography_shown=True), shown("İpek İnci")]
    for row in rows:
        row.person.biography_tr = f"{row.person.name} anlatılıyor"
        row.person.save()
    page = client.get("/tr/liste/").content.decode()
    assert ("Ayşe Şen anlatılıyor" in page, "İpek İnci anlatılıyor" in page) == (True, False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["İpek İnci", "Ayşe Şen", "Jürgen Vorlage"]),
        ("?circle=experts", ["Jürgen Vorlage"]),
        ("?country=DE", ["Jürgen Vorlage"]),
        ("?kind=network", ["Ayşe Şen"]),
        ("?kind=network&country=DE", []),
        ("?q=IPEK", ["İpek İnci"]),
        ("?q=senkoy", ["Ayşe Şen"]),
        ("?q=ipek+senkoy", []),
        ("?circle=none", ["İpek İnci", "Ayşe Şen", "Jürgen Vorlage"]),
    ],
)
def test_readers_narrow_the_list(client: Client, query: str, found: list[str]) -> None:
    pair(PeopleIndexPage)
    network, german, _third = shown("Ayşe Şen"), shown("Jürgen Vorlage", "experts"), shown("İpek İnci")
    network.person.positions.get().organisation.__class__.objects.filter(positions__person=network.person).update(
        kind="network"
    )
    german.person.positions.get().organisation.__class__.objects.filter(positions__person=german.person).update(
        country="DE"
    )
    assert names(client, f"/tr/liste/{query}") == found


def test_a_page_may_show_one_circle(client: Client) -> None:
    pair(PeopleIndexPage, circle=Circle.EXPERTS)
    shown("Ayşe Şen")
    shown("Jürgen Vorlage", "experts")
    assert names(client) == ["Jürgen Vorlage"]


def test_consent_has_a_date() -> None:
    row = ShownPerson(person=PersonFactory(), ground=ShownPerson.Ground.CONSENT)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert refused.value.message_dict == {"agreed_on": ["Rızanın ne zaman verildiğini yazın."]}
    row.agreed_on = TODAY
    row.full_clean()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_longer_list_asks_no_more(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pair(PeopleIndexPage)
    for number in range(rows):
        shown(f"Ayşe Ö{number}")
    client.get("/tr/liste/")
    with django_assert_num_queries(17):
        client.get("/tr/liste/")


@pytest.mark.parametrize(("who", "may"), [("editor", True), ("officer", True), ("reader", False)])
def test_editors_decide_in_the_admin(client: Client, who: str, may: bool) -> None:
    person = PersonFactory(name="Ayşe Şen")
    client.force_login(UserFactory(**{who: True}))
    data = {"person": person.pk, "circle": "board", "ground": "consent", "agreed_on": "04.05.2026", "note": " E. 45 "}
    assert client.get(reverse("site_shownperson:index")).status_code == 200
    answer = client.post(reverse("site_shownperson:add"), data)
    assert answer.status_code == 302
    found = list(ShownPerson.objects.values_list("person", "circle", "agreed_on", "note"))
    assert found == ([(person.pk, "board", dt.date(2026, 5, 4), "E. 45")] if may else [])


def test_somebody_is_on_the_site_once(client: Client) -> None:
    row = shown("Ayşe Şen")
    client.force_login(UserFactory(editor=True))
    data = {"person": row.person.pk, "circle": "experts", "ground": "office"}
    page = client.post(reverse("site_shownperson:add"), data).content.decode()
    assert "Bu kişi zaten sitede." in page
    assert ShownPerson.objects.count() == 1
