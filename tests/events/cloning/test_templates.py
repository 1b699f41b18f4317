"""Templates: those of the program in both languages, and an officer's own, without people."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from events.cloning import (
    Blueprint,
    builtin_templates,
    create_from_template,
    drop_template,
    forecast,
    keep_template,
    read_blueprint,
)
from events.cloning.blueprint import Part
from events.conflicts import find_conflicts
from events.models import Event, EventTemplate, Room
from tests.factories import (
    ContributionFactory,
    EventFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    UserFactory,
)

NEXT = dt.date(2028, 5, 3)


@pytest.fixture
def officer(db: None) -> Any:
    return UserFactory(officer=True)


@pytest.mark.parametrize("key", ["conference", "study_visit", "workshop"])
def test_each_of_ours_makes_an_event_that_stands(key: str, officer: Any) -> None:
    template = builtin_templates()[key]
    made = create_from_template(
        blueprint=template.blueprint, by=officer, starts_on=NEXT, title_tr="Yeni", title_en="New"
    )
    made = Event.objects.get(pk=made.pk)
    assert (made.kind, made.starts_on, made.missing_texts()) == (key, NEXT, [])
    assert made.ends_on == NEXT + dt.timedelta(days={"study_visit": 2}.get(key, 0))
    sessions = list(made.sessions.all())
    assert len(sessions) == len(template.blueprint.sessions) >= 10
    assert {session.status for session in sessions} == {"draft"}
    assert [session.missing_texts() for session in sessions] == [[]] * len(sessions)
    for session in sessions:
        session.full_clean()
        assert session.start
        assert session.end
        assert not session.ends_first
    made.sessions.update(status="confirmed")
    assert [conflict.code for conflict in find_conflicts(made) if conflict.severity == "high"] == []


def test_both_languages_say_what_a_template_is_for() -> None:
    for template in builtin_templates().values():
        assert set(template.name_texts) == set(template.about_texts) == {"tr", "en"}
    with translation.override("tr"):
        assert builtin_templates()["study_visit"].name == "Çalışma ziyareti"


def test_an_own_template_has_no_people_and_no_dates(officer: Any) -> None:
    event = EventFactory(summary_tr="Özet")
    room = RoomFactory()
    session = SessionFactory(event=event, room=room, track=TrackFactory(event=event), host_notes="Ask Ayşe")
    ContributionFactory(session=session)
    template = keep_template(event=event, by=officer, name_tr="Bizim", parts=list(Part))
    template = EventTemplate.objects.get(pk=template.pk)
    assert (template.kind, str(template)) == ("conference", "Bizim")
    assert [row["people"] for row in template.blueprint["sessions"]] == [[]]
    # As dates are written: a title's number may be any, that of the year too.
    assert ("2027-06" in str(template.blueprint), "Ayşe" in str(template.blueprint)) == (False, False)
    made = create_from_template(blueprint=Blueprint(**template.blueprint), by=officer, starts_on=NEXT, title_tr="Yeni")
    opening = made.sessions.get()
    assert (opening.day, opening.start, opening.room, opening.track.event) == (NEXT, dt.time(9), room, made)
    assert made.summary_tr == "Özet"


def test_a_template_outlives_its_event_and_rooms(officer: Any) -> None:
    event = EventFactory()
    SessionFactory(event=event, room=RoomFactory())
    template = keep_template(event=event, by=officer, name_en="Ours")
    event.delete()
    Room.objects.all().delete()
    made = create_from_template(blueprint=Blueprint(**template.blueprint), by=officer, starts_on=NEXT, title_tr="Yeni")
    assert made.sessions.get().room is None


def test_a_template_needs_a_name_and_a_right(officer: Any) -> None:
    event, reader = EventFactory(), UserFactory(reader=True)
    with pytest.raises(ValidationError):
        keep_template(event=event, by=officer)
    with pytest.raises(PermissionDenied):
        keep_template(event=event, by=reader, name_tr="Bizim")
    template = keep_template(event=event, by=officer, name_tr="Bizim")
    with pytest.raises(PermissionDenied):
        drop_template(template=template, by=reader)
    with pytest.raises(PermissionDenied):
        create_from_template(blueprint=Blueprint(), by=reader, starts_on=NEXT, title_tr="Yeni")
    drop_template(template=template, by=officer)
    assert EventTemplate.objects.count() == 0


@pytest.mark.django_db
def test_the_forecast_tells_days_and_what_falls_outside() -> None:
    event = EventFactory()
    SessionFactory(event=event, title_en="Opening")
    SessionFactory(event=event, day=event.starts_on + dt.timedelta(days=2), untimed=True, title_en="")
    SessionFactory(event=event, cancelled=True)
    with translation.override("en"):
        found = forecast(read_blueprint(event, [Part.SESSIONS]), NEXT)
        assert (found.sessions, found.outside, found.untranslated) == (2, 1, 1)
        assert [
            (day.words, day.outside, [(each.times, str(each.title)) for each in day.items]) for day in found.days
        ] == [
            ("Wednesday 3 May 2028", False, [("09:00–10:00", "Opening")]),
            ("Friday 5 May 2028", True, [("", str(event.sessions.get(title_en="").title))]),
        ]
