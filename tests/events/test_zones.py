"""The rules of zones: what calendars are told must give every reader the right instant."""

import datetime as dt
import zoneinfo
from zoneinfo import ZoneInfo

import pytest

from events.ical.calendars import zone_component
from events.ical.lines import lines_of, written
from events.zones import Observance, rule_of

HOUR = dt.timedelta(hours=1)


def test_istanbul_stays_where_it_is_since_september_2016() -> None:
    rule = rule_of("Europe/Istanbul")
    assert rule is not None
    assert (rule.valid_from, rule.observances) == (
        dt.datetime(2016, 9, 6, 21, tzinfo=dt.UTC),
        (Observance("+03", False, dt.datetime(2016, 9, 7), 3 * HOUR, 3 * HOUR),),  # noqa: DTZ001 - wall time
    )


def test_brussels_changes_on_last_sundays_since_1996() -> None:
    rule = rule_of("Europe/Brussels")
    assert rule is not None
    summer = Observance("CEST", True, _wall(1996, 3, 31, 2), HOUR, 2 * HOUR, "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")
    winter = Observance("CET", False, _wall(1996, 10, 27, 3), 2 * HOUR, HOUR, "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU")
    assert rule.observances == (summer, winter)


@pytest.mark.parametrize(
    ("zone", "rrules"),
    [
        ("America/New_York", ["FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"]),
        # The night before the last Sunday of March.
        (
            "America/Nuuk",
            ["FREQ=YEARLY;BYMONTH=3;BYDAY=SA;BYMONTHDAY=24,25,26,27,28,29,30", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"],
        ),
        # The Friday that begins when the last Thursday of October ends: at times it is in November.
        (
            "Africa/Cairo",
            [
                "FREQ=YEARLY;BYMONTH=4;BYDAY=-1FR",
                "FREQ=YEARLY;BYMONTH=10;BYDAY=FR;BYMONTHDAY=26,27,28,29,30,31",
                "FREQ=YEARLY;BYMONTH=11;BYDAY=FR;BYMONTHDAY=1",
            ],
        ),
        ("Asia/Kolkata", [""]),
    ],
)
def test_a_yearly_rule_is_told_as_calendars_repeat(zone: str, rrules: list[str]) -> None:
    rule = rule_of(zone)
    assert rule is not None
    assert [each.rrule for each in rule.observances] == rrules


def test_only_what_follows_the_moon_or_is_utc_has_no_rule() -> None:
    without = {zone for zone in zoneinfo.available_timezones() if rule_of(zone) is None}
    moon = {"Africa/Casablanca", "Africa/El_Aaiun", "Asia/Gaza", "Asia/Hebron"}
    utc = {"UTC", "UCT", "Universal", "Zulu"}
    assert without == moon | utc | {f"Etc/{name}" for name in utc}


@pytest.mark.parametrize(
    ("zone", "moment", "told"),
    [
        ("Europe/Istanbul", dt.datetime(2016, 9, 6, 20, 59, tzinfo=dt.UTC), False),
        ("Europe/Istanbul", dt.datetime(2016, 9, 6, 21, tzinfo=dt.UTC), True),
        # 02:30 on this night comes twice in Brussels, 03:00 once.
        ("Europe/Brussels", dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC), False),
        ("Europe/Brussels", dt.datetime(2027, 10, 31, 1, 30, tzinfo=dt.UTC), False),
        ("Europe/Brussels", dt.datetime(2027, 10, 31, 2, 0, tzinfo=dt.UTC), True),
        ("America/New_York", dt.datetime(2007, 3, 11, 6, 59, tzinfo=dt.UTC), False),
    ],
)
def test_a_rule_tells_only_what_it_gets_right(zone: str, moment: dt.datetime, told: bool) -> None:
    rule = rule_of(zone)
    assert rule is not None
    assert rule.tells(moment) is told


def test_every_zone_read_from_its_rule_alone_gives_the_right_instants() -> None:
    wrong = []
    for zone in sorted(zoneinfo.available_timezones()):
        rule = rule_of(zone)
        if rule is None or zone.startswith("Etc/"):
            continue
        read = zone_component(rule).to_tz(lookup_tzid=False)
        for moment in _moments():
            wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            if rule.tells(moment) and wall.replace(tzinfo=read).astimezone(dt.UTC) != moment:
                wrong.append((zone, moment))
    assert wrong == []


def test_a_zone_is_written_as_outlook_reads_it() -> None:
    rule = rule_of("Europe/Brussels")
    assert rule is not None
    assert written(lines_of(zone_component(rule))).decode().split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Brussels",
        "BEGIN:DAYLIGHT",
        "DTSTART:19960331T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def _moments() -> list[dt.datetime]:
    """Three a month, from 2024 to 2028, at odd hours."""
    first = dt.datetime(2024, 1, 1, 0, 30, tzinfo=dt.UTC)
    return [first + dt.timedelta(days=10.3) * number for number in range(178)]


def _wall(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # type: ignore[misc,arg-type] # noqa: DTZ001 - wall time
