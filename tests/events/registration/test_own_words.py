"""Letters in an event's own words: placeholders, what falls back, what is refused, and that a value is never markup."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client

from events import mail
from events.models import Event, LetterTiming, LetterWords, Message, Registration
from events.registration import own_words, placeholders, verify
from events.registration.letter_names import NAMES
from events.registration.setting_up import copy_form
from events.registration.wording import LETTERS
from tests.events.registration.applying import apply, taking
from tests.events.registration.test_letters import parts, send
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
#: What somebody may have typed as a name: markup, a placeholder, a link of ours, a format.
HOSTILE = "<b>Ayşe</b> {event} {{link:registration}} %(until)s {% now %} & \"'"


@pytest.fixture
def client() -> Client:
    """Figen writes the letters of events."""
    user = UserFactory(username="figen", email="figen@sample.example")
    user.groups.add(Group.objects.get(name="Registration officers"))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def page(event: Event, letter: str = "") -> str:
    return f"/admin/events/{event.pk}/registration/letters/{letter and letter + '/'}"


def typed(letter: str = "confirmed", **changed: Any) -> dict[str, Any]:
    """What the form of a letter holds when it is opened, and what somebody changed in it."""
    fields: dict[str, Any] = {"version": "1", "act": "save"}
    for language in ("tr", "en"):
        words = own_words.ready_made(letter, language)
        fields |= {f"subject_{language}": words.subject, f"text_{language}": words.text}
    return {**fields, **changed}


def bodies(message: Message) -> tuple[str, str]:
    """Text and HTML as they go out."""
    return mail._fill_links(message, message.body_text), mail._fill_links(message, message.body_html)


def test_every_letter_has_a_name_and_only_known_placeholders() -> None:
    for letter in LETTERS:
        for language in ("tr", "en"):
            words = own_words.ready_made(letter, language)
            placeholders.check(words.subject + words.text, own_words.allowed_in(letter), language)
    assert set(LETTERS) <= set(NAMES)


def test_own_words_go_out_with_everything_filled_in() -> None:
    event = taking()
    LetterWords.objects.create(
        event=event,
        letter="confirmed",
        subject_en="{name} at {event}",
        text_en="For {organisation}, {code}.\nSecond line\n\n{date}\n\n{state}",
    )
    row = verify(registration=apply(event, "Ali", organisation="Işıklar"))
    letter = send()[-1]
    text = parts(letter)["text/plain"].get_payload(decode=True).decode()
    html = parts(letter)["text/html"].get_payload(decode=True).decode()
    assert letter["Subject"] == f"Ali at {event.public.title}"
    assert f"For Işıklar, {row.code.upper()}.\nSecond line\n\nThursday 10 June 2027, 09:00" in text
    assert f"For Işıklar, {row.code.upper()}.<br>Second line</p>" in html
    assert "Your seat is confirmed" not in text


def test_the_other_language_keeps_its_ready_made_words() -> None:
    event = taking()
    LetterWords.objects.create(event=event, letter="confirmed", subject_en="Own", text_en="Own text")
    verify(registration=apply(event, "Ali", language="tr"))
    assert Message.objects.get(letter="registration_confirmed").subject.startswith("Kaydınız")
    row = LetterWords.objects.get()
    assert (own_words.is_half(row), own_words.is_own(row, "en"), own_words.is_own(row, "tr")) == (["tr"], True, False)


def test_names_of_both_languages_are_understood_and_values_are_looked_through_once() -> None:
    values = {"name": "{event}", "event": "{ad}", "until": "", "place": "3", "venue": "İzmir"}
    told = placeholders.fill("{ad} {name} {ETKİNLİK} {number} {sıra} {sira} {yer} {place} {son_tarih}|", values)
    assert told == "{event} {event} {ad} 3 3 3 İzmir İzmir |"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dear {nme}", "This letter has no {nme}. It can say: {name}, {organisation}, {event}, {date}, {place}, {state}, {code}"),
        ("{until}", "This letter has no {until}."),
        ("{}", "This letter has no {}."),
        ("Dear {name", "A brace is missing: a placeholder stands between { and }, as in {event}."),
        ("Dear name}", "A brace is missing"),
        ("{{name}}", "A brace is missing"),
        ("{name.__class__}", "This letter has no {name.__class__}."),
    ],
)  # fmt: skip
def test_what_is_no_placeholder_is_refused_in_words(client: Client, text: str, told: str) -> None:
    event = taking()
    html = client.post(page(event, "confirmed"), typed(text_en=text)).content.decode()
    assert (told in html.replace("&#x27;", "'"), text in html) == (True, True)
    assert own_words.words_for(event.pk, "confirmed", "en") == own_words.ready_made("confirmed", "en")
    with pytest.raises(ValidationError):
        placeholders.check(text, own_words.allowed_in("confirmed"), "en")


def test_what_anybody_typed_is_literal_in_text_and_html() -> None:
    event = taking()
    LetterWords.objects.create(
        event=event, letter="confirmed", text_en="For {organisation}: {name} <i>{{link:registration}}"
    )
    row = verify(registration=apply(event, HOSTILE, email="a@sample.example", organisation=HOSTILE))
    message = Message.objects.get(letter="registration_confirmed")
    text, html = bodies(message)
    shown = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    shown = shown.replace("'", "&#x27;")
    assert f"Dear {HOSTILE}," in text
    assert f"For {HOSTILE}: {HOSTILE} <i>{{{{link:registration}}}}" in text
    assert f"For {shown}: {shown} &lt;i&gt;{{{{link:registration}}}}" in html
    assert text.count("/register/k/") == html.count("/register/k/") == 1
    assert mail._email(message).body == text
    assert row.state == "confirmed"


def test_an_officer_writes_saves_and_goes_back(client: Client) -> None:
    event = taking()
    client.post(
        page(event, "confirmed"), typed(subject_tr="Görüşmek üzere: {etkinlik}", text_tr="Kapı {tarih} açılır.")
    )
    row = LetterWords.objects.get()
    assert (row.subject_tr, row.text_tr, row.subject_en, row.text_en) == (
        "Görüşmek üzere: {etkinlik}",
        "Kapı {tarih} açılır.",
        "",
        "",
    )
    html = client.get(page(event)).content.decode()
    assert ("lacks some" in html, "own words" in html) == (True, True)
    old = client.post(page(event, "confirmed"), typed(subject_tr="Benimki", version="1")).content.decode()
    assert ("Somebody else saved this" in old, "Benimki" in old) == (True, True)
    client.post(page(event, "confirmed"), {"act": "back"})
    assert not LetterWords.objects.exists()
    assert client.get(page(event, "unheard_of")).status_code == 404


def test_a_preview_shows_a_real_person_and_sends_nothing(client: Client) -> None:
    event = taking(capacity=1)
    apply(event, "Işıl Çağlar", email="isil@sample.example", language="tr")
    apply(event, "Işıl Taş", email="tas@sample.example")
    before = Message.objects.count()
    several = client.post(page(event, "waitlisted"), typed("waitlisted", act="preview", who="ISIL")).content.decode()
    assert ("Several people fit" in several, "Işıl Taş" in several) == (True, True)
    row = Registration.objects.get(name="Işıl Taş")
    answer = client.post(
        page(event, "waitlisted"),
        typed("waitlisted", act="preview", person=row.pk, subject_en="Number {number}, {name}"),
    )
    html = answer.content.decode()
    assert ("Number 1, Işıl Taş" in html, "<iframe" in html, "sandbox" in html) == (True, True, True)
    assert ("/register/k/" in html, Message.objects.count(), LetterWords.objects.count()) == (False, before, 0)
    assert (
        "Nobody fits that"
        in client.post(
            page(event, "waitlisted"), typed("waitlisted", act="preview", who="nobody at all")
        ).content.decode()
    )


def test_a_preview_without_anybody_registered_shows_somebody_made_up(client: Client) -> None:
    for letter in LETTERS:
        html = client.post(page(taking(), letter), typed(letter, act="preview")).content.decode()
        assert ("Ayşe Örnek" in html, "<iframe" in html) == (True, True), letter


def test_a_preview_has_the_button_of_the_letter(client: Client) -> None:
    expected = {
        "confirmed": "Open your registration",
        "asked": "Confirm your registration",
        "group_confirmed": "Open your group",
        "group_asked": "Confirm your group",
        "group_offered": "Take the seats",
    }
    event = taking()
    pages = {each: client.post(page(event, each), typed(each, act="preview")).content.decode() for each in expected}
    assert {each: button for each, button in expected.items() if button not in pages[each]} == {}


def test_a_test_goes_to_the_officer_alone_and_opens_nothing(client: Client) -> None:
    event = taking()
    row = verify(registration=apply(event, "Ali"))
    Message.objects.all().delete()
    client.post(page(event, "confirmed"), typed(act="test", person=row.pk))
    (letter,) = send()
    text = parts(letter)["text/plain"].get_payload(decode=True).decode()
    assert (letter["To"], letter["Subject"].startswith("[Test] You are registered")) == (
        "figen@sample.example",
        True,
    )
    assert text.startswith("*** This is a test.")
    assert ("text/calendar" in parts(letter), row.code.upper() in text, "TEST" in text) == (False, False, True)
    assert "/register/k/" not in text + parts(letter)["text/html"].get_payload(decode=True).decode()


def test_own_letters_and_their_times_are_copied_with_the_form() -> None:
    source, event = taking(), taking()
    for letter in ("confirmed", "thanks"):
        LetterWords.objects.create(event=source, letter=letter, subject_en=letter)
    LetterWords.objects.create(event=event, letter="thanks", subject_en="mine")
    LetterTiming.objects.create(event=source, letter="thanks", amount=3, switched_on=True)
    copy_form(source=source, event=event)
    assert dict(event.letter_words.values_list("letter", "subject_en")) == {"confirmed": "confirmed", "thanks": "mine"}
    assert list(event.letter_timings.values_list("letter", "amount", "switched_on")) == [("thanks", 3, True)]
    assert source.letter_words.count() == 2
