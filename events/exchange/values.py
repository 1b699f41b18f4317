"""One cell to one value: dates, times, numbers, languages and people as officers type them.

Each function takes the text or the date of a cell and raises ``BadCell`` with a reason code when the
cell says something that cannot be meant; an empty cell is never an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from events.turkish import fold

from . import columns, limits
from .rows import Contributor

Cell = str | date | time | datetime

NIGHT_ENDS = time(4)
#: A start farther from its programme day is no night session but a mistake.
FARTHEST = timedelta(days=2)
#: Where the clock times of a row without any day stand until its event gives it one.
UNDATED = date(2000, 1, 1)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_WORDED_DATE = re.compile(r"(\d{1,2})\.? ([^\W\d]+) (\d{4})(?: [^\W\d]+)?|[^\W\d]+,? (\d{1,2}) ([^\W\d]+) (\d{4})")
_NO_YEAR = re.compile(r"\d{1,2}\.\d{1,2}\.?|\d{1,2}\.? [^\W\d]+(?: [^\W\d]+)?")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::00(?:\.0+)?)?(?: ?([AaPp])\.?[Mm]\.?)?")
_MOMENT = re.compile(r"(\S+?)[T ](\d{1,2}[:.]\d{2}(?::00)?)")
_SERIAL = re.compile(r"\d{5}")
_FRACTION = re.compile(r"0(?:\.\d+)?|\d(?:\.\d+)?E-\d\d?")
# ``0.30`` is half past midnight; a quarter of a day is the only fraction that is written so.
_AFTER_MIDNIGHT = re.compile(r"0\.(?!25)[0-5]\d")
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
#: A language tag (BCP 47), loosely, and no longer than our column.
TAG = re.compile(r"(?=.{2,20}\Z)[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
# A language by its bare tag: in small letters, as tags are written. Two short Turkish words are none.
_CODE = re.compile(r"(?=.{2,20}\Z)[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_NO_CODES = {"var", "yok"}
_PERSON = re.compile(r"(?:\\.|[^\\;])+", re.DOTALL)
_DASH = re.compile(r"\s*(?<!\\)—\s*|\s+(?<!\\)[–-]\s+")
_ESCAPED = re.compile(r"\\([\\;—–-])")
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "ocak january jan", "subat february feb", "mart march mar", "nisan april apr", "mayis may", "haziran june jun",
            "temmuz july jul", "agustos august aug", "eylul september sep", "ekim october oct", "kasim november nov",
            "aralik december dec",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip


class BadCell(Exception):  # noqa: N818 - a refusal, not a fault
    """A cell that cannot be read; ``reason`` is the code for the message."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_day(cell: Cell) -> date | None:
    """Read a programme day: a date cell, ``2027-06-10``, ``10.06.2027`` or ``10 Haziran 2027``."""
    if isinstance(cell, datetime):
        return _sensible(cell.date())
    if isinstance(cell, date):
        return _sensible(cell)
    if isinstance(cell, time):
        raise BadCell("bad_date")
    text = cell.strip()
    return _day_from_text(text) if text else None


def _day_from_text(text: str) -> date:
    text = re.sub(r"[T ]0?0:00(:00(\.0+)?)?$", "", text)
    if found := _ISO_DATE.fullmatch(text):
        return _date(found[1], found[2], found[3])
    if found := _DOTTED_DATE.fullmatch(text):
        return _date(found[3], found[2], found[1])
    if _SERIAL.fullmatch(text):
        return _sensible(date(1899, 12, 30) + timedelta(days=int(text)))
    if found := _WORDED_DATE.fullmatch(text):
        day, month, year = found.groups()[:3] if found[1] else found.groups()[3:]
        number = _MONTHS.get(fold(month), 0)
        return _date(year, str(number), day)
    raise BadCell("no_year" if _NO_YEAR.fullmatch(text) else "bad_date")


def _date(year: str, month: str, day: str) -> date:
    try:
        return _sensible(date(int(year), int(month), int(day)))
    except ValueError:
        raise BadCell("bad_date") from None


def _sensible(day: date) -> date:
    if not 1900 <= day.year <= 2199:
        raise BadCell("bad_date")
    return day


def read_time(cell: Cell) -> time | datetime | None:
    """Read a clock time: a time cell, ``09:00``, ``9.30``, ``24:00``; with a date before it, that moment."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, time):
        return cell
    if isinstance(cell, date):
        raise BadCell("bad_time")
    text = cell.strip()
    if not text:
        return None
    if found := _MOMENT.fullmatch(text):
        return datetime.combine(_day_from_text(found[1]), _clock(found[2]))
    if _FRACTION.fullmatch(text) and not _AFTER_MIDNIGHT.fullmatch(text):
        return _from_minutes(round(float(text) * 1440))
    return _clock(text)


def _from_minutes(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _clock(text: str) -> time:
    found = _TIME.fullmatch(text)
    if not found:
        raise BadCell("bad_time")
    hour, minute = int(found[1]), int(found[2])
    if found[3]:
        if not 1 <= hour <= 12:
            raise BadCell("bad_time")
        hour = hour % 12 + (12 if found[3] in "pP" else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    if hour > 23 or minute > 59:
        raise BadCell("bad_time")
    return time(hour, minute)


def day_of(moment: datetime) -> date:
    """The programme day of a start that comes with its date: before 04:00 the day before."""
    return moment.date() - timedelta(days=moment.time() < NIGHT_ENDS)


@dataclass(frozen=True, slots=True)
class Span:
    """When a row happens, on the wall clock of its place."""

    start: datetime | None
    end: datetime | None


def read_span(
    day: date | None, start: time | datetime | None, end: time | datetime | None, *, one_clock: bool = True
) -> Span:
    """Put clock times on dates: before 04:00 is the night after the programme day.

    An end before 04:00 that is not after its start is the next date; any other end that is not after
    its start raises ``BadCell``. Without a day a clock time has no date, so there is no span. Where start and
    end are on clocks of two zones (not ``one_clock``), which is earlier is not for the clocks to say.
    """
    begins = _on_date(day, start)
    if not one_clock:
        return Span(begins, _on_date(day, end))
    ends = _end_date(day, begins, end)
    if begins and ends and ends <= begins:
        raise BadCell("end_before_start" if ends < begins else "end_equals_start")
    return Span(begins, ends)


def _on_date(day: date | None, clock: time | datetime | None) -> datetime | None:
    if isinstance(clock, datetime) or clock is None:
        return clock
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=clock < NIGHT_ENDS), clock)


def _end_date(day: date | None, begins: datetime | None, end: time | datetime | None) -> datetime | None:
    if begins is None or not isinstance(end, time):
        return _on_date(day, end)
    same = datetime.combine(begins.date(), end)
    if same < begins and end < NIGHT_ENDS <= begins.time():
        return same + timedelta(days=1)
    return same


def read_number(cell: Cell) -> int | None:
    """Read a whole number of seats; ``1.000`` is a thousand, as Turkish writes it."""
    text = cell.strip() if isinstance(cell, str) else "?"
    if not text:
        return None
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "").replace(" ", "")
    text = text.removesuffix(".0")
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise BadCell("bad_number")
    return int(text)


def read_languages(text: str) -> tuple[list[str], list[str]]:
    """Read a list of languages by name or tag: the tags, and the words that are no language we know."""
    known: list[str] = []
    unknown: list[str] = []
    for word in re.split(r"[,;/\n]| ve | and | \+ ", text):
        word = word.strip()
        if not word:
            continue
        tag = columns.language(word) or (word if _CODE.fullmatch(word) and word not in _NO_CODES else "")
        (known if tag else unknown).append(tag or word)
    return list(dict.fromkeys(known)), unknown


def read_people(text: str, role: str, language: str) -> list[Contributor]:
    """Read ``Name — position, organisation; Name …``: the text after the first dash stays whole."""
    people: list[Contributor] = []
    for part in _people_parts(text):
        name, position = _split_person(part)
        if name:
            people.append(Contributor(role, name, shown={language: position}))
    if len(people) > limits.PEOPLE_PER_ROW:
        raise BadCell("too_many_people")
    return people


def _people_parts(text: str) -> list[str]:
    parts: list[str] = []
    for part in _PERSON.findall(text):
        lines = part.split("\n")
        # One person a line is told by a dash in more than one line; else, and after a comma, a line break is a fold.
        if sum(bool(_DASH.search(line)) for line in lines) > 1:
            parts.extend("\n".join(lines).replace(",\n", ", ").split("\n"))
        else:
            parts.append(" ".join(lines))
    return parts


def _split_person(part: str) -> tuple[str, str]:
    pieces = _DASH.split(part, maxsplit=1)
    name, position = pieces[0], pieces[1] if len(pieces) > 1 else ""
    return _plain(name), _plain(position)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", " ".join(text.split()))
