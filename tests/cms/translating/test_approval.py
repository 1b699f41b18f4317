"""An editor writes in two languages; a moderator sees it on the first page, approves it, and it is public."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState

from cms.models import StandardPage
from tests.cms.pages import home, published, translated
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WORDS = {"Çağrı": "Call", "Başvurun": "Apply"}


@pytest.fixture
def editor() -> Any:
    return UserFactory(editor=True, first_name="Ece")


@pytest.fixture
def moderator() -> Any:
    return UserFactory(moderator=True, first_name="Mert")


def entered(user: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def english(db: None) -> Page:
    turkish = published(StandardPage(title="Çağrı", slug="cagri", search_description="Başvurun"))
    return translated(turkish, WORDS, publish=False)


def ask(page: Page) -> str:
    return reverse("cms_translating:ask", args=[page.pk])


def act(client: Client, page: Page, action: str) -> None:
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]), {"comment": "Olmadı"})


def test_an_editors_new_page_waits_for_a_moderator_and_is_then_public(editor: Any, moderator: Any) -> None:
    add = reverse("wagtailadmin_pages:add", args=["cms", "standardpage", home().pk])
    form = {
        "title": "Tüzük",
        "slug": "tuzuk",
        "search_description": "",
        "body-count": 0,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-submit": "1",
    }
    assert entered(editor).post(add, form).status_code == 302
    page = Page.objects.get(slug="tuzuk")
    assert (page.live, page.workflow_in_progress) == (False, True)
    assert "Tüzük" in entered(moderator).get("/admin/").content.decode()
    act(entered(moderator), page, "approve")
    page.refresh_from_db()
    assert (page.live, Client().get("/tr/tuzuk/").status_code) == (True, 200)


def test_an_editor_may_not_publish(editor: Any, english: Page) -> None:
    entered(editor).post(reverse("wagtailadmin_pages:edit", args=[english.pk]), {"action": "publish"})
    english.refresh_from_db()
    assert not english.live


def test_a_translation_waits_for_a_moderator_and_is_then_public(editor: Any, moderator: Any, english: Page) -> None:
    asked = entered(editor).get(ask(english)).content.decode()
    assert "All texts are translated." in asked
    entered(editor).post(ask(english))
    english.refresh_from_db()
    assert (english.live, english.workflow_in_progress) == (False, True)
    panel = entered(moderator).get("/admin/").content.decode()
    assert "Awaiting your review" in panel
    assert reverse("wagtailadmin_pages:edit", args=[english.pk]) in panel
    assert "Awaiting your review" not in entered(editor).get("/admin/").content.decode()
    act(entered(moderator), english, "approve")
    english.refresh_from_db()
    assert (english.live, english.title, english.slug) == (True, "Call", "call")
    assert entered(moderator).get(ask(english)).status_code == 200


def warned(client: Client, path: str, data: dict[str, Any]) -> list[str]:
    """What is said to whoever sends that, but for what went well."""
    answer = client.post(path, data, follow=True)
    return [str(each).partition(" <")[0] for each in answer.context["messages"] if each.level_tag == "warning"]


@pytest.mark.parametrize("where", ["from the first page", "in the editor"])
def test_who_approves_is_told_what_the_public_page_still_lacks(editor: Any, moderator: Any, where: str) -> None:
    page = home().add_child(instance=StandardPage(title="Tüzük", slug="tuzuk", live=False))
    page.save_revision()
    page.get_workflow().start(page, editor)
    state = TaskState.objects.get()
    if where == "in the editor":
        path = reverse("wagtailadmin_pages:edit", args=[page.pk])
        form = {
            "title": "Tüzük",
            "slug": "tuzuk",
            "body-count": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
        }
    else:
        path = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        form = {"comment": ""}
    said = warned(entered(moderator), path, form)
    page.refresh_from_db()
    lead = "There is no lead: lists and search engines have nothing to say of it."
    assert (page.live, [" ".join(words.split()) for words in said]) == (
        True,
        [f"{lead} The other language: no English page."],
    )


def test_what_was_sent_back_can_be_handed_in_again(editor: Any, moderator: Any, english: Page) -> None:
    entered(editor).post(ask(english))
    act(entered(moderator), english, "reject")
    english.refresh_from_db()
    assert english.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    entered(editor).post(ask(english))
    assert list(WorkflowState.objects.values_list("status", flat=True)) == [WorkflowState.STATUS_IN_PROGRESS]


def test_what_is_not_translated_is_said_before_it_is_handed_in(editor: Any) -> None:
    turkish = published(StandardPage(title="Çağrı", slug="cagri", search_description="Başvurun"))
    english = translated(turkish, {"Çağrı": "Call"}, publish=False)
    page = entered(editor).get(ask(english)).content.decode()
    assert "1 of 2 texts is not translated. The page would say it in the other language." in page


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_others_may_not_ask(who: str, english: Page) -> None:
    user = UserFactory(reader=True) if who == "reader" else UserFactory()
    client = entered(user)
    assert {client.get(ask(english)).status_code, client.post(ask(english)).status_code} == {302}
    assert not WorkflowState.objects.exists()


def test_nothing_to_ask_for_twice_or_for_a_page_that_is_no_translation(editor: Any, english: Page) -> None:
    client = entered(editor)
    turkish = english.get_translation(home().locale)
    assert client.get(ask(turkish)).status_code == 302
    client.post(ask(english)), client.post(ask(english))
    assert WorkflowState.objects.count() == 1
    assert client.get("/admin/translations/ask/987654/").status_code == 404


def test_above_the_translation_stands_how_far_it_is(editor: Any, moderator: Any, english: Page) -> None:
    """Said to whoever opens it: what is left, the way out, with whom it is, and nothing where all is well."""
    edit = reverse("wagtailadmin_pages:edit", args=[english.pk])

    def told(user: Any) -> list[str]:
        said = [str(each) for each in entered(user).get(edit).context["messages"]]
        return [" ".join(re.sub(r' class="[^"]*"', "", words).split()) for words in said]

    left = "All texts are translated. The public does not see them yet."
    assert told(moderator) == [left]
    assert told(editor) == [f'{left} <span> <a href="{ask(english)}">Ask for approval</a> </span>']
    entered(editor).post(ask(english))
    assert told(editor) == ["This translation is with those who approve it."]
    act(entered(moderator), english, "approve")
    assert told(editor) == []
    turkish = english.get_translation(home().locale).specific
    turkish.title = "Yeni çağrı"
    turkish.save_revision().publish()
    assert told(editor) == ["1 of 2 texts to translate."]
