"""What is sent twice gives the same answer: the contact of a group, officers, the door."""

import re
from typing import Any

import pytest
from django.test import Client

from events.models import Event, Registration, RegistrationGroup
from events.registration import add_walk_in, cancel, verify
from tests.events.registration.applying import applicant, apply, counted, states, taking, today
from tests.events.registration.group_browsing import enter_group, members, turkish_csv
from tests.events.registration.grouped import confirmed_group, taking_groups
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CONTACT = "contact@ilgaz.example"


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(UserFactory(admin=True))
    return client


def twice(client: Client, path: str, **typed: Any) -> Any:
    """Send the same twice; the second answer, which is a redirect to where the first led."""
    one, two = client.post(path, typed), client.post(path, typed)
    assert (one.status_code, two.status_code, two["Location"]) == (302, 302, one["Location"])
    return two


def number_in(html: str) -> str:
    found = re.search(r'name="x-once" value="([0-9a-f]{16})"', html)
    assert found
    return found[1]


def number_of(client: Client, path: str) -> str:
    return number_in(client.get(path).content.decode())


def admin(event: Event, rest: str) -> str:
    return f"/admin/events/{event.pk}/registrations/{rest}"


@pytest.mark.parametrize("email", ["", "cem@sample.example"])
def test_a_contact_s_new_member_is_one_and_somebody_else_in_the_same_form_is_asked_about(
    email: str, client: Client
) -> None:
    event = taking_groups(capacity=10)
    confirmed_group(event, "Ilgaz", 2)
    path = f"{enter_group(client, CONTACT)}add/"
    once = number_of(client, path)
    twice(client, path, **{"name": "Cem", "email": email, "x-once": once})
    assert counted(event) == (3, 3)
    answer = client.post(path, {"name": "Derya", "x-once": once})
    html = answer.content.decode()
    assert (answer.status_code, "This form was saved before" in html, number_in(html) != once) == (422, True, True)
    twice(client, path, **{"name": "Derya", "x-once": number_in(html)})
    assert counted(event) == (4, 4)


def test_an_officer_s_new_member_is_one_and_somebody_else_in_the_same_form_is_asked_about(boss: Client) -> None:
    event = taking_groups(capacity=10)
    group = confirmed_group(event, "Ilgaz", 2)
    path = admin(event, f"groups/{group.pk}/add/")
    once = number_of(boss, path)
    twice(boss, path, **{"name": "Cem", "x-once": once})
    html = boss.post(path, {"name": "Derya", "x-once": once}).content.decode()
    assert (number_in(html) != once, counted(event)) == (True, (3, 3))
    twice(boss, path, **{"name": "Derya", "x-once": number_in(html)})
    cancel(registration=Registration.objects.get(name="Derya"))
    assert boss.post(path, {"name": "Derya", "x-once": number_in(html)}).status_code == 200
    assert counted(event) == (3, 3)


@pytest.mark.parametrize("email", ["", "ali@sample.example"])
def test_an_officer_s_new_group_is_one_and_other_people_in_the_same_form_are_asked_about(
    email: str, boss: Client
) -> None:
    event = taking_groups(capacity=10)
    path = admin(event, "groups/add/")
    once = number_of(boss, path)
    contact = {"name": "Zerrin", "organisation": "Foça", "language": "tr", "act": "save"}
    people = members({"name": "Ali", "email": email}, {"name": "Bora"})
    twice(boss, path, **contact, **people, **{"x-once": once})
    assert (RegistrationGroup.objects.count(), counted(event)) == (1, (2, 2))
    html = boss.post(path, {**contact, **members({"name": "Cem"}), "x-once": once}).content.decode()
    assert (number_in(html) != once, RegistrationGroup.objects.count()) == (True, 1)
    twice(boss, path, **contact, **members({"name": "Cem"}), **{"x-once": number_in(html)})
    assert (RegistrationGroup.objects.count(), counted(event)) == (2, (3, 3))


def test_a_sheet_with_addresses_is_answered_as_the_first_time(boss: Client) -> None:
    event = taking(capacity=5)
    path = admin(event, "add/sheet/")
    sheet = turkish_csv(["Ad soyad", "E-posta"], [["Bora", "bora@sample.example"], ["Cem", ""]])
    html = boss.post(path, {"act": "check", "language": "tr", "sheet": sheet}).content.decode()
    sealed = html.split('name="x-people" value="')[1].split('"')[0]
    twice(boss, path, **{"act": "save", "language": "tr", "x-people": sealed})
    assert counted(event) == (2, 2)


def test_a_member_who_was_cancelled_or_replaced_leads_to_the_group_and_a_stranger_to_nothing(client: Client) -> None:
    event = taking_groups(capacity=10)
    group = confirmed_group(event, "Ilgaz", 2)
    page = enter_group(client, CONTACT)
    first, second = group.members.order_by("pk")
    assert twice(client, f"{page}{first.code}/", act="cancel")["Location"] == page
    substitute = {"act": "substitute", "name": "Cem", "email": "cem@sample.example"}
    assert twice(client, f"{page}{second.code}/", **substitute)["Location"] == page
    assert states(event) == {"Ilgaz 1": "cancelled", "Ilgaz 2": "cancelled", "Cem": "confirmed"}
    stranger = verify(registration=apply(event, "Ali"))
    for code in (stranger.code, "nobody"):
        assert client.post(f"{page}{code}/", {"act": "cancel"}).status_code == 404


def test_an_officer_s_substitute_leads_to_who_came_instead(boss: Client) -> None:
    event = taking()
    ali = verify(registration=apply(event, "Ali"))
    path = admin(event, f"{ali.pk}/substitute/")
    answer = twice(boss, path, name="Cem", email="cem@sample.example")
    assert answer["Location"] == admin(event, f"{Registration.objects.get(name='Cem').pk}/")
    assert states(event) == {"Ali": "cancelled", "Cem": "confirmed"}


def test_somebody_who_came_instead_is_one_at_the_door() -> None:
    event = today(taking())
    ali, boss = verify(registration=apply(event, "Ali")), UserFactory(admin=True)

    def enter() -> Registration:
        place = event.starts_on.isoformat() if event.starts_on else ""
        cem = applicant("Cem")
        return add_walk_in(event=event, applicant=cem, place=place, instead_of=ali.code, once="f" * 32, by=boss)

    assert (enter().pk, states(event)) == (enter().pk, {"Ali": "cancelled", "Cem": "confirmed"})
