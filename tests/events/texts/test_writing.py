"""One text at a time: never over somebody else's, never behind its source without saying so."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from wagtail.models import ModelLogEntry

from events.bilingual import digest_of
from events.models import Event, Session, Suggestion
from events.texts import StaleTextError, TextKey, confirm_text, write_text
from tests.factories import EventFactory, SessionFactory, TrackFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Any:
    return UserFactory(officer=True)


def key(row: Any, name: str, language: str) -> TextKey:
    return TextKey(type(row).__name__.lower(), row.pk, name, language)


def seen(row: Any, name: str) -> dict[str, str]:
    return {each: digest_of(getattr(row, f"{name}_{each}")) for each in ("tr", "en")}


def test_a_text_is_written_and_known_to_be_current(officer: Any) -> None:
    session = SessionFactory(title_tr="Açılış", title_en="")
    event = session.event
    write_text(
        event=event,
        by=officer,
        key=key(session, "title", "en"),
        text=" Opening\r\nsession ",
        seen=seen(session, "title"),
    )
    session.refresh_from_db()
    assert (session.title_en, session.version, session.stale_texts()) == ("Opening session", 2, [])
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.data) == (
        "events.write_text",
        officer,
        {"text": f"session-{session.pk}-title-en"},
    )


def test_english_goes_stale_with_its_source_and_is_confirmed(officer: Any) -> None:
    session = SessionFactory(title_tr="Açılış", title_en="Opening")
    event, title = session.event, key(session, "title", "en")
    write_text(event=event, by=officer, key=title.other, text="Açılış töreni", seen=seen(session, "title"))
    session.refresh_from_db()
    assert session.stale_texts() == ["title"]
    confirm_text(event=event, by=officer, key=title, seen=seen(session, "title"))
    session.refresh_from_db()
    assert (session.stale_texts(), session.title_en, session.version) == ([], "Opening", 3)


def test_turkish_that_was_written_from_english_does_not_make_it_stale(officer: Any) -> None:
    session = SessionFactory(title_tr="", title_en="Opening")
    session.note_translations()
    session.save()
    write_text(
        event=session.event, by=officer, key=key(session, "title", "tr"), text="Açılış", seen=seen(session, "title")
    )
    session.refresh_from_db()
    assert (session.title_tr, session.stale_texts()) == ("Açılış", [])


def test_somebody_elses_text_is_not_overwritten(officer: Any) -> None:
    session = SessionFactory(title_en="Opening")
    before = seen(session, "title")
    Session.objects.update(title_en="Theirs")
    with pytest.raises(StaleTextError) as refused:
        write_text(event=session.event, by=officer, key=key(session, "title", "en"), text="Mine", seen=before)
    assert refused.value.stored == "Theirs"
    session.refresh_from_db()
    assert (session.title_en, session.version) == ("Theirs", 1)


def test_what_was_translated_from_an_older_source_is_saved_and_stale(officer: Any) -> None:
    session = SessionFactory(title_tr="Açılış", title_en="")
    before = seen(session, "title")
    Session.objects.update(title_tr="Kapanış")
    write_text(event=session.event, by=officer, key=key(session, "title", "en"), text="Opening", seen=before)
    session.refresh_from_db()
    assert (session.title_tr, session.title_en, session.stale_texts()) == ("Kapanış", "Opening", ["title"])
    with pytest.raises(StaleTextError):
        confirm_text(event=session.event, by=officer, key=key(session, "title", "en"), seen=before)


def test_other_texts_of_the_row_stay_as_they_are(officer: Any) -> None:
    event = EventFactory(summary_tr="Özet", summary_en="Summary", title_en="Forum")
    event.note_translations()
    event.save()
    Event.objects.update(summary_tr="Yeni özet")
    event.refresh_from_db()
    write_text(event=event, by=officer, key=key(event, "title", "en"), text="The Forum", seen=seen(event, "title"))
    event.refresh_from_db()
    assert (event.title_en, event.stale_texts(), event.search_text) == ("The Forum", ["summary"], event.search_text)
    assert "the forum" in event.search_text


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "Give the title in at least one language."), ("x" * 301, "at most 300 characters")],
)
def test_what_cannot_be_is_refused_in_words(text: str, message: str, officer: Any) -> None:
    session = SessionFactory(title_tr="", title_en="Opening")
    with translation.override("en"), pytest.raises(ValidationError, match=message):
        write_text(
            event=session.event, by=officer, key=key(session, "title", "en"), text=text, seen=seen(session, "title")
        )
    session.refresh_from_db()
    assert session.title_en == "Opening"


def test_nothing_changes_where_the_text_is_the_same(officer: Any) -> None:
    session = SessionFactory(title_en="Opening")
    write_text(
        event=session.event, by=officer, key=key(session, "title", "en"), text="Opening ", seen=seen(session, "title")
    )
    session.refresh_from_db()
    assert (session.version, ModelLogEntry.objects.count()) == (1, 0)


def test_a_row_without_a_version_has_its_history_at_the_event(officer: Any) -> None:
    track = TrackFactory(name_en="")
    write_text(event=track.event, by=officer, key=key(track, "name", "en"), text="Climate", seen=seen(track, "name"))
    track.refresh_from_db()
    assert (track.name_en, ModelLogEntry.objects.get().object_id) == ("Climate", str(track.event.pk))


def test_a_suggestion_goes_when_a_person_writes(officer: Any) -> None:
    session = SessionFactory(title_tr="Açılış", title_en="")
    Suggestion.objects.create(event=session.event, row_kind="session", row_id=session.pk, name="title", language="en")
    write_text(
        event=session.event, by=officer, key=key(session, "title", "en"), text="Opening", seen=seen(session, "title")
    )
    assert Suggestion.objects.count() == 0


def test_only_those_who_edit_and_only_texts_of_this_event(officer: Any) -> None:
    session = SessionFactory()
    title = key(session, "title", "en")
    with pytest.raises(PermissionDenied):
        write_text(event=session.event, by=UserFactory(reader=True), key=title, text="x", seen=seen(session, "title"))
    with pytest.raises(PermissionDenied):
        confirm_text(event=session.event, by=UserFactory(reader=True), key=title, seen=seen(session, "title"))
    with pytest.raises(ValidationError):
        write_text(event=EventFactory(), by=officer, key=title, text="x", seen=seen(session, "title"))


@pytest.mark.parametrize(
    "text",
    ["", "session-1-title", "session-1-title-de", "person-1-name-tr", "session-1-version-tr", "session-x-title-tr"],
)
def test_what_is_no_text_has_no_key(text: str) -> None:
    assert TextKey.parse(text) is None
    assert TextKey.parse("session-1-title-tr") == TextKey("session", 1, "title", "tr")
