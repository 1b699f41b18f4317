"""Several people at one page: comments, locks, history, and who the public is not."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment, Page, PageLogEntry, PageSubscription, PageViewRestriction, Revision

from cms.models import StandardPage
from events.models import Message
from tests.cms.pages import published
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FORM = {
    "title": "Tüzük",
    "slug": "tuzuk",
    "search_description": "",
    "body-count": 0,
    "comments-TOTAL_FORMS": 0,
    "comments-INITIAL_FORMS": 0,
}


@pytest.fixture
def page() -> StandardPage:
    return published(StandardPage(title="Tüzük", slug="tuzuk"))


def entered(**who: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(**who))
    return client


def at(name: str, page: Page, *others: Any) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *others])


def test_a_comment_is_kept_and_told_to_who_follows_the_page(page: StandardPage) -> None:
    """Of the field it is about; nothing of it is public."""
    follower = UserFactory(moderator=True)
    PageSubscription.objects.create(page=page, user=follower, comment_notifications=True)
    comment = {
        "comments-TOTAL_FORMS": 1,
        "comments-0-text": "Bu madde eski",
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-id": "",
        "comments-0-DELETE": "",
        "comments-0-resolved": "",
        "comments-0-replies-TOTAL_FORMS": 0,
        "comments-0-replies-INITIAL_FORMS": 0,
    }
    answer = entered(editor=True).post(at("edit", page), FORM | comment)
    assert answer.status_code == 302
    assert list(Comment.objects.values_list("text", "contentpath")) == [("Bu madde eski", "title")]
    assert [letter.to_address for letter in Message.objects.all()] == [follower.email]
    assert "Bu madde eski" in Message.objects.get().body_text
    assert "Bu madde eski" not in Client().get("/tr/tuzuk/").content.decode()


def test_a_locked_page_is_changed_by_nobody_else(page: StandardPage) -> None:
    moderator, editor = entered(moderator=True), entered(editor=True)
    moderator.post(at("lock", page))
    refused = editor.post(at("edit", page), FORM | {"title": "Değişti"})
    assert "locked" in refused.content.decode()
    assert page.revisions.count() == 1
    editor.post(at("unlock", page))
    page.refresh_from_db()
    assert page.locked
    moderator.post(at("unlock", page))
    assert editor.post(at("edit", page), FORM | {"title": "Değişti"}).status_code == 302
    assert page.revisions.count() == 2


def test_history_tells_who_did_what_and_brings_an_old_version_back(page: StandardPage) -> None:
    old = page.latest_revision
    client = entered(moderator=True, username="mert")
    client.post(at("edit", page), FORM | {"title": "Yeni tüzük", "action-publish": "1"})
    history = client.get(at("history", page)).content.decode()
    assert history.count("mert") >= 2
    kinds = PageLogEntry.objects.filter(page=page.pk, user__username="mert").values_list("action", flat=True)
    assert set(kinds) == {"wagtail.edit", "wagtail.publish", "wagtail.rename"}
    again = client.get(at("revisions_revert", page, old.pk))
    assert again.context["form"].initial["title"] == "Tüzük"
    client.post(at("edit", page), FORM | {"revision": old.pk, "action-publish": "1"})
    page.refresh_from_db()
    assert (page.title, Revision.page_revisions.filter(object_id=str(page.pk)).count()) == ("Tüzük", 3)


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_a_private_page_is_shown_to_those_it_is_for(page: StandardPage, kind: str) -> None:
    """Nobody else sees it, finds it, or reads it in a list."""
    page.title, page.search_description = "Gizli taslak", "Yalnızca üyelere"
    page.save_revision().publish()
    rule = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="susam")
    rule.groups.set(Group.objects.filter(name="Editors"))
    stranger = Client()
    answers = [stranger.get(path, follow=True) for path in ("/tr/tuzuk/", "/tr/", "/tr/ara/?q=gizli", "/sitemap.xml")]
    assert ["Yalnızca üyelere" in answer.content.decode() for answer in answers] == [False] * 4
    assert "tuzuk" not in answers[3].content.decode()
    inside = entered(editor=True)
    if kind == "password":
        url = reverse("wagtailcore_authenticate_with_password", args=[rule.pk, page.pk])
        wrong = stranger.post(url, {"password": "nohut", "return_url": "/tr/tuzuk/"})
        assert (wrong.status_code, "Yalnızca üyelere" in wrong.content.decode()) == (200, False)
        inside.post(url, {"password": "susam", "return_url": "/tr/tuzuk/"})
    assert "Yalnızca üyelere" in inside.get("/tr/tuzuk/").content.decode()
    reader = entered(reader=True).get("/tr/tuzuk/", follow=True).content.decode()
    assert ("Yalnızca üyelere" in reader) is (kind == "login")
