"""Who has not told all details: counted, filtered, asked once more."""

import pytest
from django.contrib.auth.models import Group

from events.models import Message, Registration
from events.registration import tell_details, verify
from events.registration.answering import read_answers
from tests.events.admin.conftest import Enter
from tests.events.registration.applying import apply, taking
from tests.factories import QuestionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_officers_see_who_has_not_told_and_ask_them_once_more(enter: Enter) -> None:
    event = taking()
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    admin, listed = enter(user), f"/admin/events/{event.pk}/registrations/"
    assert "Details missing" not in admin.get(listed).content.decode()
    question = QuestionFactory(event=event, stage="details", label_en="Arrival")
    rows = [verify(registration=apply(event, name)) for name in ("Ali Örnek", "Bora Taş", "Cem Gök")]
    tell_details(registration=rows[0], answers={question: "Monday"})
    html = admin.get(listed).content.decode()
    assert ("Details missing: <b>2</b>" in html, "Ali Örnek" in html) == (True, True)
    html = admin.get(listed, {"details": "missing"}).content.decode()
    assert [name in html for name in ("Ali Örnek", "Bora Taş", "Cem Gök")] == [False, True, True]
    assert "details missing: Arrival" in admin.get(f"{listed}{rows[1].pk}/").content.decode()
    answer = admin.post(f"{listed}?details=missing", {"act": "ask_all"}, follow=True)
    assert "Ask for missing details: 2 registrations." in answer.content.decode()
    admin.post(listed, {"act": "ask_details", "row": [row.pk for row in rows[:2]]})
    asked = [Message.objects.filter(person_key=row.person_key, letter="registration_details").count() for row in rows]
    assert asked == [0, 2, 1]
    page = f"{listed}{rows[1].pk}/edit/"
    version = Registration.objects.get(pk=rows[1].pk).version
    typed = {"name": "Bora Taş", "language": "en", "email": rows[1].email, f"q-{question.key}": "Tuesday"}
    admin.post(page, {**typed, "version": version})
    assert ([Registration.objects.get(pk=row.pk).details_due for row in rows], read_answers(rows[1])) == (
        [False, False, True],
        {question.key: "Tuesday"},
    )
