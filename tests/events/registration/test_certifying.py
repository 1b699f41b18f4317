"""Certificates: who was there, counted by the written rule; verified by whoever has the code, erased with the person."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import translation

from events.models import Certificate, Event, Registration
from events.registration import add_registration, check_in, undo_check_in
from events.registration.certifying import count_attendance, issue_certificate, issue_certificates
from events.registration.keeping import erase_registration
from events.registration.own_data import all_about
from events.registration.printing import (
    attested,
    badges_order,
    certificates_order,
    days_words,
    hours_words,
    list_order,
    organisation_words,
)
from events.registration.registering import Filled
from events.release import release_programme
from tests.events.registration.applying import applicant, taking
from tests.events.registration.browsing import enter
from tests.factories import EventFactory, EventOrganisationFactory, OrganisationFactory, SessionFactory, UserFactory

pytestmark = pytest.mark.django_db
FIRST, SECOND = "2027-06-10", "2027-06-11"
AFTER = datetime(2027, 6, 13, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_the_second_day() -> Any:
    with time_machine.travel(datetime(2027, 6, 11, 15, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def event() -> Event:
    """Two days: a plenary, two panels at the same time, a break; on the second day a workshop with a door of its own."""
    found = taking()
    found.sessions.all().delete()
    for day, start, end, kind, title in (
        (FIRST, "09:00", "10:30", "plenary", "Opening"),
        (FIRST, "10:30", "11:00", "break", "Coffee"),
        (FIRST, "11:00", "12:00", "panel", "One"),
        (FIRST, "11:30", "12:30", "panel", "Other"),
        (SECOND, "09:00", "10:00", "plenary", "Second day"),
        (SECOND, "10:00", "13:00", "workshop", "Workshop"),
    ):
        SessionFactory(event=found, day=day, start=start, end=end, kind=kind, title_en=title, confirmed=True)
    SessionFactory(event=found, day=FIRST, start="14:00", end="18:00", confirmed=True, audience="staff")
    SessionFactory(event=found, day=FIRST, start="14:00", end=None, confirmed=True, title_en="No end")
    Event.objects.filter(pk=found.pk).update(starts_on=FIRST, ends_on=SECOND)
    found.refresh_from_db()
    release_programme(event=found)
    return Event.objects.get(pk=found.pk)


def somebody(event: Event, name: str, *places: str, **named: Any) -> Registration:
    row = add_registration(event=event, applicant=applicant(name, **named), filled=Filled())
    for place in places:
        key = place if "-" in place else event.sessions.get(title_en=place).key
        check_in(registration=row, place=key)
    return row


def test_hours_by_the_written_rule(event: Event) -> None:
    rows = {
        name: somebody(event, name, *places)
        for name, places in {
            "one day": [FIRST],
            "both": [FIRST, SECOND],
            "with workshop": [SECOND, "Workshop"],
            "workshop alone": ["Workshop"],
            "nowhere": [],
        }.items()
    }
    gone = somebody(event, "taken back", FIRST)
    undo_check_in(registration=gone, place=FIRST)
    counted = count_attendance(event)
    told = {name: counted.get(row.pk) for name, row in rows.items()}
    assert {name: each and (len(each.days), each.minutes) for name, each in told.items()} == {
        # 09:00–10:30, then two panels that overlap: 11:00–12:30. Neither the break nor the staff's session.
        "one day": (1, 180),
        # The workshop had a door of its own, and they did not go through it.
        "both": (2, 240),
        "with workshop": (1, 240),
        "workshop alone": (1, 180),
        "nowhere": None,
    }
    assert gone.pk not in counted


def test_numbers_and_codes_stay_and_hours_are_counted_anew(event: Event) -> None:
    registrar = UserFactory(officer=True)
    bora, ali = somebody(event, "Bora", FIRST), somebody(event, "Ali", FIRST)
    with time_machine.travel(datetime(2027, 6, 10, 9, tzinfo=UTC)), pytest.raises(ValidationError):
        issue_certificates(event=event, by=registrar)
    with pytest.raises(PermissionDenied):
        issue_certificates(event=event, by=UserFactory(editor=True))
    with time_machine.travel(AFTER):
        assert issue_certificates(event=event, by=registrar) == 2
        first = {row.registration.name: (row.number, row.code, row.minutes) for row in Certificate.objects.all()}
        assert {name: (number, minutes) for name, (number, _code, minutes) in first.items()} == {
            "Ali": (1, 180),
            "Bora": (2, 180),
        }
        check_in(registration=bora, place=SECOND)
        undo_check_in(registration=ali, place=FIRST)
        somebody(event, "Cem", SECOND)
        assert issue_certificates(event=event, by=registrar) == 2
    rows = {row.registration.name: row for row in Certificate.objects.all()}
    assert {name: (row.number, row.minutes, row.revoked_at is None) for name, row in rows.items()} == {
        "Ali": (1, 180, False),
        "Bora": (2, 420, True),
        "Cem": (3, 240, True),
    }
    assert rows["Bora"].code == first["Bora"][1]


def test_whoever_verifies_is_told_at_once_that_a_check_in_was_taken_back(event: Event, client: Client) -> None:
    registrar = UserFactory(officer=True)
    ali, bora = somebody(event, "Ali", FIRST), somebody(event, "Bora", FIRST)

    def valid(row: Registration) -> bool:
        page = f"/en/certificate/{Certificate.objects.get(registration=row).code}/"
        html = client.get(page).content.decode()
        return ("This certificate is valid" in html, "does not hold any more" in html) == (True, False)

    with time_machine.travel(AFTER):
        issue_certificates(event=event, by=registrar)
        before = [valid(row) for row in (ali, bora)]
        for row in (ali, bora):
            undo_check_in(registration=row, place=FIRST)
        assert (before, [valid(row) for row in (ali, bora)]) == ([True, True], [False, False])
        check_in(registration=ali, place=SECOND)
        erase_registration(registration=ali)
        issue_certificates(event=event, by=registrar)
        assert [valid(row) for row in (ali, bora)] == [True, False]


def test_a_person_has_one_once_the_event_is_over(event: Event, client: Client) -> None:
    row = somebody(event, "Ali", FIRST, email="ali@sample.example")
    nobody = somebody(event, "Bora", email="bora@sample.example")
    page = enter(client, "ali@sample.example")
    with time_machine.travel(datetime(2027, 6, 11, 9, tzinfo=UTC)):
        assert (issue_certificate(registration=row), "certificate.pdf" in client.get(page).content.decode()) == (
            None,
            False,
        )
        assert client.get(f"{page}certificate.pdf").status_code == 302
    with time_machine.travel(AFTER):
        # Whatever follows links changes nothing: the button issues it.
        assert f'method="post" action="{page}certificate.pdf"' in client.get(page).content.decode()
        answer = client.get(f"{page}certificate.pdf")
        assert (answer["Location"], Certificate.objects.count()) == (page, 0)
        answer = client.post(f"{page}certificate.pdf")
        assert (answer["Location"], Certificate.objects.count()) == (f"{page}certificate.pdf", 1)
        answer = client.get(f"{page}certificate.pdf")
        assert (answer.content[:5], answer["Cache-Control"]) == (b"%PDF-", "private, no-store")
        check_in(registration=row, place=SECOND)
        client.get(f"{page}certificate.pdf")
        assert Certificate.objects.get().days == [FIRST]
        client.post(f"{page}certificate.pdf")
        assert Certificate.objects.get().days == [FIRST, SECOND]
        assert (Certificate.objects.count(), issue_certificate(registration=nobody)) == (1, None)
        for method in (Client().get, Client().post):
            assert method(f"{page}certificate.pdf").status_code == 404
        told = all_about(row)
        for place in (FIRST, SECOND):
            undo_check_in(registration=row, place=place)
        for method in (client.get, client.post):
            assert method(f"{page}certificate.pdf")["Location"] == page
    assert (told["certificate"]["minutes"], told["attendance"][0]["marks"][0]["state"]) == (420, "present")


def test_whoever_has_the_code_reads_what_it_says_and_nobody_guesses(event: Event, settings: Any) -> None:
    row, client = somebody(event, "Ali Örnek", FIRST), Client(REMOTE_ADDR="192.0.2.9")
    with time_machine.travel(AFTER):
        certificate = issue_certificate(registration=row)
        assert certificate is not None
        for language, where in (("en", "/en/certificate/"), ("tr", "/tr/belge/")):
            spaced = f"{certificate.code[:6].upper()} {certificate.code[6:]}"
            address = client.get(where, {"code": spaced})["Location"]
            answer = client.get(address)
            html = answer.content.decode()
            hours = {"en": "3 hours", "tr": "3 saat"}[language]
            assert [word in html for word in ("Ali Örnek", hours, certificate.label)] == [True] * 3
            assert f'value="{certificate.code.upper()}"' not in html  # nor in the search of the site
            assert (answer["X-Robots-Tag"], answer["Cache-Control"]) == (
                "noindex, nofollow, noarchive",
                "private, no-store",
            )
        assert client.get("/en/certificate/aaaaaaaaaaaa/").status_code == 404
        erase_registration(registration=row)
        html = client.get(f"/en/certificate/{certificate.code}/").content.decode()
        assert ("Ali" in html, "is valid" in html, "no name can be shown" in html) == (False, True, True)
        settings.RATE_LIMITS = True
        cache.clear()
        statuses = [client.get(f"/en/certificate/{number:012d}/").status_code for number in range(41)]
        assert statuses == [404] * 40 + [429]


def test_one_that_was_taken_back_says_so(event: Event, client: Client) -> None:
    row = somebody(event, "Ali", FIRST)
    with time_machine.travel(AFTER):
        certificate = issue_certificate(registration=row)
        undo_check_in(registration=row, place=FIRST)
        issue_certificates(event=event)
    assert certificate is not None
    assert "does not hold any more" in client.get(f"/en/certificate/{certificate.code}/").content.decode()


@pytest.mark.parametrize("code", ["", "%00", "a" * 500, "ş", "../x", "a b"])
def test_a_code_that_is_none(code: str, client: Client) -> None:
    assert client.get(f"/en/certificate/{code}/").status_code in (200, 400, 404)
    assert client.get("/en/certificate/", {"code": code}).status_code in (200, 302)


def test_what_people_are_given_says_what_was_released(event: Event) -> None:
    """An officer edits title, dates and hosts for the next release; papers go on saying what this one says."""
    host = EventOrganisationFactory(event=event, role="host", organisation__name_en="Released Union")
    release_programme(event=event)
    Event.objects.filter(pk=event.pk).update(title_en="Not released", starts_on="2027-06-08", ends_on="2027-06-20")
    host.organisation.name_en = "Renamed Union"
    host.organisation.save()
    row = somebody(Event.objects.get(pk=event.pk), "Ali", FIRST)
    with time_machine.travel(AFTER):
        certificate = issue_certificate(registration=row)
    assert certificate is not None
    fresh, title = Event.objects.get(pk=event.pk), event.public.title_en
    told = attested(fresh, row, certificate, "en")
    assert (told.event, told.issuer) == (title, "Released Union")
    for order in (badges_order, list_order, certificates_order):
        rows = list(Registration.objects.select_related("certificate").prefetch_related("check_ins"))
        html = order(fresh, rows, {"language": "en"}).html
        assert (title in html, "Not released" in html, "Renamed" in html, "20 June" in html) == (
            True,
            False,
            False,
            False,
        )
    unreleased = EventFactory(title_en="Draft")
    assert "Draft" in badges_order(unreleased, [row], {"language": "en"}).html


def test_an_organisation_of_the_directory_is_named_in_the_language_of_the_paper(event: Event) -> None:
    tied = OrganisationFactory(name_tr="Kestanelik Belediyesi", name_en="Kestanelik Municipality")
    typed = {"Ali": "kestanelik belediyesi", "Bora": "Gençlik Meclisi"}
    for name, organisation in typed.items():
        add_registration(event=event, applicant=applicant(name, organisation=organisation), filled=Filled())
    rows = list(Registration.objects.select_related("organisation").order_by("pk"))
    assert [row.organisation for row in rows] == [tied, None]
    told = [[organisation_words(row, language) for row in rows] for language in ("tr", "en")]
    assert told == [["Kestanelik Belediyesi", "Gençlik Meclisi"], ["Kestanelik Municipality", "Gençlik Meclisi"]]
    for order in (badges_order, list_order):
        html = order(event, rows, {"language": "en"}).html
        assert [name in html for name in (*told[0], *told[1])] == [False, True, True, True]


def test_in_words() -> None:
    assert [hours_words(minutes) for minutes in (0, 45, 60, 61, 690)] == [
        "",
        "45 minutes",
        "1 hour",
        "1 hour 1 minute",
        "11 hours 30 minutes",
    ]
    shown = [
        days_words(Certificate(days=[f"2027-06-{day:02d}" for day in days]), "en")
        for days in ([10], [10, 11], [10, 11, 12], [10, 12, 14])
    ]
    assert shown == [
        "10 June 2027",
        "10 June 2027 and 11 June 2027",
        "10–12 June 2027",
        "10 June 2027, 12 June 2027 and 14 June 2027",
    ]
    with translation.override("tr"):
        assert hours_words(690) == "11 saat 30 dakika"
