"""The addresses that never move: what is written into letters and feeds is what the site answers at."""

import pytest
from django.urls import reverse

from events import addresses


@pytest.mark.parametrize(
    ("name", "kwargs", "path"),
    [
        ("event_list_tr", {}, "/tr/etkinlikler/"),
        ("event_list_en", {}, "/en/events/"),
        ("event_tr", {"slug": "iklim-forumu"}, "/tr/etkinlikler/iklim-forumu/"),
        ("event_en", {"slug": "iklim-forumu"}, "/en/events/iklim-forumu/"),
        ("programme_tr", {"slug": "iklim-forumu"}, "/tr/etkinlikler/iklim-forumu/program/"),
        ("programme_en", {"slug": "iklim-forumu"}, "/en/events/iklim-forumu/programme/"),
        ("dialogue_programme_tr", {"slug": "kentler"}, "/tr/programlar/kentler/"),
        ("dialogue_programme_en", {"slug": "kentler"}, "/en/programmes/kentler/"),
        ("short_link", {"code": "abcd2345"}, "/e/abcd2345"),
    ],
)
def test_pages_have_the_addresses_that_never_move(name: str, kwargs: dict[str, str], path: str) -> None:
    assert reverse(f"events:{name}", kwargs=kwargs) == path


def test_what_is_written_is_what_is_answered() -> None:
    written = {
        "event_list_tr": addresses.event_list_path("tr"),
        "event_list_en": addresses.event_list_path("en"),
        "event_tr": addresses.event_path("iklim", "tr"),
        "event_en": addresses.event_path("iklim", "en"),
        "programme_tr": addresses.programme_path("iklim", "tr"),
        "programme_en": addresses.programme_path("iklim", "en"),
        "dialogue_programme_tr": addresses.dialogue_programme_path("iklim", "tr"),
        "dialogue_programme_en": addresses.dialogue_programme_path("iklim", "en"),
    }
    lists = {"event_list_tr", "event_list_en"}
    assert written == {
        name: reverse(f"events:{name}", kwargs={} if name in lists else {"slug": "iklim"}) for name in written
    }


def test_absolute_addresses_stand_on_the_setting(settings: object) -> None:
    settings.BASE_URL = "https://kopru.example"  # type: ignore[attr-defined]
    assert [
        addresses.event_list_url("en", kind="webinar"),
        addresses.event_url("iklim", "tr"),
        addresses.programme_url("iklim", "en", "abc234defg"),
        addresses.dialogue_programme_url("kentler", "tr"),
        addresses.feed_url("iklim", "tr"),
        addresses.events_feed_url("en", line="3", kind=""),
        addresses.pdf_url("iklim", "tr-en"),
        addresses.short_url("abcd2345"),
        addresses.schedule_url("iklim", "xml", "en"),
    ] == [
        "https://kopru.example/en/events/?kind=webinar",
        "https://kopru.example/tr/etkinlikler/iklim/",
        "https://kopru.example/en/events/iklim/programme/#s-abc234defg",
        "https://kopru.example/tr/programlar/kentler/",
        "https://kopru.example/calendars/tr/iklim.ics",
        "https://kopru.example/calendars/en/events.ics?line=3",
        "https://kopru.example/documents/tr-en/iklim/programme.pdf",
        "https://kopru.example/e/abcd2345",
        "https://kopru.example/exchange/iklim/schedule.xml?language=en",
    ]
