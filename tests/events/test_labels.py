"""The same words for dates, zones and languages everywhere."""

import datetime as dt

import pytest
from django.utils import translation

from events import labels
from events.exchange.columns import LANGUAGES

JUNE = dt.date(2027, 6, 10)


@pytest.mark.parametrize(
    ("first", "last", "turkish", "english"),
    [
        (JUNE, JUNE, "10 Haziran 2027 Perşembe", "Thursday 10 June 2027"),
        (JUNE, dt.date(2027, 6, 12), "10–12 Haziran 2027", "10–12 June 2027"),
        (JUNE, dt.date(2027, 7, 2), "10 Haziran – 2 Temmuz 2027", "10 June – 2 July 2027"),
        (
            dt.date(2027, 12, 30),
            dt.date(2028, 1, 2),
            "30 Aralık 2027 – 2 Ocak 2028",
            "30 December 2027 – 2 January 2028",
        ),
        (None, JUNE, "10 Haziran 2027 Perşembe", "Thursday 10 June 2027"),
        (None, None, "", ""),
    ],
)
def test_dates_in_words(first: dt.date | None, last: dt.date | None, turkish: str, english: str) -> None:
    assert (labels.dates_words(first, last, "tr"), labels.dates_words(first, last, "en")) == (turkish, english)


def test_days_and_months_in_words() -> None:
    assert [
        (
            labels.day_words(JUNE, each),
            labels.weekday_words(JUNE, each),
            labels.short_day_words(JUNE, each),
            labels.month_words(JUNE, each),
        )
        for each in ("tr", "en")
    ] == [
        ("10 Haziran Perşembe", "Perşembe", "10 Haz", "Haziran 2027"),
        ("Thursday 10 June", "Thursday", "10 Jun", "June 2027"),
    ]


def test_times_in_words() -> None:
    nine, ten = dt.time(9, 30), dt.time(10, 45)
    assert [labels.times_words(nine, ten), labels.times_words(nine, None), labels.times_words(None, ten)] == [
        "09:30–10:45",
        "09:30",
        "",
    ]
    moment = dt.datetime(2027, 6, 10, 21, 30, tzinfo=dt.UTC)
    assert labels.moment_words(moment, "Europe/Istanbul", "en") == "11 June 2027, 00:30"
    until = [labels.deadline_words(moment, zone, "tr") for zone in ("Europe/Istanbul", "Europe/Berlin", "UTC")]
    assert until == ["11 Haziran 2027, 00:30 (GMT+3)", "10 Haziran 2027, 23:30 (GMT+2)", "10 Haziran 2027, 21:30 (GMT)"]


@pytest.mark.parametrize(
    ("zone", "month", "english"),
    [
        ("Europe/Istanbul", 6, "Türkiye time (GMT+3)"),
        ("Europe/Berlin", 6, "Central European Summer Time (GMT+2)"),
        ("Europe/Copenhagen", 1, "Central European Time (GMT+1)"),
        ("Europe/Athens", 1, "Eastern European Time (GMT+2)"),
        ("Europe/Athens", 7, "Eastern European Summer Time (GMT+3)"),
        ("Asia/Kolkata", 1, "Kolkata time (GMT+5:30)"),
        ("America/New_York", 1, "New York time (GMT\N{MINUS SIGN}5)"),
        ("UTC", 1, "Coordinated Universal Time (GMT)"),
    ],
)
def test_zones_are_named_with_their_offset(zone: str, month: int, english: str) -> None:
    assert labels.zone_label(zone, dt.datetime(2027, month, 15, tzinfo=dt.UTC), "en") == english


def test_a_zone_is_named_as_its_clocks_go_on_a_day() -> None:
    told = [labels.zone_label_on("Europe/Berlin", dt.date(2027, month, 28), "en") for month in (3, 10)]
    assert told == ["Central European Summer Time (GMT+2)", "Central European Summer Time (GMT+2)"]
    assert labels.zone_label_on("Europe/Berlin", dt.date(2027, 10, 31), "en") == "Central European Time (GMT+1)"
    assert labels.zone_label_on("Europe/Istanbul", None, "tr") == "Türkiye saati (GMT+3)"


def test_every_language_that_a_file_may_name_has_a_name_in_both() -> None:
    named = {tag: [labels.language_name(tag, each) for each in ("tr", "en")] for tag in (*LANGUAGES, "und")}
    assert [tag for tag, names in named.items() if tag in names or names[0] == names[1]] == []
    assert [named[tag] for tag in ("ku", "nl", "no", "und")] == [
        ["Kürtçe", "Kurdish"],
        ["Felemenkçe", "Dutch"],
        ["Norveççe", "Norwegian"],
        ["başka bir dil", "another language"],
    ]


def test_languages_are_named_and_an_unknown_tag_stays() -> None:
    assert labels.language_names(("tr", "de", "da", "xx"), "en") == "Turkish, German, Danish, xx"
    assert labels.language_names(("en", "de"), "tr") == "İngilizce, Almanca"


def test_codes_have_labels_and_unknown_ones_are_shown_as_they_are() -> None:
    assert [
        labels.kind_label("plenary", "en"),
        labels.event_kind_label("study_visit", "en"),
        labels.role_label("moderator", "en"),
        labels.party_label("co_host", "en"),
        labels.interpretation_label("simultaneous", "en"),
        labels.line_label(3, "en"),
        labels.field_label("social", "en"),
        labels.change_label("moved", "en"),
        labels.kind_label("hackathon", "en"),
        labels.field_label("", "en"),
    ] == [
        "plenary session",
        "study visit",
        "moderator",
        "co-host",
        "simultaneous",
        "services to members",
        "social",
        "moved",
        "hackathon",
        "",
    ]


def test_sentences_begin_with_a_capital_of_their_language() -> None:
    assert (labels.sentence("iklim", "tr"), labels.sentence("ıslah", "tr"), labels.sentence("iklim", "en")) == (
        "İklim",
        "Islah",
        "Iklim",
    )


def test_lists_in_words() -> None:
    assert [labels.list_words(list("ABC"[:length]), "en") for length in range(4)] == ["", "A", "A and B", "A, B and C"]


def test_a_language_is_named_in_the_language_of_who_reads_now() -> None:
    """Not in that of whoever asked first: what is remembered is remembered for each."""
    told = []
    for reader in ("en", "tr", "en"):
        with translation.override(reader):
            told.append(labels.language_name("de"))
    assert told == ["German", "Almanca", "German"]
