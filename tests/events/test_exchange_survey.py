"""Tables nobody knows yet: where the column names stand, what the columns could be, and reading them as they were laid out."""

import pytest

from events.exchange import child
from events.exchange.files import read_programme, survey_table
from events.exchange.guessing import likeness
from events.exchange.rows import FileRefused, Layout
from events.forms.columns import letters
from tests.events.exchange_files import FORUM, PRETALX, raw_workbook, sample, text_table, workbook

UNKNOWN = text_table(
    ["Programımız"],
    ["Ne vakit", "Kaçta", "Biter", "Konu", "Biçim", "Söz alanlar", "Sandalye"],
    ["10.06.2027", "09:00", "10:00", "Açılış", "Panel", "Ayşe Örnek — Başkan", "40"],
    ["10.06.2027", "10:00", "11:00", "İklim, su ve kent", "Çalıştay", "Ali Deneme — Uzman", "40"],
)


def guesses(data: bytes, layout: Layout | None = None) -> dict[str, str]:
    return {column.header: column.guess for column in child.survey(data, layout or Layout()).columns}


def test_columns_are_guessed_by_name_and_by_value() -> None:
    found = child.survey(UNKNOWN, Layout())
    assert (found.form, found.header, found.language) == ("text", 2, "tr")
    assert guesses(UNKNOWN) == {
        "Ne vakit": "day",
        "Kaçta": "start",
        "Biter": "end",
        "Konu": "title",
        "Biçim": "kind",
        "Söz alanlar": "speakers",
        "Sandalye": "",
    }
    assert found.columns[1].values == ["09:00", "10:00"]
    assert found.rows[0] == (1, "Programımız")


@pytest.mark.parametrize(
    ("header", "name", "least"),
    [
        ("Oturumun başlığı", "title", 0.5),
        ("Salonun adı", "room", 0.5),
        ("Konuşmacılarımız", "speakers", 0.5),
        ("Starting time", "start", 0.5),
        ("Session room", "room", 0.5),
    ],
)
def test_names_that_are_nearly_ours(header: str, name: str, least: float) -> None:
    assert likeness(header, name) >= least


def test_a_name_that_is_ours_is_not_guessed_away() -> None:
    assert guesses(sample(FORUM[0]))["Başlık (TR)"] == "title_tr"


def test_a_table_is_read_as_it_was_laid_out() -> None:
    """In the process with limits too; what was left out is told."""
    layout = Layout(header=2, columns={1: "day", 2: "start", 4: "title"}, language="tr")
    reading = read_programme(UNKNOWN, layout)
    assert [(row.row, row.title, row.start and row.start.isoformat()) for row in reading.rows] == [
        (3, {"tr": "Açılış"}, "2027-06-10T09:00:00"),
        (4, {"tr": "İklim, su ve kent"}, "2027-06-10T10:00:00"),
    ]
    assert reading.ignored_columns == ("Biter", "Biçim", "Söz alanlar", "Sandalye")
    assert survey_table(UNKNOWN, Layout()) == child.survey(UNKNOWN, Layout())


def test_a_table_without_column_names() -> None:
    table = text_table(["10.06.2027", "09:00", "Açılış"], ["11.06.2027", "10:00", "Kapanış"])
    found = child.survey(table, Layout(header=-1))
    assert (found.header, [column.header for column in found.columns]) == (0, ["", "", ""])
    reading = child.read(table, Layout(columns={1: "day", 3: "title"}, language="tr"))
    assert [row.title for row in reading.rows] == [{"tr": "Açılış"}, {"tr": "Kapanış"}]


def test_a_layout_that_makes_no_table_is_refused() -> None:
    for layout in (Layout(header=2, columns={1: "day"}), Layout(header=99, columns={1: "day", 4: "title"})):
        with pytest.raises(FileRefused) as caught:
            child.read(UNKNOWN, layout)
        assert caught.value.code == "no_header"


@pytest.mark.parametrize("name", PRETALX)
def test_what_says_itself_what_is_what_has_no_columns_to_match(name: str) -> None:
    with pytest.raises(FileRefused) as caught:
        child.survey(sample(name), Layout())
    assert caught.value.code == "no_table"


def test_a_sheet_is_chosen_by_name() -> None:
    """The first that is known, else the first with something in it; a name that is not there is no reason to fail."""
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in ((1, "Program"), (4, "Yedek"))
    )
    cells = "<row r='1'><c t='str'><v>Başlık</v></c><c t='str'><v>Gün</v></c></row><row r='2'><c t='str'><v>Açılış</v></c><c t='str'><v>10.06.2027</v></c></row>"
    one = raw_workbook(f"<worksheet><sheetData>{cells}</sheetData></worksheet>", sheets=sheets.replace("rId4", "rId1"))
    reading = child.read(one)
    assert (reading.sheet, reading.sheets) == ("Program", ("Program", "Yedek"))
    assert child.read(one, Layout(sheet="Yedek")).sheet == "Yedek"
    assert child.read(one, Layout(sheet="Başka")).sheet == "Program"
    assert child.survey(one, Layout(sheet="Yedek")).sheet == "Yedek"


def test_a_survey_reads_no_more_than_it_needs() -> None:
    """A long sheet costs what a short one does."""
    book = workbook(["Konu", "Ne vakit"], *(["Açılış", "10.06.2027"] for _each in range(3000)))
    assert len(child.survey(book, Layout()).rows) == 20


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letters(number) for number in (1, 26, 27, 52, 53, 200)] == ["A", "Z", "AA", "AZ", "BA", "GR"]
