"""A letter to those whom the list shows: looked at, sent by one act, one a person, each in their language."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from events import jobs
from events.models import Event, GroupLetter, Job, Message, Registration
from events.registration import cancel, verify
from events.registration.group_letters import write_to_group
from events.registration.keeping import erase_registration
from tests.events.registration.applying import apply, taking
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TEXTS = {
    "subject_tr": "{etkinlik}: otobüs",
    "text_tr": "Sayın {ad}, otobüs {yer} önünde.",
    "subject_en": "{event}: the bus",
    "text_en": "The bus for {name} waits at {place}.\n\nBring {code}.",
}


@pytest.fixture
def client() -> Client:
    """Figen looks after registrations."""
    user = UserFactory(username="figen", email="figen@sample.example")
    user.groups.add(Group.objects.get(name="Registration officers"))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def page(event: Event, query: str = "") -> str:
    return f"/admin/events/{event.pk}/registrations/write/{query}"


def crowd() -> Event:
    """Two who are confirmed, one of whom reads Turkish; one who has not confirmed, one who cancelled."""
    event = taking()
    verify(registration=apply(event, "Işıl", email="isil@sample.example", language="tr", organisation="Ilgın"))
    verify(registration=apply(event, "Bora", organisation="Işıklar"))
    apply(event, "Cem")
    cancel(registration=verify(registration=apply(event, "Deniz")))
    Message.objects.all().delete()
    return event


def looked(client: Client, event: Event, query: str = "", **typed: str) -> dict[str, Any]:
    """The form as it stands after somebody looked at the letter."""
    once = re.search(r'name="once" value="([a-z0-9]+)"', client.get(page(event, query)).content.decode())
    assert once
    fields = {**TEXTS, "once": once[1], "seen": "", "act": "look", **typed}
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', client.post(page(event, query), fields).content.decode())
    assert seen
    return {**fields, "seen": seen[1], "act": "send"}


def work() -> None:
    for job in Job.objects.filter(kind="group_letter", finished_at=None):
        jobs.run_job(job.pk)
        assert Job.objects.get(pk=job.pk).state == "done"


def test_each_gets_one_in_their_language_however_often_it_is_pressed(client: Client) -> None:
    event = crowd()
    fields = looked(client, event)
    assert (Message.objects.count(), GroupLetter.objects.count()) == (0, 0)
    places = {client.post(page(event), fields)["Location"] for _twice in range(3)}
    work()
    work()
    letter = GroupLetter.objects.get()
    assert places == {f"/admin/events/{event.pk}/registrations/written/{letter.pk}/"}
    told = {row.to_name: (row.subject, row.language, row.letter) for row in Message.objects.all()}
    assert told == {
        "Işıl": (f"{event.public.title_tr}: otobüs", "tr", "registration_group"),
        "Bora": (f"{event.public.title_en}: the bus", "en", "registration_group"),
    }
    bora = Registration.objects.get(name="Bora")
    assert f"Bring {bora.code.upper()}." in Message.objects.get(to_name="Bora").body_text
    html = client.get(places.pop()).content.decode()
    assert ("2 of 2 letters are written." in html, "Everybody whose registration stands" in html) == (True, True)
    entry = ModelLogEntry.objects.get(action="events.registration.write_group")
    assert (entry.data, entry.user.username) == ({"people": 2}, "figen")
    assert ModelLogEntry.objects.filter(action="events.registration.group_letter").count() == 2


def test_the_page_says_who_in_words_and_how_many(client: Client) -> None:
    event = crowd()
    Registration.objects.filter(name="Bora").update(address_refused_at=timezone.now())
    html = " ".join(client.get(page(event)).content.decode().split())
    assert "<strong>Everybody whose registration stands:</strong> 1 person (Turkish: 1, English: 0)." in html
    assert "3 more are left out" in html
    html = " ".join(client.get(page(event, "?group=1")).content.decode().split())
    assert "<strong>Everybody whose registration stands, of one group:</strong> 0 people" in html
    html = " ".join(client.get(page(event, "?state=cancelled&q=DENIZ")).content.decode().split())
    assert "<strong>Cancelled, found by “DENIZ”:</strong> 1 person (Turkish: 0, English: 1)." in html


def test_who_was_added_after_the_look_is_not_written_to_unseen(client: Client) -> None:
    event = crowd()
    fields = looked(client, event)
    verify(registration=apply(event, "Ece"))
    Message.objects.all().delete()
    html = client.post(page(event), fields).content.decode()
    assert ("others than you looked at" in html, "Send it to 3 people" in html) == (True, True)
    html = client.post(page(event), {**fields, "text_en": "Another text"}).content.decode()
    assert ("others than you looked at" in html, "Another text" in html) == (True, True)
    assert (GroupLetter.objects.count(), Message.objects.count()) == (0, 0)


def test_a_language_that_somebody_reads_may_not_be_missing(client: Client) -> None:
    event = crowd()
    once = "a" * 20
    html = client.post(page(event), {**TEXTS, "once": once, "act": "look", "text_tr": ""}).content.decode()
    assert ("Write it in this language too" in html, "The bus for {name}" in html) == (True, True)
    html = client.post(page(event), {**TEXTS, "once": once, "act": "look", "text_en": "{nme"}).content.decode()
    assert "A brace is missing" in html
    english = {**TEXTS, "subject_tr": "", "text_tr": "", "once": once, "act": "look"}
    assert "Send it to 1 person" in " ".join(client.post(page(event, "?q=bora"), english).content.decode().split())


def test_a_process_that_dies_in_between_writes_the_rest_and_nobody_twice(client: Client) -> None:
    event = crowd()
    client.post(page(event), looked(client, event))
    letter = GroupLetter.objects.get()
    job = Job.objects.get(kind="group_letter")
    first = letter.recipients.order_by("pk")[0]
    letter.recipients.filter(pk=first.pk).update(promised_at=timezone.now())
    jobs.run_job(job.pk)
    Job.objects.filter(pk=job.pk).update(state="queued", finished_at=None, attempts=0)
    jobs.run_job(job.pk)
    assert [row.to_name for row in Message.objects.all()] == ["Bora"]


def test_who_was_erased_meanwhile_gets_none(client: Client) -> None:
    event = crowd()
    client.post(page(event), looked(client, event))
    erase_registration(registration=Registration.objects.get(name="Bora"))
    work()
    assert [row.to_name for row in Message.objects.all()] == ["Işıl"]


def test_a_test_goes_to_the_officer_alone(client: Client) -> None:
    event = crowd()
    client.post(page(event, "?q=bora"), {**TEXTS, "once": "a" * 20, "act": "test"})
    message = Message.objects.get()
    assert (message.to_address, message.subject.startswith("[Test] ")) == ("figen@sample.example", True)
    assert "{{link" not in message.body_text


def test_only_who_decides_on_registrations_writes_to_people() -> None:
    event = crowd()
    people = list(event.registrations.values_list("pk", flat=True))
    with pytest.raises(PermissionDenied):
        write_to_group(event=event, once="x" * 20, recipients=people, texts=TEXTS, told={}, by=UserFactory())
    with pytest.raises(ValidationError):
        write_to_group(event=taking(), once="x" * 20, recipients=people, texts=TEXTS, told={}, by=None)
    assert not GroupLetter.objects.exists()


def test_a_form_with_nonsense_is_no_error(client: Client) -> None:
    event = crowd()
    for fields in (
        {},
        {"once": "<b>"},
        {"once": "a" * 20, "act": "send", "seen": "x"},
        {**TEXTS, "once": "\u0000" * 20},
    ):
        assert client.post(page(event, "?state=x&organisation=%01"), fields).status_code == 200
    assert client.get(page(taking(ready=False))).status_code == 200
