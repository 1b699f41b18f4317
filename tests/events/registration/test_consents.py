"""Answers that need a consent: kept only while it stands, whichever door they come by."""

import contextlib
import importlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from events.models import Answer, Event, Question, Registration, Wording, WordingSeen
from events.registration import Filled, add_registration, amend, register, withdraw_consent
from events.registration.answering import read_answers
from events.registration.consents import uncovered
from events.registration.ready_made import add_ready_made
from events.registration.setting_up import copy_form, delete_uncovered, delete_wording
from tests.events.registration.applying import applicant, apply, taking
from tests.events.registration.browsing import enter, fill_in
from tests.factories import QuestionFactory, WordingFactory

pytestmark = pytest.mark.django_db
AYSE = "ayse@sample.example"


def asking(event: Event | None = None, **named: Any) -> tuple[Question, Wording]:
    """A sensitive question, and the consent that it needs."""
    consent = WordingFactory(event=event or taking(), title_en="Diet", text_en="My diet may be known.")
    facts = {"sensitive": True, "legal_basis": "consent", "consent": consent, "label_en": "Allergies", **named}
    return QuestionFactory(event=consent.event, **facts), consent


def test_the_form_refuses_the_answer_without_the_tick_and_keeps_what_was_typed(client: Client) -> None:
    question, consent = asking()
    event = question.event
    answer = fill_in(client, event, **{f"q-{question.key}": "nuts"})
    html = answer.content.decode()
    said = "The answer to “Allergies” is kept only with your consent “Diet”. Tick that consent, or leave this answer empty."
    beside = html[html.index(f'id="id_q-{question.key}_error"') :]
    assert (answer.status_code, said in beside, 'value="nuts"' in html) == (422, True, True)
    assert (Registration.objects.count(), Answer.objects.count()) == (0, 0)
    fill_in(client, event, **{f"q-{question.key}": ""})
    fill_in(client, event, email="bora@sample.example", **{f"q-{question.key}": "nuts", f"c-{consent.key}": "on"})
    assert [read_answers(row) for row in Registration.objects.order_by("pk")] == [{}, {question.key: "nuts"}]


def test_a_consent_says_which_answers_need_it_for_one_and_for_either_of_two(client: Client) -> None:
    question, consent = asking()
    path = f"/en/events/{question.event.slug}/register/"
    asked = " ".join(client.get(path).content.decode().split())
    assert (
        "Needed only if you answer “Allergies”. You can take it back at any time; that answer is then deleted." in asked
    )
    asking(question.event, consent=consent, label_en="Meals")
    asked = " ".join(client.get(path).content.decode().split())
    assert "Needed only if you answer one of these: “Allergies” and “Meals”." in asked


def test_what_is_not_asked_needs_no_consent(client: Client) -> None:
    event = taking()
    eats = QuestionFactory(event=event, kind="yes_no")
    question, _consent = asking(
        event, condition={"match": "all", "tests": [{"question": eats.key, "is": "equals", "value": True}]}
    )
    fill_in(client, event, **{f"q-{eats.key}": "no", f"q-{question.key}": "nuts"})
    assert read_answers(Registration.objects.get()) == {eats.key: False}


def test_taking_consent_back_deletes_the_answers_and_says_so_before_and_after(client: Client) -> None:
    question, consent = asking()
    plain = QuestionFactory(event=question.event)
    fill_in(
        client,
        question.event,
        **{f"q-{question.key}": "nuts", f"c-{consent.key}": "on", f"q-{plain.key}": "by train"},
    )
    page = enter(client, AYSE)
    assert "your answer to “Allergies” is deleted at once" in client.get(page).content.decode()
    seen = WordingSeen.objects.get(agreed_at__isnull=False)
    after = client.post(page, {"act": f"withdraw:{seen.pk}"}, follow=True).content.decode()
    assert "Your consent is taken back, and your answer to “Allergies” is deleted." in after
    row = Registration.objects.get()
    assert (read_answers(row), row.version) == ({plain.key: "by train"}, 2)
    assert (
        "Your consent is taken back"
        not in client.post(page, {"act": f"withdraw:{seen.pk}"}, follow=True).content.decode()
    )


def test_the_form_to_change_asks_the_consent_again_and_unticking_takes_it_back(client: Client) -> None:
    question, consent = asking()
    fill_in(client, question.event)
    page = enter(client, AYSE)
    typed = {"name": "Ayşe Örnek", f"q-{question.key}": "nuts"}
    assert client.post(f"{page}change/", typed).status_code == 422
    assert client.post(f"{page}change/", {**typed, f"c-{consent.key}": "on"}).status_code == 302
    row = Registration.objects.get()
    assert read_answers(row) == {question.key: "nuts"}
    assert "checked" in client.get(f"{page}change/").content.decode()
    assert client.post(f"{page}change/", typed).status_code == 422
    client.post(f"{page}change/", {**typed, f"q-{question.key}": ""})
    assert (read_answers(row), WordingSeen.objects.filter(withdrawn_at__isnull=False).count()) == ({}, 1)


def test_no_verb_keeps_it_either() -> None:
    question, consent = asking()
    event = question.event
    filled = Filled(answers={question: "nuts"}, shown=[consent])
    for refused in (
        lambda: register(event=event, applicant=applicant("Ali"), filled=filled, once="form-1"),
        lambda: add_registration(event=event, applicant=applicant("Ali"), filled=filled),
    ):
        with pytest.raises(ValidationError, match="kept only with your consent"):
            refused()
    assert not Registration.objects.exists()
    row = apply(event, "Ali", filled=Filled(answers={question: "nuts"}, shown=[consent], agreed={consent.key}))
    with pytest.raises(ValidationError):
        amend(registration=row, applicant=applicant("Ali"), answers={question: "nuts"}, consents={consent: False})
    assert read_answers(row) == {question.key: "nuts"}


def test_a_stranger_takes_nobody_elses_consent_back() -> None:
    question, consent = asking()
    said = Filled(answers={question: "nuts"}, shown=[consent], agreed={consent.key})
    ali, bora = (apply(question.event, name, filled=said) for name in ("Ali", "Bora"))
    assert withdraw_consent(registration=bora, seen=ali.wordings_seen.get().pk) is None
    assert [read_answers(row) for row in (ali, bora)] == [{question.key: "nuts"}] * 2


def test_ready_made_questions_bring_their_consent_once() -> None:
    event = taking()
    (diet,), (access,) = add_ready_made(event=event, name="diet"), add_ready_made(event=event, name="access")
    assert (diet.consent, str(diet.consent)) == (access.consent, "Diet and access needs")
    Wording.objects.filter(pk=diet.consent_id).update(title_tr="Başka", title_en="Other", text_tr="Metin")
    (again,) = add_ready_made(event=event, name="diet")
    assert again.consent_id == diet.consent_id
    with pytest.raises(ValidationError, match="Questions need this consent"):
        delete_wording(wording=access.consent)


def test_a_copied_form_has_its_own_consent() -> None:
    question, consent = asking()
    other = taking()
    copy_form(source=question.event, event=other)
    Question.objects.filter(pk=question.pk).update(label_en="Intolerances")
    copy_form(source=Event.objects.get(pk=question.event_id), event=other)
    copies = list(other.questions.select_related("consent"))
    assert [each.consent.event_id for each in copies] == [other.pk] * 2
    assert {each.consent_id for each in copies} == {other.wordings.get(kind="consent").pk} != {consent.pk}


def test_basis_and_consent_go_together_in_the_database() -> None:
    question, _consent = asking()
    for wrong in ({"consent": None}, {"legal_basis": "request"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.filter(pk=question.pk).update(**wrong)


def test_old_answers_are_kept_counted_and_deleted_by_an_officer() -> None:
    question, consent = asking()
    covered = apply(
        question.event, "Ali", filled=Filled(answers={question: "nuts"}, shown=[consent], agreed={consent.key})
    )
    old = Answer(registration=apply(question.event, "Bora"), question=question)
    old.write("milk", sensitive=True)
    old.save()
    assert list(uncovered(question)) == [old]
    assert (delete_uncovered(question=question), delete_uncovered(question=question)) == (1, 0)
    assert list(Answer.objects.values_list("registration", flat=True)) == [covered.pk]


@contextlib.contextmanager
def before_the_constraint() -> Iterator[None]:
    """Rows as they were stored before basis and consent had to go together."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE events_question DROP CONSTRAINT question_consent_by_basis")
            yield
            return
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def test_the_migration_ties_old_questions_and_deletes_nothing() -> None:
    tie = importlib.import_module("events.migrations.0019_answers_on_consent").tie
    event, other = taking(), taking()
    ready = WordingFactory(event=event, title_tr="Beslenme ve erişim bilgileri")
    with before_the_constraint():
        rows = [QuestionFactory(event=each, legal_basis="consent", required=True) for each in (event, other)]
        old = Answer.objects.create(registration=apply(other, "Ali"), question=rows[1], plain="nuts")
        tie(apps, SimpleNamespace(connection=connection, execute=lambda sql: connection.cursor().execute(sql)))
    first, second = (Question.objects.get(pk=row.pk) for row in rows)
    assert (first.consent, second.consent.event_id, second.consent.title_en) == (
        ready,
        other.pk,
        "Diet and access needs",
    )
    assert (first.required, second.required, list(uncovered(second))) == (False, False, [old])
