"""A municipality sends thirty people by one list; the conference is full, they wait together and come together."""

import re
from typing import Any

import pytest
from django.test import Client

from events.models import Event, Message, Registration, RegistrationGroup
from events.registration import cancel, verify
from events.registration.groups.deciding import verify_group
from tests.events.registration.applying import apply
from tests.events.registration.group_browsing import enter_group, send_group, turkish_csv
from tests.events.registration.grouped import apply_group, taking_groups

pytestmark = pytest.mark.django_db
COLUMNS = ["Ad soyad", "E-posta", "Görev"]
COUNCIL = [[f"Meclis Üyesi {number}", f"uye{number}@isiklar.example", "Üye"] for number in range(1, 31)]


@pytest.fixture
def conference() -> Event:
    """Forty seats: twenty people from elsewhere have one, and a delegation of fifteen."""
    event = taking_groups(capacity=40, largest_group=40)
    for number in range(20):
        verify(registration=apply(event, f"Kişi {number}", email=f"kisi{number}@sample.example"))
    verify_group(group=apply_group(event, "Heyet", 15))
    return event


def standing(office: str) -> set[str]:
    rows = Registration.objects.filter(group__organisation_name=office)
    return set(rows.values_list("state", flat=True))


def carried_on(answer: Any) -> dict[str, str]:
    found = re.search(r'name="x-people" value="([^"]+)"', answer.content.decode())
    assert found
    return {"x-people": found[1]}


def test_thirty_people_wait_together_and_come_together(client: Client, conference: Event) -> None:
    # The secretary's first list has a mistake; she reads in which row, and nothing was kept.
    first = [["", "", ""], *COUNCIL]
    first[3] = ["Meclis Üyesi 3", "uye3@isiklar", "Üye"]
    answer = send_group(client, conference, language="tr", act="check", sheet=turkish_csv(COLUMNS, first))
    html = answer.content.decode()
    assert ("Listenizde 1 satır yanlış" in html, "<td>5</td>" in html, standing("Işıklar Belediyesi")) == (
        True,
        True,
        set(),
    )
    # She corrects it, looks through thirty rows, and presses the button.
    answer = send_group(client, conference, language="tr", act="check", sheet=turkish_csv(COLUMNS, COUNCIL))
    assert "30 kişiyi kaydet" in answer.content.decode()
    send_group(client, conference, language="tr", **carried_on(answer))
    # There are five seats: nobody gets one of them, all thirty wait, and only she has a letter.
    assert standing("Işıklar Belediyesi") == {"waitlisted"}
    assert "30 kişinin hepsine yer yok" in Message.objects.get(to_address="zerrin@isiklar.example").body_text
    assert not Message.objects.filter(to_address__startswith="uye").exists()
    # Ten people cancel. Twenty, even fifteen seats are not thirty.
    for row in Registration.objects.filter(group=None, state="confirmed").order_by("pk")[:10]:
        cancel(registration=row)
    assert standing("Işıklar Belediyesi") == {"waitlisted"}
    # Somebody who comes alone may pass; the group's history says so.
    assert apply(conference, "Tek Gelen").state == "unverified"
    assert RegistrationGroup.objects.get(organisation_name="Işıklar Belediyesi").passed == 1
    # The delegation calls off: there is room for all thirty only when one more leaves.
    page = enter_group(client, "contact@heyet.example")
    client.post(page, {"act": "cancel"})
    assert standing("Işıklar Belediyesi") == {"waitlisted"}
    cancel(registration=Registration.objects.get(name="Tek Gelen"))
    assert standing("Işıklar Belediyesi") == {"offered"}
    # She takes the seats for all by one button, and everybody has a letter with a calendar entry.
    secretary = Client()
    page = enter_group(secretary, "zerrin@isiklar.example")
    assert "30 yer açıldı" in secretary.get(page).content.decode()
    secretary.post(page, {"act": "accept"})
    assert standing("Işıklar Belediyesi") == {"confirmed"}
    letters = Message.objects.filter(to_address__startswith="uye", letter="registration_confirmed")
    assert (letters.count(), all("METHOD:REQUEST" in letter.calendar for letter in letters)) == (30, True)
