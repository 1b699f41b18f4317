"""Search: pages, events and dialogue programmes, however a Turkish word is typed, on both databases."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from cms.models import NewsIndexPage, NewsPage, SectionIndexPage, StandardPage
from cms.search.marking import excerpt, marked
from events.release import cancel_event, release_programme, withdraw_event
from tests.cms.pages import home, published
from tests.factories import DialogueProgrammeFactory, EventFactory, SessionFactory

pytestmark = pytest.mark.django_db
TR, EN = "/tr/ara/", "/en/search/"


@pytest.fixture(autouse=True)
def _in_may() -> Any:
    with time_machine.travel(dt.datetime(2027, 5, 3, 9, tzinfo=dt.UTC), tick=False):
        yield


def page(title: str, text: str = "", parent: Any = None, language: str = "tr", **fields: Any) -> Any:
    made = StandardPage(title=title, body=[("text", f"<p>{text}</p>")] if text else [], **fields)
    return published(made, parent, language)


def event(slug: str = "forum", **fields: Any) -> Any:
    made = EventFactory(slug=slug, **fields)
    release_programme(event=made)
    return made


def lines(client: Client, words: str, path: str = TR) -> list[tuple[str, ...]]:
    """Address, title, kind and date, excerpt of each line; marks in brackets."""
    html = client.get(path, {"q": words}).content.decode()
    html = html.replace("<mark>", "[").replace("</mark>", "]")
    found = re.findall(
        r'<li>\s*<p class="quiet">(.*?)</p>\s*<h3>\s*<a\s+href="([^"]*)"[^>]*>(.*?)</a>\s*</h3>(.*?)</li>',
        html,
        re.DOTALL,
    )
    return [tuple(_text(part) for part in (to, title, kind, rest)) for kind, to, title, rest in found]


def found(client: Client, words: str, path: str = TR) -> list[str]:
    return [line[0] for line in lines(client, words, path)]


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


class TestWords:
    @pytest.mark.parametrize("typed", ["ığdır", "IĞDIR", "Iğdır", "iğdir", "igdir", "İĞDİR", "ıgdır", "IGDIR"])
    def test_a_word_is_found_however_it_is_typed(self, client: Client, typed: str) -> None:
        page("Iğdır’dan haberler"), page("Başka", "Bir heyet Iğdır’a gitti."), page("Ankara")
        event(title_tr="Iğdır Buluşması")
        assert sorted(found(client, typed)) == ["/tr/baska/", "/tr/etkinlikler/forum/", "/tr/igdirdan-haberler/"]

    @pytest.mark.parametrize(
        "typed", ["çalıştay", "calistay", "ÇALIŞTAY", "çalış", "calis", "iklim calıstayı", "çalıştayı iklim"]
    )
    def test_the_beginning_of_a_word_finds_it_and_every_word_counts(self, client: Client, typed: str) -> None:
        page("İklim Çalıştayı"), page("İklim"), event(title_tr="2. İklim Çalıştayı’na davet")
        assert sorted(found(client, typed)) == ["/tr/etkinlikler/forum/", "/tr/iklim-calistayi/"]
        assert found(client, typed + " yok") == []

    @pytest.mark.parametrize("typed", ["stay", "alıştay", "RÜLEBİLİR çalış", "rulebil"])
    def test_a_part_from_within_a_word_finds_pages_and_events(self, client: Client, typed: str) -> None:
        page("Sürdürülebilirlik Çalıştayı"), page("Çalışma"), event(title_tr="Sürdürülebilir Kent Çalıştayı")
        assert sorted(found(client, typed)) == ["/tr/etkinlikler/forum/", "/tr/surdurulebilirlik-calistayi/"]

    @pytest.mark.parametrize(
        "odd", ["'", '"a b"', "a* OR b", "-iklim", "iklim) :*", "NEAR(a b)", "%", "_", "\u2028ab", "<b>"]
    )
    def test_signs_of_search_languages_mean_nothing(self, client: Client, odd: str) -> None:
        page("İklim")
        for path in (TR, EN):
            assert client.get(path, {"q": odd}).status_code == 200

    def test_what_an_editor_publishes_is_found_at_once_and_a_draft_is_not(self, client: Client) -> None:
        made = page("Ulaşım")
        made.title = "Barınma"
        made.save_revision()
        assert [found(client, "barinma"), found(client, "ulasim")] == [[], ["/tr/ulasim/"]]
        made.get_latest_revision().publish()
        assert [found(client, "barinma"), found(client, "ulasim")] == [["/tr/ulasim/"], []]
        made.unpublish()
        assert found(client, "barinma") == []

    def test_sessions_of_an_event_find_it(self, client: Client) -> None:
        """The line leads to the session in the programme; a word of the event's own leads to the event."""
        made = EventFactory(slug="forum", title_tr="Forum")
        session = SessionFactory(event=made, confirmed=True, title_tr="Sıcak dalgalarına karşı gölge")
        release_programme(event=made)
        assert lines(client, "golge") == [
            (
                f"/tr/etkinlikler/forum/program/#s-{session.key}",
                "Forum",
                "Konferans · 10 Haziran 2027 Perşembe",
                "Program: Sıcak dalgalarına karşı [gölge]",
            )
        ]
        assert found(client, "forum") == ["/tr/etkinlikler/forum/"]


class TestWhat:
    def test_each_line_says_what_it_is_and_where_the_words_stand(self, client: Client) -> None:
        index = published(NewsIndexPage(title="Haberler", slug="haberler"))
        published(
            NewsPage(
                title="Yeni üye",
                slug="yeni-uye",
                published_on=dt.date(2027, 4, 2),
                search_description="Ilıca da köprüde.",
            ),
            index,
        )
        page("Köprüler", "Kentler arasında köprü kurarız.")
        series = DialogueProgrammeFactory(slug="kentler", title_tr="Köprü Kentler", objectives_tr="Diyalog için")
        event(title_tr="Köprü Forumu", summary_tr="İki gün", dialogue_programme=series)
        assert lines(client, "KÖPRÜ") == [
            ("/tr/etkinlikler/forum/", "[Köprü] Forumu", "Konferans · 10 Haziran 2027 Perşembe", "İki gün"),
            ("/tr/kopruler/", "[Köprüler]", "Sayfa", "Kentler arasında [köprü] kurarız."),
            ("/tr/programlar/kentler/", "[Köprü] Kentler", "Diyalog programı", "Diyalog için"),
            ("/tr/haberler/yeni-uye/", "Yeni üye", "Haber · 2 Nisan 2027", "Ilıca da [köprüde.]"),
        ]

    def test_each_language_finds_its_own_pages_and_all_events(self, client: Client) -> None:
        page("Kent"), page("Kent in English", language="en")
        event(title_tr="Kent", title_en="")
        assert [sorted(found(client, "kent")), sorted(found(client, "kent", EN))] == [
            ["/tr/etkinlikler/forum/", "/tr/kent/"],
            ["/en/events/forum/", "/en/kent-in-english/"],
        ]
        assert '<span lang="tr"' in client.get(EN, {"q": "kent"}).content.decode() or lines(client, "kent", EN)
        assert 'lang="tr"' in re.findall(r"<h3>.*?</h3>", client.get(EN, {"q": "kent"}).content.decode(), re.DOTALL)[0]

    def test_what_not_everybody_may_see_is_not_found(self, client: Client) -> None:
        section = published(SectionIndexPage(title="Gizli bölüm", slug="gizli"))
        page("Gizli sayfa", parent=section)
        PageViewRestriction.objects.create(page=section, restriction_type="login")
        home().add_child(instance=StandardPage(title="Gizli taslak", live=False))
        EventFactory(title_tr="Gizli çalışma", slug="calisma")
        withdraw_event(event=event("geri", title_tr="Gizli çekilen"))
        cancel_event(event=event("iptal", title_tr="Gizli iptal", summary_tr="Oldu"))
        assert lines(client, "gizli") == [
            ("/tr/etkinlikler/iptal/", "[Gizli] iptal", "Konferans · 10 Haziran 2027 Perşembe", "İptal edildi Oldu")
        ]


class TestStates:
    def state(self, client: Client, query: dict[str, str], path: str = EN) -> str:
        html = client.get(path, query).content.decode()
        status = re.search(r'role="status">(.*?)</div>', html, re.DOTALL)
        assert status
        return _text(status[1]).split(".")[0]

    def test_each_says_what_to_do(self, client: Client) -> None:
        page("Bridge", language="en")
        states = {
            words: self.state(client, {"q": words}) for words in ("", " ", "b", "!?", "bridge", "nothing like it")
        }
        start = "Finds pages, events, sessions and dialogue programmes"
        short = "Type at least two letters"
        assert states == {
            "": start,
            " ": start,
            "b": short,
            "!?": short,
            "bridge": "1 result",
            "nothing like it": "Nothing has all the words of “nothing like it”",
        }

    def test_what_was_typed_stays_and_goes_to_the_other_language(self, client: Client) -> None:
        html = client.get(EN, {"q": 'a "b" <i>', "page": "3"}).content.decode()
        assert 'value="a &quot;b&quot; &lt;i&gt;"' in html
        assert re.findall(r'class="tongues"\s+href="([^"]*)"', html) == ["/tr/ara/?q=a+%22b%22+%3Ci%3E"]
        assert len(client.get(EN, {"q": "ab " * 5000}).content) < 40_000

    def test_robots_are_told_to_stay_out_and_nobody_gets_a_cookie(self, client: Client) -> None:
        answer = client.get(EN, {"q": "bridge"})
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
        assert (dict(answer.cookies), "Cookie" in answer.headers.get("Vary", "")) == ({}, False)
        assert '<link rel="canonical" href="http://testserver/en/search/">' in answer.content.decode()

    def test_long_lists_come_in_pages_that_keep_the_words(self, client: Client) -> None:
        for number in range(21):
            event(f"forum-{number}", title_en=f"Forum {number}")
        first = client.get(EN, {"q": "forum"}).content.decode()
        assert [len(found(client, "forum", EN)), "Page 1 of 2" in first, 'href="?q=forum&amp;page=2"' in first] == [
            20,
            True,
            True,
        ]
        assert len(re.findall("<h3>", client.get(EN, {"q": "forum", "page": "2"}).content.decode())) == 1
        assert client.get(EN, {"q": "forum", "page": "9" * 5000}).status_code == 200

    def test_whoever_asks_without_end_is_asked_to_wait(self, client: Client) -> None:
        answers = [client.get(EN, {"q": "forum"}).status_code for _each in range(61)]
        assert answers == [200] * 60 + [429]
        last = client.get(EN, {"q": "forum"})
        assert (0 < int(last["Retry-After"]) <= 60, 'value="forum"' in last.content.decode()) == (True, True)
        assert client.get(EN).status_code == 200


def test_it_costs_the_same_for_three_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    series = DialogueProgrammeFactory(slug="kentler", title_en="Forum cities")
    for number in range(3):
        page(f"Forum page {number}", "Text", language="en")
        made = EventFactory(slug=f"forum-{number}", title_en="Other", dialogue_programme=series)
        SessionFactory(event=made, confirmed=True, title_en="Forum session")
        release_programme(event=made)
        event(f"forum-of-{number}", title_en="Forum")
        if number in {0, 2}:
            found(client, "forum", EN)
            with django_assert_num_queries(11):
                assert len(found(client, "forum", EN)) == 3 * (number + 1) + 1


class TestMarking:
    def test_the_whole_word_is_marked_whatever_its_letters(self) -> None:
        assert marked("Iğdır’da <b> iklim", ["igdir", "b"]) == "<mark>Iğdır’da</mark> <mark>&lt;b&gt;</mark> iklim"

    def test_an_excerpt_stands_around_the_first_hit(self) -> None:
        words = [f"söz{number}" for number in range(100)]
        told = excerpt(["başka metin", " ".join(words)], ["soz50"])
        assert told == "… " + " ".join(words[40:50]) + " <mark>söz50</mark> " + " ".join(words[51:76]) + " …"
        assert excerpt(["Ne var", "ne yok"], ["hiç"]) == "Ne var"
        assert excerpt([], ["hiç"]) == ""
