"""The table of texts: every text of an event with its state in each language."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from events.models import Event, Suggestion
from events.texts import TextTable
from events.texts.reading import chosen
from tests.factories import EventFactory, PartyFactory, SessionFactory, TrackFactory

pytestmark = pytest.mark.django_db


def told(event: Event) -> list[tuple[str, list[tuple[str, str, str]]]]:
    with translation.override("en"):
        return [
            (part.about, [(pair.label, pair.tr.state, pair.en.state) for pair in part.pairs])
            for part in TextTable(event).parts
        ]


def test_every_text_with_its_state_in_reading_order() -> None:
    event = EventFactory(title_tr="Forum", title_en="Forum", summary_tr="Özet", summary_en="")
    TrackFactory(event=event, name_tr="", name_en="Climate")
    PartyFactory(event=event)
    stale = SessionFactory(event=event, title_tr="Açılış", title_en="Opening", abstract_en="About")
    stale.translated_from = {"title": "of another text"}
    stale.save()
    SessionFactory(event=event, untimed=True, title_tr="", title_en="", title_other="Stadt", other_language="de")
    SessionFactory()
    assert told(event) == [
        (
            "the event itself",
            [
                ("Title", "done", "done"),
                ("Summary", "done", "missing"),
                ("Description", "empty", "empty"),
                ("For whom and how to take part", "empty", "empty"),
            ],
        ),
        ("Thursday 10 June, 09:00–10:00", [("Title", "done", "stale"), ("Abstract", "missing", "done")]),
        ("Thursday 10 June", [("Title", "empty", "empty"), ("Abstract", "empty", "empty")]),
        ("track", [("Name", "missing", "done")]),
        ("party", [("Name", "done", "done")]),
    ]
    table = TextTable(event)
    assert dict(table.counts) == {"done": 8, "missing": 3, "stale": 1, "empty": 8, "suggested": 0, "open": 4}
    third = next(part for part in table.parts if part.title == "Stadt").pairs[0].third
    assert (third, third.language) == ("Stadt", "de")


def test_the_choice_keeps_what_has_the_state_in_either_language() -> None:
    event = EventFactory(title_en="")
    SessionFactory(event=event, abstract_tr="Uzun")
    parts = TextTable(event).parts
    found = chosen(parts, {"missing"}, ("event", "session"))
    assert [[pair.key for pair in part.pairs] for part in found] == [
        [f"event-{event.pk}-title"],
        [f"session-{event.sessions.get().pk}-abstract"],
    ]
    assert chosen(parts, {"missing"}, ("track",)) == []


def test_a_suggestion_counts_as_long_as_its_source_is_the_same() -> None:
    event = EventFactory(summary_tr="Özet", title_en="")
    table = TextTable(event)
    where = {"event": event, "row_kind": "event", "row_id": event.pk, "language": "en", "machine": "M"}
    Suggestion.objects.create(
        **where, name="summary", text="Summary", source=table.pairs[f"event-{event.pk}-summary"].tr.seen
    )
    Suggestion.objects.create(**where, name="title", text="Old", source="of another text")
    table = TextTable(event)
    assert {str(cell.key): cell.suggestion.text for cell in table.cells() if cell.suggestion} == {
        f"event-{event.pk}-summary-en": "Summary"
    }
    assert table.counts["suggested"] == 1


@pytest.mark.parametrize("sessions", [1, 3])
def test_four_questions_however_many_sessions(sessions: int) -> None:
    event = EventFactory(with_sessions=sessions)
    with CaptureQueriesContext(connection) as queries:
        assert TextTable(event).counts["done"] == 2 + 2 * sessions
    assert len(queries) == 4
