"""Sensitive answers: unreadable in the database, opened by each key of the list, sealed anew under the first."""

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from events.models import Answer, Registration
from events.registration.answering import read_answers, write_answers
from events.registration.sealed import rotate, sealed_models
from events.sealing import SealedError, is_current, seal, unseal
from tests.events.haystack import tables_holding
from tests.events.registration.applying import apply, taking
from tests.factories import QuestionFactory

PASSPORT = "U 12345678"


def test_the_same_text_is_sealed_otherwise_each_time_and_opens_again() -> None:
    first, second = seal("Zümrüt"), seal("Zümrüt")
    assert (first != second, unseal(first), unseal(second)) == (True, "Zümrüt", "Zümrüt")


def test_older_keys_open_and_only_the_first_seals(settings: LazySettings) -> None:
    old = seal(PASSPORT)
    settings.FIELD_ENCRYPTION_KEYS = ["another-key", *settings.FIELD_ENCRYPTION_KEYS]
    assert (unseal(old), is_current(old), is_current(seal(PASSPORT))) == (PASSPORT, False, True)
    settings.FIELD_ENCRYPTION_KEYS = ["another-key"]
    with pytest.raises(SealedError):
        unseal(old)


@pytest.mark.django_db
def test_a_sensitive_answer_stands_nowhere_in_the_open_and_survives_a_change_of_keys(
    settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    event = taking()
    question, plain = QuestionFactory(event=event, sensitive=True), QuestionFactory(event=event)
    row = apply(event)
    write_answers(row, {question: PASSPORT, plain: "in the open"})
    assert (tables_holding([PASSPORT]), tables_holding(["in the open"])) == (set(), {"events_answer.plain"})
    old = settings.FIELD_ENCRYPTION_KEYS
    settings.FIELD_ENCRYPTION_KEYS = ["another-key", *old]
    call_command("rotate_field_keys")
    call_command("rotate_field_keys")
    assert capsys.readouterr().out.splitlines() == ["sealed=1 current=0 lost=0", "sealed=0 current=1 lost=0"]
    settings.FIELD_ENCRYPTION_KEYS = ["another-key"]
    assert read_answers(row)[question.key] == PASSPORT
    settings.FIELD_ENCRYPTION_KEYS = old
    with pytest.raises(CommandError):
        call_command("rotate_field_keys")


@pytest.mark.django_db
def test_no_answer_is_both_open_and_sealed() -> None:
    event = taking()
    row = apply(event)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(registration=row, question=QuestionFactory(event=event), plain=1, sealed="x")


@pytest.mark.django_db
def test_ten_thousand_answers_are_sealed_anew(settings: LazySettings) -> None:
    """In portions: the whole test takes seconds."""
    event = taking()
    questions = [QuestionFactory(event=event, sensitive=True) for _each in range(20)]
    rows = Registration.objects.bulk_create(
        Registration(event=event, name=f"Kişi {number}", person_key=f"~{number}", state="cancelled")
        for number in range(500)
    )
    old = seal(PASSPORT)
    pairs = ((row, question) for row in rows for question in questions)
    Answer.objects.bulk_create(Answer(registration=row, question=question, sealed=old) for row, question in pairs)
    settings.FIELD_ENCRYPTION_KEYS = ["another-key", *settings.FIELD_ENCRYPTION_KEYS]
    done = rotate()
    assert (done.sealed, done.current, done.lost) == (10_000, 0, 0)
    settings.FIELD_ENCRYPTION_KEYS = ["another-key"]
    assert {unseal(sealed) for sealed in Answer.objects.values_list("sealed", flat=True)[::500]} == {PASSPORT}


def test_every_table_with_a_sealed_column_is_sealed_anew() -> None:
    assert {model._meta.label for model in sealed_models()} >= {
        "events.Answer",
        "events.GroupAnswer",
        "cms.Authenticator",
    }
