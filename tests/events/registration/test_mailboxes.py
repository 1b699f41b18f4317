"""An office's mailbox is several people's: what is exported or erased of one of them leaves the others alone."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from events.models import Message, Person, Registration
from events.registration import cancel
from events.registration.own_data import all_about_person
from tests.events.registration.applying import apply, taking
from tests.events.registration.browsing import enter
from tests.events.registration.grouped import apply_group, taking_groups
from tests.factories import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
OFFICE = "dis.iliskiler@isiklar.example"


@pytest.fixture
def office() -> Person:
    """Ayşe is in the directory with the office's address; with it she registered, and Bora, for another event."""
    apply(taking(), "AYŞE  ÖRNEK", email=OFFICE)
    apply(taking(), "Bora Deniz", email=OFFICE)
    person: Person = PersonFactory(name="Ayşe Örnek", email=OFFICE)
    return person


def names() -> list[str]:
    return list(Registration.objects.order_by("pk").values_list("name", flat=True))


def letters() -> list[str]:
    return sorted({name for name in Message.objects.values_list("to_name", flat=True) if name})


def printed(*args: str) -> Any:
    out = io.StringIO()
    call_command("export_person", *args, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def officer() -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(admin=True))
    return client


def test_a_page_names_the_others_and_erases_none_of_them(office: Person, officer: Client) -> None:
    for path in (f"/admin/people/{office.pk}/registrations/", f"/admin/people/{office.pk}/erase/"):
        html = officer.get(path).content.decode()
        assert ("The same address, other names" in html, "Bora Deniz" in html) == (True, True), path
    assert [each["person"]["name"] for each in all_about_person(office)["registrations"]] == ["AYŞE  ÖRNEK"]
    assert "Bora" not in json.dumps(all_about_person(office), ensure_ascii=False)
    assert officer.post(f"/admin/people/{office.pk}/erase/", {"name": "Ayşe Örnek"}).status_code == 302
    assert (names(), letters()) == (["", "Bora Deniz"], ["Bora Deniz"])


def test_an_officer_chooses_what_is_the_person_s_too(office: Person, officer: Client) -> None:
    married = apply(taking(), "Ayşe Yılmaz", email=OFFICE)
    typed = {"name": "Ayşe Örnek", "also": [married.code, "made-up"]}
    assert officer.post(f"/admin/people/{office.pk}/erase/", typed).status_code == 302
    assert names() == ["", "Bora Deniz", ""]


def test_a_command_by_address_asks_who_is_meant(office: Person) -> None:
    first, second = Registration.objects.order_by("pk")
    for command in ("erase_person", "export_person"):
        with pytest.raises(CommandError) as refused:
            call_command(command, OFFICE.upper(), stdout=io.StringIO())
        assert [line.strip() for line in str(refused.value).splitlines()[1:]] == [
            f"{office.key} · Ayşe Örnek",
            f"{first.code} · AYŞE  ÖRNEK · {first.event}",
            f"{second.code} · Bora Deniz · {second.event}",
        ]
    with pytest.raises(CommandError, match="has the code nobody"):
        call_command("erase_person", OFFICE, "--only", "nobody", stdout=io.StringIO())
    only = printed(OFFICE, "--only", second.code)
    assert ([each["person"]["name"] for each in only["registrations"]], only["people"]) == (["Bora Deniz"], [])
    everybody = printed(OFFICE, "--all")
    assert (len(everybody["people"]), len(everybody["registrations"])) == (1, 1)
    assert names() == ["AYŞE  ÖRNEK", "Bora Deniz"]
    call_command("erase_person", OFFICE, "--only", second.code, stdout=io.StringIO())
    assert names() == ["AYŞE  ÖRNEK", ""]
    call_command("erase_person", OFFICE, stdout=io.StringIO())
    assert names() == ["", ""]


def test_what_one_person_has_under_an_address_needs_no_choice() -> None:
    apply(taking(), "Ayşe Örnek", email=OFFICE)
    apply(taking(), "ayşe örnek", email=OFFICE)
    assert len(printed(OFFICE)["registrations"]) == 2
    call_command("erase_person", OFFICE, stdout=io.StringIO())
    assert names() == ["", ""]


def test_a_link_erases_what_it_leads_to_and_nothing_else(client: Client) -> None:
    """Bora registered with the office's address, for the same event as Ayşe once she had cancelled, and for another."""
    event = taking()
    cancel(registration=apply(event, "Ayşe Örnek", email=OFFICE))
    apply(event, "Bora Deniz", email=OFFICE)
    apply(taking(), "Cem Ak", email=OFFICE)
    group = apply_group(taking_groups(), "Işıklar", 2)
    type(group).objects.filter(pk=group.pk).update(email=OFFICE)
    page = enter(client, OFFICE)
    assert "Cem Ak" in client.get(page).content.decode()
    assert client.post(page, {"act": "erase:yes"}).status_code == 200
    assert names()[:3] == ["Ayşe Örnek", "Bora Deniz", ""]
    group.refresh_from_db()
    assert (group.name, letters()[:2]) == ("Işıklar Contact", ["Ayşe Örnek", "Bora Deniz"])
