"""One's own programme: what everybody attends, what one chose; page, calendar and paper say the same, and no more."""

import datetime as dt
import io
from typing import Any

import icalendar
import pypdf
import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone

from cms.logs import mask
from events.links import issue_link, key_of
from events.models import Event, SeatedSession, Session
from events.registration import cancel
from events.registration.keeping import erase_registration
from events.registration.setting_up import choose_places
from events.release import cancel_event, release_programme
from events.views.registration.agenda import LIMIT
from tests.events.registration.applying import apply
from tests.events.registration.browsing import enter
from tests.events.registration.gathering import choose, coming, feed_path, gathering, places, session
from tests.factories import TrackFactory

pytestmark = pytest.mark.django_db
ALI = "ali@sample.example"


@pytest.fixture
def event() -> Event:
    return gathering()


def told(client: Client, path: str) -> dict[str, tuple[str, int]]:
    """What a calendar says: state and SEQUENCE by title."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    entries = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return {
        str(each["SUMMARY"]).removeprefix("CANCELLED: "): (str(each["STATUS"]), int(each["SEQUENCE"]))
        for each in entries
    }


def test_page_calendar_and_paper_have_what_is_for_all_and_what_was_chosen(event: Event, client: Client) -> None:
    row = coming(event, "Ali", "Water")
    page = enter(client, ALI)
    html = client.get(f"{page}agenda/").content.decode()
    paper = client.get(f"{page}agenda.pdf")
    assert paper["Content-Disposition"] == f'inline; filename="{event.slug}-my-programme.pdf"'
    text = " ".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(paper.content)).pages)
    titles = ("Plenary", "Dinner", "Water", "Energy", "Briefing")
    expected = [True, True, True, False, False]
    assert [title in html for title in titles] == expected
    assert [title in text for title in titles] == expected
    assert [title in told(client, feed_path(row)) for title in titles] == expected
    assert (paper["Content-Type"], paper["Cache-Control"]) == ("application/pdf", "private, no-store")


def test_the_paper_is_tagged_and_speaks_the_reader_s_language(event: Event, client: Client) -> None:
    coming(event)
    page = enter(client, ALI).replace("/en/events/", "/tr/etkinlikler/").replace("/register/", "/kayit/")
    pdf = pypdf.PdfReader(io.BytesIO(client.get(f"{page}agenda.pdf").content))
    text = " ".join(pdf.pages[0].extract_text().split())
    assert (pdf.trailer["/Root"]["/Lang"], pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]) == ("tr", True)
    assert ("Programım" in text, "Ali" in text) == (True, True)


def test_the_calendar_says_no_more_than_when_where_and_what(event: Event, client: Client) -> None:
    row = coming(event)
    body = client.get(feed_path(row)).content.decode().replace("\r\n ", "")
    names = {line.partition(":")[0].partition(";")[0] for line in body.split("BEGIN:VEVENT")[1].splitlines()}
    expected = "UID DTSTAMP LAST-MODIFIED SEQUENCE DTSTART DTEND SUMMARY URL STATUS TRANSP END"
    assert names - {""} == set(expected.split())
    assert ("Ali" in body, ALI in body, row.code in body) == (False, False, False)


def test_who_follows_both_calendars_has_one_entry(event: Event, client: Client) -> None:
    row = coming(event, "Ali", "Water")
    Session.objects.filter(event=event, title_en="Water").update(start=dt.time(15), end=dt.time(16))
    release_programme(event=event)

    def identities(path: str) -> dict[str, tuple[str, int, Any]]:
        found = icalendar.Calendar.from_ical(client.get(path).content).walk("VEVENT")
        return {str(each["SUMMARY"]): (str(each["UID"]), int(each["SEQUENCE"]), each["DTSTART"].dt) for each in found}

    own, public = identities(feed_path(row)), identities(f"/calendars/en/{event.slug}.ics")
    assert own["Water"] == public["Water"]
    assert own["Water"][1] == 1


def test_a_session_no_longer_chosen_is_struck_out_and_comes_back(event: Event, client: Client) -> None:
    row = coming(event, "Ali", "Water")
    path = feed_path(row)
    choose(row, "Energy")
    assert told(client, path) == {
        "Plenary": ("CONFIRMED", 0),
        "Dinner": ("CONFIRMED", 0),
        "Water": ("CANCELLED", 0),
        "Energy": ("CONFIRMED", 0),
    }
    choose(row, "Water")
    assert (told(client, path)["Water"], told(client, path)["Energy"]) == (("CONFIRMED", 0), ("CANCELLED", 0))
    with time_machine.travel(dt.datetime(2027, 7, 20, tzinfo=dt.UTC)):
        assert "Energy" not in told(client, path)


def test_a_wish_without_a_seat_is_told_on_the_page_and_in_no_calendar(event: Event, client: Client) -> None:
    coming(event, "Bora", "Water")
    row = coming(event, "Ali", "Water")
    html = client.get(f"{enter(client, ALI)}agenda/").content.decode()
    assert ("You wait for a seat in" in html, "Water" in told(client, feed_path(row))) == (True, False)


def test_who_no_longer_comes_has_all_of_it_struck_out_as_it_was_known_then(event: Event, client: Client) -> None:
    row = coming(event, "Ali", "Water")
    path = feed_path(row)
    cancel(registration=row)
    Session.objects.filter(event=event, title_en="Dinner").update(title_en="Secret dinner")
    release_programme(event=event)
    assert told(client, path) == dict.fromkeys(("Plenary", "Dinner", "Water"), ("CANCELLED", 0))
    page = enter(client, ALI)
    assert client.get(f"{page}agenda/")["Location"] == page
    assert client.get(f"{page}agenda.pdf")["Location"] == page


def test_only_who_is_confirmed_has_an_agenda(event: Event, client: Client) -> None:
    row = apply(event, "Ali")
    page = enter(client, ALI)
    assert client.get(f"{page}agenda/").status_code == 302
    assert told(client, feed_path(row)) == {}


def test_an_event_that_is_called_off_strikes_everything_out(event: Event, client: Client) -> None:
    row = coming(event)
    cancel_event(event=event)
    assert told(client, feed_path(row)) == dict.fromkeys(("Plenary", "Dinner"), ("CANCELLED", 1))
    assert "This event is cancelled" in client.get(f"{enter(client, ALI)}agenda/").content.decode()


def test_a_deleted_session_stays_cancelled_with_those_who_had_it_and_with_nobody_else(
    event: Event, client: Client
) -> None:
    row, other = coming(event, "Ali", "Water"), coming(event, "Bora")
    Session.objects.get(event=event, title_en="Water").delete()
    release_programme(event=event)
    assert told(client, feed_path(row))["Water"] == ("CANCELLED", 1)
    assert "Water" not in told(client, feed_path(other))


def test_what_becomes_a_choice_leaves_and_what_no_longer_is_one_comes(event: Event, client: Client) -> None:
    row = coming(event)
    sessions = {each.title_en: each.pk for each in event.sessions.all()}
    choose_places(event=event, wanted={sessions["Dinner"]: 5, sessions["Water"]: 1})
    assert told(client, feed_path(row)) == {
        "Plenary": ("CONFIRMED", 0),
        "Dinner": ("CANCELLED", 0),
        "Energy": ("CONFIRMED", 0),
    }


@pytest.mark.usefixtures("standing_clock")
def test_the_address_answers_304_and_only_the_newest_key_opens_it(event: Event, client: Client) -> None:
    row = coming(event)
    path = feed_path(row)
    answer = client.get(path)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, max-age=300", "noindex, nofollow, noarchive")
    assert not answer.cookies
    again = client.get(path, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    choose(row, "Water")
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 200
    page = enter(client, ALI)
    client.post(f"{page}agenda/", {"act": "renew"})
    assert (client.get(path).status_code, client.get(feed_path(row)).status_code) == (404, 200)
    client.post(f"{page}agenda/", {"act": "revoke"})
    html = client.get(f"{page}agenda/").content.decode()
    assert ("no address for calendars" in html, "/my/" in html, row.links.filter(revoked_at=None).count()) == (
        True,
        False,
        1,
    )
    assert client.post(path).status_code == 405


def test_the_key_opens_nothing_else_and_no_other_key_opens_it(event: Event, client: Client) -> None:
    row = coming(event)
    key = feed_path(row).rsplit("/", 1)[-1].removesuffix(".ics")
    own = key_of(issue_link(target=row, purpose="registration"))
    assert client.get(f"/en/events/{event.slug}/register/k/{key}/").status_code == 404
    assert client.get(f"/calendars/en/my/{own}.ics").status_code == 404
    assert client.get("/calendars/en/my/nothing.ics").status_code == 404
    assert mask(f'GET "{feed_path(row)}" 200') == 'GET "/calendars/en/my/***" 200'
    erase_registration(registration=row)
    assert client.get(f"/calendars/en/my/{key}.ics").status_code == 404


def test_a_poll_asks_little(event: Event, client: Client, django_assert_num_queries: Any) -> None:
    path = feed_path(coming(event, "Ali", "Water"))
    known = client.get(path)["ETag"]
    with django_assert_num_queries(7):
        assert client.get(path, headers={"If-None-Match": known}).status_code == 304
    with django_assert_num_queries(8):
        assert client.get(path).status_code == 200


def test_seats_in_sessions_are_kept_by_key_since_when(event: Event) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=1)):
        row = coming(event, "Ali", "Water")
    choose(row)
    (seat,) = SeatedSession.objects.all()
    assert (seat.key, seat.left_at is not None, (seat.left_at or seat.since) - seat.since > dt.timedelta(hours=23)) == (
        places("Water").session.key,
        True,
        True,
    )


def test_strands_are_left_out_where_people_choose_and_stay_where_nobody_can(event: Event, client: Client) -> None:
    track = TrackFactory(event=event)
    session(event, "Talk in a track", 10, track=track)
    session(event, "Plenary in a track", 11, track=track, kind="plenary")
    session(event, "Parallel", 12, kind="parallel")
    release_programme(event=event)
    row = coming(event)
    assert sorted(told(client, feed_path(row))) == ["Dinner", "Plenary", "Plenary in a track"]
    choose_places(event=event, wanted={})
    assert len(told(client, feed_path(row))) == 7


@pytest.mark.usefixtures("standing_clock")
def test_who_asks_for_too_many_papers_reads_when_to_come_again(
    event: Event, client: Client, settings: Any, rf: RequestFactory
) -> None:
    coming(event)
    page = enter(client, ALI)
    settings.RATE_LIMITS = True
    cache.clear()
    for _time in range(LIMIT.most):
        LIMIT.wait(rf.get("/"))
    answer = client.get(f"{page}agenda.pdf")
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)
    assert "Try again later" in answer.content.decode()
    cache.clear()
