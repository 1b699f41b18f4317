"""What a machine suggests: only where a key is set, marked until a person takes it, never a text of its own accord."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from events.jobs import JobRefusedError
from events.machine import machine_name, translate
from events.models import Job, Session, Suggestion
from events.texts import TextKey, TextTable, discard_suggestion, suggest_missing, suggest_text
from events.texts.suggesting import run_suggestions
from tests.cms.translating.test_machine import Service, service
from tests.factories import EventFactory, SessionFactory, UserFactory

__all__ = ["service"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Any:
    return UserFactory(officer=True)


def key(session: Session, name: str = "title", language: str = "en") -> TextKey:
    return TextKey("session", session.pk, name, language)


def test_without_a_key_nothing_is_asked(officer: Any) -> None:
    session = SessionFactory(title_en="")
    assert machine_name() == ""
    for ask in (
        lambda: suggest_text(event=session.event, by=officer, key=key(session)),
        lambda: suggest_missing(event=session.event, by=officer),
    ):
        with translation.override("en"), pytest.raises(ValidationError, match="No translation service is set up here"):
            ask()
    assert (Suggestion.objects.count(), Job.objects.count()) == (0, 0)


def test_a_suggestion_is_kept_beside_the_text(officer: Any, service: type[Service]) -> None:
    session = SessionFactory(title_en="", abstract_tr="Su & yeşil\n\n<b> değil", abstract_en="")
    suggest_text(event=session.event, by=officer, key=key(session, "abstract"))
    session.refresh_from_db()
    cell = TextTable(session.event).cell(key(session, "abstract"))
    assert cell
    assert cell.suggestion
    assert (session.abstract_en, session.version, cell.state) == ("", 1, "missing")
    assert (cell.suggestion.text, cell.suggestion.machine) == ("SU & YEŞIL\n\n<B> DEĞIL", "LibreTranslate")
    discard_suggestion(event=session.event, by=officer, key=key(session, "abstract"))
    assert Suggestion.objects.count() == 0


def test_a_service_that_is_away_is_said(officer: Any, service: type[Service]) -> None:
    service.status = 500
    session = SessionFactory(title_en="")
    with translation.override("en"), pytest.raises(ValidationError, match="did not answer"):
        suggest_text(event=session.event, by=officer, key=key(session))
    assert Suggestion.objects.count() == 0


def test_all_that_is_missing_is_asked_in_portions_and_only_once(officer: Any, service: type[Service]) -> None:
    event = EventFactory(summary_en="Summary")
    for number in range(25):
        SessionFactory(event=event, title_tr=f"Oturum {number}", title_en="")
    job = suggest_missing(event=event, by=officer)
    assert run_suggestions(job) == {"suggested": 26}
    assert service.asked == [1, 20, 5]
    assert run_suggestions(job) == {"suggested": 0}
    assert TextTable(event).counts["suggested"] == 26
    assert run_suggestions(Job(payload={"event": 987654})) == {}


def test_whoever_lost_the_right_or_the_log_in_meanwhile_asks_nobody(officer: Any, service: type[Service]) -> None:
    session = SessionFactory(title_en="")
    job = suggest_missing(event=session.event, by=officer)
    asked = list(service.asked)
    for lose in (officer.groups.clear, officer.delete):
        lose()
        with pytest.raises(JobRefusedError):
            run_suggestions(Job.objects.get(pk=job.pk))
    assert (service.asked, Suggestion.objects.count()) == (asked, 0)


def test_only_those_who_edit_may_ask(service: type[Service]) -> None:
    reader, session = UserFactory(reader=True), SessionFactory(title_en="")
    with pytest.raises(PermissionDenied):
        suggest_text(event=session.event, by=reader, key=key(session))
    with pytest.raises(PermissionDenied):
        suggest_missing(event=session.event, by=reader)
    with pytest.raises(PermissionDenied):
        discard_suggestion(event=session.event, by=reader, key=key(session))
    assert service.asked == []


def test_nothing_to_translate_asks_nothing(officer: Any, service: type[Service]) -> None:
    session = SessionFactory(abstract_tr="", abstract_en="")
    with translation.override("en"), pytest.raises(ValidationError, match="nothing to translate"):
        suggest_text(event=session.event, by=officer, key=key(session, "abstract"))
    assert translate([""], "tr", "en") == [""]
    assert service.asked == []
