"""The officer's list of requests for changes: read, opened, accepted, refused, counted."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from events.models import ChangeRequest, Event, Registration, RegistrationSettings
from events.registration.requesting import request_change
from tests.events.admin.conftest import Enter
from tests.events.registration.applying import applicant
from tests.events.registration.gathering import coming, gathering, places
from tests.factories import QuestionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    found = gathering()
    QuestionFactory(event=found, label_en="Passport", label_tr="Pasaport", sensitive=True)
    RegistrationSettings.objects.filter(event=found).update(changes_until=timezone.now() + dt.timedelta(days=1))
    return found


@pytest.fixture
def asked(event: Event) -> ChangeRequest:
    row = coming(event, "Ali", "Energy")
    RegistrationSettings.objects.filter(event=event).update(changes_until=timezone.now() - dt.timedelta(minutes=1))
    found = request_change(
        registration=row,
        applicant=applicant("Ali Yeni"),
        answers={event.questions.get(): "U 123"},
        sessions=[places("Water")],
    )
    assert found is not None
    return found


def path_of(event: Event) -> str:
    return f"/admin/events/{event.pk}/registrations/requests/"


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_both_are_read_beside_each_other_and_home_and_list_count(
    event: Event, asked: ChangeRequest, enter: Enter
) -> None:
    client = enter(UserFactory(officer=True))
    html = read(client, path_of(event))
    assert [word in html for word in ("Ali Yeni", "Water", "Energy", "Accept", "Refuse")] == [True] * 5
    assert ("U 123" in html, "Passport" in html) == (False, False)
    for path in (f"/admin/events/{event.pk}/", f"/admin/events/{event.pk}/registrations/"):
        assert "1 person asks for a change of the registration" in read(client, path)


def test_who_may_opens_a_sensitive_answer_and_that_is_written_down(
    event: Event, asked: ChangeRequest, enter: Enter
) -> None:
    client = enter(UserFactory(in_group="Registration officers"))
    html = read(client, path_of(event))
    assert ("Passport" in html, "U 123" in html, "Open sensitive answers" in html) == (True, False, True)
    answer = client.post(path_of(event), {"act": f"open:{asked.pk}"})
    assert ("U 123" in answer.content.decode(), "no-store" in answer["Cache-Control"]) == (True, True)
    history = read(client, f"/admin/events/{event.pk}/registrations/{asked.registration_id}/")
    assert "Sensitive answers opened" in history


def test_one_press_accepts(event: Event, asked: ChangeRequest, enter: Enter) -> None:
    client = enter(UserFactory(officer=True))
    html = client.post(path_of(event), {"act": f"accept:{asked.pk}"}, follow=True).content.decode()
    assert "Nobody asks for a change" in html
    assert Registration.objects.get().name == "Ali Yeni"
    html = client.post(path_of(event), {"act": f"refuse:{asked.pk}", f"reason-{asked.pk}": "x"}, follow=True)
    assert "nothing was done" in html.content.decode()


def test_a_refusal_without_reason_and_a_full_session_are_said_beside_it(
    event: Event, asked: ChangeRequest, enter: Enter
) -> None:
    client = enter(UserFactory(officer=True))
    answer = client.post(path_of(event), {"act": f"refuse:{asked.pk}"})
    assert (answer.status_code, "the person reads it" in answer.content.decode()) == (422, True)
    coming_first = places("Water")
    coming_first.capacity, coming_first.taken = 1, 1
    coming_first.save()
    typed = {"act": f"accept:{asked.pk}", f"reason-{asked.pk}": "Perhaps later"}
    html = client.post(path_of(event), typed).content.decode()
    assert ("All seats are taken in “" in html, 'value="Perhaps later"' in html) == (True, True)
    client.post(path_of(event), {"act": f"refuse:{asked.pk}", f"reason-{asked.pk}": "Too late"})
    assert (Registration.objects.get().name, ChangeRequest.objects.get().reason) == ("Ali", "Too late")


@pytest.mark.parametrize("act", ["", "accept", "accept:", "accept:x", f"accept:{'9' * 30}", "nothing:1"])
def test_what_is_not_there_is_404(act: str, event: Event, enter: Enter) -> None:
    client = enter(UserFactory(officer=True))
    assert client.post(path_of(event), {"act": act}).status_code == 404


def test_readers_decide_nothing(event: Event, asked: ChangeRequest, enter: Enter) -> None:
    client = enter(UserFactory(reader=True))
    for answer in (client.get(path_of(event)), client.post(path_of(event), {"act": f"accept:{asked.pk}"})):
        assert answer.status_code in (302, 403)
    assert ChangeRequest.objects.get().state == "open"
