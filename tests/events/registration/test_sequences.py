"""Whatever happens one after another to one event: what must always hold holds after each act."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import icalendar
import pytest
import time_machine
from pytest_django import DjangoCaptureOnCommitCallbacks

from events.models import (
    ChosenSession,
    Event,
    LetterTiming,
    Message,
    Registration,
    RegistrationSettings,
    SeatedSession,
    SessionPlaces,
    WordingSeen,
)
from events.registration.answering import read_answers
from events.registration.details import missing
from events.registration.letters import entry_of
from events.registration.places import place_in_line, takes_place
from tests.events.registration.town import ACTIVE, Town

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 5, 20, 9, tzinfo=UTC)
ACTS = 100


def check_seats(event: Event) -> None:
    """Never more than there are, as many as are counted, nobody twice, no organisation beyond its quota, no gap in line."""
    settings = RegistrationSettings.objects.get(event=event)
    rows = list(Registration.objects.filter(event=event))
    seated = [row for row in rows if row.seat]
    assert settings.taken == len(seated) <= (len(seated) if settings.capacity is None else settings.capacity)
    active = [row.person_key for row in rows if row.state in ACTIVE]
    assert len(set(active)) == len(active)
    line = Registration.objects.filter(event=event).waiting()
    assert [place_in_line(row) for row in line] == list(range(1, len(line) + 1))
    assert all(each.waiting_number <= settings.last_waiting for each in line)


def check_sessions(event: Event) -> None:
    """A seat in a session is held with one at the event alone, and calendars know of each.

    As long as the event takes place, no free one is wished for in vain.
    """
    settings = RegistrationSettings.objects.select_related("event__public").get(event=event)
    for places in SessionPlaces.objects.filter(session__event=event):
        held = places.chosen.filter(seat=True)
        assert places.taken == held.count() <= (places.taken if places.capacity is None else places.capacity)
        assert not held.exclude(registration__seat=True).exists()
        wishes = places.chosen.filter(seat=False, registration__seat=True)
        assert places.full or not wishes.exists() or not takes_place(settings)
    chosen = ChosenSession.objects.filter(registration__event=event, seat=True)
    seated = SeatedSession.objects.filter(registration__event=event, left_at=None)
    assert set(chosen.values_list("registration", "places__session__key")) == set(
        seated.values_list("registration", "key")
    )
    hours: dict[int, list[int]] = defaultdict(list)
    for registration, hour in chosen.values_list("registration", "places__session__start__hour"):
        hours[registration].append(hour)
    assert all(len(set(each)) == len(each) for each in hours.values())


def check_answers(town: Town) -> None:
    """Nothing is kept that was not asked or not agreed to; what is missing is known; of who was erased nothing is left."""
    for row in Registration.objects.filter(event=town.event):
        kept = read_answers(row)
        agreed = WordingSeen.objects.filter(registration=row, agreed_at__isnull=False, withdrawn_at=None).exists()
        assert kept.get(town.visa.key) is True or not {town.passport.key, town.hotel.key} & set(kept)
        assert agreed or town.passport.key not in kept
        assert row.details_due == (row.state == "confirmed" and bool(missing(row)))
        assert not (row.erased_at and (kept or row.name or row.email or row.state in ACTIVE))
        asked = row.change_requests.filter(state="open")
        assert row.state in ACTIVE or not asked.exists()


@dataclass(frozen=True)
class Word:
    """What one letter said of one calendar entry."""

    method: str
    sequence: int
    stamp: datetime
    status: str
    where_and_when: tuple[str, ...]


def entries(event: Event) -> dict[tuple[str, str], list[Word]]:
    """What each entry in each person's calendar was told to be, in order."""
    found = defaultdict(list)
    for message in Message.objects.filter(event=event).exclude(calendar="").order_by("pk"):
        for part in message.calendar.split("END:VCALENDAR")[:-1]:
            calendar = icalendar.Calendar.from_ical(part + "END:VCALENDAR\r\n")
            (vevent,) = calendar.walk("VEVENT")
            times = [str(vevent[name].dt) for name in ("DTSTART", "DTEND") if name in vevent]
            found[str(vevent["UID"]), message.person_key].append(
                Word(
                    str(calendar["METHOD"]),
                    int(vevent["SEQUENCE"]),
                    vevent["DTSTAMP"].dt,
                    str(vevent["STATUS"]),
                    (str(vevent.get("LOCATION")), *times),
                )
            )
    return found


def check_calendars(event: Event) -> None:
    """SEQUENCE only rises, and whatever is said anew has another; the last word to each is where the person stands.

    A session's entry is struck out of one calendar alone by a later stamp: its SEQUENCE is that of all calendars.
    """
    told, own = entries(event), set(map(str, Registration.objects.filter(event=event).values_list("uid", flat=True)))
    for (uid, _person), words in told.items():
        for before, after in pairwise(words):
            same = (after.status, after.where_and_when) == (before.status, before.where_and_when)
            struck = uid not in own and after.stamp > before.stamp and after.where_and_when == before.where_and_when
            assert after.sequence > before.sequence or (after.sequence == before.sequence and (same or struck))
            assert (after.method == "CANCEL") == (after.status == "CANCELLED")
    for row in Registration.objects.kept().filter(event=event).exclude(email=""):
        words = told.get((str(row.uid), row.person_key))
        last = words[-1].method if words else ""
        if row.state == "confirmed":
            assert last == "REQUEST" or row.invited_as == "cancelled"
        else:
            assert last in ("", "CANCEL")


def check_told(event: Event) -> None:
    """When the clock has been round: whoever comes knows what the newest release says."""
    settings = RegistrationSettings.objects.select_related("event__public__release").get(event=event)
    public = settings.event.public
    for row in Registration.objects.kept().filter(event=event, state="confirmed"):
        if public.status != "public":
            assert row.invited_as == "cancelled"
        elif row.told_release == public.release.number:
            assert row.invited_as[:16] == entry_of(public)[:16]


def check_line(event: Event) -> None:
    """Nobody waits for a seat that is free, unless the organisation has its share."""
    settings = RegistrationSettings.objects.select_related("event__public").get(event=event)
    if takes_place(settings) and settings.free != 0:
        seats = Counter(Registration.objects.filter(event=event, seat=True).values_list("organisation_key", flat=True))
        for row in Registration.objects.filter(event=event).waiting():
            assert settings.quota is not None, "somebody waits though there is a seat"
            assert row.organisation_key
            assert seats[row.organisation_key] >= settings.quota


def check_letters(event: Event) -> None:
    """No letter twice: what is told of one state once for each time it was entered, what the clock writes once at all."""
    rows = Message.objects.filter(event=event, letter__in=("registration_reminder", "registration_last_reminder"))
    once = Counter(rows.exclude(person_key="").values_list("person_key", "letter", "created_at__date"))
    assert not once or max(once.values()) == 1


def reached(event: Event) -> list[str]:
    """What the event has come to, so that nothing is held to be proven that never happened."""
    settings = RegistrationSettings.objects.select_related("event__public").get(event=event)
    line = Registration.objects.filter(event=event).waiting()
    wishes = ChosenSession.objects.filter(registration__event=event, registration__seat=True, seat=False)
    states = {
        "public": takes_place(settings),
        "full": settings.free == 0,
        "line": line.exists(),
        "offers": Registration.objects.filter(event=event, state="offered").exists(),
        "wishes": wishes.exists(),
    }
    return [name for name, holds in states.items() if holds]


def run(seed: int, acts: int, run_on_commit: DjangoCaptureOnCommitCallbacks) -> Counter[str]:
    done: Counter[str] = Counter()
    with time_machine.travel(NOON, tick=False) as clock:
        town = Town(seed, clock)
        for letter, days in (("reminder", 7), ("last_reminder", 1)):
            LetterTiming.objects.create(event=town.event, letter=letter, switched_on=True, amount=days, unit="days")
        for number in range(acts):
            with run_on_commit(execute=True):
                act = town.act()
            event = Event.objects.get(pk=town.event.pk)
            done += Counter([act, *reached(event)])
            try:
                check_seats(event)
                check_sessions(event)
                check_answers(town)
                check_line(event)
                if act == "wait":
                    check_told(event)
                check_calendars(event)
                check_letters(event)
            except AssertionError as error:
                raise AssertionError(f"after act {number}, {act}, of seed {seed}") from error
            clock.shift(dt.timedelta(seconds=1))
    return done


@pytest.mark.parametrize("seed", [0, 5])
def test_after_each_of_many_acts_all_of_it_holds(
    seed: int, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    done = run(seed, ACTS, django_capture_on_commit_callbacks)
    rare = {name: done[name] for name in ("public", "full", "line", "offers", "wishes") if done[name] < 10}
    assert (len(done) >= 24, rare) == (True, {})
