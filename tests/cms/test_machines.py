"""What machines ask for: sitemap, robots, manifest, security.txt, icons; and redirects from former addresses."""

import datetime as dt
import json
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction, Site

from cms import icons
from cms.models import SectionIndexPage, SiteSettings, StandardPage
from events.release import release_programme, withdraw_event
from tests.cms.pages import home, published
from tests.factories import DialogueProgrammeFactory, EventFactory

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def settings_row(**fields: Any) -> None:
    row = SiteSettings.for_site(Site.objects.get())
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def mapped(client: Client) -> dict[str, dict[str, str]]:
    """Each address of the sitemap with its alternates, without the host."""
    answer = client.get("/sitemap.xml")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    tree = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    return {
        entry.findtext("s:loc", "", NAMES).removeprefix(HOST): {
            link.attrib["hreflang"]: link.attrib["href"].removeprefix(HOST) for link in entry.findall("x:link", NAMES)
        }
        for entry in tree.findall("s:url", NAMES)
    }


class TestSitemap:
    def test_it_has_all_in_both_languages_each_with_the_other(self, client: Client) -> None:
        turkish = published(StandardPage(title="Üyeler", slug="uyeler"))
        published(StandardPage(title="Members", slug="members"), language="en", translation_of=turkish)
        published(StandardPage(title="Künye", slug="kunye"))
        release_programme(event=EventFactory(slug="forum", dialogue_programme=DialogueProgrammeFactory(slug="kentler")))

        def both(tr: str, en: str) -> dict[str, dict[str, str]]:
            return {each: {"tr": tr, "en": en, "x-default": en} for each in (tr, en)}

        assert mapped(client) == {
            **both("/tr/", "/en/"),
            **both("/tr/uyeler/", "/en/members/"),
            "/tr/kunye/": {"tr": "/tr/kunye/", "x-default": "/tr/kunye/"},
            **both("/tr/etkinlikler/", "/en/events/"),
            **both("/tr/etkinlikler/forum/", "/en/events/forum/"),
            **both("/tr/etkinlikler/forum/program/", "/en/events/forum/programme/"),
            **both("/tr/programlar/kentler/", "/en/programmes/kentler/"),
        }

    def test_every_address_in_it_answers_and_says_the_same_of_itself(self, client: Client) -> None:
        published(StandardPage(title="Künye", slug="kunye"))
        release_programme(event=EventFactory(slug="forum", dialogue_programme=DialogueProgrammeFactory(slug="kentler")))
        for path, alternates in mapped(client).items():
            html = client.get(path).content.decode().replace("\n", " ")
            named = [f'href="{HOST}{each}"' in html for each in alternates.values()]
            assert (path, named, "noindex" in html) == (path, [True] * len(named), False)

    def test_what_is_not_public_is_not_in_it(self, client: Client) -> None:
        before = mapped(client)
        section = published(SectionIndexPage(title="Gizli", slug="gizli"))
        published(StandardPage(title="Gizli sayfa", slug="sayfa"), section)
        PageViewRestriction.objects.create(page=section, restriction_type="login")
        home().add_child(instance=StandardPage(title="Taslak", slug="taslak", live=False))
        EventFactory(slug="calisma")
        withdrawn = EventFactory(slug="geri")
        release_programme(event=withdrawn)
        withdraw_event(event=withdrawn)
        assert mapped(client) == before

    def test_it_costs_the_same_for_three_as_for_one(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(3):
            published(StandardPage(title=f"Sayfa {number}", slug=f"sayfa-{number}"))
            series = DialogueProgrammeFactory(slug=f"kentler-{number}")
            release_programme(event=EventFactory(slug=f"forum-{number}", dialogue_programme=series))
            if number in {0, 2}:
                client.get("/sitemap.xml")
                with django_assert_num_queries(4):
                    client.get("/sitemap.xml")


def test_robots_may_read_all_but_the_admin_and_searches(client: Client) -> None:
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /tr/ara/",
        "Disallow: /en/search/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_each_language_has_its_manifest(client: Client) -> None:
    settings_row(
        name_tr="Işıklar Belediyeler Birliği", short_name_tr="Birlik", name_en="Işıklar Union", tagline_en="To talk"
    )
    answer = client.get("/en/site.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json; charset=utf-8"
    told = json.loads(answer.content)
    assert {name: told[name] for name in ("name", "short_name", "description", "lang", "start_url")} == {
        "name": "Işıklar Union",
        "short_name": "Birlik",
        "description": "To talk",
        "lang": "en",
        "start_url": "/en/",
    }
    for icon in told["icons"]:
        path = Path(settings.BASE_DIR, "static", icon["src"].removeprefix("/static/"))
        assert "x".join(map(str, Image.open(BytesIO(path.read_bytes())).size)) == icon["sizes"]
    assert json.loads(client.get("/tr/site.webmanifest").content)["short_name"] == "Birlik"
    assert '<link rel="manifest" href="/en/site.webmanifest">' in client.get("/en/events/").content.decode()


def test_security_txt_names_whom_to_tell_and_has_not_expired(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    settings_row(email="bilgi@sample.example")
    with time_machine.travel(dt.datetime(2027, 1, 31, 12, tzinfo=dt.UTC), tick=False):
        assert client.get("/.well-known/security.txt").content.decode().splitlines() == [
            "Contact: mailto:bilgi@sample.example",
            "Expires: 2027-11-27T00:00:00Z",
            "Preferred-Languages: tr, en",
            "Canonical: http://testserver/.well-known/security.txt",
        ]
    settings_row(security_email="guvenlik@sample.example")
    assert b"Contact: mailto:guvenlik@sample.example" in client.get("/.well-known/security.txt").content


class TestIcons:
    @pytest.mark.parametrize(
        ("path", "kind"), [("/favicon.ico", "image/x-icon"), ("/apple-touch-icon.png", "image/png")]
    )
    def test_they_are_where_browsers_ask_unasked(self, client: Client, path: str, kind: str) -> None:
        answer = client.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert Image.open(BytesIO(b"".join(answer.streaming_content))).size in {(180, 180), (48, 48)}

    def test_what_is_committed_is_what_the_command_draws(self) -> None:
        static = Path(settings.BASE_DIR, "static")
        committed = {"root/apple-touch-icon.png": icons.png(180, part=0.7), "root/favicon.ico": icons.ico()}
        assert {
            name: _pixels((static / name).read_bytes()) == _pixels(drawn) for name, drawn in committed.items()
        } == dict.fromkeys(committed, True)
        assert max(path.stat().st_size for path in [*static.glob("img/*"), *static.glob("root/*")]) < 6000


def _pixels(data: bytes) -> bytes:
    return Image.open(BytesIO(data)).convert("RGBA").tobytes()


class TestRedirects:
    def test_a_new_address_of_a_page_and_of_all_below_it(
        self, client: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        section = published(SectionIndexPage(title="Birlik", slug="birlik"))
        published(StandardPage(title="Ortaklar", slug="ortaklar"), section)
        section = Page.objects.get(pk=section.pk).specific
        section.slug = "birligimiz"
        with django_capture_on_commit_callbacks(execute=True):
            section.save_revision().publish()
        moves = {path: client.get(path) for path in ("/tr/birlik/", "/tr/birlik/ortaklar/")}
        assert {path: (answer.status_code, answer["Location"]) for path, answer in moves.items()} == {
            "/tr/birlik/": (301, "/tr/birligimiz/"),
            "/tr/birlik/ortaklar/": (301, "/tr/birligimiz/ortaklar/"),
        }

    def test_a_page_that_moved_in_either_language(self, client: Client) -> None:
        for language in ("tr", "en"):
            section = published(SectionIndexPage(title="Union", slug="union"), language=language)
            page = published(StandardPage(title="Contact", slug="contact"), language=language)
            page.move(section, "last-child")
            answer = client.get(f"/{language}/contact/")
            assert (answer.status_code, answer["Location"]) == (301, f"/{language}/union/contact/")
