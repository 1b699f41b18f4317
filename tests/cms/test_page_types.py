"""Home, sections, pages and news: what stands where, in which order, and how much is asked of the database."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from cms.models import HomePage, NewsIndexPage, NewsPage, OrganisationIndexPage, SectionIndexPage, StandardPage
from events.release import release_programme
from events.turkish import fold
from tests.cms.factories import block, items, makes_pictures, picture
from tests.cms.pages import home, pair, published
from tests.factories import DialogueProgrammeFactory, EventFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        (HomePage, {NewsIndexPage, SectionIndexPage, StandardPage}),
        (SectionIndexPage, {NewsIndexPage, SectionIndexPage, StandardPage}),
        (StandardPage, {StandardPage}),
        (NewsIndexPage, {NewsPage}),
        (NewsPage, set()),
    ],
)
def test_which_page_may_stand_below_which(parent: type[Page], children: set[type[Page]]) -> None:
    ours = {HomePage, NewsIndexPage, NewsPage, SectionIndexPage, StandardPage}
    assert ours & set(parent.allowed_subpage_models()) == children


def test_each_language_has_one_home_and_each_place_one_list_of_news() -> None:
    root = Page.objects.get(depth=1)
    assert [HomePage.can_create_at(root), NewsIndexPage.can_create_at(home())] == [False, True]
    published(NewsIndexPage(title="Haberler", slug="haberler"))
    assert NewsIndexPage.can_create_at(home()) is False


@pytest.mark.parametrize(
    "slug", ["etkinlikler", "events", "programlar", "programmes", "uye", "member", "taslak", "draft"]
)
def test_no_page_takes_an_address_of_events(slug: str) -> None:
    with pytest.raises(ValidationError):
        published(StandardPage(title="Sayfa", slug=slug))
    section = published(SectionIndexPage(title="Kurumsal", slug="kurumsal"))
    assert published(StandardPage(title="Sayfa", slug=slug), section).slug == slug


@pytest.mark.parametrize(
    ("title", "slug"), [("Işık Çalıştayı", "isik-calistayi"), ("Nørrehavn", "norrehavn"), ("…", "page")]
)
def test_an_address_is_made_of_the_title_as_one_reads_it(title: str, slug: str) -> None:
    assert published(StandardPage(title=title)).slug == slug


def test_a_section_lists_its_pages_as_in_the_tree_or_by_the_turkish_alphabet(client: Client) -> None:
    section = published(SectionIndexPage(title="Kurumsal", slug="kurumsal", search_description="Kimiz"))
    for title in ("Zabıta", "Çevre", "Ilıca", "İmar", "Cumhuriyet"):
        published(StandardPage(title=title, search_description=f"{title} üzerine"), section)
    published(StandardPage(title="Taslak"), section).unpublish()
    hidden = published(StandardPage(title="Gizli"), section)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert [page.title for page in client.get("/tr/kurumsal/").context["pages"]] == [
        "Zabıta",
        "Çevre",
        "Ilıca",
        "İmar",
        "Cumhuriyet",
    ]
    section.order = SectionIndexPage.Order.TITLE
    section.save_revision().publish()
    answer = client.get("/tr/kurumsal/")
    names = [page.title for page in answer.context["pages"]]
    assert names == ["Cumhuriyet", "Çevre", "Ilıca", "İmar", "Zabıta"]
    html = answer.content.decode()
    parts = ['<p class="lead">Kimiz</p>', '<a href="/tr/kurumsal/cevre/">Çevre</a>', "<p>Çevre üzerine</p>"]
    assert [part for part in parts if part not in html] == []


def test_a_section_without_pages_says_so(client: Client) -> None:
    published(SectionIndexPage(title="Section", slug="section"), language="en")
    assert "There are no pages here yet." in client.get("/en/section/").content.decode()


def test_a_page_shows_the_others_of_its_section(client: Client) -> None:
    section = published(SectionIndexPage(title="Kurumsal", slug="kurumsal"))
    for title in ("Tüzük", "Organlar"):
        published(StandardPage(title=title), section)
    html = " ".join(client.get("/tr/kurumsal/tuzuk/").content.decode().split())
    assert '<a href="/tr/kurumsal/tuzuk/" aria-current="page" >Tüzük</a>' in html
    assert '<a href="/tr/kurumsal/organlar/" >Organlar</a>' in html


def news(number: int, **fields: Any) -> list[NewsPage]:
    """So many pieces of news, a day apart, the last the newest."""
    index = published(NewsIndexPage(title="Haberler", slug="haberler"))
    day = dt.date(2027, 6, 1)
    return [
        published(NewsPage(title=f"Haber {n}", published_on=day + dt.timedelta(days=n), **fields), index)
        for n in range(number)
    ]


def test_news_are_listed_by_date_a_page_at_a_time(client: Client) -> None:
    news(12)[3].unpublish()
    first, second = client.get("/tr/haberler/"), client.get("/tr/haberler/?page=2")
    assert [each.title for each in first.context["news"]] == [f"Haber {n}" for n in (11, 10, 9, 8, 7, 6, 5, 4, 2, 1)]
    assert [each.title for each in second.context["news"]] == ["Haber 0"]
    html = first.content.decode()
    assert '<time datetime="2027-06-12">12 Haziran 2027</time>' in html
    assert ['rel="next" href="?page=2"' in html, 'rel="prev"' in html] == [True, False]
    assert 'rel="prev" href="?page=1"' in second.content.decode()


def test_a_later_page_of_a_list_is_a_page_of_its_own(client: Client) -> None:
    """It names itself, and no counterpart: nobody knows whether the other language has as many."""
    news(11)
    published(
        NewsIndexPage(title="News", slug="news", translation_key=NewsIndexPage.objects.get().translation_key),
        language="en",
    )
    told = {}
    for page in (1, 2):
        html = client.get("/tr/haberler/", {"page": page}).content.decode()
        links = re.findall(
            r'rel="(?:canonical|alternate)"\s+(?:hreflang="([^"]+)"\s+)?href="http://[^/]+([^"]+)"', html
        )
        told[page] = (
            " ".join(html.partition("<title>")[2].partition("</title>")[0].split()).partition(" · K")[0],
            links,
        )
    assert told == {
        1: (
            "Haberler",
            [("", "/tr/haberler/"), ("tr", "/tr/haberler/"), ("en", "/en/news/"), ("x-default", "/en/news/")],
        ),
        2: ("Haberler · Sayfa 2", [("", "/tr/haberler/?page=2")]),
    }


def test_a_page_of_news_that_is_not_there_is_the_nearest(client: Client) -> None:
    news(11)
    # Ten stand on the first page, one on the last.
    shown = {"0": 1, "99": 1, "x": 10, "-1": 1, "9" * 400: 1}
    answers = {page: client.get("/tr/haberler/", {"page": page}) for page in shown}
    assert {page: (each.status_code, len(each.context["news"])) for page, each in answers.items()} == {
        page: (200, count) for page, count in shown.items()
    }


def test_no_news_is_said(client: Client) -> None:
    published(NewsIndexPage(title="News", slug="news"), language="en")
    assert "There is no news yet." in client.get("/en/news/").content.decode()


def test_news_tells_its_date_and_what_else_is_new(client: Client) -> None:
    for each in news(5):
        each.search_description = "Kısaca"
        each.save_revision().publish()
    answer = client.get("/tr/haberler/haber-4/")
    html = " ".join(answer.content.decode().split())
    parts = [
        '<p class="kicker"><time datetime="2027-06-05">5 Haziran 2027</time></p>',
        "<h1>Haber 4</h1>",
        '<p class="lead">Kısaca</p>',
    ]
    assert [part for part in parts if part not in html] == []
    assert [each.title for each in answer.context["others"]] == ["Haber 3", "Haber 2", "Haber 1"]


@makes_pictures
def test_the_picture_of_news_opens_it_and_decorates_the_list(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    news(1, picture=picture(description="Not this"), picture_alt="Göl kıyısı", picture_caption="Arşiv")
    page, index = (client.get(f"/tr/haberler/{slug}").content.decode() for slug in ("haber-0/", ""))
    parts = ['alt="Göl kıyısı"', 'fetchpriority="high"', 'width="800"', 'height="450"', "<figcaption>Arşiv"]
    assert [page.count(part) for part in [*parts, 'loading="lazy"']] == [1, 1, 1, 1, 1, 0]
    assert [index.count(part) for part in ('alt=""', 'loading="lazy"', 'height="533"')] == [1, 1, 1]


HOME = [
    block(
        "upcoming_events", {"title": "", "count": 6, "kind": "", "line": "", "programme": None, "organisation": None}
    ),
    block("lines", {"title": "Ne yapıyoruz", "lines": items({"line": "1", "text": "Buluşuruz", "page": None})}),
    block("figures", {"title": "Kimiz", "text": "", "page": None}),
    block("news", {"title": "", "count": 6}),
]


def filled_home() -> HomePage:
    page = home()
    page.hero_title, page.hero_text, page.button_text = "Kentler arasında", "Bir köprü", "Takvim"
    page.sections = HOME
    page.save_revision().publish()
    return page


def test_the_home_page_opens_with_one_sentence_and_one_button(client: Client) -> None:
    filled_home()
    news(2)
    published(NewsIndexPage(title="News", slug="news"), language="en")
    html = " ".join(client.get("/tr/").content.decode().split())
    parts = [
        "<h1>Kentler arasında</h1>",
        '<p class="lead">Bir köprü</p>',
        '<a class="button" href="/tr/etkinlikler/" >Takvim</a>',
        "<h2>Yaklaşan etkinlikler</h2>",
        "<h2>Ne yapıyoruz</h2>",
        "<h2>Kimiz</h2>",
        '<a href="/tr/haberler/haber-1/">Haber 1</a>',
        '<a href="/tr/haberler/">Bütün haberler</a>',
    ]
    assert [part for part in parts if part.replace(" >", ">") not in html.replace(" >", ">")] == [], html


def test_the_button_leads_to_its_page_and_says_something_by_itself(client: Client) -> None:
    turkish, _english = pair(StandardPage, ("biz", "biz"))
    page = home("en")
    page.button_page = turkish
    page.save_revision().publish()
    html = " ".join(client.get("/en/").content.decode().split())
    assert ['href="/en/biz/"' in html, "To the events" in html] == [True, True]
    assert client.get("/tr/").status_code == 200


def test_pages_are_found_by_all_that_they_say() -> None:
    page = published(
        StandardPage(
            title="Işık",
            search_description="Kısaca",
            body=[block("text", "<p>Çalıştay <b>notu</b></p>"), block("heading", {"text": "Şölen", "level": "h2"})],
        )
    )
    assert page.folded().split() == ["isik", "kisaca", "calistay", "notu", "solen"]
    assert fold("notları Çayı") not in page.folded()
    assert "bulusuruz" in filled_home().folded().split()


#: What each page asks, whatever it shows.
QUERIES = {"/tr/": 19, "/tr/haberler/": 17, "/tr/kurumsal/": 14, "/tr/kurumsal/bloklar/": 26}


def rows(number: int) -> None:
    """So many events, members, dialogue programmes, news with pictures and pages of a section."""
    index = NewsIndexPage.objects.first() or published(NewsIndexPage(title="Haberler", slug="haberler"))
    section = SectionIndexPage.objects.first() or published(SectionIndexPage(title="Kurumsal", slug="kurumsal"))
    for _ in range(number):
        release_programme(event=EventFactory(dialogue_programme=DialogueProgrammeFactory()))
        MembershipFactory()
        published(NewsPage(title="Haber", picture=picture()), index)
        published(StandardPage(title="Sayfa"), section)


def body(number: int) -> list[dict[str, Any]]:
    """So many of each block that reads rows."""
    events = EventFactory._meta.model.objects.order_by("pk")[:number]
    images = NewsPage.objects.order_by("pk")[:number]
    page = StandardPage.objects.first()
    assert page is not None
    link = {"text": "Git", "page": page.pk, "address": ""}
    return [
        *(block("event", {"event": event.pk}) for event in events),
        *(block("dialogue_programme", {"programme": event.dialogue_programme_id}) for event in events),
        *(
            block("image", {"picture": {"image": each.picture_id, "alt_text": "K", "decorative": False}, "caption": ""})
            for each in images
        ),
        *(block("buttons", {"links": items(link)}) for _ in range(number)),
        block("members", {"title": "", "show": "map", "on": None}),
        HOME[0],
    ]


@makes_pictures
@pytest.mark.parametrize("number", [1, 3])
def test_what_a_page_asks_does_not_grow_with_what_it_shows(
    number: int, client: Client, settings: Any, tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    # Else pictures would be read from the cache, however many there are.
    settings.CACHES = settings.CACHES | {"renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    rows(number)
    filled_home()
    section = SectionIndexPage.objects.get()
    published(StandardPage(title="Bloklar", slug="bloklar", body=body(number)), section)
    for path, queries in QUERIES.items():
        client.get(path)
        with django_assert_num_queries(queries, info=path):
            assert client.get(path).status_code == 200


def test_a_page_of_the_directory_stands_in_a_section_too() -> None:
    assert OrganisationIndexPage in SectionIndexPage.allowed_subpage_models()
