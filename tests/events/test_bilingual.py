"""A pair of columns read as one text: which language comes back, what is missing, what is stale."""

import pytest
from django.utils import translation

from events.bilingual import Text, active_language, bilingual_names, pick, texts
from events.models import Event, Person, Session
from tests.factories import EventFactory, SessionFactory


@pytest.mark.parametrize(
    ("found", "language", "expected"),
    [
        ({"tr": "Işık", "en": "Light"}, "tr", Text("Işık", "tr")),
        ({"tr": "Işık", "en": "Light"}, "en", Text("Light", "en")),
        ({"tr": "Işık"}, "en", Text("Işık", "tr")),
        ({"en": "Light"}, "tr", Text("Light", "en")),
        ({"de": "Licht"}, "tr", Text("Licht", "de")),
        ({"de": "Licht", "en": "Light"}, "tr", Text("Light", "en")),
        ({"tr": "", "en": ""}, "tr", Text("", "")),
        ({}, "en", Text("", "")),
    ],
)
def test_a_text_says_which_language_it_is_in(found: dict[str, str], language: str, expected: Text) -> None:
    text = pick(found, language)
    assert (text, text.language) == (expected, expected.language)


def test_the_active_language_decides_where_none_is_named() -> None:
    event = Event(title_tr="Işık", title_en="Light")
    for language, expected in (("tr", "Işık"), ("en", "Light"), ("en-gb", "Light"), ("de", "Işık")):
        with translation.override(language):
            assert (event.title, str(event)) == (expected, expected)
    with translation.override(None):
        assert active_language() == "tr"


def test_a_text_is_an_ordinary_string() -> None:
    text = Text("Işık", "tr")
    assert (text + "lar", f"{text}", text == "Işık", {text: 1}["Işık"]) == ("Işıklar", "Işık", True, 1)
    assert repr(text) == "Text('Işık', 'tr')"


def test_a_third_language_is_kept_once_with_its_tag() -> None:
    session = Session(title_other="Stadtgrün", other_language="de")
    assert texts(session, "title") == {"de": "Stadtgrün"}
    assert (session.title, session.title.language, session.missing_texts()) == ("Stadtgrün", "de", [])


def test_a_pair_is_written_by_language_only() -> None:
    with pytest.raises(AttributeError, match="write title_tr or title_en, not title"):
        Event().title = "Işık"  # type: ignore[assignment]


def test_texts_of_a_model_in_the_order_they_are_written() -> None:
    assert list(bilingual_names(Event)) == ["title", "summary", "description", "participation"]
    assert list(bilingual_names(Person)) == ["address", "biography"]


def test_what_lacks_its_other_language() -> None:
    event = Event(title_tr="Işık", summary_en="Summary", description_tr="a", description_en="b")
    assert event.missing_texts() == [("title", "en"), ("summary", "tr")]


@pytest.mark.django_db
def test_a_translation_goes_stale_when_its_source_changes() -> None:
    event = EventFactory.build(title_tr="Işık", title_en="Light")
    event.note_translations()
    event.save()
    before = Event.objects.get(pk=event.pk)
    assert before.stale_texts() == []
    event.title_tr = "Işıklar"
    event.note_translations(before)
    event.save()
    before = Event.objects.get(pk=event.pk)
    assert before.stale_texts() == ["title"]
    event.title_en = "Lights"
    event.note_translations(before)
    event.save()
    before = Event.objects.get(pk=event.pk)
    assert before.stale_texts() == []
    event.title_en = ""
    event.note_translations(before)
    assert (event.stale_texts(), event.translated_from) == ([], {})


@pytest.mark.django_db
def test_a_row_from_before_the_marks_goes_stale_too() -> None:
    session = SessionFactory(title_tr="Işık", title_en="Light")
    before = Session.objects.get(pk=session.pk)
    session.title_tr = "Işıklar"
    session.note_translations(before)
    assert session.stale_texts() == ["title"]
