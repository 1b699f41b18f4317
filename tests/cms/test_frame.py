"""The frame of every page: what is in it, that it changes at once everywhere, and what it costs."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, Site

from cms.frame import forget_frames, frame_in, settle_frame
from cms.models import OrganisationIndexPage, SiteLink, SiteNotice, SiteSettings
from events import framing
from events.models import Rendering
from events.release import release_programme
from tests.cms.pages import home, published
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db
LIST, PROGRAMME = "/tr/etkinlikler/", "/tr/etkinlikler/forum/program/"


def settings_row(**fields: Any) -> SiteSettings:
    row: SiteSettings = SiteSettings.for_site(Site.objects.get())
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def section(title: str, slug: str, parent: Page | None = None, **fields: Any) -> Any:
    """A page that menus show."""
    return published(OrganisationIndexPage(title=title, slug=slug, show_in_menus=True, **fields), parent)


def picture(title: str = "Logo") -> Image:
    image: Image = Image.objects.create(title=title, file=get_test_image_file(size=(640, 320)))
    return image


def menu(client: Client, path: str = LIST) -> list[tuple[str, str, str]]:
    """Title, address and aria-current of each entry of the main menu."""
    html = client.get(path).content.decode()
    nav = re.search(r'<nav aria-label="[^"]*">(.*?)</nav>', html, re.DOTALL)
    assert nav
    found = re.findall(r'<a\s+href="([^"]*)"\s*(?:aria-current="(\w+)")?\s*>(.*?)</a>', nav[1], re.DOTALL)
    return [(unescape(re.sub("<.*?>", "", title)).strip(), to, current) for to, current, title in found]


class TestMenus:
    def test_events_come_first_then_pages_in_the_order_of_the_tree(self, client: Client) -> None:
        section("Üyeler", "uyeler"), section("Haberler", "haberler")
        published(OrganisationIndexPage(title="Künye", slug="kunye"))
        section("Members", "members", home("en"))
        assert menu(client) == [
            ("Etkinlikler", "/tr/etkinlikler/", "page"),
            ("Üyeler", "/tr/uyeler/", ""),
            ("Haberler", "/tr/haberler/", ""),
        ]
        assert menu(client, "/en/members/") == [("Events", "/en/events/", ""), ("Members", "/en/members/", "page")]

    def test_a_page_below_marks_its_section(self, client: Client) -> None:
        deep = section("Ortaklar", "ortaklar", section("Birlik", "birlik"))
        release_programme(event=EventFactory(slug="forum", with_sessions=1))
        assert [deep.url, menu(client, "/tr/birlik/ortaklar/")[1]] == [
            "/tr/birlik/ortaklar/",
            ("Birlik", "/tr/birlik/", "true"),
        ]
        assert [menu(client, PROGRAMME)[0], menu(client, "/tr/yok/")[0][2]] == [
            ("Etkinlikler", "/tr/etkinlikler/", "true"),
            "",
        ]
        footer = frame_in("tr").menu[1]
        assert [(link.title, link.path) for link in footer.children] == [("Ortaklar", "/tr/birlik/ortaklar/")]

    def test_editors_add_links_elsewhere_and_deeper(self, client: Client) -> None:
        deep = section("Ortaklar", "ortaklar", section("Birlik", "birlik"))
        settings_row(
            links=[
                SiteLink(place="main", title_tr="Kitaplık", address_tr="https://kitap.example/"),
                SiteLink(place="main", title_en="Partners", page=deep),
                SiteLink(place="footer", title_tr="Basın", address_tr="/tr/basin/"),
            ]
        )
        assert menu(client)[2:] == [
            ("Kitaplık", "https://kitap.example/", ""),
            ("Partners", "/tr/birlik/ortaklar/", ""),
        ]
        assert [(link.title, link.path) for link in frame_in("en").more] == [("Basın", "/tr/basin/")]

    def test_legal_pages_are_named_in_the_language_they_are_in(self) -> None:
        turkish = published(OrganisationIndexPage(title="Gizlilik", slug="gizlilik"))
        settings_row(privacy=turkish, imprint=published(OrganisationIndexPage(title="Künye", slug="kunye")))
        published(OrganisationIndexPage(title="Privacy", slug="privacy"), language="en", translation_of=turkish)
        legal = [(link.title, link.title.language, link.path) for link in frame_in("en").legal]
        assert legal == [("Privacy", "en", "/en/privacy/"), ("Künye", "tr", "/tr/kunye/")]


class TestChanges:
    """Whatever changes the frame changes every page at once, kept ones included."""

    @pytest.fixture(autouse=True)
    def kept(self, client: Client) -> Any:
        release_programme(event=EventFactory(slug="forum", with_sessions=1))
        page = section("Üyeler", "uyeler")
        assert [entry[0] for entry in menu(client, PROGRAMME)] == ["Etkinlikler", "Üyeler"]
        assert Rendering.objects.count() == 1
        return page

    def titles(self, client: Client) -> list[str]:
        return [entry[0] for entry in menu(client, PROGRAMME)][1:]

    def test_a_new_title_and_address(self, client: Client, kept: Any) -> None:
        kept.title, kept.slug = "Üyelerimiz", "uyelerimiz"
        kept.save_revision()
        assert [self.titles(client), Rendering.objects.count()] == [["Üyeler"], 1]
        kept.get_latest_revision().publish()
        assert menu(client, PROGRAMME)[1] == ("Üyelerimiz", "/tr/uyelerimiz/", "")

    def test_taking_it_off_hiding_it_or_deleting_it(self, client: Client, kept: Any) -> None:
        kept.unpublish()
        found = [self.titles(client)]
        kept.refresh_from_db()
        kept.save_revision().publish()
        found.append(self.titles(client))
        PageViewRestriction.objects.create(page=kept, restriction_type="login")
        found.append(self.titles(client))
        PageViewRestriction.objects.get().delete()
        found.append(self.titles(client))
        kept.delete()
        found.append(self.titles(client))
        assert found == [[], ["Üyeler"], [], ["Üyeler"], []]

    def test_moving_it(self, client: Client, kept: Any) -> None:
        news = section("Haberler", "haberler")
        assert self.titles(client) == ["Üyeler", "Haberler"]
        news.move(kept, "left")
        assert self.titles(client) == ["Haberler", "Üyeler"]
        kept.refresh_from_db()
        kept.move(Page.objects.get(pk=news.pk), "last-child")
        assert [self.titles(client), client.get("/tr/haberler/uyeler/").status_code] == [["Haberler"], 200]

    def test_the_settings_and_what_is_typed_elsewhere(self, client: Client) -> None:
        settings_row(short_name_tr="Işıklar Birliği", name_tr="Işıklar Belediyeler Birliği")
        html = client.get(PROGRAMME).content.decode()
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
        assert title
        assert title[1].split()[-3:] == ["Işıklar", "Belediyeler", "Birliği"]
        assert '<meta property="og:site_name" content="Işıklar Belediyeler Birliği">' in html
        assert "<span>Işıklar Birliği</span>" in html

    # Wagtail leaves the file in which it made a rendition to the garbage collector.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    def test_a_logo_with_another_file(self, client: Client) -> None:
        image = picture()
        settings_row(logo=image)
        assert f'src="{image.get_rendition("max-640x112").url}"' in client.get(PROGRAMME).content.decode()
        image.file = get_test_image_file("another.png", size=(300, 300))
        image.save()
        image.renditions.all().delete()
        assert f'src="{image.get_rendition("max-640x112").url}"' in client.get(PROGRAMME).content.decode()
        image.delete()
        assert "<img" not in client.get(PROGRAMME).content.decode()

    def test_what_no_menu_tells_leaves_kept_pages_alone(self, client: Client) -> None:
        published(OrganisationIndexPage(title="Künye", slug="kunye"))
        settings_row()
        assert Rendering.objects.count() == 1

    def test_what_is_taken_back_was_never_shown(self, client: Client) -> None:
        """A frame drawn in a transaction that failed is not taken for the one that counts."""
        with transaction.atomic():
            settings_row(short_name_tr="Yanlış")
            transaction.set_rollback(True)
        assert "Yanlış" not in client.get(LIST).content.decode()
        settings_row(short_name_tr="Doğru")
        assert "Doğru" in client.get(LIST).content.decode()

    def test_another_process_is_told_by_the_database(self, client: Client, kept: Any) -> None:
        """Here another one: what this process had drawn before is still in its memory."""
        before = frame_in("tr")
        section("Haberler", "haberler")
        assert [len(before.menu), len(frame_in("tr").menu)] == [2, 3]
        forget_frames()
        assert len(frame_in("tr").menu) == 3


class TestNotices:
    def test_each_stands_there_from_a_moment_until_another(self, client: Client) -> None:
        nine = dt.datetime(2027, 5, 3, 9, tzinfo=dt.UTC)
        hour = dt.timedelta(hours=1)
        with time_machine.travel(nine, tick=False) as clock:
            release_programme(event=EventFactory(slug="forum", with_sessions=1))
            settings_row(
                notices=[
                    SiteNotice(text_tr="Bakım", text_en="Maintenance", starts_at=nine + hour, ends_at=nine + 2 * hour),
                    SiteNotice(text_tr="Taşındık", urgent=True),
                ]
            )
            shown = []
            for _each in range(3):
                html = client.get(PROGRAMME).content.decode()
                shown.append([text for text in ("Bakım", "Taşındık") if text in html])
                assert shown[-1] == [
                    text for text in ("Bakım", "Taşındık") if text in client.get(LIST).content.decode()
                ]
                clock.shift(hour)
            assert shown == [["Taşındık"], ["Bakım", "Taşındık"], ["Taşındık"]]
        assert '<span lang="tr">Taşındık</span>' in client.get("/en/events/").content.decode()


def test_it_costs_one_query_whatever_is_in_it(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    release_programme(event=EventFactory(slug="forum", with_sessions=1))
    for number in range(3):
        section(f"Bölüm {number}", f"bolum-{number}")
        settings_row(links=[SiteLink(title_tr="Kitaplık", address_tr="/tr/kitaplik/") for _each in range(number)])
        forget_frames()
        with django_assert_num_queries(8):
            frame_in("tr")
        with django_assert_num_queries(1):
            frame_in("en")
        with django_assert_num_queries(3):
            client.get("/tr/etkinlikler/forum/")


def test_drawing_it_twice_gives_the_same(client: Client) -> None:
    section("Üyeler", "uyeler")
    stamp = framing.frame_stamp()
    settle_frame(), forget_frames(), frame_in("tr")
    assert [bool(stamp), framing.frame_stamp()] == [True, stamp]


def test_where_the_database_cannot_be_asked_a_page_still_has_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> str:
        raise DatabaseError

    section("Üyeler", "uyeler")
    monkeypatch.setattr(framing, "frame_stamp", away)
    assert [link.title for link in frame_in("tr").menu] == ["Etkinlikler", "Üyeler"]
    forget_frames()
    assert (frame_in("tr").name, frame_in("tr").menu) == ("Köprü", ())
