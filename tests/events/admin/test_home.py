"""An event's own home, the preview, import and export by hand."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.addresses import event_path
from events.erasure import erase_person
from events.models import Event, Job
from events.release import release_programme
from tests.events.admin.conftest import Enter
from tests.factories import ContributionFactory, EventFactory, PersonFactory, RoomFactory, SessionFactory


def page(name: str, event: Event, *args: str) -> str:
    return reverse(f"event_admin:{name}", args=[event.pk, *args])


def test_the_home_tells_all_of_an_event(at_officer: Client) -> None:
    """Sessions by day with their people, warnings, texts side by side, releases, the way to what is public."""
    event = EventFactory(summary_tr="Özet", summary_en="")
    room, person = RoomFactory(name_en="Linden Room"), PersonFactory(name="Łucja Przykład")
    for title in ("First", "Second"):
        ContributionFactory(
            session=SessionFactory(event=event, confirmed=True, room=room, title_en=title), person=person
        )
    release_programme(event=event)
    context = at_officer.get(page("home", event)).context
    assert [(day, [str(each) for each in items]) for day, items in context["days"]] == [
        ("Thursday 10 June 2027", ["First", "Second"])
    ]
    assert {each.conflict.code for each in context["warnings"].open} == {"room_twice", "person_twice"}
    summary = next(text for text in context["texts"] if text["label"] == "Summary")
    assert (summary["tr"], summary["missing"]) == ("Özet", ["en"])
    assert [release.number for release, _when in context["releases"]] == [1]
    assert sorted(context["papers"]) == [
        ("English", "waiting", "queued"),
        ("Turkish", "waiting", "queued"),
        ("side by side", "waiting", "queued"),
    ]


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("query", ["", "?page=event"])
def test_the_preview_is_the_public_page_of_what_is_not_public_yet(
    language: str, query: str, reader: Any, enter: Enter
) -> None:
    """Working texts and restricted sessions, never cached; the public sees nothing of it."""
    event = EventFactory()
    session = SessionFactory(event=event, confirmed=True, restricted=True)
    response = enter(reader).get(page("preview", event, language) + query)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    body = response.content.decode()
    assert (f'lang="{language}"' in body, getattr(event, f"title_{language}") in body) == (True, True)
    assert (getattr(session, f"title_{language}") in body) == (query == "")
    assert Client().get(event_path(event.slug, language)).status_code == 404
    assert enter(reader).get(page("preview", event, "de")).status_code == 404


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_is_a_file_of_the_event_that_nobody_keeps(form: str, at_officer: Client) -> None:
    """The file names its event and is not cached."""
    event = EventFactory(slug="iklim-forumu", with_sessions=3)
    response = at_officer.get(page("export", event, form))
    assert response["Content-Disposition"] == f'attachment; filename="iklim-forumu.{form}"'
    assert at_officer.get(page("export", event, "exe")).status_code == 404


def test_erasing_asks_for_the_name(administrator: Any, enter: Enter) -> None:
    """A wrong name erases nobody and stays in the field."""
    person = PersonFactory(name="Ayşe Örnek")
    client, path = enter(administrator), reverse("event_admin:erase", args=[person.pk])
    refused = client.post(path, {"name": "Ayşe"})
    assert (refused.status_code, refused.context["typed"]) == (200, "Ayşe")
    person.refresh_from_db()
    assert person.name == "Ayşe Örnek"
    assert client.post(path, {"name": "Ayşe Örnek"}).status_code == 302
    person.refresh_from_db()
    assert person.name == ""
    assert client.get(path).status_code == 404


def test_papers_are_told_once_a_language(at_officer: Client) -> None:
    """Erasing has them printed again; only the latest of each counts."""
    contribution = ContributionFactory(session__confirmed=True)
    event = contribution.session.event
    release_programme(event=event)
    Job.objects.update(state="done")
    erase_person(person=contribution.person)
    page = at_officer.get(reverse("event_admin:home", args=[event.pk]))
    assert page.context["papers"] == [
        ("Turkish", "waiting", "queued"),
        ("English", "waiting", "queued"),
        ("side by side", "waiting", "queued"),
    ]


def test_no_document_is_read_to_show_lists_and_the_home(at_officer: Client) -> None:
    """Released programmes are large; their number is all that is told here."""
    event = EventFactory(with_sessions=1)
    release_programme(event=event)
    for path in (reverse("admin_event:index"), page("home", event)):
        with CaptureQueriesContext(connection) as queries:
            at_officer.get(path)
        assert [query for query in queries.captured_queries if "public_document" in query["sql"]] == []
