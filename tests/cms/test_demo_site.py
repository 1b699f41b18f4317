"""The demo's site: whole in both languages, written and published as editors would, loaded once and quickly."""

import datetime as dt
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker, Settings
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail_localize.models import Translation

from cms.demo import Desk, load_sample, load_site
from cms.demo.accounts import USERS
from cms.demo.site.edition import FOLDER, moment, read
from cms.models import NewsPage, PracticePage, ShownPerson, SiteSettings, StandardPage, Theme
from cms.translating.lagging import lagging_pages
from events.models import Organisation
from tests.cms.factories import makes_pictures
from tests.cms.pages import home, published
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, makes_pictures]
#: What waits for its translator, so that the admin has something to show.
STALE = "Kentler Diyaloğu 2027: 10–11 Haziran’ı ayırın"
ADDRESSES = {
    "/": "/",
    "/hakkimizda/": "/about-us/",
    "/hakkimizda/yonetim-kurulu-ve-ekip/": "/about-us/board-and-team/",
    "/hakkimizda/uye-olmak/": "/about-us/becoming-a-member/",
    "/calisma-alanlarimiz/": "/what-we-do/",
    "/calisma-alanlarimiz/is-birligi-platformu/": "/what-we-do/collaboration-platform/",
    "/calisma-alanlarimiz/savunuculuk-ve-temsil/": "/what-we-do/advocacy/",
    "/calisma-alanlarimiz/uyelere-hizmet/": "/what-we-do/services-to-members/",
    "/calisma-alanlarimiz/uluslararasi-temsil/": "/what-we-do/international-representation/",
    "/uyelerimiz/": "/our-members/",
    "/uygulamalar/": "/practices/",
    "/uygulamalar/golge-koridoru-carsidan-hastaneye-serin-bir-yol/": (
        "/practices/a-shade-corridor-a-cool-way-from-the-market-to-the-hospital/"
    ),
    "/uygulamalar/sicak-hava-dalgalari-icin-mahalle-plani/": "/practices/a-neighbourhood-plan-for-heatwaves/",
    "/uygulamalar/golge-haritasi-cikarmak/": "/practices/mapping-shade/",
    "/uygulamalar/kent-lokantasi-herkese-acik-tek-menu/": "/practices/a-municipal-restaurant-one-menu-open-to-all/",
    "/uygulamalar/yaslilar-icin-pazar-servisi/": "/practices/a-market-day-bus-for-older-people/",
    "/uygulamalar/mahalle-butcesi-oydan-once-kesif-yuruyusu/": (
        "/practices/a-neighbourhood-budget-first-walk-then-vote/"
    ),
    "/haberler/": "/news/",
    "/haberler/igdeli-bir-yil-sonra-yeniden-uye/": "/news/igdeli-is-a-member-again-after-a-year-away/",
    "/haberler/genel-kurul-kucuk-belediyelerin-yol-giderini-ustlendi/": (
        "/news/assembly-takes-over-travel-costs-of-small-municipalities/"
    ),
    "/haberler/ozbagda-golge-haritasi-egitimi/": "/news/training-in-ozbag-how-to-map-shade/",
    "/haberler/2027-diyalog-programinin-butcesi-tamamlandi/": "/news/dialogue-programme-for-2027-is-funded/",
    "/haberler/norrehavn-ile-liman-donusumu-protokolu/": "/news/protocol-with-norrehavn-on-harbour-transformation/",
    "/haberler/kentler-diyalogu-2027-10-11-hazirani-ayirin/": (
        "/news/cities-in-dialogue-2027-keep-10-and-11-june-free/"
    ),
    "/haberler/kentler-diyalogu-2027-sonuc-bildirgesiyle-kapandi/": (
        "/news/cities-in-dialogue-2027-ends-with-a-declaration/"
    ),
    "/haberler/dokuz-durak-dort-soru-biri-yanitsiz/": "/news/nine-stops-and-four-questions-one-of-them-still-open/",
    "/haberler/cinarli-ile-lindenau-am-see-niyet-mektubunu-imzaladi/": (
        "/news/cinarli-and-lindenau-am-see-sign-a-letter-of-intent/"
    ),
    "/iletisim/": "/contact/",
    "/aydinlatma-metni/": "/information-notice/",
    "/gizlilik/": "/privacy/",
    "/erisilebilirlik-bildirimi/": "/accessibility-statement/",
    "/kunye/": "/imprint/",
}


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """Sample and site, loaded once and rolled back after these tests; who wrote it."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = Desk(UserFactory(username="ada"), UserFactory(username="bora", is_superuser=True))
        load_sample()
        assert load_site(found) is True
        yield found
        transaction.set_rollback(True)


def pages(language: str) -> list[Page]:
    return list(Page.objects.filter(depth__gt=1, locale__language_code=language).order_by("path"))


def test_the_tree_stands_in_both_languages_with_addresses_that_read_well(desk: Desk) -> None:
    english = {page.translation_key: page for page in pages("en")}
    found = {}
    for page in pages("tr"):
        found[page.url_path.removeprefix("/home")] = english[page.translation_key].url_path.removeprefix("/home-en")
    assert found == ADDRESSES
    assert len(english) == len(ADDRESSES)


def test_what_is_due_is_public_in_both_languages_and_later_news_on_its_day(desk: Desk) -> None:
    later = {page.pk: moment(page.published_on) for page in NewsPage.objects.all() if is_later(page)}
    for page in (*pages("tr"), *pages("en")):
        assert (page.live, page.go_live_at) == (page.pk not in later, later.get(page.pk)), page.title
    with time_machine.travel("2027-10-07T07:00:01Z", tick=False):
        call_command("publish_scheduled")
    assert not Page.objects.filter(live=False).exists()


def is_later(page: NewsPage) -> bool:
    return moment(page.published_on) > timezone.now()


def test_every_text_is_translated_but_the_one_that_waits(desk: Desk) -> None:
    progress = {each.source.object_repr: each.get_progress() for each in Translation.objects.select_related("source")}
    assert len(progress) == len(ADDRESSES)
    waiting = {title: total - done for title, (total, done) in progress.items() if total != done}
    assert waiting == {STALE: 1}
    assert [page.title for page in lagging_pages(Page.objects.all())] == [STALE]


def test_pages_carry_a_description_and_say_different_things_in_the_two_languages(desk: Desk) -> None:
    english = {page.translation_key: page for page in pages("en")}
    for page in pages("tr"):
        other = english[page.translation_key]
        assert page.title != other.title
        assert 40 < len(page.search_description) < 200, page.title
        assert 40 < len(other.search_description) < 200, other.title
        assert page.search_description != other.search_description


def test_history_names_who_wrote_and_who_published(desk: Desk) -> None:
    news = NewsPage.objects.get(title="Nørrehavn ile liman dönüşümü protokolü")
    entries = PageLogEntry.objects.filter(page=news.pk).order_by("pk").values_list("action", "user__username")
    assert list(entries) == [("wagtail.create", "ada"), ("wagtail.edit", "ada"), ("wagtail.publish", "bora")]
    assert (news.owner, news.latest_revision.user) == (desk.writer, desk.writer)
    assert not Page.objects.filter(depth__gt=1, latest_revision=None).exists()


def test_every_public_page_answers_and_says_its_title(desk: Desk, client: Client) -> None:
    for page in Page.objects.filter(depth__gt=1).live():
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        assert f'lang="{page.locale.language_code}"' in response.text
        heading = response.text.partition("<h1")[2].partition("</h1>")[0].partition(">")[2].strip()
        specific = page.specific
        assert heading == getattr(specific, "hero_title", page.title)


def test_links_in_texts_lead_to_the_page_in_the_readers_language(desk: Desk, client: Client) -> None:
    texts = {language: client.get(home(language).get_children().first().url).text for language in ("tr", "en")}
    assert 'href="/tr/hakkimizda/yonetim-kurulu-ve-ekip/">Yönetim kurulunda' in texts["tr"]
    assert 'href="/en/about-us/board-and-team/">the board' in texts["en"]


def test_menu_and_footer_are_what_the_settings_and_the_tree_say(desk: Desk, client: Client) -> None:
    settings = SiteSettings.objects.get()
    assert {name: str(getattr(settings, name)) for name in SiteSettings.LEGAL} == {
        "information_notice": "Aydınlatma metni",
        "privacy": "Gizlilik",
        "accessibility": "Erişilebilirlik bildirimi",
        "imprint": "Künye",
    }
    text = client.get("/en/our-members/").text
    assert "Sample Association of Municipalities" in text
    places = [text.index(f">{title}<") for title in ("About us", "What we do", "Our members", "Practices", "News")]
    assert places == sorted(places)
    assert "Send us your proposals for sessions" in text or timezone.now() > moment(
        read("settings")["notices"][0]["until"]
    )


def test_figures_are_counted_and_nowhere_written(desk: Desk, client: Client) -> None:
    with time_machine.travel("2027-06-10T09:00:00Z", tick=False):
        text = client.get("/tr/uyelerimiz/").text
    represented = Organisation.objects.represented(dt.date(2027, 6, 10))
    assert (represented.members, represented.inhabitants) == (6, 2_004_000)
    assert "2.004.000" in text
    written = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml"))
    assert [word for word in ("2.004.000", "2,004,000", "iki milyon", "two million") if word in written] == []


def test_search_and_references_know_every_page(desk: Desk) -> None:
    found = PracticePage.objects.search("lokantasi")
    assert [page.title for page in found] == ["Kent lokantası: herkese açık, tek menü"]
    practice = PracticePage.objects.get(title="Gölge haritası çıkarmak")
    assert ReferenceIndex.get_references_to(practice).exists()
    later = published(StandardPage(title="Sonradan eklenen sayfa"))
    assert [page.pk for page in StandardPage.objects.search("sonradan")] == [later.pk]


def test_people_are_shown_on_a_ground_and_practices_have_themes(desk: Desk) -> None:
    grounds = ShownPerson.objects.order_by("person__ref").values_list("person__ref", "circle", "ground")
    assert list(grounds) == [
        ("P01", "secretariat", "duty"),
        ("P02", "board", "office"),
        ("P03", "contacts", "consent"),
        ("P04", "board", "office"),
        ("P05", "contacts", "consent"),
        ("P06", "board", "office"),
        ("P07", "board", "office"),
        ("P08", "contacts", "consent"),
        ("P09", "contacts", "consent"),
        ("P10", "secretariat", "consent"),
        ("P11", "secretariat", "consent"),
        ("P17", "secretariat", "consent"),
    ]
    for person in ShownPerson.objects.all():
        person.full_clean()
    assert {theme.name_tr: theme.practices.count() for theme in Theme.objects.all()} == {
        "İklim": 6,
        "Sosyal hizmetler": 4,
        "Katılım": 2,
    }


def test_a_second_load_changes_nothing(desk: Desk, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    before = (Page.objects.count(), PageLogEntry.objects.count(), ShownPerson.objects.count())
    with django_assert_num_queries(1):
        assert load_site(desk) is False
    assert (Page.objects.count(), PageLogEntry.objects.count(), ShownPerson.objects.count()) == before


def test_command_prints_the_log_ins_both_times(desk: Desk, tmp_path: Path, settings: Settings) -> None:
    settings.VAR_DIR = tmp_path
    first, second = StringIO(), StringIO()
    call_command("load_demo", stdout=first)
    call_command("load_demo", stdout=second)
    assert first.getvalue() == second.getvalue()
    lines = first.getvalue().splitlines()
    assert lines[:2] == ["Sample content is already there.", "There is a site already."]
    assert [line.split()[0] for line in lines[2:]] == list(USERS)
    # One column of passwords, whatever the longest name.
    assert len({line.index(line.split()[1]) for line in lines[2:]}) == 1
    assert all(len(line.split()[1]) == 12 for line in lines[2:])
    assert get_user_model().objects.filter(username="editor").exists()


def texts(told: Any) -> Iterator[dict[str, str]]:
    """Every pair of texts in a file."""
    if isinstance(told, dict) and told.keys() <= {"tr", "en"}:
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from texts(each)


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
def test_files_give_both_languages(name: str) -> None:
    for pair in texts(read(name)):
        only_turkish = "Dinleyici kaydı" in pair["tr"]
        assert only_turkish or pair.keys() == {"tr", "en"}, pair
        assert all(text.strip() for text in pair.values())
