"""The translation table: what it shows, saved one text at a time by script or a page at a time without."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.bilingual import digest_of
from events.models import Event, Session, Suggestion
from tests.cms.translating.test_machine import Service, service
from tests.events.admin.conftest import Enter
from tests.factories import EventFactory, SessionFactory, TrackFactory

__all__ = ["service"]


def page(event: Event, query: str = "", name: str = "texts") -> str:
    return reverse(f"event_admin:{name}", args=[event.pk]) + query


def field(row: Any, name: str, language: str) -> str:
    return f"{type(row).__name__.lower()}-{row.pk}-{name}-{language}"


def form(*pairs: tuple[Any, str], **typed: str) -> dict[str, str]:
    """What a browser sends: each text as it was shown, with its digest; ``typed`` is what was written over it."""
    found = {}
    for row, name in pairs:
        for language in ("tr", "en"):
            text = getattr(row, f"{name}_{language}")
            found |= {field(row, name, language): text, f"{field(row, name, language)}-seen": digest_of(text)}
    return found | typed


def shown(response: Any) -> list[str]:
    return [str(part.part.title) for part in response.context["parts"]]


def test_it_opens_with_what_is_left_to_do(at_officer: Client) -> None:
    event = EventFactory(title_en="Forum")
    SessionFactory(event=event, title_en="Done")
    SessionFactory(event=event, title_tr="Eksik", title_en="")
    TrackFactory(event=event, name_tr="", name_en="Climate")
    assert shown(at_officer.get(page(event))) == ["Eksik", "Climate"]
    assert shown(at_officer.get(page(event, "?show=all"))) == ["Forum", "Done", "Eksik", "Climate"]
    assert shown(at_officer.get(page(event, "?show=all&in=sessions"))) == ["Done", "Eksik"]
    assert shown(at_officer.get(page(event, "?show=all&q=eksık"))) == ["Eksik"]
    assert shown(at_officer.get(page(event, "?show=stale"))) == []
    assert shown(at_officer.get(page(event, "?show=x&in=x&page=-3"))) == ["Eksik", "Climate"]
    tabs = [(tab.name, tab.count) for tab in at_officer.get(page(event)).context["choice"].tabs]
    assert tabs == [("open", 2), ("missing", 2), ("stale", 0), ("done", 6), ("all", None)]


def test_an_event_with_nothing_to_do_shows_all(at_officer: Client) -> None:
    event = EventFactory(title_en="Forum")
    assert shown(at_officer.get(page(event))) == ["Forum"]


@pytest.mark.parametrize("sessions", [1, 3, 90])
def test_as_many_questions_for_ninety_sessions_as_for_one(sessions: int, at_officer: Client) -> None:
    event = EventFactory()
    Session.objects.bulk_create([Session(event=event, day=event.starts_on, title_tr=f"O {n}") for n in range(sessions)])
    with CaptureQueriesContext(connection) as queries:
        response = at_officer.get(page(event))
    assert len(queries) == 16
    assert response.context["page"].paginator.num_pages == (3 if sessions == 90 else 1)


def test_a_reader_sees_texts_and_no_fields(reader: Any, enter: Enter) -> None:
    event = EventFactory(title_en="")
    client = enter(reader)
    body = client.get(page(event)).content.decode()
    assert (event.title_tr in body, "<textarea" in body, "Still right" in body) == (True, False, False)
    assert client.post(page(event), form((event, "title"))).status_code == 405


def test_without_script_a_page_is_saved_at_once(at_officer: Client) -> None:
    session = SessionFactory(title_tr="Açılış", title_en="", abstract_tr="Uzun\nmetin", abstract_en="")
    event = session.event
    typed = {field(session, "title", "tr"): "Açılış töreni", field(session, "title", "en"): "Opening ceremony"}
    posted = form((session, "title"), (session, "abstract"), **typed)
    posted[field(session, "abstract", "tr")] = "Uzun\r\nmetin"
    response = at_officer.post(page(event, "?show=all", "save_texts"), posted, follow=True)
    assert response.redirect_chain == [(page(event, "?show=all"), 302)]
    assert [str(message).strip() for message in response.context["messages"]] == ["2 texts were saved."]
    session.refresh_from_db()
    assert (session.title_tr, session.title_en, session.version) == ("Açılış töreni", "Opening ceremony", 3)
    assert session.stale_texts() == []


def test_without_script_a_stale_save_shows_both_and_saves_the_rest(at_officer: Client) -> None:
    session = SessionFactory(title_tr="Açılış", title_en="Opening", abstract_tr="Uzun", abstract_en="")
    event, title = session.event, field(session, "title", "en")
    posted = form((session, "title"), (session, "abstract"))
    posted |= {title: "Mine", field(session, "abstract", "en"): "Long"}
    Session.objects.update(title_en="Theirs")
    response = at_officer.post(page(event, "?show=all", "save_texts"), posted)
    assert response.status_code == 409
    cell = next(
        cell for part in response.context["parts"] for pair in part.pairs for cell in pair.cells if cell.key == title
    )
    assert (cell.text, cell.cell.text, cell.stale) == ("Mine", "Theirs", True)
    session.refresh_from_db()
    assert (session.title_en, session.abstract_en) == ("Theirs", "Long")
    again = form((session, "title"), **{title: "Mine", "mine": title})
    assert at_officer.post(page(event, "", "save_texts"), again).status_code == 302
    session.refresh_from_db()
    assert session.title_en == "Mine"


def test_theirs_can_be_kept(at_officer: Client) -> None:
    session = SessionFactory(title_en="Theirs")
    title = field(session, "title", "en")
    posted = form((session, "title"), **{title: "Mine", "keep": title})
    assert at_officer.post(page(session.event, "", "save_texts"), posted).status_code == 302
    session.refresh_from_db()
    assert session.title_en == "Theirs"


def ask(client: Client, event: Event, posted: dict[str, str]) -> tuple[int, Any]:
    response = client.post(page(event, "", "save_texts"), posted, headers={"accept": "application/json"})
    return response.status_code, response.json()


def test_a_script_is_told_how_both_languages_stand(at_officer: Client) -> None:
    session = SessionFactory(title_tr="Açılış", title_en="Opening")
    title = field(session, "title", "tr")
    status, answer = ask(at_officer, session.event, form((session, "title"), **{title: "Kapanış"}))
    told = {key: (cell["text"], cell["state"], cell["refused"]) for key, cell in answer["cells"].items()}
    assert (status, told) == (
        200,
        {title: ("Kapanış", "done", False), field(session, "title", "en"): ("Opening", "stale", False)},
    )
    assert (answer["counts"]["stale"], answer["said"]) == (1, "Saved. 1 text is left to do.")
    assert "Still right" in answer["cells"][field(session, "title", "en")]["notes"]
    session.refresh_from_db()
    right = form((session, "title"), right=field(session, "title", "en"))
    status, answer = ask(at_officer, session.event, right)
    assert (status, answer["said"]) == (200, "Saved. Nothing is missing or stale any more.")
    session.refresh_from_db()
    assert session.stale_texts() == []


def test_a_script_is_told_how_the_event_itself_stands(at_officer: Client) -> None:
    event = EventFactory(title_tr="Forum", title_en="")
    english = field(event, "title", "en")
    status, answer = ask(at_officer, event, form((event, "title"), **{english: "Forum for all"}))
    cell = answer["cells"][english]
    assert (status, cell["text"], cell["state"], cell["refused"]) == (200, "Forum for all", "done", False)
    # What it is known by now, so that the next change is not taken for somebody else's.
    assert cell["seen"] == digest_of("Forum for all")


def test_a_script_is_told_what_was_refused(at_officer: Client) -> None:
    session = SessionFactory(title_tr="Açılış", title_en="Opening")
    title = field(session, "title", "en")
    status, answer = ask(at_officer, session.event, form((session, "title"), **{title: "x" * 301}))
    assert (status, answer["cells"][title]["refused"], "300" in answer["said"]) == (422, True, True)
    posted = form((session, "title"), **{title: "Mine"})
    Session.objects.update(title_en="<b>Theirs</b>")
    status, answer = ask(at_officer, session.event, posted)
    assert (status, answer["cells"][title]["text"]) == (409, "<b>Theirs</b>")
    assert "&lt;b&gt;Theirs" in answer["cells"][title]["notes"]
    session.delete()
    assert ask(at_officer, session.event, posted)[0] == 422


def test_a_suggestion_is_marked_until_a_person_takes_it(at_officer: Client, service: type[Service]) -> None:
    session = SessionFactory(title_tr="Açılış", title_en="")
    event, title = session.event, field(session, "title", "en")
    asked = ask(at_officer, event, form((session, "title"), suggest=title))[1]
    assert "Suggested by LibreTranslate, checked by nobody:" in asked["cells"][title]["notes"]
    assert (asked["cells"][title]["text"], asked["cells"][title]["state"]) == ("", "missing")
    taken = ask(at_officer, event, form((session, "title"), use=title))[1]
    assert (taken["cells"][title]["text"], taken["cells"][title]["state"]) == ("AÇILIŞ", "done")
    assert Suggestion.objects.count() == 0


def test_all_that_is_missing_can_be_asked_for(at_officer: Client, service: type[Service]) -> None:
    event = EventFactory(title_en="")
    assert "Ask LibreTranslate for what is missing" in at_officer.get(page(event)).content.decode()
    response = at_officer.post(page(event, "", "save_texts"), {"suggest-missing": "1"}, follow=True)
    assert "being asked" in str(next(iter(response.context["messages"])))


def test_without_a_key_nobody_is_offered_a_machine(at_officer: Client) -> None:
    event = EventFactory(title_en="")
    body = at_officer.get(page(event)).content.decode()
    assert ("suggest" in body, "Ask " in body) == (False, False)
    response = at_officer.post(page(event, "", "save_texts"), {"suggest-missing": "1"}, follow=True)
    assert [str(each).strip() for each in response.context["messages"]] == ["No translation service is set up here."]
