"""What a page says of itself to machines: true addresses in both languages, the way to it, how it is shared."""

import datetime as dt
import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, Site

from cms.heads import page_head
from cms.models import NewsIndexPage, NewsPage, OrganisationIndexPage, SiteSettings
from events.release import release_programme
from tests.cms.pages import home, pair, published
from tests.factories import DialogueProgrammeFactory, EventFactory

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def links(html: str) -> dict[str, str]:
    """Canonical and alternates."""
    found = re.findall(r'<link\s+rel="(canonical|alternate)"\s+(?:hreflang="([^"]*)"\s+)?href="([^"]*)"\s*>', html)
    return {language or kind: address for kind, language, address in found}


def switch(html: str) -> str:
    found = re.search(r'class="tongues"\s+href="([^"]*)"', html)
    assert found
    return found[1]


def metas(html: str) -> dict[str, str]:
    found = re.findall(r'<meta\s+(?:property|name)="([^"]*)"\s+content="([^"]*)"\s*>', html)
    return {name: unescape(value) for name, value in found if ":" in name}


def told(html: str) -> list[dict[str, Any]]:
    return [
        json.loads(each) for each in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    ]


def way(html: str) -> list[tuple[str, str]]:
    found = re.search(r'<nav class="way".*?</nav>', html, re.DOTALL)
    return re.findall(r'<a href="([^"]*)">(.*?)</a>', found[0]) if found else []


class TestLanguages:
    def test_both_pages_name_each_other(self, client: Client) -> None:
        pair(OrganisationIndexPage)
        both = {"tr": f"{HOST}/tr/liste/", "en": f"{HOST}/en/list/", "x-default": f"{HOST}/en/list/"}
        turkish, english = page(client, "/tr/liste/?q=x"), page(client, "/en/list/")
        assert [links(turkish), links(english)] == [
            {"canonical": f"{HOST}/tr/liste/"} | both,
            {"canonical": f"{HOST}/en/list/"} | both,
        ]
        assert [switch(page(client, "/tr/liste/")), switch(english)] == ["/en/list/", "/tr/liste/"]

    @pytest.mark.parametrize("hidden", ["draft", "private", "missing"])
    def test_what_the_public_cannot_see_is_not_named(self, client: Client, hidden: str) -> None:
        _turkish, english = pair(OrganisationIndexPage)
        if hidden == "draft":
            english.unpublish()
        elif hidden == "private":
            PageViewRestriction.objects.create(page=english, restriction_type="login")
        else:
            english.delete()
        html = page(client, "/tr/liste/")
        assert links(html) == {
            "canonical": f"{HOST}/tr/liste/",
            "tr": f"{HOST}/tr/liste/",
            "x-default": f"{HOST}/tr/liste/",
        }
        assert [switch(html), "og:locale:alternate" in html] == ["/en/", False]

    def test_the_switch_leads_to_the_nearest_page_above(self, client: Client) -> None:
        section, english = pair(OrganisationIndexPage)
        published(OrganisationIndexPage(title="Ortaklar", slug="ortaklar"), section)
        assert switch(page(client, "/tr/liste/ortaklar/")) == "/en/list/"
        english.unpublish()
        assert switch(page(client, "/tr/liste/ortaklar/")) == "/en/"


class TestWay:
    def test_it_goes_from_the_home_page_to_the_page_above(self, client: Client) -> None:
        section, _english = pair(OrganisationIndexPage)
        published(OrganisationIndexPage(title="Ortaklar", slug="ortaklar"), section)
        html = page(client, "/tr/liste/ortaklar/")
        assert way(html) == [("/tr/", "Ana sayfa"), ("/tr/liste/", "Liste")]
        assert told(html) == [
            {
                "@context": "https://schema.org",
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": "Ana sayfa", "item": f"{HOST}/tr/"},
                    {"@type": "ListItem", "position": 2, "name": "Liste", "item": f"{HOST}/tr/liste/"},
                    {"@type": "ListItem", "position": 3, "name": "Ortaklar", "item": f"{HOST}/tr/liste/ortaklar/"},
                ],
            }
        ]
        assert way(page(client, "/tr/")) == []

    def test_events_have_one_too(self, client: Client) -> None:
        series = DialogueProgrammeFactory(slug="kentler")
        release_programme(
            event=EventFactory(slug="forum", title_en="Forum", dialogue_programme=series, with_sessions=1)
        )
        ways = {
            path: way(page(client, path))
            for path in ("/en/events/", "/en/events/forum/", "/en/events/forum/programme/", "/en/programmes/kentler/")
        }
        start, events, forum = ("/en/", "Home"), ("/en/events/", "Events"), ("/en/events/forum/", "Forum")
        assert ways == {
            "/en/events/": [start],
            "/en/events/forum/": [start, events],
            "/en/events/forum/programme/": [start, events, forum],
            "/en/programmes/kentler/": [start, events],
        }


def test_the_home_page_says_whose_site_it_is(client: Client) -> None:
    row = SiteSettings.for_site(Site.objects.get())
    row.name_en, row.short_name_en, row.email = "Işıklar Union", "Union", "bilgi@sample.example"
    row.address_en, row.linkedin = "Ihlamur 12\nIşıklar", "https://linkedin.example/isiklar"
    row.save()
    assert told(page(client, "/en/")) == [
        {
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": "Işıklar Union",
            "alternateName": "Union",
            "url": f"{HOST}/en/",
            "email": "bilgi@sample.example",
            "address": "Ihlamur 12 Işıklar",
            "sameAs": ["https://linkedin.example/isiklar"],
        }
    ]


def test_networks_are_told_what_to_show(client: Client) -> None:
    published(OrganisationIndexPage(title="Üyeler", slug="uyeler", search_description="Kimler var"))
    assert metas(page(client, "/tr/uyeler/")) == {
        "og:type": "website",
        "og:site_name": "Köprü",
        "og:title": "Üyeler",
        "og:description": "Kimler var",
        "og:url": f"{HOST}/tr/uyeler/",
        "og:locale": "tr_TR",
        "twitter:card": "summary",
    }


def test_news_say_when_they_were_published(client: Client) -> None:
    index = published(NewsIndexPage(title="Haberler", slug="haberler"))
    news = published(NewsPage(title="Açıldı", slug="acildi", published_on=dt.date(2027, 5, 3)), index)
    found = metas(page(client, "/tr/haberler/acildi/"))
    assert (found["og:type"], found["article:published_time"], found["article:modified_time"][:10]) == (
        "article",
        "2027-05-03",
        timezone.localtime(news.last_published_at).date().isoformat(),
    )


# Wagtail leaves the file in which it made a rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_page_without_a_picture_of_its_own_is_shared_with_the_sites(client: Client) -> None:
    row = SiteSettings.for_site(Site.objects.get())
    row.sharing_picture = Image.objects.create(title="Köprü", file=get_test_image_file(size=(1400, 700)))
    row.save()
    release_programme(event=EventFactory(slug="forum", with_sessions=1))
    for path in ("/tr/", "/tr/etkinlikler/", "/tr/etkinlikler/forum/program/"):
        found = metas(page(client, path))
        assert found["og:image"].startswith(f"{HOST}/media/images/")
        assert (found["og:image:width"], found["og:image:height"], found["twitter:card"]) == (
            "1200",
            "630",
            "summary_large_image",
        )


def test_a_head_costs_the_same_however_deep_the_page_is(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    parent: Page = home()
    for number in range(3):
        parent = published(OrganisationIndexPage(title=f"Düzey {number}", slug=f"d{number}"), parent)
        page_head(parent)
        with django_assert_num_queries(3):
            page_head(parent)
