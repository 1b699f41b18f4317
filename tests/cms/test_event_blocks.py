"""Blocks that show rows: coming events, one event, a dialogue programme, the members, and their figures."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import translation

from cms.blocks import HomeBlock
from events.models import DialogueField, Event, LineOfWork, PublicEvent
from events.release import cancel_event, release_programme, withdraw_event
from tests.cms.factories import items, rendered
from tests.factories import (
    DialogueProgrammeFactory,
    EventFactory,
    EventOrganisationFactory,
    MembershipFactory,
    OrganisationFactory,
    PopulationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
UPCOMING = {"title": "", "count": 3, "kind": "", "line": "", "programme": None, "organisation": None}


@pytest.fixture
def today() -> Iterator[None]:
    with time_machine.travel("2027-06-10T09:00:00Z", tick=False):
        yield


def public(**fields: Any) -> Event:
    """A released event."""
    event: Event = EventFactory(**fields)
    release_programme(event=event)
    return event


def coming(days: int, **fields: Any) -> Event:
    """A released event so many days from now."""
    day = dt.date(2027, 6, 10) + dt.timedelta(days=days)
    return public(starts_on=day, ends_on=day, **fields)


def titles(html: str) -> list[str]:
    """The names of events in their order."""
    return [part.partition("</a>")[0].rpartition(">")[2] for part in html.split("<h3>")[1:]]


def test_the_nearest_events_come_first_and_no_more_than_asked_for() -> None:
    for days, title in ((30, "Third"), (-1, "Over"), (0, "Today"), (10, "Second"), (60, "Fourth")):
        coming(days, title_en=title)
    EventFactory(title_en="Not released")
    withdraw_event(event=coming(1, title_en="Withdrawn"))
    with translation.override("en"):
        html = rendered("upcoming_events", UPCOMING)
        one = rendered("upcoming_events", {**UPCOMING, "count": 1, "title": "Next"})
    assert titles(html) == ["Today", "Second", "Third"]
    assert titles(one) == ["Today"]
    assert ["<h2>Coming events</h2>" in html, "<h2>Next</h2>" in one] == [True, True]
    assert '<a href="/en/events/">All events</a>' in html
    assert "Thursday 10 June 2027" in html


def test_a_cancelled_event_says_so() -> None:
    cancel_event(event=coming(5, title_en="Forum"))
    with translation.override("en"):
        assert "<strong>Cancelled</strong>" in rendered("upcoming_events", UPCOMING)


def test_events_can_be_narrowed_and_the_way_on_keeps_it() -> None:
    programme = DialogueProgrammeFactory(slug="kentler")
    house = OrganisationFactory()
    coming(1, title_en="Other")
    coming(2, title_en="Visit", kind=Event.Kind.STUDY_VISIT)
    coming(3, title_en="Voice", line_of_work=LineOfWork.ADVOCACY)
    coming(4, title_en="Series", dialogue_programme=programme)
    hosted = EventFactory(title_en="Hosted", starts_on=dt.date(2027, 7, 1), ends_on=dt.date(2027, 7, 1))
    EventOrganisationFactory(event=hosted, organisation=house)
    release_programme(event=hosted)
    wanted = [
        ({"kind": "study_visit"}, ["Visit"], "kind=study_visit"),
        ({"line": "2"}, ["Voice"], "line=2"),
        ({"programme": programme.pk}, ["Series"], "programme=kentler"),
        ({"organisation": house.pk}, ["Hosted"], f"organisation={house.pk}"),
    ]
    with translation.override("en"):
        found = [rendered("upcoming_events", {**UPCOMING, **chosen}) for chosen, _titles, _query in wanted]
    assert [titles(html) for html in found] == [names for _chosen, names, _query in wanted]
    assert [f'href="/en/events/?{query}"' in html for html, (_c, _t, query) in zip(found, wanted, strict=True)] == [
        True
    ] * 4


def test_nothing_coming_is_said() -> None:
    with translation.override("en"):
        assert "Nothing is announced at the moment." in rendered("upcoming_events", UPCOMING)


def test_one_event_is_shown_as_released() -> None:
    event = public(slug="forum", title_tr="Forum", title_en="", summary_en="Two days")
    Event.objects.filter(pk=event.pk).update(title_tr="Yarın değişecek")
    with translation.override("en"):
        html = rendered("event", {"event": event.pk})
    parts = [
        '<p class="kicker">Conference</p>',
        '<a href="/en/events/forum/"><span lang="tr">Forum</span> <span class="tongue">Turkish</span></a>',
        "Thursday 10 June 2027</strong>",
        "<p>Two days</p>",
        '<a class="button second" href="/en/events/forum/programme/">Programme</a>',
    ]
    assert [part for part in parts if part not in html] == [], html


def test_an_event_that_is_not_public_is_not_there_and_its_editor_is_told(rf: Any) -> None:
    drafted, withdrawn = EventFactory(title_en="Secret"), public(title_en="Taken back")
    withdraw_event(event=withdrawn)
    request = rf.get("/")
    request.is_preview = True
    with translation.override("en"):
        for event in (drafted, withdrawn):
            html = rendered("event", {"event": event.pk})
            assert [word in html for word in ("Secret", "Taken back", "notice")] == [False] * 3
            assert "This event is not public." in rendered("event", {"event": event.pk}, request=request)


def test_a_dialogue_programme_brings_its_coming_events() -> None:
    programme = DialogueProgrammeFactory(
        slug="kentler", title_en="Cities", objectives_en="To learn", field=DialogueField.SOCIAL
    )
    for days, title in ((-40, "Before"), (20, "Second"), (5, "First")):
        coming(days, title_en=title, dialogue_programme=programme)
    withdraw_event(event=coming(1, title_en="Withdrawn", dialogue_programme=programme))
    with translation.override("en"):
        html = rendered("dialogue_programme", {"programme": programme.pk})
    assert titles(html) == ["First", "Second"]
    parts = [
        "Dialogue programme · Services to members · social",
        '<h2><a href="/en/programmes/kentler/">Cities</a></h2>',
        "<p>To learn</p>",
        "1 has taken place",
    ]
    assert [part for part in parts if part not in html] == [], html


def test_a_dialogue_programme_without_public_events_is_not_there() -> None:
    programme = DialogueProgrammeFactory(title_en="Cities")
    EventFactory(dialogue_programme=programme)
    with translation.override("en"):
        assert "Cities" not in rendered("dialogue_programme", {"programme": programme.pk})


def test_a_row_that_was_deleted_leaves_the_page_whole() -> None:
    event, programme = public(), DialogueProgrammeFactory()
    ids = event.pk, programme.pk
    PublicEvent.objects.all().delete()
    event.delete(), programme.delete()
    assert "event-row" not in rendered("event", {"event": ids[0]})
    assert "series" not in rendered("dialogue_programme", {"programme": ids[1]}).replace("series-block", "")


MEMBERS = {"title": "", "show": "map", "on": None}


@pytest.fixture
def towns() -> None:
    """Four municipalities: one left in 2026, one joins in July 2027, of one no figure is known."""
    rows = [
        ("İğdeli", 41.0, 29.0, dt.date(2011, 4, 18), None, {2011: 88_000, 2026: 96_000}),
        ("Ilgınlı", 38.3, 31.9, dt.date(2011, 4, 18), None, {}),
        ("Çınarlı", 39.9, 32.8, dt.date(2011, 4, 18), dt.date(2026, 12, 31), {2011: 268_000}),
        ("Özbağ", None, None, dt.date(2027, 7, 1), None, {2024: 121_000}),
    ]
    for name, north, east, since, until, figures in rows:
        town = OrganisationFactory(name_tr=name, name_en=f"{name} Town", city_tr=name, latitude=north, longitude=east)
        MembershipFactory(organisation=town, starts_on=since, ends_on=until)
        for year, count in figures.items():
            PopulationFactory(organisation=town, year=year, count=count)


def listed(html: str) -> list[str]:
    """Names and figures of the list of members."""
    return [" ".join(each.split("</li>")[0].replace("<", " <").split()) for each in html.split("<li>")[1:]]


@pytest.mark.usefixtures("towns")
@pytest.mark.parametrize(
    ("on", "rows", "line"),
    [
        (
            None,
            [
                "<span>Ilgınlı </span>",
                '<span>İğdeli </span> <span class="figure">96.000 </span>',
            ],
            "10 Haziran 2027 itibarıyla <strong>2</strong> üye. 2027 yılına kadarki en son verilere göre"
            " <strong>96.000</strong> kişiyi temsil ediyorlar.",
        ),
        (
            "2012-01-01",
            [
                '<span>Çınarlı </span> <span class="figure">268.000 </span>',
                "<span>Ilgınlı </span>",
                '<span>İğdeli </span> <span class="figure">88.000 </span>',
            ],
            "1 Ocak 2012 itibarıyla <strong>3</strong> üye. 2012 yılına kadarki en son verilere göre"
            " <strong>356.000</strong> kişiyi temsil ediyorlar.",
        ),
    ],
)
def test_members_and_their_people_are_counted_for_a_day(on: str | None, rows: list[str], line: str) -> None:
    """By memberships and the figures known for that year, in the Turkish order of names."""
    with translation.override("tr"):
        html = rendered("members", {**MEMBERS, "on": on})
    assert listed(html) == rows
    assert line in html
    assert "1 üyenin nüfusu bilinmiyor." in html


@pytest.mark.usefixtures("towns")
def test_the_map_is_drawn_here_and_the_list_stays() -> None:
    with translation.override("en"):
        html, plain = rendered("members", MEMBERS), rendered("members", {**MEMBERS, "show": "list"})
    assert [html.count(part) for part in ("<svg", "<circle", "<path", "href", "<li>")] == [1, 2, 1, 0, 2]
    assert 'role="img" aria-label="Map of the members; the list below says the same."' in html
    assert [plain.count(part) for part in ("<svg", "<li>")] == [0, 2]


def test_without_places_there_is_only_the_list() -> None:
    MembershipFactory()
    html = rendered("members", MEMBERS)
    assert [html.count(part) for part in ("<svg", "<li>")] == [0, 1]


def test_no_members_are_no_mistake() -> None:
    with translation.override("en"):
        assert "On 10 June 2027 there were no members on record." in rendered("members", MEMBERS)


@pytest.mark.usefixtures("towns")
@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("tr", ["<dd>2</dd>", "<dd>1,6 milyon</dd>", "10 Haziran 2027 tarihinde"]),
        ("en", ["<dd>2</dd>", "<dd>1.6 million</dd>", "Counted on 10 June 2027"]),
    ],
)
def test_the_home_page_tells_the_figures_as_one_says_them(language: str, parts: list[str]) -> None:
    town = OrganisationFactory(kind="university")
    PopulationFactory(organisation=town, year=2020, count=5_000_000)
    PopulationFactory(organisation=_member("Ilgınlı"), year=2025, count=1_549_000)
    with translation.override(language):
        html = rendered("figures", {"title": "Kimiz", "text": "", "page": None}, HomeBlock)
    assert [part for part in parts if part not in html] == [], html


def _member(name: str) -> Any:
    return MembershipFactory._meta.model.objects.get(organisation__name_tr=name).organisation


def test_lines_of_work_are_named_as_everywhere() -> None:
    lines = items(
        {"line": "1", "text": "Buluşuruz", "page": None}, {"line": "4", "text": "Temsil ederiz", "page": None}
    )
    with translation.override("tr"):
        html = rendered("lines", {"title": "Ne yapıyoruz", "lines": lines}, HomeBlock)
    parts = [
        "<h2>Ne yapıyoruz</h2>",
        "<h3>İş birliği platformu</h3>",
        "<p>Buluşuruz</p>",
        "<h3>Uluslararası temsil</h3>",
    ]
    assert [part for part in parts if part not in html] == [], html
