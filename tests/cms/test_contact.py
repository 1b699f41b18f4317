"""The contact page: what is kept of a message, what keeps robots out, and when all of it is gone."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.contact.verbs import delete_overdue_messages
from cms.models import ContactField, ContactMessage, ContactPage, ShownText
from events.erasure import erase_person
from events.models import Message
from tests.cms.pages import published
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
FIELDS = [
    ("Adınız", "singleline", True),
    ("E-posta", "email", True),
    ("Konu", "dropdown", False),
    ("Günler", "checkboxes", False),
    ("Mesaj", "multiline", True),
]
AYSE = {"adiniz": "Ayşe Örnek", "e_posta": "Ayse@sample.example", "konu": "Üyelik", "mesaj": "Merhaba,\r\nsevgiler"}
NOON = "2027-06-10T09:00:00Z"
KEPT = {
    "adiniz": "Ayşe Örnek",
    "e_posta": "Ayse@sample.example",
    "konu": "Üyelik",
    "gunler": [],
    "mesaj": "Merhaba,\nsevgiler",
}


@pytest.fixture
def page() -> ContactPage:
    """A form with five fields, a notice and a consent."""
    page = ContactPage(
        title="İletişim",
        slug="iletisim",
        recipients="genel@sample.example\nbasin@sample.example\ngenel@sample.example",
        notice="<p>Aydınlatma</p>",
        consent="<p>Bülten</p>",
        retention_days=30,
    )
    for order, (label, kind, required) in enumerate(FIELDS):
        choices = "Üyelik\nBasın" if kind == "dropdown" else "Salı\nCuma"
        page.form_fields.add(
            ContactField(label=label, field_type=kind, required=required, choices=choices, sort_order=order)
        )
    return published(page)


def opened(client: Client, address: str = "/tr/iletisim/") -> dict[str, str]:
    """What the browser sends back of its own accord."""
    body = client.get(address).content.decode()
    found = re.search(r'name="x-shown" value="([^"]+)"', body)
    assert found
    return {"x-shown": found[1]}


def sent(client: Client, later: float = 60, **data: Any) -> Any:
    """Open the form, write for a minute, send."""
    with time_machine.travel(NOON, tick=False) as clock:
        seal = opened(client)
        clock.shift(later)
        return client.post("/tr/iletisim/", {**AYSE, **seal, **data})


def said(answer: Any) -> dict[str, list[str]]:
    """What is wrong, by field."""
    return {name: list(map(str, errors)) for name, errors in answer.context["form"].errors.items()}


def test_a_message_is_kept_with_what_the_person_saw_and_a_letter_for_each_recipient(
    client: Client, page: ContactPage
) -> None:
    answer = sent(client, **{"x-consent": "on"})
    assert (answer.status_code, answer["Location"]) == (302, "/tr/iletisim/?sent")
    message = ContactMessage.objects.get()
    assert (message.form_data, message.email, message.page_id) == (KEPT, "ayse@sample.example", page.pk)
    assert (message.shown_at.isoformat(), message.submit_time.isoformat()) == (
        "2027-06-10T09:00:00+00:00",
        "2027-06-10T09:01:00+00:00",
    )
    told = [(each.kind, each.language, each.number, each.text) for each in (message.notice, message.consent) if each]
    assert told == [("notice", "tr", 1, "<p>Aydınlatma</p>"), ("consent", "tr", 1, "<p>Bülten</p>")]
    letters = list(message.letters.order_by("pk").values_list("to_address", "language", "subject"))
    assert letters == [
        ("genel@sample.example", "tr", "İletişim: yeni bir mesaj"),
        ("basin@sample.example", "tr", "İletişim: yeni bir mesaj"),
    ]
    body = message.letters.all()[0].body_text
    assert [
        part for part in ("Ayşe Örnek", "Merhaba,\nsevgiler", "Ayse@sample.example", "Açık rıza") if part not in body
    ] == []


def test_consent_is_no_condition_and_off_at_first(client: Client, page: ContactPage) -> None:
    assert "checked" not in client.get("/tr/iletisim/").content.decode()
    assert sent(client).status_code == 302
    assert ContactMessage.objects.get().consent is None


def test_a_changed_notice_is_a_new_version(client: Client, page: ContactPage) -> None:
    sent(client)
    page.notice = "<p>Yeni</p>"
    page.save()
    sent(client)
    sent(client)
    assert list(ContactMessage.objects.order_by("pk").values_list("notice__number", "notice__text")) == [
        (1, "<p>Aydınlatma</p>"),
        (2, "<p>Yeni</p>"),
        (2, "<p>Yeni</p>"),
    ]
    assert ShownText.objects.count() == 2


def test_who_read_another_notice_reads_the_new_one_first_and_loses_nothing(client: Client, page: ContactPage) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        seal = opened(client)
        page.notice = "<p>Yeni</p>"
        page.save()
        clock.shift(60)
        answer = client.post("/tr/iletisim/", {**AYSE, **seal, "x-consent": "on"})
        body = answer.content.decode()
        assert (answer.status_code, ContactMessage.objects.count()) == (422, 0)
        assert [
            text for text in ("metni değişti", "<p>Yeni</p>", "Merhaba,", 'value="Ayşe Örnek"') if text not in body
        ] == []
        assert "checked" not in body
        again = re.search(r'name="x-shown" value="([^"]+)"', body)
        clock.shift(60)
        assert again
        assert client.post("/tr/iletisim/", {**AYSE, "x-shown": again[1]}).status_code == 302


@pytest.mark.parametrize(
    ("later", "data", "wrong"),
    [
        (1, {}, {"__all__": ["Bu, bir insanın yazabileceğinden hızlıydı; lütfen düğmeye bir kez daha basın."]}),
        (
            13 * 3600,
            {},
            {"__all__": ["Bu form uzun süre açık kaldı. Hiçbir şey kaybolmadı: gözden geçirip yeniden gönderin."]},
        ),
        (
            60,
            {"x-shown": "forged"},
            {"__all__": ["Bu form uzun süre açık kaldı. Hiçbir şey kaybolmadı: gözden geçirip yeniden gönderin."]},
        ),
        (
            60,
            {"x-homepage": "http://spam.example"},
            {"x-homepage": ["Bu alanı boş bırakın. Tarayıcınız doldurduysa silip yeniden gönderin."]},
        ),
        (
            60,
            {"e_posta": "ayse@localhost"},
            {"e_posta": ["@ işaretinden sonrasını kontrol edin: belediye.example gibi noktalı bir ad olmalı."]},
        ),
        (60, {"adiniz": " \u200b "}, {"adiniz": ["Bu alan zorunludur."]}),
        (60, {"konu": "Başka"}, {"konu": ["Geçerli bir seçenek seçin. Başka mevcut seçeneklerden biri değil."]}),
    ],
)
def test_what_cannot_be_sent_is_said_in_words_and_nothing_is_kept_or_lost(
    client: Client, page: ContactPage, later: float, data: dict[str, str], wrong: dict[str, list[str]]
) -> None:
    answer = sent(client, later, **data)
    assert (answer.status_code, said(answer)) == (422, wrong)
    assert (ContactMessage.objects.count(), Message.objects.count()) == (0, 0)
    body = answer.content.decode()
    assert 'role="alert"' in body
    assert "Merhaba," in body
    for name in wrong.keys() - {"__all__"}:
        assert f'href="#id_{name}"' in body
        assert f'aria-describedby="id_{name}_error"' in body


def test_pressing_twice_sends_once(client: Client, page: ContactPage) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        data = {**AYSE, **opened(client)}
        clock.shift(1)
        assert client.post("/tr/iletisim/", data).status_code == 422
        clock.shift(5)
        answers = [client.post("/tr/iletisim/", data)["Location"] for _each in range(2)]
    assert answers == ["/tr/iletisim/?sent"] * 2
    assert (ContactMessage.objects.count(), Message.objects.count()) == (1, 2)


def test_a_network_that_sends_too_much_waits_and_another_does_not(client: Client, page: ContactPage) -> None:
    assert {sent(client).status_code for _each in range(10)} == {302}
    answer = sent(client)
    assert (answer.status_code, answer["Retry-After"], ContactMessage.objects.count()) == (429, "3540", 10)
    assert "Merhaba," in answer.content.decode()
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert sent(elsewhere).status_code == 302


def test_only_the_form_sets_a_cookie_and_is_never_stored(client: Client, page: ContactPage) -> None:
    thanks = Client().get("/tr/iletisim/?sent")
    assert (dict(thanks.cookies), thanks.context["head"].indexed) == ({}, False)
    assert "Mesajınız gönderildi" in thanks.content.decode()
    form = client.get("/tr/iletisim/")
    assert (list(form.cookies), form["Cache-Control"]) == (["csrf"], "private, no-store")


def test_a_form_of_another_site_is_refused(page: ContactPage) -> None:
    assert Client(enforce_csrf_checks=True).post("/tr/iletisim/", AYSE).status_code == 403


def test_messages_go_with_their_letters_when_their_days_are_over(client: Client, page: ContactPage) -> None:
    sent(client)
    sent(client)
    old = dt.timedelta(days=30, seconds=1)
    ContactMessage.objects.filter(pk=ContactMessage.objects.first().pk).update(submit_time=timezone.now() - old)  # type: ignore[union-attr]
    ContactMessage.objects.exclude(submit_time__lt=timezone.now() - old).update(submit_time=timezone.now())
    assert (delete_overdue_messages(), delete_overdue_messages()) == ({page.pk: 1}, {})
    assert (ContactMessage.objects.count(), Message.objects.count()) == (1, 2)
    entries = PageLogEntry.objects.filter(action="cms.delete_overdue")
    assert [(entry.page_id, entry.data, str(entry.message)) for entry in entries] == [
        (page.pk, {"count": 1}, "Süresi dolan 1 mesaj silindi")
    ]


def test_erasing_a_person_deletes_what_the_person_wrote(client: Client, page: ContactPage) -> None:
    sent(client)
    sent(client, e_posta="ipek@sample.example", adiniz="İpek")
    erase_person(person=PersonFactory(name="Ayşe Örnek", email="AYSE@sample.example"))
    assert list(ContactMessage.objects.values_list("email", flat=True)) == ["ipek@sample.example"]
    assert Message.objects.count() == 2


def test_recipients_are_addresses_that_letters_reach(page: ContactPage) -> None:
    page.recipients = "genel@sample.example basin"
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert refused.value.message_dict == {"recipients": ["basin bir e-posta adresi değil."]}
