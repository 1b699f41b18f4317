"""The form: shown while registration is open, answered alike whoever sent it, nothing typed is lost."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.links import issue_link, key_of
from events.models import Message, Registration, RegistrationSettings, Wording, WordingSeen
from events.registration import cancel
from events.registration.answering import read_answers
from events.release import release_programme, withdraw_event
from tests.events.registration.applying import apply, line, taking
from tests.events.registration.browsing import fill_in, old_enough, path_of, seal_in
from tests.factories import QuestionFactory, SessionFactory, SessionPlacesFactory, WordingFactory

pytestmark = pytest.mark.django_db


def test_who_fills_it_in_is_registered_with_all_that_was_said_and_shown(client: Client) -> None:
    event = taking(capacity=1)
    diet = QuestionFactory(event=event, kind="choice", options=[{"key": "v", "tr": "vegan", "en": "vegan"}])
    nights = QuestionFactory(event=event, kind="number", required=True)
    photo = WordingFactory(event=event)
    answer = fill_in(
        client,
        event,
        **{
            "organisation": "Işıklar  Belediyesi",
            f"q-{diet.key}": "v",
            f"q-{nights.key}": "2,5",
            f"c-{photo.key}": "on",
        },
    )
    assert (answer.status_code, answer["Location"]) == (302, f"{path_of(event)}?sent")
    assert "Check your e-mail" in client.get(answer["Location"]).content.decode()
    row = Registration.objects.get()
    assert (row.name, row.email, row.organisation_name, row.language, row.state) == (
        "Ayşe Örnek",
        "ayse@sample.example",
        "Işıklar Belediyesi",
        "en",
        "unverified",
    )
    assert read_answers(row) == {diet.key: "v", nights.key: "2.5"}
    seen = WordingSeen.objects.select_related("version").order_by("pk")
    assert [(each.version.title, each.version.language, each.agreed_at is not None) for each in seen] == [
        ("How we use your data", "en", False),
        ("Photographs", "en", True),
    ]


def test_who_goes_back_to_correct_the_address_is_registered_with_that(client: Client) -> None:
    """The form that was sent is not sent by the same person twice, so it is not the same registration."""
    event = taking()
    path, photo = path_of(event), WordingFactory(event=event)
    seal = old_enough(seal_in(client.get(path).content.decode()))
    typed = {"name": "Ayşe", "email": "ayse@smaple.example", "x-shown": seal, f"c-{photo.key}": "on"}
    for _each in range(2):
        assert client.post(path, typed).status_code == 302
    answer = client.post(path, {**typed, "email": "ayse@sample.example"})
    html = answer.content.decode()
    assert (answer.status_code, "This form was sent before" in html) == (422, True)
    assert ('value="ayse@sample.example"' in html, "checked" in html) == (True, True)
    typed |= {"email": "ayse@sample.example", "x-shown": old_enough(seal_in(html))}
    for _each in range(2):
        assert client.post(path, typed).status_code == 302
    assert [(each.to_address, each.letter) for each in Message.objects.order_by("pk")] == [
        ("ayse@smaple.example", "registration_unverified"),
        ("ayse@sample.example", "registration_unverified"),
    ]


def test_who_cancelled_and_goes_back_to_the_form_registers_anew(client: Client) -> None:
    event = taking()
    path = path_of(event)
    typed = {"name": "Ayşe", "email": "ayse@sample.example"}
    typed["x-shown"] = old_enough(seal_in(client.get(path).content.decode()))
    client.post(path, typed)
    cancel(registration=Registration.objects.get())
    answer = client.post(path, typed)
    assert answer.status_code == 422
    client.post(path, {**typed, "x-shown": old_enough(seal_in(answer.content.decode()))})
    assert list(Registration.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "unverified"]


def test_the_form_asks_in_the_readers_language(client: Client) -> None:
    event = taking()
    question = QuestionFactory(event=event, label_tr="Beslenme", label_en="Diet")
    turkish, english = (client.get(path_of(event, each)).content.decode() for each in ("tr", "en"))
    assert ("Beslenme" in turkish, "Diet" in turkish, "Beslenme" in english, "Diet" in english) == (
        True,
        False,
        False,
        True,
    )
    fill_in(client, event, language="tr", **{f"q-{question.key}": "yok"})
    assert (Registration.objects.get().language, Message.objects.get().language) == ("tr", "tr")


def test_what_lacks_the_readers_language_is_shown_and_marked(client: Client) -> None:
    event = taking()
    options = [{"key": "tek", "tr": "Tek <kişilik>", "en": ""}, {"key": "cift", "tr": "Çift", "en": "Double"}]
    rooms = QuestionFactory(event=event, kind="choice", label_tr="Oda", label_en="", options=options)
    answer = fill_in(client, event, name="", **{f"q-{rooms.key}": "tek"})
    for html in (client.get(path_of(event)).content.decode(), answer.content.decode()):
        assert '<span lang="tr">Oda</span> <span class="tongue">Turkish</span>' in html
        assert '<span lang="tr">Tek &lt;kişilik&gt;</span>' in html
        assert ('<span lang="tr">Çift' in html, "Double" in html) == (False, True)
    assert 'lang="tr">Oda' not in client.get(path_of(event, "tr")).content.decode()


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(client: Client) -> None:
    event = taking()
    visa = QuestionFactory(event=event, kind="yes_no", label_en="Do you need a visa?", required=True)
    passport = QuestionFactory(
        event=event,
        required=True,
        label_en="Passport number",
        condition={"match": "all", "tests": [{"question": visa.key, "is": "equals", "value": True}]},
    )
    answer = fill_in(client, event, name="Zümrüt", email="zümrüt@sample", **{f"q-{visa.key}": "yes"})
    html = answer.content.decode()
    assert (answer.status_code, Registration.objects.count()) == (422, 0)
    assert ('value="Zümrüt"' in html, 'value="zümrüt@sample"' in html) == (True, True)
    assert f'id="id_q-{passport.key}_error"' in html
    assert html.index("This could not be sent yet") < html.index('class="form"')
    assert "Only if: “Do you need a visa?” is “yes”" in html
    assert fill_in(client, event, **{f"q-{visa.key}": "no", f"q-{passport.key}": "x"}).status_code == 302
    assert read_answers(Registration.objects.get()) == {visa.key: False}


def test_a_full_event_offers_the_waiting_list_and_says_so(client: Client) -> None:
    event = taking(capacity=1)
    apply(event, "Ali")
    assert "Join the waiting list" in client.get(path_of(event)).content.decode()
    fill_in(client, event)
    assert line(event) == ["Ayşe Örnek"]


@pytest.mark.parametrize("known", [True, False])
def test_the_answer_is_the_same_whoever_is_registered(known: bool, client: Client) -> None:
    event = taking()
    if known:
        apply(event, email="ayse@sample.example")
    answer = fill_in(client, event)
    assert (answer.status_code, answer["Location"], Registration.objects.count()) == (302, f"{path_of(event)}?sent", 1)


@pytest.mark.parametrize("group", ["", "group/"])
@pytest.mark.parametrize("approval", [True, False])
def test_what_comes_next_is_an_officer_where_one_approves_and_a_seat_or_a_place_in_line_elsewhere(
    approval: bool, group: str, client: Client
) -> None:
    event = taking(approval=approval, groups=True)
    html = client.get(f"{path_of(event)}{group}?sent").content.decode()
    assert ("An officer then looks at it" in html, "on the waiting list" in html) == (approval, not approval)


def test_who_waits_for_their_organisation_alone_does_not_read_that_all_seats_are_taken() -> None:
    event = taking(capacity=10, quota=1)
    for name in ("Ali", "Veli"):
        apply(event, name, organisation="Işıklar Belediyesi")
    text = Message.objects.get(to_address="veli@sample.example").body_text
    assert "There is no seat for you at the moment. You are number 1 on the waiting list." in text


def test_an_answer_that_need_not_be_given_can_be_taken_back(client: Client) -> None:
    event = taking()
    options = [{"key": "v", "tr": "vegan", "en": "vegan"}]
    diet = QuestionFactory(event=event, kind="choice", options=options)
    visa = QuestionFactory(event=event, kind="yes_no")
    must = QuestionFactory(event=event, kind="yes_no", required=True)
    html = client.get(path_of(event)).content.decode()
    empty = [f'name="q-{each.key}" value=""' in html for each in (diet, visa, must)]
    assert (empty, html.count("Leave it unanswered")) == ([True, True, False], 2)
    fill_in(client, event, **{f"q-{diet.key}": "", f"q-{visa.key}": "", f"q-{must.key}": "no"})
    assert read_answers(Registration.objects.get()) == {must.key: False}


@pytest.mark.parametrize(
    ("limits", "told"),
    [((1, 2), "Seats in each are limited."), ((1, None), "Seats in some of them are limited."), ((None, None), "")],
)
@pytest.mark.parametrize("group", ["", "group/"])
def test_limits_of_sessions_are_told_where_there_are_any(
    group: str, limits: tuple[int | None, ...], told: str, client: Client
) -> None:
    event = taking(groups=True)
    for number, capacity in enumerate(limits):
        session = SessionFactory(event=event, confirmed=True, start=f"1{number}:00", end=f"1{number}:30")
        SessionPlacesFactory(session=session, capacity=capacity)
    release_programme(event=event)
    html = client.get(path_of(event) + group).content.decode()
    said = [words for words in ("Seats in each are limited.", "Seats in some of them are limited.") if words in html]
    assert said == ([told] if told else [])


@pytest.mark.parametrize("group", ["", "group/"])
def test_a_quota_is_told_before_somebody_fills_in_the_form(group: str, client: Client) -> None:
    event = taking(quota=3, groups=True)
    settings = RegistrationSettings.objects.filter(event=event)
    told, waiting = "One organisation has 3 seats at most.", "Whoever registers after that joins the waiting list."
    found = []
    for quota, waiting_list in ((3, True), (3, False), (None, True)):
        settings.update(quota=quota, waiting_list=waiting_list)
        html = client.get(path_of(event) + group).content.decode()
        found.append((told in html, waiting in html))
    assert found == [(True, True), (True, False), (False, False)]


def test_the_same_form_twice_is_one_registration(client: Client) -> None:
    event = taking()
    seal = old_enough(seal_in(client.get(path_of(event)).content.decode()))
    typed = {"name": "Ayşe Örnek", "email": "ayse@sample.example", "x-shown": seal}
    answers = [client.post(path_of(event), typed) for _each in range(2)]
    assert {(each.status_code, each["Location"]) for each in answers} == {(302, f"{path_of(event)}?sent")}
    assert (Registration.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.usefixtures("standing_clock")
def test_robots_and_old_forms_are_asked_once_more(client: Client) -> None:
    event = taking()
    assert fill_in(client, event, **{"x-homepage": "https://spam.example"}).status_code == 422
    quick = seal_in(client.get(path_of(event)).content.decode())
    answer = client.post(path_of(event), {"name": "A", "email": "a@sample.example", "x-shown": quick})
    assert (answer.status_code, seal_in(answer.content.decode())) == (422, quick)
    for seal in ("", "x" * 9000, "a:b:c"):
        answer = client.post(path_of(event), {"name": "A", "email": "a@sample.example", "x-shown": seal})
        assert (answer.status_code, seal_in(answer.content.decode()) != seal) == (422, True)
    assert Registration.objects.count() == 0


def test_a_notice_that_changed_meanwhile_is_shown_before_anything_is_kept(client: Client) -> None:
    event = taking()
    photo = WordingFactory(event=event)
    seal = old_enough(seal_in(client.get(path_of(event)).content.decode()))
    Wording.objects.filter(kind="notice").update(text_en="Another text")
    typed = {"name": "A", "email": "a@sample.example", "x-shown": seal, f"c-{photo.key}": "on"}
    html = client.post(path_of(event), typed).content.decode()
    assert ("Another text" in html, "checked" in html, Registration.objects.count()) == (True, False, 0)


@pytest.mark.usefixtures("standing_clock")
def test_one_network_registers_a_council_and_not_the_whole_world(client: Client, settings: Any) -> None:
    event = taking()
    answers = [fill_in(client, event, email=f"a{number}@sample.example") for number in range(122)]
    assert [each.status_code for each in answers] == [302] * 120 + [429] * 2
    assert ('value="a121@sample.example"' in answers[-1].content.decode(), int(answers[-1]["Retry-After"]) > 0) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("named", "told", "status"),
    [
        ({"opens_at": timezone.now() + dt.timedelta(days=3)}, "Registration has not opened yet", 200),
        ({"closes_at": timezone.now() - dt.timedelta(days=3)}, "Registration is closed", 200),
        ({"capacity": 0, "waiting_list": False}, "All seats are taken", 200),
        ({"ready": False}, "takes no registrations here", 404),
    ],
)
def test_where_there_is_no_form_it_is_said_why(named: dict[str, Any], told: str, status: int, client: Client) -> None:
    event = taking(**named)
    answer = client.get(path_of(event))
    assert (told in answer.content.decode(), "<textarea" in answer.content.decode(), answer.status_code) == (
        True,
        False,
        status,
    )
    assert client.post(path_of(event), {"name": "A"}).status_code in (404, 409)


def test_by_invitation_only_the_link_opens_the_form(client: Client) -> None:
    event = taking(access="invitation")
    assert "by invitation" in client.get(path_of(event)).content.decode()
    link = issue_link(target=RegistrationSettings.objects.get(), purpose="invitation")
    key = key_of(link)
    other = key[:-1] + ("q" if key.endswith("a") else "a")
    assert client.get(f"{path_of(event)}i/{other}/").status_code == 404
    answer = client.get(f"{path_of(event)}i/{key_of(link)}/")
    assert answer["Location"] == path_of(event)
    assert fill_in(client, event).status_code == 302
    assert Registration.objects.count() == 1


def test_sessions_are_chosen_that_do_not_overlap(client: Client) -> None:
    event = taking()
    rows = [
        event.sessions.get(),
        *(SessionFactory(event=event, confirmed=True, start=dt.time(h), end=dt.time(h + 1)) for h in (9, 11)),
    ]
    release_programme(event=event)
    first, same, later = [SessionPlacesFactory(session=row, capacity=1) for row in rows]
    answer = fill_in(client, event, sessions=[first.pk, same.pk])
    assert (answer.status_code, "are at the same time" in answer.content.decode()) == (422, True)
    fill_in(client, event, sessions=[first.pk, later.pk])
    fill_in(client, event, email="bora@sample.example", sessions=[later.pk])
    chosen = [
        [(each.places_id, each.seat) for each in row.chosen_sessions.order_by("places")]
        for row in Registration.objects.order_by("pk")
    ]
    assert chosen == [[(first.pk, True), (later.pk, True)], [(later.pk, False)]]
    assert "all seats taken" in client.get(path_of(event)).content.decode()


def test_an_event_that_is_not_public_or_was_withdrawn_has_no_form(client: Client) -> None:
    event = taking()
    assert client.get("/en/events/nothing-here/register/").status_code == 404
    withdraw_event(event=event)
    assert client.get(path_of(event)).status_code == 410


def test_the_event_page_leads_there_and_says_how_it_stands(client: Client) -> None:
    event = taking(capacity=2)
    page = f"/en/events/{event.slug}/"
    assert (
        "2 seats left" in client.get(page).content.decode(),
        f'href="{path_of(event)}"' in client.get(page).content.decode(),
    ) == (True, True)
    apply(event, "Ali")
    assert "1 seat left" in client.get(page).content.decode()
    apply(event, "Bora")
    assert "Join the waiting list" in client.get(page).content.decode()
    RegistrationSettings.objects.update(waiting_list=False)
    html = client.get(page).content.decode()
    assert ("All seats are taken" in html, f'href="{path_of(event)}"' in html) == (True, False)
