"""Registrations in the admin: found, decided on, entered, corrected, exported, each by whoever may."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import ModelLogEntry

from events import labels
from events.models import Event, Message, Question, Registration, RegistrationSettings, Wording
from events.registration import Filled, verify
from events.registration.answering import read_answers
from tests.events.admin.conftest import Enter
from tests.events.registration.applying import apply, states, taking
from tests.factories import QuestionFactory, SessionFactory, UserFactory, WordingFactory, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar() -> Any:
    """Figen runs registrations, and reads every answer."""
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    return user


def url(event: Event, rest: str = "registrations/") -> str:
    return f"/admin/events/{event.pk}/{rest}"


def text(answer: Any) -> str:
    html: str = answer.content.decode()
    return html


def test_the_list_finds_any_spelling_and_counts_by_state(registrar: Any, enter: Enter) -> None:
    event = taking(capacity=2)
    for name, office in (("Işıl Çağlar", "Ilgın"), ("Bora Taş", "İzmir"), ("Łukasz Ø", "")):
        apply(event, name, email=f"{name[:1].encode().hex()}@sample.example", organisation=office)
    client = enter(registrar)
    html = text(client.get(url(event)))
    assert [name in html for name in ("Işıl Çağlar", "Bora Taş", "Łukasz Ø")] == [True] * 3
    assert (bool(re.search(r"On the waiting list\s*<b\s*>1</b>", html)), "2 / 2" in html) == (True, True)
    for query, found in (
        ("isil", "Işıl Çağlar"),
        ("ILGIN", "Işıl Çağlar"),
        ("lukasz", "Łukasz Ø"),
        ("izmir", "Bora Taş"),
    ):
        html = text(client.get(url(event), {"q": query}))
        assert [name for name in ("Işıl Çağlar", "Bora Taş", "Łukasz Ø") if name in html] == [found]
    html = text(client.get(url(event), {"state": "waitlisted"}))
    assert ("Łukasz Ø" in html, "Bora Taş" in html) == (True, False)
    assert (
        client.get(url(event), {"state": "x", "order": "y", "page": "9" * 30, "organisation": "\u0001"}).status_code
        == 200
    )


def test_one_or_many_are_decided_on_and_the_person_reads_the_reason(registrar: Any, enter: Enter) -> None:
    event = taking(approval=True, capacity=2)
    rows = [verify(registration=apply(event, name)) for name in ("Ali", "Bora", "Cem", "Derya")]
    client = enter(registrar)
    answer = client.post(url(event), {"row": [row.pk for row in rows[:3]], "act": "approve"}, follow=True)
    assert ("Approve: 2 registrations." in text(answer), "Cem: No seat is left" in text(answer)) == (True, True)
    client.post(url(event), {"row": [rows[2].pk], "act": "waitlist"})
    client.post(url(event, f"registrations/{rows[3].pk}/"), {"act": "decline", "reason": "Not this time"})
    assert states(event) == {"Ali": "confirmed", "Bora": "confirmed", "Cem": "waitlisted", "Derya": "declined"}
    assert "Not this time" in Message.objects.get(letter="registration_declined").body_text
    before = Message.objects.count()
    client.post(url(event), {"row": [rows[0].pk], "act": "resend"})
    assert Message.objects.count() == before + 1
    for posted in ({}, {"row": ["x", "9" * 40]}, {"row": [rows[0].pk], "act": "nothing"}):
        assert "Nothing was done" in text(client.post(url(event), posted, follow=True))
    other = apply(taking(), "Ece")
    client.post(url(event), {"row": [other.pk], "act": "cancel"})
    other.refresh_from_db()
    assert other.state == "unverified"


def test_the_history_of_one_says_who_did_what(registrar: Any, enter: Enter) -> None:
    event = taking(approval=True)
    row = verify(registration=apply(event, "Ali"))
    client = enter(registrar)
    client.post(url(event), {"row": [row.pk], "act": "approve"})
    html = text(client.get(url(event, f"registrations/{row.pk}/")))
    assert [each in html for each in ("Registered online", "Address confirmed", "Approved", "figen")] == [True] * 4


def test_what_was_shown_and_agreed_to_stands_by_the_clock_of_the_event(registrar: Any, enter: Enter) -> None:
    event = taking()
    photo = WordingFactory(event=event)
    row = apply(event, "Ali", filled=Filled(shown=[photo], agreed={photo.key}))
    seen = row.wordings_seen.get(agreed_at__isnull=False)
    type(event).objects.filter(pk=event.pk).update(time_zone="Pacific/Auckland")
    html = text(enter(registrar).get(url(event, f"registrations/{row.pk}/")))
    assert f"agreed {labels.moment_words(seen.agreed_at, 'Pacific/Auckland', 'en')}" in html


def test_a_sensitive_answer_is_opened_by_a_button_and_that_is_written_down(
    registrar: Any, officer: Any, enter: Enter
) -> None:
    event = taking()
    passport = QuestionFactory(event=event, sensitive=True, label_en="Passport")
    plan = QuestionFactory(event=event, label_en="Plan", visible_to="officers")
    row = apply(event, "Ali", filled=Filled(answers={passport: "U 123", plan: "by train"}))
    page = url(event, f"registrations/{row.pk}/")
    client, other = enter(registrar), enter(officer)
    assert ("U 123" in text(client.get(page)), "by train" in text(client.get(page))) == (False, True)
    answer = client.post(page, {"act": "open"})
    assert ("U 123" in text(answer), "no-store" in answer["Cache-Control"]) == (True, True)
    opened = ModelLogEntry.objects.filter(action="events.registration.open_answers")
    assert [(entry.user, entry.label) for entry in opened] == [(registrar, row.code)]
    assert ("Passport" in text(other.get(page)), "by train" in text(other.get(page))) == (False, True)
    assert "U 123" not in text(other.post(page, {"act": "open"}, follow=True))
    assert opened.count() == 1


def test_somebody_is_entered_and_corrected_and_two_hands_do_not_overwrite(registrar: Any, enter: Enter) -> None:
    event = taking(closes_at=None)
    diet = QuestionFactory(event=event, label_en="Diet", required=True)
    client = enter(registrar)
    client.post(url(event, "registrations/add/"), {"name": "Ali Örnek", "language": "tr", "email": ""})
    row = Registration.objects.get()
    assert (row.state, row.source, row.email, Message.objects.count()) == ("confirmed", "officer", "", 0)
    page = url(event, f"registrations/{row.pk}/edit/")
    typed = {"name": "Ali Yeni", "email": "ali@sample.example", "language": "en", f"q-{diet.key}": "vegan"}
    client.post(page, {**typed, "version": row.version})
    row.refresh_from_db()
    assert (row.name, row.person_key, read_answers(row)) == ("Ali Yeni", "ali@sample.example", {diet.key: "vegan"})
    html = text(client.post(page, {**typed, "name": "Ali Eski", "version": row.version - 1}))
    assert ("Both versions" in html, "Ali Yeni" in html, 'value="Ali Eski"' in html) == (True, True, True)
    assert Registration.objects.get().name == "Ali Yeni"
    html = text(
        client.post(url(event, "registrations/add/"), {"name": "B", "language": "tr", "email": "ali@sample.example"})
    )
    assert "registered already" in html


def test_the_same_form_sent_twice_enters_one_person_and_another_name_is_asked_about(
    registrar: Any, enter: Enter
) -> None:
    event, client = taking(), enter(registrar)
    page = url(event, "registrations/add/")
    once = re.findall(r'name="x-once" value="([0-9a-f]{16})"', text(client.get(page)))
    assert len(once) == 1
    typed = {"name": "Ali Örnek", "language": "tr", "email": "", "x-once": once[0]}
    first, second = client.post(page, typed), client.post(page, typed)
    assert (first.status_code, second["Location"]) == (302, first["Location"])
    assert Registration.objects.count() == 1
    html = text(client.post(page, {**typed, "name": "Bora Taş"}))
    anew = re.findall(r'name="x-once" value="([0-9a-f]{16})"', html)
    told = "saved before, for “Ali Örnek”" in html
    assert (told, 'value="Bora Taş"' in html, len(anew), anew == once) == (True, True, 1, False)
    client.post(page, {**typed, "name": "Bora Taş", "x-once": anew[0]})
    assert states(event) == {"Ali Örnek": "confirmed", "Bora Taş": "confirmed"}


def test_registration_is_set_up_from_nothing(registrar: Any, enter: Enter, client: Client) -> None:
    event, other = released(), taking()
    first = QuestionFactory(event=other, label_en="From elsewhere")
    QuestionFactory(event=other, condition={"tests": [{"question": first.key, "is": "answered"}]})
    admin = enter(registrar)
    assert "takes no registrations yet" in text(admin.get(url(event)))
    saved = {"access": "open", "offer_hours": "48", "days_kept": "180", "version": "1", "capacity": "30"}
    answer = admin.post(
        url(event, "registration/"), {**saved, "opens_at": "01.05.2020 09:00", "waiting_list": "on"}, follow=True
    )
    assert "no information notice yet" in text(answer)
    admin.post(url(event, "registration/wordings/"), {"act": "ready:notice"})
    admin.post(url(event, "registration/wordings/"), {"act": "ready:photo"})
    html = text(admin.post(url(event, "registration/questions/"), {"act": "ready:diet"}, follow=True))
    assert "does not name these questions in both languages: “Diet”" in html
    html += text(admin.get(url(event, "registration/wordings/")))
    assert [f"ready:{each}" in html for each in ("diet", "photo", "notice", "access", "newsletter")] == [
        False,
        False,
        False,
        True,
        True,
    ]
    admin.post(url(event, "registration/questions/"), {"act": "copy", "source": other.pk})
    form = text(client.get(f"/en/events/{event.slug}/register/"))
    told = (
        "No preference",
        "Diet and access needs",
        "From elsewhere",
        "Photographs and video",
        "Only if:",
    )
    assert [each in form for each in told] == [True] * 5
    settings = RegistrationSettings.objects.get(event=event)
    assert (settings.capacity, settings.opens_at is not None, settings.version) == (30, True, 1)
    html = text(admin.post(url(event, "registration/"), {**saved, "version": "0"}))
    assert "Both versions" in html
    html = text(admin.post(url(event, "registration/"), {**saved, "capacity": "1.000", "version": "1"}))
    assert "Write a whole number" in html


def test_a_question_is_written_with_choices_and_a_condition(registrar: Any, enter: Enter) -> None:
    event = taking()
    first = QuestionFactory(event=event, kind="yes_no", label_tr="Gelecek misiniz?", label_en="Will you come?")
    admin, page = enter(registrar), url(event, "registration/questions/new/")
    typed = {
        "kind": "choice",
        "label_tr": "Oda",
        "label_en": "Room",
        "stage": "registration",
        "purpose_tr": "Konaklama",
        "legal_basis": "request",
        "visible_to": "officers",
        "days_kept": "10",
        "version": "1",
        "choices": "Tek | Single\nÇift | Double",
        "match": "all",
        "if0_question": first.key,
        "if0_is": "equals",
        "if0_value": "evet",
    }
    admin.post(page, typed)
    question = Question.objects.get(label_en="Room")
    assert question.options == [
        {"key": "tek", "tr": "Tek", "en": "Single"},
        {"key": "cift", "tr": "Çift", "en": "Double"},
    ]
    assert question.condition == {"match": "all", "tests": [{"question": first.key, "is": "equals", "value": True}]}
    own = url(event, f"registration/questions/{question.pk}/")
    admin.post(own, {**typed, "choices": "Çift | Twin\nTek | Single", "if0_value": "Yes"})
    question.refresh_from_db()
    assert [(each["key"], each["en"]) for each in question.options] == [("cift", "Twin"), ("tek", "Single")]
    html = text(admin.post(own, {**typed, "version": "2", "choices": "Tek", "if0_value": "maybe"}))
    assert ("Give two choices" in html, "Write “yes” or “no”." in html) == (True, True)
    listed = url(event, "registration/questions/")
    for act, said in ((f"up:{question.pk}", "stays behind those"), (f"delete:{first.pk}", "depends on the answers")):
        assert said in text(admin.post(listed, {"act": act}, follow=True))
    admin.post(listed, {"act": f"delete:{question.pk}"})
    admin.post(listed, {"act": f"delete:{first.pk}"})
    assert not Question.objects.exists()
    for act in ("ready:nothing", "copy", "up:x", f"up:{'9' * 30}", "nothing"):
        assert admin.post(listed, {"act": act}).status_code in (302, 404)


def test_a_text_that_was_shown_is_changed_and_never_deleted(registrar: Any, enter: Enter) -> None:
    event = taking()
    photo, other = WordingFactory(event=event), WordingFactory(event=event)
    apply(event, "Ali", filled=Filled(shown=[photo]))
    admin, listed = enter(registrar), url(event, "registration/wordings/")
    assert "it stays" in text(admin.post(listed, {"act": f"delete:{photo.pk}"}, follow=True))
    admin.post(listed, {"act": f"delete:{other.pk}"})
    assert list(Wording.objects.filter(kind="consent")) == [photo]
    typed = {"title_tr": "Foto", "title_en": "Photo", "text_tr": "Metin", "text_en": "Text", "version": "1"}
    admin.post(url(event, f"registration/wordings/{photo.pk}/"), typed)
    apply(event, "Bora", filled=Filled(shown=[Wording.objects.get(pk=photo.pk)]))
    assert list(photo.versions.order_by("number").values_list("number", "title")) == [(1, "Photographs"), (2, "Photo")]


def test_sessions_to_choose(registrar: Any, enter: Enter) -> None:
    event = taking()
    session, other = event.sessions.get(), SessionFactory(event=event)
    admin, page = enter(registrar), url(event, "registration/sessions/")
    admin.post(page, {f"choose-{session.pk}": "on", f"seats-{session.pk}": "12", f"seats-{other.pk}": ""})
    session.refresh_from_db()
    assert (session.places.capacity, hasattr(other, "places")) == (12, False)
    assert "Write a whole number" in text(
        admin.post(page, {f"choose-{session.pk}": "on", f"seats-{session.pk}": "1.000"})
    )
    admin.post(page, {f"seats-{session.pk}": ""})
    assert not hasattr(type(session).objects.get(pk=session.pk), "places")


def test_who_may_not_see_registrations_sees_none(enter: Enter, editor: Any, reader: Any) -> None:
    event = taking()
    row = apply(event, "Ali")
    for user in (editor, reader):
        client = enter(user)
        for rest in ("registrations/", f"registrations/{row.pk}/", "registrations/export/csv/", "registration/"):
            answer = client.get(url(event, rest))
            assert (answer.status_code, b"Ali" in answer.content) == (302, False)


class TestAnswersInTheList:
    """Answers stand in columns and narrow the list, for those who may read them; sealed ones never."""

    def _event(self) -> tuple[Event, Question, Question]:
        event = taking()
        options = [{"key": "veg", "tr": "Vejetaryen", "en": "Vegetarian"}, {"key": "any", "tr": "Hepsi", "en": "Any"}]
        menu = QuestionFactory(event=event, kind="choices", label_tr="Yemek", label_en="Menu", options=options)
        night = QuestionFactory(event=event, kind="yes_no", label_tr="Gece", label_en="Night", visible_to="officers")
        apply(event, "Ali", filled=Filled(answers={menu: ["veg"], night: True}))
        apply(event, "Bora", filled=Filled(answers={menu: ["any", "veg"], night: False}))
        apply(event, "Cem", filled=Filled(answers={menu: ["any"]}))
        return event, menu, night

    def _names(self, answer: Any) -> list[str]:
        return [str(each["row"]) for each in answer.context["rows"]]

    def test_in_columns_and_narrowed_with_what_leads_on_from_there(self, registrar: Any, enter: Enter) -> None:
        event, menu, night = self._event()
        client = enter(registrar)
        page = client.get(url(event), {"columns": [menu.key, night.key], "answer": f"{menu.key}:veg"})
        rows = page.context["rows"]
        assert [(str(each["row"]), [answer for _question, answer in each["answers"]]) for each in rows] == [
            ("Ali", ["Vegetarian", "yes"]),
            ("Bora", ["Any, Vegetarian", "no"]),
        ]
        query = page.context["query"]
        assert (f"columns={menu.key}%2C{night.key}" in query, f"answer={menu.key}%3Aveg" in query) == (True, True)
        assert self._names(client.get(url(event) + query)) == ["Ali", "Bora"]
        assert client.get(url(event, "registrations/papers/") + query + "&state=unverified").context["count"] == 2
        told = client.get(url(event, "registrations/write/") + query).context["who"]
        assert told.endswith("Menu: Vegetarian")
        csv = text(client.get(url(event, "registrations/export/csv/") + query))
        assert [name in csv for name in ("Ali", "Bora", "Cem")] == [True, True, False]
        assert self._names(client.get(url(event), {"answer": f"{night.key}:0"})) == ["Bora"]

    def test_not_for_who_may_not_read_them_nor_what_is_sealed(self, officer: Any, registrar: Any, enter: Enter) -> None:
        event, menu, night = self._event()
        sealed = QuestionFactory(event=event, kind="yes_no", label_en="Asthma", sensitive=True, visible_to="officers")
        asked = {"columns": [menu.key, night.key, sealed.key], "answer": f"{menu.key}:veg"}
        page = enter(officer).get(url(event), asked)
        assert ([str(each) for each in page.context["columns"]], len(page.context["rows"])) == (["Night"], 3)
        page = enter(registrar).get(url(event), asked | {"answer": f"{sealed.key}:1"})
        assert ([str(each) for each in page.context["columns"]], len(page.context["rows"])) == (["Menu", "Night"], 3)
        for odd in ("x", ":", f"{menu.key}:", f"{menu.key}:{'9' * 300}", "\u0001:1"):
            assert len(enter(registrar).get(url(event), {"answer": odd, "columns": odd}).context["rows"]) == 3


def test_the_list_costs_as_much_for_three_as_for_one(
    registrar: Any, enter: Enter, django_assert_num_queries: Any
) -> None:
    event, client = taking(), enter(registrar)
    client.get(url(event))
    for number in range(3):
        apply(event, f"Kişi {number}", organisation=f"Kurum {number}")
        if number in (0, 2):
            with django_assert_num_queries(23):
                client.get(url(event))


def test_answers_in_columns_cost_as_much_for_three_as_for_one(
    registrar: Any, enter: Enter, django_assert_num_queries: Any
) -> None:
    event, client = taking(), enter(registrar)
    question = QuestionFactory(event=event)
    client.get(url(event))
    for number in range(3):
        apply(event, f"Kişi {number}", filled=Filled(answers={question: f"Yanıt {number}"}))
        if number in (0, 2):
            with django_assert_num_queries(23):
                client.get(url(event), {"columns": question.key})
