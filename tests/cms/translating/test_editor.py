"""The translation's editor: our names, dates in words, and nothing for those who may not publish that changes the public."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.models import StandardPage
from tests.cms.pages import home, published, translated
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WORDS = {"Çağrı": "Call", "Başvurun": "Apply"}


@pytest.fixture
def english(db: None) -> Page:
    with time_machine.travel(datetime(2027, 6, 10, 22, 30, tzinfo=UTC), tick=False):
        turkish = published(StandardPage(title="Çağrı", slug="cagri", search_description="Başvurun"))
        return translated(turkish, WORDS)


def opened(page: Page, language: str, **who: Any) -> Any:
    client = Client(headers={"accept-language": language})
    client.force_login(UserFactory(**who))
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def props(answer: Any) -> dict[str, Any]:
    """What the script is given, as it stands in the page."""
    editor = BeautifulSoup(answer.content, "html.parser").select_one(".js-translation-editor")
    found: dict[str, Any] = json.loads(str(editor["data-props"])) if editor else {}
    return found


@pytest.mark.parametrize(
    ("language", "field", "comment", "date"),
    [
        ("en", "Lead", "Translated manually on 11 June 2027", "11 June 2027"),
        ("tr", "Spot", "Elle çevrildi: 11 Haziran 2027", "11 Haziran 2027"),
    ],
)
def test_names_and_dates_are_those_of_the_reader(
    english: Page, language: str, field: str, comment: str, date: str
) -> None:
    """The lead is called what the page's own editor calls it; a day is that of Istanbul."""
    given = props(opened(english, language, moderator=True))
    names = {each["contentPath"]: each["location"]["field"] for each in given["segments"]}
    assert names["search_description"] == field
    assert {each["comment"] for each in given["initialStringTranslations"]} == {comment}
    assert given["object"]["lastPublishedDate"] == date


@pytest.mark.parametrize(("who", "may"), [("moderator", True), ("editor", False)])
def test_only_who_may_publish_can_make_it_a_copy_of_its_source(english: Page, who: str, may: bool) -> None:
    """A copy says in public at once what its source says."""
    answer = opened(english, "en", **{who: True})
    assert (props(answer)["links"]["convertToAliasUrl"] is not None) is may
    assert ("translating-only" in answer.content.decode()) is not may
    client = Client()
    client.force_login(UserFactory(**{who: True}))
    client.post(reverse("wagtail_localize:convert_to_alias", args=[english.pk]))
    english.refresh_from_db()
    assert (english.alias_of_id is not None) is may


@pytest.mark.parametrize(("who", "title"), [("moderator", "Yeni çağrı"), ("editor", "Call")])
def test_only_who_may_publish_publishes_while_taking_changes_over(english: Page, who: str, title: str) -> None:
    turkish = english.get_translation(home().locale).specific
    turkish.title = "Yeni çağrı"
    turkish.save_revision().publish()
    url = reverse("wagtail_localize:update_translations", args=[TranslationSource.objects.get().pk])
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(**{who: True}))
    assert ("Publish immediately" in client.get(url).content.decode()) is (who == "moderator")
    client.post(url, {"publish_translations": "on"})
    english.refresh_from_db()
    # pytest's transaction never ends, and the page is published at its end: what was written tells as much.
    assert english.title == title


@pytest.mark.parametrize("content", [None, b"", b'msgid "Merhaba"\nmsgstr "Hello"\n', b"\xff\xfe\x00 no such file"])
def test_a_file_that_is_none_of_this_translation_is_said(english: Page, content: bytes | None) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(editor=True))
    url = reverse("wagtail_localize:upload_pofile", args=[Translation.objects.get().pk])
    edit = reverse("wagtailadmin_pages:edit", args=[english.pk])
    sent = {} if content is None else {"file": SimpleUploadedFile("call.po", content)}
    answer = client.post(url, {"next": edit, **sent}, follow=True)
    assert [each.level_tag for each in answer.context["messages"]] == ["error"]


def test_a_translation_goes_out_as_a_file_and_comes_back(english: Page) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(editor=True))
    pk = Translation.objects.get().pk
    file = client.get(reverse("wagtail_localize:download_pofile", args=[pk])).content.replace(b"Apply", b"Apply now")
    url = reverse("wagtail_localize:upload_pofile", args=[pk])
    client.post(url, {"file": SimpleUploadedFile("call.po", file)})
    assert set(StringTranslation.objects.values_list("data", flat=True)) == {"Call", "Apply now"}


def test_the_only_language_that_is_left_is_chosen_already(db: None) -> None:
    page = published(StandardPage(title="Çağrı", slug="cagri"))
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(editor=True))
    answer = client.get(reverse("wagtail_localize:submit_page_translation", args=[page.pk]))
    boxes = BeautifulSoup(answer.content, "html.parser").select("input[name=locales]")
    assert [box.has_attr("checked") for box in boxes] == [True]
