"""The spreadsheet back: nothing is lost on the way out and in, and no cell becomes a formula."""

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from events.bilingual import texts
from events.exchange import writer
from events.exchange.apply import import_file, import_programme
from events.exchange.child import read
from events.exchange.export import export_programme
from events.exchange.places import folded
from events.models import Contribution, Event, Session
from events.turkish import clean
from tests.demo import Demo, demo  # noqa: F401 - a fixture
from tests.events.exchange_files import sample
from tests.factories import (
    ContributionFactory,
    EventFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    UserFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db

_SIGNS = "aşĞıİ \\;—–-'\"=+@,|\n\tß漢😀.:1"
_NAMES = st.text(_SIGNS, max_size=25).map(clean)
_TEXTS = st.text(_SIGNS, max_size=60).map(lambda text: clean(text, lines=True))
_FACTS = ("kind", "status", "audience", "interpretation", "title_tr", "title_en", "abstract_tr", "abstract_en")
_PLAIN = (*_FACTS, "day", "languages", "capacity", "start_zone", "end_zone", "title_other", "abstract_other")


@st.composite
def sessions(draw: st.DrawFn) -> dict[str, Any]:
    """The columns of a session as any hand may leave them, but ending after it starts; without a title a draft."""
    start = draw(st.none() | st.datetimes(dt.datetime(2027, 6, 10, 4), dt.datetime(2027, 6, 12, 3, 59)))  # noqa: DTZ001
    length = draw(st.integers(1, 4000))
    end = draw(st.none() | st.just(start + dt.timedelta(minutes=length) if start else None))
    titles = {name: draw(_NAMES) for name in ("title_tr", "title_en")}
    third = st.builds(lambda text: {"title_other": text, "other_language": "de"}, _NAMES.filter(bool))
    titles |= draw(st.just({}) | third)
    return {
        "day": dt.date(2027, 6, 10),
        **_clock("start", start),
        **_clock("end", end),
        **titles,
        **{name: draw(_TEXTS) for name in ("abstract_tr", "abstract_en")},
        "kind": draw(st.sampled_from(Session.Kind.values)),
        "status": draw(st.sampled_from(Session.Status.values)) if any(titles.values()) else Session.Status.DRAFT,
        "audience": draw(st.sampled_from(Session.Audience.values)),
        "interpretation": draw(st.sampled_from(Session.Interpretation.values)),
        "languages": draw(st.lists(st.sampled_from(["tr", "en", "de", "pt-BR", "gsw"]), unique=True, max_size=3)),
        "capacity": draw(st.none() | st.integers(0, 9_999_999)),
    }


def _clock(name: str, moment: dt.datetime | None) -> dict[str, Any]:
    """A time and, where the programme day alone would say another date, its date."""
    if moment is None:
        return {name: None, f"{name}_day": None}
    night = moment.time() < dt.time(4)
    usual = dt.date(2027, 6, 11) if night else dt.date(2027, 6, 10)
    stated = None if moment.date() == usual else moment.date()
    return {name: moment.time().replace(second=0, microsecond=0), f"{name}_day": stated}


@st.composite
def people(draw: st.DrawFn) -> list[tuple[str, str, str, str]]:
    """Role, name, position in Turkish, position in English; no name twice, as names are compared."""
    names = draw(st.lists(_NAMES.filter(bool), max_size=4, unique_by=folded))
    role = st.sampled_from(Contribution.Role.values)
    return [(draw(role), name, draw(_NAMES), draw(_NAMES)) for name in names]


def named(row: Any) -> dict[str, str]:
    """The names of a place or the like, by language."""
    return texts(row, "name") if row else {}


def told(event: Event) -> list[dict[str, Any]]:
    """The working programme as anyone reads it, by reference."""
    return [
        {
            **{name: getattr(session, name) for name in _PLAIN},
            "starts_at": session.starts_at,
            "ends_at": session.ends_at,
            "end": session.end,
            "room": named(session.room),
            "place": named(session.room.venue if session.room else session.venue),
            "track": named(session.track),
            "organisation": named(session.organisation),
            "parties": sorted(map(str, map(named, session.parties.all()))),
            "people": {
                role: [(each.person.name, each.shown_tr, each.shown_en) for each in session.contributions.all() if each.role == role]
                for role in Contribution.Role.values
            },
        }
        for session in event.sessions.in_order()
    ]  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    facts=st.lists(sessions(), min_size=1, max_size=3),
    crew=people(),
    form=st.sampled_from(["csv", "csv", "csv", "xlsx"]),
    language=st.sampled_from(["tr", "en"]),
)
def test_out_and_in_again_is_the_same_programme(
    facts: list[dict[str, Any]], crew: list[tuple[str, str, str, str]], form: str, language: str
) -> None:
    with transaction.atomic():
        event = EventFactory(venue=VenueFactory())
        places: list[dict[str, Any]] = [
            {"room": RoomFactory(venue=event.venue), "track": TrackFactory(event=event)},
            {"venue": VenueFactory(), "organisation": OrganisationFactory()},
            {},
        ]
        made = [SessionFactory(event=event, ref=f"R{n}", **each, **places[n]) for n, each in enumerate(facts)]
        for position, (role, name, turkish, english) in enumerate(crew):
            person = PersonFactory(name=name, family_name="")
            ContributionFactory(
                session=made[0], person=person, role=role, position=position, shown_tr=turkish, shown_en=english
            )
        made[0].parties.set([PartyFactory(event=event)])
        data = export_programme(event=event, form=form, language=language)
        report = import_programme(event=event, reading=read(data))
        assert (report.changes, report.created, report.refused) == ([], 0, [])
        other = EventFactory(venue=event.venue)
        report = import_programme(event=other, reading=read(data))
        assert (report.created, report.refused) == (len(facts), [])
        assert told(other) == told(event)
        transaction.set_rollback(True)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_journey_from_a_place_in_another_zone_goes_out_and_in_again(form: str) -> None:
    """Eleven in İstanbul is nine in Brussels: half past ten there is after it, whatever the two clocks say."""
    event = EventFactory(time_zone="Europe/Brussels")
    SessionFactory(
        event=event,
        start=dt.time(11),
        end=dt.time(10, 30),
        end_zone="Europe/Brussels",
        venue=VenueFactory(time_zone="Europe/Istanbul"),
    )
    report = import_file(event=event, data=export_programme(event=event, form=form, language="en"))
    assert (report.unchanged, report.refused) == (1, [])


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("name", ["forum.xlsx", "pretalx-export.json"])
def test_what_came_from_a_file_goes_out_and_in_again(name: str, form: str, language: str) -> None:
    event = EventFactory()
    import_file(event=event, data=sample(name))
    data = export_programme(event=event, form=form, language=language)
    report = import_file(event=event, data=data)
    assert (report.created, report.changed, report.unchanged, report.refused) == (0, 0, 119, [])
    other = EventFactory()
    assert import_file(event=other, data=data).created == 119
    assert told(other) == told(event)


def test_the_demos_events_go_out_and_in_again(demo: Demo) -> None:  # noqa: F811
    for event in demo.events.values():
        for form in ("xlsx", "csv"):
            report = import_file(event=event, data=export_programme(event=event, form=form, language="tr"))
            assert (report.created, report.changes, report.refused) == (0, [], [])
        other = EventFactory(venue=event.venue, time_zone=event.time_zone)
        report = import_file(event=other, data=export_programme(event=event, language="en"))
        assert (report.created, report.refused) == (event.sessions.count(), [])
        assert told(other) == told(event)


FORMULAS = ("=1+1", "+90 212", "-3 derece", "@davet", "'=1+1", "#REF!", "'kent hakkı'", "=cmd|'/C calc'!A0")


def test_no_cell_becomes_a_formula() -> None:
    event = EventFactory(title_en="=SUM(1)")
    for number, text in enumerate(FORMULAS):
        SessionFactory(event=event, ref=f"R{number}", title_tr=text, title_en=text, start=dt.time(9, number))
    sheet = load_workbook(BytesIO(export_programme(event=event, language="en"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in sheet["F"][2:]] == list(FORMULAS)
    text = export_programme(event=event, form="csv", language="en").decode("utf-8-sig")
    begins = {cell.strip('"')[:1] for line in text.splitlines()[1:] for cell in line.split(";")}
    assert begins & set("=+-@\t\r") == set()
    report = import_file(event=event, data=text.encode())
    assert (report.changed, report.unchanged) == (0, len(FORMULAS))


def test_what_looks_like_a_character_by_number_stays_what_it_is() -> None:
    event = EventFactory()
    SessionFactory(event=event, ref="A-1", title_tr="_x0041_ ve __x005F_x0041__")
    data = export_programme(event=event, language="tr")
    assert import_file(event=event, data=data).unchanged == 1
    assert load_workbook(BytesIO(data)).active["F3"].value == "_x005F_x0041_ ve __x005F_x005F_x005F_x0041__"


def test_a_workbook_has_a_title_and_cells_that_excel_can_count_with() -> None:
    event = EventFactory(title_tr="İklim Forumu", title_en="Climate Forum")
    SessionFactory(event=event, ref="A-1", capacity=40, confirmed=True)
    sheet = load_workbook(BytesIO(export_programme(event=event, language="tr"))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "İklim Forumu"
    assert rows[1][:7] == ("Kod", "Gün", "Başlangıç", "Bitiş", "Tür", "Başlık (TR)", "Başlık (EN)")
    assert rows[2][:5] == ("A-1", dt.datetime(2027, 6, 10, 0, 0), dt.time(9), dt.time(10), "Konuşma")  # noqa: DTZ001
    assert rows[2][14] == 40


def test_text_opens_in_turkish_excel() -> None:
    event = EventFactory()
    SessionFactory(event=event, ref="A-1", title_tr="Şehir; ve göç")
    data = export_programme(event=event, form="csv", language="tr")
    assert data.startswith(b"\xef\xbb\xbfKod;G\xc3\xbcn;")
    assert data.decode("utf-8-sig").splitlines()[1].startswith('A-1;10.06.2027;09:00;10:00;Konuşma;"Şehir; ve göç";')


def test_a_session_without_a_reference_is_met_by_its_calendar_uid() -> None:
    event = EventFactory()
    SessionFactory.create_batch(2, event=event, title_tr="Ara", title_en="")
    data = export_programme(event=event, form="csv", language="tr")
    report = import_file(event=event, data=data)
    assert (report.unchanged, list(event.sessions.values_list("ref", flat=True))) == (2, ["", ""])
    other = EventFactory()
    assert import_file(event=other, data=data).created == 2
    assert set(other.sessions.values_list("ref", flat=True)) == {str(each.uid) for each in event.sessions.all()}


def test_what_no_cell_can_hold_is_not_cut() -> None:
    session = SessionFactory(abstract_tr="a" * 32_768)
    with translation.override("en"), pytest.raises(ValidationError, match="too long for a spreadsheet"):
        export_programme(event=session.event, language="en")


def test_only_who_may_see_the_working_programme_exports_it() -> None:
    event = EventFactory(with_sessions=1)
    with pytest.raises(PermissionDenied):
        export_programme(event=event, by=AnonymousUser())  # type: ignore[arg-type]
    assert export_programme(event=event, form="csv", by=UserFactory(reader=True))


@pytest.mark.parametrize("number", [1, 3])
def test_an_export_asks_the_same_questions_whatever_its_size(django_assert_num_queries: Any, number: int) -> None:
    event = EventFactory()
    for _each in range(number):
        ContributionFactory(session__event=event, session__room=RoomFactory())
    with django_assert_num_queries(3):
        export_programme(event=event, form="csv", language="tr")


def test_the_command_writes_what_the_import_reads(tmp_path: Path) -> None:
    event = EventFactory(with_sessions=2)
    for name in ("programme.xlsx", "programme.csv"):
        call_command("export_programme", event.slug, output=tmp_path / name)
        report = import_file(event=event, data=(tmp_path / name).read_bytes())
        assert (report.created, report.changed, report.unchanged) == (0, 0, 2)


@pytest.mark.parametrize(
    ("slug", "name", "message"),
    [
        ("forum", "programme.ods", "Write to a file that ends in .xlsx or .csv."),
        ("yok", "programme.csv", "There is no event “yok”."),
        ("forum", "folder/programme.csv", "No such file or directory"),
    ],
)
def test_a_command_that_cannot_write_says_why(tmp_path: Path, slug: str, name: str, message: str) -> None:
    EventFactory(slug="forum")
    with pytest.raises(CommandError, match=message) as caught:
        call_command("export_programme", slug, output=tmp_path / name, language="en")
    assert caught.value.returncode == 2


def test_the_writer_takes_a_table_and_gives_a_workbook() -> None:
    out = BytesIO()
    row = [None, "=1+1", 40, {"date": "2027-06-10"}, {"time": "09:30"}, "\x0b"]
    writer.write({"title": "", "header": ["A", "B", "C", "D", "E", "F"], "rows": [row]}, out)
    rows = list(load_workbook(out).active.iter_rows(values_only=True))
    assert rows[1] == ("A", "B", "C", "D", "E", "F")
    assert rows[2] == (None, "=1+1", 40, dt.datetime(2027, 6, 10), dt.time(9, 30), None)  # noqa: DTZ001
