"""Files become rows: whatever the encoding, the separator, the order of columns and what stands above them."""

import datetime as dt
from typing import Any

import pytest

from events.exchange.child import read
from events.exchange.rows import Contributor, Row, from_plain, to_plain
from tests.events.exchange_files import (
    FORUM,
    PRETALX,
    raw_workbook,
    refusal,
    remarks,
    sample,
    text_table,
    workbook,
)

HEADER = ["Gün", "Başlangıç", "Bitiş", "Başlık (TR)", "Title (EN)", "Salon"]
ROW = ["10.06.2027", "09:00", "10:00", "Açılış", "Opening", "Salon Iğdır"]


def cell(text: str, *, style: int = 0, kind: str = "inlineStr") -> str:
    inside = f"<is><t>{text}</t></is>" if kind == "inlineStr" else f"<v>{text}</v>"
    return f'<c t="{kind}" s="{style}">{inside}</c>'


def sheet(*rows: str, before: str = "") -> str:
    return f"<worksheet>{before}<sheetData>{''.join(f'<row>{row}</row>' for row in rows)}</sheetData></worksheet>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1254"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_text_table_is_read_in_each_encoding_and_with_each_separator(encoding: str, separator: str) -> None:
    reading = read(text_table(HEADER, ROW, separator=separator, encoding=encoding))
    assert reading.rows == [
        Row(
            row=2,
            line=2,
            given=("day", "end", "room", "start", "title_en", "title_tr"),
            day=dt.date(2027, 6, 10),
            start=dt.datetime(2027, 6, 10, 9),  # noqa: DTZ001 - wall-clock time
            end=dt.datetime(2027, 6, 10, 10),  # noqa: DTZ001
            title={"tr": "Açılış", "en": "Opening"},
            room="Salon Iğdır",
            status="confirmed",
        )
    ]
    assert reading.language == "tr"


def test_a_workbook_gives_the_same_rows_as_text() -> None:
    text, book = read(text_table(HEADER, ROW)), read(workbook(HEADER, ROW))
    for row in text.rows:
        row.line = None
    assert book.rows == text.rows


def test_date_and_time_cells_are_read_by_their_format() -> None:
    reading = read(
        workbook(
            ["Day", "Start", "End", "Title", "Capacity"],
            [dt.date(2027, 6, 10), dt.time(9, 30), dt.time(11), "Opening", 40],
            [dt.datetime(2027, 6, 10, 0, 0), dt.time(23, 45), dt.time(0, 15), "Night", 40.0],  # noqa: DTZ001
        )
    )
    assert [(row.day, row.start, row.end, row.capacity, row.title) for row in reading.rows] == [
        (dt.date(2027, 6, 10), *times("10 09:30", "10 11:00"), 40, {"en": "Opening"}),
        (dt.date(2027, 6, 10), *times("10 23:45", "11 00:15"), 40, {"en": "Night"}),
    ]


def times(*stamps: str) -> list[dt.datetime]:
    return [dt.datetime.fromisoformat(f"2027-06-{stamp.replace(' ', 'T')}") for stamp in stamps]


def test_hours_counted_on_behind_midnight_are_the_night_after() -> None:
    reading = read(
        workbook(
            ["Day", "Start", "End", "Title"],
            [dt.date(2027, 6, 10), dt.time(22), dt.timedelta(hours=24), "Dinner"],
            [dt.date(2027, 6, 10), dt.timedelta(hours=25, minutes=30), dt.timedelta(hours=26), "Night walk"],
        )
    )
    assert [(row.start, row.end) for row in reading.rows] == [
        tuple(times("10 22:00", "11 00:00")),
        tuple(times("11 01:30", "11 02:00")),
    ]


def test_a_start_that_is_days_away_from_its_day_is_refused() -> None:
    header = ["Day", "Start", "End", "Title"]
    far = ["10.06.2027", "10.06.2026 09:00", "10.06.2027 10:00", "Another year"]
    near = ["10.06.2027", "11.06.2027 00:30", "", "Night"]
    reading = read(text_table(header, far, near))
    assert [row.title for row in reading.rows] == [{"en": "Night"}]
    assert remarks(reading) == [(2, "Start", "10.06.2026 09:00", "far_from_day")]


def test_what_excel_for_mac_counts_from_1904_is_the_same_day() -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    rows = (cell("Title") + cell("Day"), cell("Opening") + cell("45086", style=1, kind="n"))
    reading = read(raw_workbook(sheet(*rows), styles=styles, settings='<workbookPr date1904="1"/>'))
    assert [row.day for row in reading.rows] == [dt.date(2027, 6, 10)]


def test_shared_strings_rich_text_and_a_prefix_are_read() -> None:
    strings = (
        "<x:sst xmlns:x='y'><x:si><x:t>Title</x:t></x:si><x:si><x:t>Day</x:t></x:si><x:si><x:r><x:t>Ope</x:t></x:r>"
    )
    strings += "<x:r><x:t>ning</x:t></x:r><x:rPh><x:t>phonetic</x:t></x:rPh></x:si></x:sst>"
    rows = (cell("0", kind="s") + cell("1", kind="s"), cell("2", kind="s") + cell("2027-06-10", kind="str"))
    reading = read(raw_workbook(sheet(*rows), strings=strings))
    assert [(row.title, row.day) for row in reading.rows] == [({"en": "Opening"}, dt.date(2027, 6, 10))]


def test_characters_that_excel_writes_by_number_are_read_as_such() -> None:
    strings = "<sst><si><t>Açılış_x000D_\n2_x005F_x0041_</t></si></sst>"
    titles = cell("0", kind="s"), cell("a_x0041__xD83D_", kind="str"), cell("Title (TR)")
    book = raw_workbook(
        sheet(cell("Day") + titles[2], *(cell("2027-06-10") + each for each in titles[:2])), strings=strings
    )
    assert [row.title["tr"] for row in read(book).rows] == ["Açılış\n2_x0041_", "aA_xD83D_"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (cell("#REF!", kind="e"), "cell_error"),
        (cell("7", kind="s"), "cell_error"),
        ('<c t="n" s="1"><v>1e308</v></c>', "cell_error"),
        ("<c><f>TODAY()</f></c>", "formula_without_value"),
        (cell("TRUE", kind="b"), "bad_date"),
    ],
)
def test_a_cell_without_a_usable_value_refuses_its_row(broken: str, reason: str) -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    good = cell("Closing") + cell("2027-06-10")
    reading = read(raw_workbook(sheet(cell("Title") + cell("Day"), cell("Opening") + broken, good), styles=styles))
    assert [(each.row, each.column, each.reason) for each in reading.refused] == [(2, "Day", reason)]
    assert [row.title for row in reading.rows] == [{"en": "Closing"}]


def test_a_title_row_blank_rows_and_unknown_columns_are_allowed_and_counted() -> None:
    reading = read(
        text_table(
            ["İklim Forumu 2027", "", ""], ["", "", ""], ["Notlar", "Başlık", "Tarih"], ["", "", ""], ["x", "", ""],
            ["x", "Açılış", "2027-06-10"],
        )
    )  # fmt: skip
    assert (reading.title, reading.ignored_columns) == ("İklim Forumu 2027", ("Notlar",))
    assert [(row.row, row.title) for row in reading.rows] == [(6, {"tr": "Açılış"})]


def test_a_line_break_in_a_cell_counts_as_a_line_but_not_as_a_row() -> None:
    data = 'Başlık;Tarih\r\n"Açılış\nve karşılama";10.06.2027\r\nKapanış;10.06.2027\r\n'.encode()
    assert [(row.row, row.line, row.title["tr"]) for row in read(data).rows] == [
        (2, 2, "Açılış\nve karşılama"),
        (3, 4, "Kapanış"),
    ]


def test_hidden_columns_and_sheets_are_not_read_but_a_hidden_reference_is() -> None:
    columns = '<cols><col min="1" max="2" hidden="1"/></cols>'
    header = "".join(map(cell, ("Kod", "Moderatör", "Başlık", "Gün")))
    row = "".join(map(cell, ("A-1", "Jale Misal", "Açılış", "2027-06-10")))
    sheets = '<sheet name="Gizli" state="hidden" r:id="rId9"/><sheet name="Program" r:id="rId1"/>'
    reading = read(raw_workbook(sheet(header, row, before=columns), sheets=sheets))
    assert [(each.ref, each.people, each.title) for each in reading.rows] == [("A-1", (), {"tr": "Açılış"})]
    assert reading.ignored_columns == ("Moderatör",)


def test_a_title_of_one_column_goes_to_the_rows_language() -> None:
    reading = read(
        text_table(
            ["Başlık", "Dil", "Gün", "Özet"],
            ["Bürgerhaushalt", "Almanca", "2027-06-10", "Über Geld"],
            ["Opening", "İngilizce", "2027-06-10", ""],
            ["Açılış", "Türkçe, İngilizce", "2027-06-10", ""],
        )
    )
    assert [(row.title, row.abstract, row.languages) for row in reading.rows] == [
        ({"de": "Bürgerhaushalt"}, {"de": "Über Geld"}, ("de",)),
        ({"en": "Opening"}, {"en": ""}, ("en",)),
        ({"tr": "Açılış"}, {"tr": ""}, ("tr", "en")),
    ]


def test_what_is_missing_is_told_and_never_invented() -> None:
    reading = read(
        text_table(
            ["Kod", "Gün", "Başlangıç", "Bitiş", "Başlık (TR)", "Başlık (EN)"],
            ["A", "10.06.2027", "09:00", "", "Açılış", "Opening"],
            ["B", "10.06.2027", "", "10:00", "Açılış", ""],
            ["C", "7 Ekim", "09:00", "10:00", "Açılış", "Opening"],
            ["D", "", "09:00", "10:00", "Açılış", "Opening"],
            ["E", "10.06.2027", "09:00", "10:00", "", ""],
        )
    )
    assert [(each.ref, each.column, each.reason) for each in reading.missing] == [
        ("A", "Bitiş", "no_end"),
        ("B", "Başlık (EN)", "no_title_en"),
        ("B", "Başlangıç", "no_start"),
        ("C", "Gün", "no_year"),
        ("D", "Gün", "no_day"),
        ("E", "Başlık (TR)", "no_title"),
    ]
    assert [row.status for row in reading.rows] == ["confirmed", "confirmed", "draft", "draft", "draft"]
    assert [(row.start, row.end) for row in reading.rows[:2]] == [
        (times("10 09:00")[0], None),
        (None, times("10 10:00")[0]),
    ]


def test_words_nobody_knows_are_told_and_never_made_public() -> None:
    header = ["Kod", "Gün", "Başlık", "Tür", "Durum", "Dil", "Çeviri", "Katılım", "Kapasite"]
    start = ["2027-06-10", "Açılış"]
    reading = read(
        text_table(
            header,
            ["A", *start, "Sürpriz", "Ertelendi", "Klingonca", "", "", ""],
            ["B", *start, "", "", "", "Belki", "", ""],
            ["C", *start, "", "", "", "", "Bazıları", "çok"],
        )
    )
    assert [(row.ref, row.kind, row.status, row.languages) for row in reading.rows] == [("A", "other", "draft", ())]
    assert [(each.column, each.value, each.reason) for each in reading.reported] == [
        ("Tür", "Sürpriz", "unknown_kind"),
        ("Durum", "Ertelendi", "unknown_status"),
        ("Dil", "Klingonca", "unknown_language"),
    ]
    assert remarks(reading) == [
        (3, "Çeviri", "Belki", "unknown_interpretation"),
        (4, "Kapasite", "çok", "bad_number"),
        (4, "Katılım", "Bazıları", "unknown_audience"),
    ]


def test_people_of_two_languages_are_the_same_people() -> None:
    header = ["Title", "Day", "Speakers", "Speakers (TR)", "Chair"]
    row = [
        "Opening",
        "2027-06-10",
        "Ayşe Örnek — Mayor; Jale Misal",
        "Ayşe Örnek — Başkan; Ülkü Taslak — Üye",
        "Jale Misal",
    ]
    assert read(text_table(header, row)).rows[0].people == (
        Contributor("chair", "Jale Misal", shown={"en": ""}),
        Contributor("speaker", "Ayşe Örnek", shown={"en": "Mayor", "tr": "Başkan"}),
        Contributor("speaker", "Jale Misal", shown={"en": ""}),
        Contributor("speaker", "Ülkü Taslak", shown={"tr": "Üye"}),
    )


def test_an_apostrophe_before_a_formula_sign_goes_again_in_text_only() -> None:
    header = ["Title", "Day"]
    rows = [["'=1+1", "2027-06-10"], ["''@x", "2027-06-10"], ["'tis", "2027-06-10"]]
    assert [row.title["en"] for row in read(text_table(header, *rows)).rows] == ["=1+1", "'@x", "'tis"]
    assert [row.title["en"] for row in read(workbook(header, *rows)).rows] == ["'=1+1", "''@x", "'tis"]


@pytest.mark.parametrize("name", [*FORUM, *PRETALX])
def test_rows_come_through_the_pipe_as_they_were(name: str) -> None:
    rows = read(sample(name)).rows
    assert [from_plain(to_plain(row)) for row in rows] == rows


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ([["Ad", "Soyad"], ["Ayşe", "Örnek"]], "no_header"),
        ([["Gün", "Başlangıç"], ["2027-06-10", "09:00"]], "no_header"),
        ([["Başlık", "Gün", "Tarih"], ["Açılış", "2027-06-10", "2027-06-11"]], "double_column"),
        ([["Başlık", "Gün"]], "read"),
    ],
)
def test_a_table_that_is_no_programme_is_refused(table: list[list[str]], code: str) -> None:
    assert refusal(text_table(*table)) == code


def test_a_workbook_whose_only_sheet_is_hidden_is_refused() -> None:
    hidden: dict[str, Any] = {"sheets": '<sheet name="Program" state="veryHidden" r:id="rId1"/>'}
    assert refusal(raw_workbook(sheet(cell("Title") + cell("Day")), **hidden)) == "no_header"
