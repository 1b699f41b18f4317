"""Messages in the admin, and the form in its second language."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.models import ContactField, ContactMessage, ContactPage, ShownText
from events.models import Message
from tests.cms.pages import published
from tests.factories import MessageFactory, UserFactory

pytestmark = pytest.mark.django_db


def form_page(slug: str = "iletisim", **fields: Any) -> ContactPage:
    page = ContactPage(
        title="İletişim", slug=slug, recipients="genel@sample.example", notice="<p>Aydınlatma</p>", **fields
    )
    page.form_fields.add(ContactField(label="Adınız", field_type="singleline", help_text="Tam adınız"))
    return published(page)


def wrote(page: ContactPage, name: str, once: str = "1") -> ContactMessage:
    """A message as the form keeps it, with its letter."""
    notice = ShownText.of(page, "notice", page.notice)
    message: ContactMessage = ContactMessage.objects.create(
        page=page, form_data={"adiniz": name}, once=once, notice=notice, shown_at=notice.first_used_at
    )
    message.letters.add(MessageFactory())
    return message


@pytest.mark.parametrize(("who", "may"), [("editor", True), ("officer", True), ("reader", False), ("admin", True)])
def test_those_who_may_read_messages_see_and_delete_them(client: Client, who: str, may: bool) -> None:
    page = form_page()
    message = wrote(page, "Ayşe Örnek")
    client.force_login(UserFactory(**{who: True}))
    answer = client.get(reverse("wagtailforms:list_submissions", args=[page.pk]))
    assert ("Ayşe Örnek" in answer.content.decode()) is may
    client.post(reverse("wagtailforms:delete_submissions", args=[page.pk]) + f"?selected-submissions={message.pk}")
    assert (ContactMessage.objects.exists(), Message.objects.exists()) == (not may, not may)


def test_the_export_tells_what_was_shown_and_no_cell_is_a_formula(client: Client) -> None:
    page = form_page()
    message = wrote(page, "=HYPERLINK(1)")
    client.force_login(UserFactory(admin=True))
    answer: Any = client.get(reverse("wagtailforms:list_submissions", args=[page.pk]) + "?export=csv")
    head, row = answer.getvalue().decode().splitlines()
    moment = message.submit_time.isoformat(sep=" ")
    assert head == "Gönderim tarihi,Adınız,Dil,Açık rıza,Gösterilen aydınlatma metni"
    assert row == f'{moment},\'=HYPERLINK(1),tr,hayır,"1. sürüm, Türkçe"'


def test_deleting_the_page_deletes_messages_and_letters(client: Client) -> None:
    page = form_page()
    wrote(page, "Ayşe")
    client.force_login(UserFactory(admin=True))
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert [model.objects.count() for model in (ContactPage, ContactMessage, ShownText, Message)] == [0, 0, 0, 0]


def test_a_form_is_translated_field_by_field_and_answers_to_the_same_names(client: Client) -> None:
    turkish = form_page(retention_days=30)
    translate_object(turkish, [Locale.objects.get(language_code="en")])
    translation = Translation.objects.get()
    words = {"Adınız": "Your name", "Tam adınız": "All of it", "Aydınlatma": "Notice", "İletişim": "Contact"}
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data=words.get(segment.string.data, segment.string.data),
        )
    translation.save_target(publish=True)
    english = ContactPage.objects.get(locale__language_code="en")
    field = english.form_fields.get()
    assert (field.label, field.help_text, field.clean_name) == ("Your name", "All of it", "adiniz")
    assert (english.recipients, english.retention_days, english.notice) == ("genel@sample.example", 30, "<p>Notice</p>")
    wrote(turkish, "Ayşe")
    wrote(english, "Ana", once="2")
    client.force_login(UserFactory(admin=True))
    listed = client.get(reverse("wagtailforms:list_submissions", args=[english.pk])).content.decode()
    assert [name for name in ("Ayşe", "Ana", "Türkçe", "İngilizce") if name not in listed] == []


def test_an_editor_opens_the_form_and_its_draft(client: Client) -> None:
    page = form_page()
    editor = UserFactory(editor=True)
    editor.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(editor)
    body = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert (body.status_code, "tek satır" in body.content.decode()) == (200, True)
    assert client.get(page.get_url() or "").status_code == 200
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200
