"""The outbox of an event: a mail server that misbehaves in every way, what officers see of it, and trying again."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import Settings

from events import periodic
from events.models import Event, Message
from events.registration import amend, outbox, verify
from tests import smtp_sink
from tests.events.registration.applying import applicant, apply, taking
from tests.factories import MessageFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 5, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def client() -> Client:
    """Figen looks after registrations."""
    user = UserFactory(username="figen", email="figen@sample.example")
    user.groups.add(Group.objects.get(name="Registration officers"))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def page(event: Event, rest: str = "") -> str:
    return f"/admin/events/{event.pk}/outbox/{rest}"


def seen(client: Client, event: Event) -> dict[str, str]:
    """Who, and how the outbox says that the letter stands, with spaces as a reader sees them."""
    found = {}
    for row in client.get(page(event)).context["rows"]:
        found[row["person"]] = " ".join(strip_tags(str(row["told"])).split())
    return found


def use(settings: Settings, sink: smtp_sink.Sink) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port


def test_a_mail_server_that_misbehaves_in_every_way_loses_and_doubles_nothing(
    settings: Settings, clock: Any, client: Client
) -> None:
    """It is away, says later, greylists, hangs up after the data, refuses one address for good: each state is told."""
    event = taking()
    for name in ("Ali", "Bora", "Cem", "Deniz", "Ece"):
        apply(event, name)
    with smtp_sink.serving() as sink:
        use(settings, sink)
    periodic.send_due_messages()
    away = "tried again: next try 10 May 2027, 12:01. No mail server answers."
    assert seen(client, event) == dict.fromkeys(("Ali", "Bora", "Cem", "Deniz", "Ece"), away)
    with smtp_sink.serving(sink):
        sink.answers["bora@sample.example"] = ["450 4.2.0 Greylisted", "450 4.2.0 Greylisted"]
        sink.answers["cem@sample.example"] = ["421 4.3.2 Busy"]
        sink.answers["ece@sample.example"] = ["550 5.1.1 No such user"]
        sink.cuts["deniz@sample.example"] = 1
        clock.shift(timedelta(minutes=1))
        periodic.send_due_messages()
        later = "tried again: next try 10 May 2027, 12:06. "
        assert seen(client, event) == {
            "Ali": "sent: 10 May 2027, 12:01",
            "Bora": f"{later}The mail server says “later”: 450 4.2.0 Greylisted",
            "Cem": f"{later}The mail server says “later”: 421 4.3.2 Busy",
            "Deniz": f"{later}The mail server hung up.",
            "Ece": "could not be sent: The mail server refuses it: 550 5.1.1 No such user",
        }
        clock.shift(timedelta(minutes=5))
        periodic.send_due_messages()
        assert seen(client, event)["Bora"].startswith("tried again: next try 10 May 2027, 12:21.")
    clock.shift(timedelta(minutes=15))
    periodic.send_due_messages()
    assert seen(client, event)["Bora"] == "tried again: next try 10 May 2027, 12:51. No mail server answers."
    with smtp_sink.serving(sink):
        clock.shift(timedelta(minutes=30))
        periodic.send_due_messages()
        periodic.send_due_messages()
    told = {name: state for name, state in seen(client, event).items() if name != "Ece"}
    assert set(told) == {"Ali", "Bora", "Cem", "Deniz"}
    assert all(state.startswith("sent: 10 May 2027, ") for state in told.values())
    assert Counter(sink.recipients) == {f"{name.lower()}@sample.example": 1 for name in told}
    assert {letter["Message-ID"] for letter in sink.letters} == set(
        Message.objects.filter(state="sent").values_list("message_id", flat=True)
    )


def test_an_address_that_is_refused_is_marked_and_written_to_no_more_but_by_an_officer(
    settings: Settings, client: Client
) -> None:
    event = taking()
    row = apply(event, "Ali")
    with smtp_sink.serving() as sink:
        use(settings, sink)
        sink.answers[row.email] = ["550 5.1.1 No such user"]
        periodic.send_due_messages()
        row.refresh_from_db()
        assert (row.address_refused, bool(row.address_refused_at)) == ("550 5.1.1 No such user", True)
        verify(registration=row)
        periodic.send_due_messages()
        withheld = Message.objects.get(letter="registration_confirmed")
        assert (withheld.state, sink.recipients) == ("withheld", [])
        html = client.get(f"/admin/events/{event.pk}/registrations/", {"mail": "refused"}).content.decode()
        assert ("this address does not take mail" in html, "Ali" in html) == (True, True)
        one = client.get(f"/admin/events/{event.pk}/registrations/{row.pk}/").content.decode()
        assert ("this address does not take mail" in one, "550 5.1.1 No such user" in one) == (True, True)
        client.post(page(event, f"{withheld.pk}/"))
        periodic.send_due_messages()
        assert sink.recipients == [row.email]
    amend(registration=row, applicant=applicant("Ali", email="ali2@sample.example"), answers={}, by=client_user())
    row.refresh_from_db()
    assert (row.address_refused, row.address_refused_at) == ("", None)


def client_user() -> Any:
    return User.objects.get(username="figen")


@pytest.mark.parametrize("answer", ["550 5.7.1 Policy", "552 5.2.2 Mailbox full", "554 5.3.4 Too big"])
def test_a_refusal_that_is_not_the_addresss_fault_marks_nothing(settings: Settings, answer: str) -> None:
    row = apply(taking(), "Ali")
    with smtp_sink.serving() as sink:
        use(settings, sink)
        sink.answers[row.email] = [answer]
        periodic.send_due_messages()
    row.refresh_from_db()
    assert (Message.objects.get().state, row.address_refused_at) == ("failed", None)


def test_failed_letters_are_found_read_and_tried_again_one_or_all(client: Client) -> None:
    event = taking()
    for name in ("Ali", "Bora"):
        apply(event, name)
    Message.objects.update(state="failed", attempts=73, error="TimeoutError: timed out", finished_at=NOON)
    MessageFactory(event=taking(), state="failed")
    html = client.get(page(event), {"tab": "failed", "q": "BORA"}).content.decode()
    assert ("The mail server takes too long to answer." in html, "bora@" in html, "ali@" in html) == (True, True, False)
    message = Message.objects.get(to_name="Ali")
    one = client.get(page(event, f"{message.pk}/")).content.decode()
    assert ("Thank you for registering" in one, "{{link" in one, "/register/k/" in one) == (True, False, False)
    client.post(page(event, f"{message.pk}/"))
    assert outbox.counts_of(event) == {"waiting": 1, "failed": 1}
    client.post(page(event))
    assert outbox.counts_of(event) == {"waiting": 2}
    assert Message.objects.filter(state="failed").count() == 1
    home = client.get(f"/admin/events/{event.pk}/")
    assert home.status_code in (200, 302)
    for query in (
        {"tab": "x", "letter": "\u0001", "page": "9" * 30},
        {"q": "nobody"},
        {"letter": "registration_unverified"},
    ):
        assert client.get(page(event), query).status_code == 200


def test_the_list_asks_the_same_however_many_letters_there_are(client: Client, django_assert_num_queries: Any) -> None:
    event = taking()
    for name in ("Ali", "Bora", "Cem"):
        apply(event, name)
    client.get(page(event))
    with django_assert_num_queries(17):
        client.get(page(event))


def test_who_only_looks_tries_nothing_again(client: Client) -> None:
    event = taking()
    apply(event, "Ali")
    Message.objects.update(state="failed", finished_at=NOON)
    user = client_user()
    user.groups.clear()
    for codename in ("access_admin", "view_registration"):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    html = client.get(page(event)).content.decode()
    assert ("Try the failed" in html, "Ali" in html) == (False, True)
    client.post(page(event))
    assert Message.objects.get().state == "failed"
