"""Which pages lack their other language or are behind it, from the first draft to a change years later."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import Translation, TranslationSource

from cms.models import NewsIndexPage, NewsPage, StandardPage
from cms.panels import MOST, LanguagesPanel
from cms.translating.following import follow_source
from cms.translating.lagging import lag_of, lagging_pages
from tests.cms.pages import home, pair, published, translated
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_turkish")]
WORDS = {"Hakkımızda": "About us", "Biz kimiz?": "Who are we?"}


def lags() -> list[tuple[str, str, str]]:
    """Title, what is said, and where it leads."""
    found = [lag_of(page) for page in lagging_pages(Page.objects.all())]
    return [(lag.page.title, lag.words, lag.url) for lag in found if lag]


def about(**fields: Any) -> StandardPage:
    return published(StandardPage(title="Hakkımızda", slug="hakkimizda", search_description="Biz kimiz?", **fields))


def change(page: Page, **fields: Any) -> None:
    page.refresh_from_db()
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_fresh_site_lags_nowhere() -> None:
    assert lags() == []


def test_the_life_of_a_pair() -> None:
    """Missing, half translated, not public, true, changed, translated anew but not published, true again."""
    page = about()
    assert lags() == [("Hakkımızda", "İngilizce sayfa yok", f"/admin/localize/submit/page/{page.pk}/")]
    english = translated(page, {"Hakkımızda": "About us"}, publish=False)
    edit = f"/admin/pages/{english.pk}/edit/"
    assert lags() == [("Hakkımızda", "2 metinden 1 tanesi çevrilecek", edit)]
    translated(page, WORDS, publish=False)
    assert lags() == [("Hakkımızda", "İngilizce sayfa henüz yayında değil", edit)]
    translated(page, WORDS)
    assert lags() == []
    change(page, search_description="Biz kimleriz?")
    assert lags() == [("Hakkımızda", "2 metinden 1 tanesi çevrilecek", edit)]
    translated(page, WORDS | {"Biz kimleriz?": "Who we are"}, publish=False)
    assert lags() == [("Hakkımızda", "çevrildi, henüz yayımlanmadı", edit)]
    english = translated(page, WORDS | {"Biz kimleriz?": "Who we are"})
    assert (lags(), english.search_description) == ([], "Who we are")


def test_publishing_the_same_again_makes_nothing_stale() -> None:
    page = about()
    translated(page, WORDS)
    change(page)
    assert lags() == []


def test_a_draft_makes_nothing_stale_until_it_is_public() -> None:
    page = about()
    translated(page, WORDS)
    page.refresh_from_db()
    page.title = "Biz"
    revision = page.save_revision()
    assert lags() == []
    revision.publish()
    assert [words for _title, words, _url in lags()] == ["2 metinden 1 tanesi çevrilecek"]


def test_what_nobody_translates_makes_a_translation_stale_too() -> None:
    """A date is the same in both languages; the English page has the old one until it is published again."""
    index, _english = pair(NewsIndexPage, "haberler")
    page = published(NewsPage(title="Haber", slug="haber", search_description="Yeni"), index)
    translated(page, {"Haber": "News", "Yeni": "New"})
    assert lags() == []
    change(page, published_on="2020-01-01")
    assert [words for _title, words, _url in lags()] == ["çevrildikten sonra değişti"]
    translated(page, {})
    assert lags() == []


def test_a_text_that_was_taken_away_makes_a_translation_stale() -> None:
    page = about()
    translated(page, WORDS)
    change(page, search_description="")
    assert [words for _title, words, _url in lags()] == ["çevrildikten sonra değişti"]


def test_pairs_that_nobody_keeps_up_are_compared_by_when_they_were_written() -> None:
    turkish, english = pair(StandardPage, "sayfa")
    assert lags() == []
    change(turkish)
    assert [words for _title, words, _url in lags()] == ["İngilizce sayfadan sonra değişti"]
    change(english)
    assert lags() == []


def test_an_english_page_alone_is_told_too() -> None:
    page = published(StandardPage(title="Call", slug="call"), language="en")
    assert lags() == [("Call", "Türkçe sayfa yok", f"/admin/localize/submit/page/{page.pk}/")]


def test_an_unpublished_turkish_page_leaves_the_english_one_alone() -> None:
    page = about()
    english = translated(page, WORDS)
    page.refresh_from_db()
    page.unpublish()
    assert lags() == [("About us", "Türkçe sayfa yayında değil", f"/admin/pages/{page.pk}/edit/")]
    english.unpublish()
    assert lags() == []


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_a_page_made_private_is_private_in_both_languages_at_once(client: Client, kind: str) -> None:
    page = about()
    english = translated(page, WORDS)
    moderator = Client()
    moderator.force_login(UserFactory(moderator=True))
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    editors = Group.objects.get(name="Editors")
    shut = {"restriction_type": kind, "password": "susam", "groups": [editors.pk]}
    for form, shown in ((shut, False), ({"restriction_type": "none"}, True)):
        assert moderator.post(url, form).status_code == 200
        read = [client.get(each.url).content.decode() for each in (page, english)]
        assert ["Biz kimiz?" in read[0], "Who are we?" in read[1]] == [shown, shown]
        assert lags() == []


def test_privacy_that_came_another_way_holds_in_both_languages_or_is_told(client: Client) -> None:
    """By a command, say: told until the page is published next."""
    page = about()
    english = translated(page, WORDS)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert [words for _title, words, _url in lags()] == ["yalnızca bir dilde gizli"]
    change(page)
    assert lags() == []
    answers = [client.get(each.url).status_code for each in (page, english)]
    assert answers == [302, 302]
    restriction.delete()
    change(page)
    assert (lags(), client.get(english.url).status_code) == ([], 200)


def test_a_translation_that_was_stopped_follows_no_more() -> None:
    page = about()
    translated(page, WORDS)
    Translation.objects.update(enabled=False)
    known = TranslationSource.objects.get().last_updated_at
    change(page, title="Biz")
    assert TranslationSource.objects.get().last_updated_at == known
    assert [words for _title, words, _url in lags()] == ["İngilizce sayfadan sonra değişti"]


def test_pages_without_a_translation_cost_publishing_three_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    page = about()
    with django_assert_num_queries(3):
        follow_source(page=page)


class Visit:
    """What a panel needs of a request."""

    def __init__(self, user: Any) -> None:
        self.user = user


@pytest.mark.parametrize("count", [1, 3])
def test_the_panel_asks_once_for_all(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(count):
        translated(
            published(StandardPage(title=f"Sayfa {number}", slug=f"sayfa-{number}")),
            {f"Sayfa {number}": f"Page {number}"},
            publish=False,
        )
    user = UserFactory(editor=True)
    with django_assert_num_queries(2):
        rows = LanguagesPanel(Visit(user)).rows()
    assert [row["detail"] for row in rows] == ["İngilizce sayfa henüz yayında değil"] * count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_all_costs_the_same_and_leads_to_each(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pages = [published(StandardPage(title=f"Sayfa {number}", slug=f"sayfa-{number}")) for number in range(count)]
    client = Client(headers={"accept-language": "tr"})
    client.force_login(UserFactory(editor=True))
    path = reverse("cms_translating:lagging")
    client.get(path)
    with django_assert_num_queries(12):
        html = client.get(path).content.decode()
    for page in pages:
        assert reverse("wagtail_localize:submit_page_translation", args=[page.pk]) in html
    assert html.count("İngilizce sayfa yok") == count


def test_where_more_lag_than_the_panel_shows_it_leads_to_all() -> None:
    def seen() -> tuple[int, str]:
        context = LanguagesPanel(Visit(user)).get_context_data()
        return len(context["rows"]), context.get("everything", "")

    user = UserFactory(editor=True)
    for number in range(MOST):
        published(StandardPage(title=f"Sayfa {number}", slug=f"sayfa-{number}"))
    assert seen() == (MOST, "")
    published(StandardPage(title="Son", slug="son"))
    assert seen() == (MOST, reverse("cms_translating:lagging"))


@pytest.mark.parametrize(("who", "sees"), [("reader", 0), ("editor", 1), ("officer", 1), ("moderator", 1)])
def test_only_those_who_write_pages_are_told(who: str, sees: int) -> None:
    about()
    assert len(LanguagesPanel(Visit(UserFactory(**{who: True}))).rows()) == sees
    assert home().live
