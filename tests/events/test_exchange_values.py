"""Cells as officers type them, and what they mean."""

import datetime as dt

import pytest

from events.exchange.rows import Contributor
from events.exchange.values import (
    BadCell,
    Span,
    read_day,
    read_languages,
    read_number,
    read_people,
    read_span,
    read_time,
)

DAY = dt.date(2027, 6, 10)


@pytest.mark.parametrize(
    "cell",
    [
        "2027-06-10",
        "10.06.2027",
        "10.6.2027",
        " 10.06.2027 ",
        "10 Haziran 2027",
        "10 HAZİRAN 2027 Perşembe",
        "10 June 2027",
        "Thursday, 10 June 2027",
        "2027-06-10 00:00:00",
        "46548",
        DAY,
        dt.datetime(2027, 6, 10, 0, 0),  # noqa: DTZ001 - a cell knows no zone
    ],
)
def test_a_day_is_read_in_each_way_it_is_written(cell: str | dt.date) -> None:
    assert read_day(cell) == DAY


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("7 Ekim", "no_year"),
        ("07.10.", "no_year"),
        ("7 Ekim Perşembe", "no_year"),
        ("31.02.2027", "bad_date"),
        ("10/06/2027", "bad_date"),
        ("10.06.27", "bad_date"),
        ("0001-01-01", "bad_date"),
        ("10 Foo 2027", "bad_date"),
        ("yarın", "bad_date"),
        (dt.time(9), "bad_date"),
    ],
)
def test_a_day_that_cannot_be_known_is_never_guessed(cell: str | dt.time, reason: str) -> None:
    with pytest.raises(BadCell) as caught:
        read_day(cell)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("09:00", dt.time(9)),
        ("9.30", dt.time(9, 30)),
        ("9:30:00", dt.time(9, 30)),
        ("9:30 PM", dt.time(21, 30)),
        ("12:15 am", dt.time(0, 15)),
        ("24:00", dt.time(0)),
        ("0.375", dt.time(9)),
        ("0.5", dt.time(12)),
        ("0.25", dt.time(6)),
        ("0.30", dt.time(0, 30)),
        ("00.45", dt.time(0, 45)),
        (dt.time(23, 45), dt.time(23, 45)),
        ("11.06.2027 08:15", dt.datetime(2027, 6, 11, 8, 15)),  # noqa: DTZ001
        ("", None),
    ],
)
def test_a_time_is_read_in_each_way_it_is_written(cell: str | dt.time, time: dt.time | None) -> None:
    assert read_time(cell) == time


@pytest.mark.parametrize("cell", ["9", "25:00", "09:60", "13:00 PM", "14.15-15.00", "sabah", DAY])
def test_what_is_no_time_is_refused(cell: str | dt.date) -> None:
    with pytest.raises(BadCell, match="bad_time"):
        read_time(cell)


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("09:00", "10:00", ("10 09:00", "10 10:00")),
        ("22:00", "00:00", ("10 22:00", "11 00:00")),
        ("23:30", "00:45", ("10 23:30", "11 00:45")),
        ("01:00", "01:45", ("11 01:00", "11 01:45")),
        ("03:59", "05:00", ("11 03:59", "11 05:00")),
        ("09:00", "", ("10 09:00", None)),
        ("", "22:00", (None, "10 22:00")),
        ("", "01:00", (None, "11 01:00")),
        ("09:00", "2027-06-12 18:00", ("10 09:00", "12 18:00")),
    ],
)
def test_times_before_four_belong_to_the_night_after_the_programme_day(
    start: str, end: str, span: tuple[str | None, str | None]
) -> None:
    expected = [dt.datetime.strptime(f"2027-06-{each}", "%Y-%m-%d %H:%M") if each else None for each in span]  # noqa: DTZ007
    assert read_span(DAY, read_time(start), read_time(end)) == Span(*expected)


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("15:15", "14:15", "end_before_start"),
        ("15:15", "04:00", "end_before_start"),
        ("01:00", "00:30", "end_before_start"),
        ("09:00", "09:00", "end_equals_start"),
        ("01:00", "01:00", "end_equals_start"),
    ],
)
def test_any_other_end_before_its_start_is_refused(start: str, end: str, reason: str) -> None:
    with pytest.raises(BadCell) as caught:
        read_span(DAY, read_time(start), read_time(end))
    assert caught.value.reason == reason


def test_clocks_of_two_zones_are_not_compared() -> None:
    span = read_span(DAY, dt.time(9), dt.time(8, 30), one_clock=False)
    assert span == Span(dt.datetime(2027, 6, 10, 9), dt.datetime(2027, 6, 10, 8, 30))  # noqa: DTZ001


@pytest.mark.parametrize(("cell", "number"), [("40", 40), ("1.000", 1000), ("1 250", 1250), ("40.0", 40), ("", None)])
def test_seats_are_counted_as_turkish_writes_numbers(cell: str, number: int | None) -> None:
    assert read_number(cell) == number


@pytest.mark.parametrize("cell", ["-1", "1,5", "yüz", "1_000", "\uff14\uff10", "12345678", DAY])
def test_what_is_no_number_of_seats_is_refused(cell: str | dt.date) -> None:
    with pytest.raises(BadCell, match="bad_number"):
        read_number(cell)


def test_languages_are_known_by_name_in_both_languages_and_by_tag() -> None:
    assert read_languages("Türkçe, İngilizce") == (["tr", "en"], [])
    assert read_languages("German / FRANSIZCA; pt-BR") == (["de", "fr", "pt-BR"], [])
    assert read_languages("Türkçe, Klingonca") == (["tr"], ["Klingonca"])
    assert read_languages("yok") == ([], ["yok"])
    assert read_languages("sl-rozaj-biske-1994, de-abcdefgh-abcdefgh-a") == (
        ["sl-rozaj-biske-1994"],
        ["de-abcdefgh-abcdefgh-a"],
    )


def test_people_keep_everything_after_the_dash() -> None:
    text = "Gül Deneme-Kurgu — Daire Başkanı, Çevre ve İklim Dairesi, Işıklar Büyükşehir Belediyesi;  Zoë Voorbeeld ;"
    assert read_people(text, "speaker", "tr") == [
        Contributor(
            "speaker",
            "Gül Deneme-Kurgu",
            shown={"tr": "Daire Başkanı, Çevre ve İklim Dairesi, Işıklar Büyükşehir Belediyesi"},
        ),
        Contributor("speaker", "Zoë Voorbeeld", shown={"tr": ""}),
    ]


@pytest.mark.parametrize("dash", [" — ", "—", " – ", " - ", "\n— "])
def test_each_dash_that_people_type_parts_name_and_position(dash: str) -> None:
    assert read_people(f"Ayşe Örnek{dash}Belediye Başkanı", "chair", "tr") == [
        Contributor("chair", "Ayşe Örnek", shown={"tr": "Belediye Başkanı"})
    ]


def test_one_person_a_line_is_told_by_the_dashes() -> None:
    people = read_people("Ayşe Örnek — Başkan\nJale Misal — Müdür,\nSu İdaresi", "speaker", "tr")
    assert [(person.name, person.shown["tr"]) for person in people] == [
        ("Ayşe Örnek", "Başkan"),
        ("Jale Misal", "Müdür, Su İdaresi"),
    ]
    folded = read_people("Ayşe Örnek — Belediye Başkanı,\nÇınarlı Belediyesi", "speaker", "tr")
    assert [(person.name, person.shown["tr"]) for person in folded] == [
        ("Ayşe Örnek", "Belediye Başkanı, Çınarlı Belediyesi")
    ]


def test_signs_that_part_people_can_be_escaped() -> None:
    assert read_people(r"A \; B \— C \\ — Müdür\; vekil; D", "host", "en") == [
        Contributor("host", "A ; B — C \\", shown={"en": "Müdür; vekil"}),
        Contributor("host", "D", shown={"en": ""}),
    ]


def test_a_crowd_in_one_cell_is_refused() -> None:
    with pytest.raises(BadCell, match="too_many_people"):
        read_people("Ayşe;" * 201, "speaker", "tr")
