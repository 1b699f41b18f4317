"""A question that an officer deletes while somebody answers it, or another officer changes it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from events.forms.registration import RegistrationForm
from events.models import Answer, Event, Question, Registration, RegistrationSettings
from events.registration import Filled, amend, tell_details, verify
from events.registration.answering import QuestionGoneError
from events.registration.groups.registering import register_group
from events.registration.requesting import request_change
from events.registration.setting_up import delete_question, save_question
from tests.events.registration.applying import applicant, apply, taking
from tests.events.registration.grouped import filled_group, taking_groups
from tests.factories import QuestionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    """Figen, who runs registrations."""
    client = Client(headers={"accept-language": "en"})
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    client.force_login(user)
    return client


def stale(event: Event, **named: Any) -> Question:
    """A question as somebody read it before it was deleted."""
    question = QuestionFactory(event=event, label_en="Arrival", **named)
    read = Question.objects.get(pk=question.pk)
    delete_question(question=question)
    return read


def test_every_way_of_answering_says_what_is_gone_and_keeps_nothing() -> None:
    event = taking_groups()
    row = verify(registration=apply(event, "Ali"))
    gone = stale(event)
    answers = {gone: "by train"}
    told = "This question is not asked any more: “Arrival”. Look through the form and send it once more."
    late = [
        lambda: apply(event, "Bora", filled=Filled(answers=answers)),
        lambda: amend(registration=row, applicant=applicant("Ali"), answers=answers),
        lambda: tell_details(registration=row, answers=answers),
        lambda: register_group(event=event, filled=filled_group("Ilgaz", 2, answers=answers), once="ilgaz"),
    ]
    for answer in late:
        with pytest.raises(QuestionGoneError, match=told):
            answer()
    RegistrationSettings.objects.filter(event=event).update(changes_until=timezone.now())
    with pytest.raises(QuestionGoneError, match=told):
        request_change(registration=row, answers=answers)
    assert (Answer.objects.count(), list(Registration.objects.values_list("name", flat=True))) == (0, ["Ali"])


def test_what_was_not_answered_is_missed_by_nobody() -> None:
    event = taking()
    assert apply(event, filled=Filled(answers={stale(event): None})).pk


def test_the_delegates_form_stands_once_more_without_it_and_with_all_that_was_typed() -> None:
    """The officer is faster than the form: it was read and checked when the question is deleted."""
    event = taking()
    asked = [QuestionFactory(event=event, label_en=label) for label in ("Diet", "Arrival")]
    diet, arrival = (f"q-{each.key}" for each in asked)
    typed = {"name": "Ayşe", "email": "ayse@sample.example", diet: "vegan", arrival: "by train"}
    form = RegistrationForm(typed, questions=asked)
    assert form.is_valid()
    answers = form.answers()
    delete_question(question=asked[1])
    with pytest.raises(QuestionGoneError) as refused:
        apply(event, filled=Filled(answers=answers))
    form.add_error(None, refused.value)
    assert (arrival in form.fields, form[diet].value(), form["name"].value()) == (False, "vegan", "Ayşe")
    assert [each.question.label_en for each in form.question_fields] == ["Diet"]
    assert "not asked any more: “Arrival”" in form.non_field_errors()[0]


def test_two_officers_at_one_question(officer: Client) -> None:
    event = taking()
    question = QuestionFactory(event=event, label_tr="Varış", label_en="Arrival")
    page = f"/admin/events/{event.pk}/registration/questions/"
    own = f"{page}{question.pk}/"
    form = officer.get(own).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    officer.post(page, {"act": f"delete:{question.pk}"})
    gone = "Somebody else deleted this question meanwhile"
    for act in ("delete", "up", "uncovered"):
        assert gone in officer.post(page, {"act": f"{act}:{question.pk}"}, follow=True).content.decode()
    assert gone in officer.get(own, follow=True).content.decode()
    html = officer.post(own, {**typed, "label_en": "Time of arrival"}).content.decode()
    shown = (gone in html, 'value="Time of arrival"' in html, f'action="{page}new/"' in html)
    assert (shown, Question.objects.count()) == ((True, True, True), 0)
    officer.post(f"{page}new/", {**typed, "label_en": "Time of arrival"})
    assert list(Question.objects.values_list("label_en", flat=True)) == ["Time of arrival"]


def test_saving_brings_back_nothing_that_was_deleted() -> None:
    event = taking()
    read = stale(event)
    with pytest.raises(Exception, match="Somebody else deleted"):
        save_question(question=read)
    delete_question(question=read)
    assert Question.objects.count() == 0


def test_a_question_of_another_event_is_nowhere(officer: Client) -> None:
    question = QuestionFactory(event=taking())
    other = f"/admin/events/{taking().pk}/registration/questions/{question.pk}/"
    assert officer.get(other).status_code == 404
