"""What editors are told of a page's content: in the checker beside it, and in words when it is public."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.checks import remarks
from cms.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from tests.cms.pages import home, pair, published, translated
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def levels(*names: str) -> str:
    return json.dumps([{"type": "heading", "value": {"text": name, "level": name}} for name in names])


def told(page: Any) -> list[str]:
    with translation.override("en"):
        return list(remarks(page))


ALONE = "The other language: no English page."
LEVEL = "A heading leaves out a level: screen readers lose the way."


@pytest.mark.parametrize(
    ("names", "wrong"),
    [
        ((), False),
        (("h2", "h3", "h4", "h2"), False),
        (("h3",), True),
        (("h2", "h4"), True),
        (("h2", "h3", "h2"), False),
    ],
)
def test_headings_that_leave_out_a_level(names: tuple[str, ...], wrong: bool) -> None:
    page = published(StandardPage(title="Sayfa", slug="sayfa", search_description="Giriş", body=levels(*names)))
    assert told(page) == [*([LEVEL] if wrong else []), ALONE]


def test_a_news_picture_without_a_description() -> None:
    picture = get_image_model().objects.create(title="Meydan", file=get_test_image_file())
    index, _english = pair(NewsIndexPage, "haberler")
    page = published(NewsPage(title="Haber", slug="haber", search_description="Giriş", picture=picture), index)
    assert told(page) == ["The picture on top has no description, as if it only decorated.", ALONE]
    page.picture_alt = "Yağmurda bir meydan"
    assert told(page) == [ALONE]


def test_a_page_in_both_languages_with_a_lead_lacks_nothing() -> None:
    page = published(StandardPage(title="Sayfa", slug="sayfa"))
    assert told(page) == ["There is no lead: lists and search engines have nothing to say of it.", ALONE]
    page.search_description = "Giriş"
    page.save_revision().publish()
    english = translated(page, {"Sayfa": "Page", "Giriş": "Lead"})
    assert (told(page), told(english)) == ([], [])
    assert isinstance(home(), HomePage)


def rules(client: Client, path: str) -> set[str]:
    """What the checker beside the page runs, as its script reads it."""
    panels = client.get(path).context["side_panels"]
    configuration = next(panel for panel in panels if panel.name == "checks").get_axe_configuration()
    wanted = set(configuration["options"]["runOnly"])
    assert wanted <= set(configuration["messages"])
    return wanted


def test_the_checker_runs_wagtails_rules_and_ours(client: Client) -> None:
    """The rule for the other language only where that lacks something, and never for a page that is not there yet."""
    client.force_login(UserFactory(editor=True))
    page = published(StandardPage(title="Sayfa", slug="sayfa"))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    always = {
        "alt-text-quality",
        "button-name",
        "empty-heading",
        "empty-meta-description",
        "empty-table-header",
        "frame-title",
        "heading-order",
        "image-alt",
        "input-button-name",
        "link-name",
        "p-as-heading",
        "picture-undescribed",
    }
    assert rules(client, edit) == always | {"other-language"}
    translated(page, {"Sayfa": "Page"})
    assert rules(client, edit) == always
    assert rules(client, reverse("wagtailadmin_pages:add", args=["cms", "standardpage", home().pk])) == always


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "There is no lead: lists and search engines"), ("tr", "Spot yok: listeler ve arama motorları")],
)
def test_publishing_warns_and_refuses_nothing(client: Client, language: str, words: str) -> None:
    client.force_login(UserFactory(moderator=True))
    page = published(StandardPage(title="Sayfa", slug="sayfa"))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {
        "title": "Yeni ad",
        "slug": "sayfa",
        "search_description": "",
        "body-count": 0,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-publish": "1",
    }
    answer = client.post(edit, form, follow=True, headers={"accept-language": language})
    warning = next(str(each) for each in answer.context["messages"] if each.level_tag == "warning")
    assert words in warning
    assert reverse("wagtail_localize:submit_page_translation", args=[page.pk]) in warning
    assert StandardPage.objects.get().title == "Yeni ad"
