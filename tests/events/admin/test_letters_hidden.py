"""The outbox of the whole site: letters of registration are read by those alone who see who is registered."""

from typing import Any

import pytest
from django.urls import reverse

from events.models import Message
from events.registration import verify
from tests.events.admin.conftest import Enter
from tests.events.registration.applying import apply, taking
from tests.factories import MessageFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST, EXPORT = "/admin/letters/", "/admin/letters/?export=csv"


@pytest.fixture
def letter() -> Message:
    MessageFactory(subject="Yedekleme")
    verify(registration=apply(taking(), "Zümra"))
    return Message.objects.get(letter="registration_confirmed")


def pages(letter: Message) -> list[str]:
    return [reverse("admin_message:inspect", args=[letter.pk]), reverse("admin_message:retry", args=[letter.pk])]


@pytest.mark.parametrize("role", ["Readers", "Editors"])
def test_who_sees_no_registrations_reads_none_of_their_letters(role: str, letter: Message, enter: Enter) -> None:
    client = enter(UserFactory(in_group=role))
    for path in (LIST, f"{LIST}?q=zumra", f"{LIST}results/?q=sample"):
        html = client.get(path).content.decode()
        assert (letter.to_address in html, letter.subject in html) == (False, False), path
    assert "Yedekleme" in client.get(LIST).content.decode()
    exported = b"".join(_body(client.get(EXPORT))).decode()
    assert ("Yedekleme" in exported, letter.to_address in exported) == (True, False)
    statuses = [client.get(path).status_code for path in pages(letter)]
    assert statuses == [404, 302]  # nobody else tries a letter again


def test_an_officer_reads_them(letter: Message, enter: Enter) -> None:
    client = enter(UserFactory(in_group="Programme officers"))
    assert letter.to_address in client.get(LIST).content.decode()
    assert [client.get(path).status_code for path in pages(letter)] == [200, 200]


def _body(answer: Any) -> Any:
    return answer.streaming_content if answer.streaming else [answer.content]
