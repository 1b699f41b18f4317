"""The page of a reminder or the thanks: switched on, moved, switched off; what would leave at once is asked about first."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from events.models import Event, LetterTiming, LetterWords, Message
from events.periodic import send_timed_letters
from events.registration import verify
from tests.events.admin.conftest import Enter
from tests.events.admin.forms import shown
from tests.events.registration.applying import apply, taking

pytestmark = pytest.mark.django_db
#: The event ends at this moment.
END = dt.datetime(2027, 6, 10, 7, tzinfo=dt.UTC)


@pytest.fixture
def event() -> Event:
    return taking()


def page(event: Event, letter: str) -> str:
    return reverse("event_admin:letter", args=[event.pk, letter])


def typed(client: Client, path: str, **other: Any) -> dict[str, Any]:
    """What the page posts if nobody types anything, with some of it typed anew."""
    timing = client.get(path).context["timing"]
    times = {f"timing-{name}": timing[name].value() for name in ("version", "switched_on", "amount", "unit")}
    values = shown(client, path) | times | {"act": "save"} | other
    return {name: value for name, value in values.items() if value not in (False, None)}


def times(event: Event) -> list[tuple[str, bool, int, str]]:
    return list(event.letter_timings.order_by("letter").values_list("letter", "switched_on", "amount", "unit"))


@pytest.mark.parametrize("letter", ["reminder", "last_reminder", "thanks"])
def test_a_time_is_given_changed_and_taken_away_again(letter: str, event: Event, at_officer: Client) -> None:
    path = page(event, letter)
    for on, amount in (("on", 3), ("on", 5), ("on", 5), ("", 5), ("on", 7)):
        posted = typed(at_officer, path, **{"timing-amount": str(amount), "timing-unit": "days"})
        posted = {**posted, "timing-switched_on": on}
        assert at_officer.post(path, posted).status_code == 302
        assert times(event) == [(letter, bool(on), amount, "days")]
    assert at_officer.post(path, typed(at_officer, path, subject_tr="Yarın", text_tr="Bekliyoruz.")).status_code == 302
    assert LetterWords.objects.get(letter=letter).subject_tr == "Yarın"


def test_of_two_at_work_the_second_sees_both_times_and_may_keep_the_own(event: Event, at_officer: Client) -> None:
    path = page(event, "thanks")
    at_officer.post(path, typed(at_officer, path, **{"timing-amount": "2"}))
    late = typed(at_officer, path, **{"timing-amount": "9"})
    at_officer.post(path, typed(at_officer, path, **{"timing-amount": "4"}))
    answer = at_officer.post(path, late)
    assert (answer.status_code, times(event)[0][2]) == (200, 4)
    told = [(each.label, each.theirs, each.yours) for each in answer.context["differences"]]
    assert ("How many", "4", "9") in told
    assert "Somebody else saved this in the meantime" in answer.content.decode()
    again = {**late, "version": answer.context["form"]["version"].value()}
    again["timing-version"] = answer.context["timing"]["version"].value()
    assert at_officer.post(path, again).status_code == 302
    assert times(event)[0][2] == 9


def test_what_would_leave_at_once_is_asked_about_first(event: Event, officer: Any, enter: Enter) -> None:
    """Thanks whose time is over: nobody gets a letter by a press on Save alone."""
    with time_machine.travel(END - dt.timedelta(days=30), tick=False) as clock:
        for name in ("Ali", "Bora"):
            verify(registration=apply(event, name))
        clock.move_to(END + dt.timedelta(hours=3))
        at_officer = enter(officer)
        path = page(event, "thanks")
        posted = typed(at_officer, path, **{"timing-switched_on": "on", "timing-amount": "1", "timing-unit": "hours"})
        answer = at_officer.post(path, posted)
        html = " ".join(answer.content.decode().split())
        assert (answer.status_code, "Send it at once, to 2 people" in html, times(event)) == (200, True, [])
        assert "Its time is over already" in html
        send_timed_letters()
        assert not Message.objects.filter(letter="registration_thanks").exists()
        later = {**posted, "timing-amount": "5"}
        assert (at_officer.post(path, later).status_code, times(event)) == (302, [("thanks", True, 5, "hours")])
        now = {**typed(at_officer, path, **{"timing-amount": "1"}), "at_once": "yes"}
        assert (at_officer.post(path, now).status_code, times(event)) == (302, [("thanks", True, 1, "hours")])


def test_of_a_time_that_reaches_nobody_nothing_is_asked(event: Event, officer: Any, enter: Enter) -> None:
    with time_machine.travel(END + dt.timedelta(hours=3), tick=False):
        at_officer = enter(officer)
        path = page(event, "thanks")
        posted = typed(at_officer, path, **{"timing-switched_on": "on", "timing-amount": "1", "timing-unit": "hours"})
        assert at_officer.post(path, posted).status_code == 302
        assert LetterTiming.objects.get().switched_on
