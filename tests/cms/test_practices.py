"""Practices: found, narrowed, and seen side by side by their ticks."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cms.models import PracticeIndexPage, PracticePage, Theme
from events.models import Organisation
from tests.cms.pages import pair, published
from tests.factories import OrganisationFactory, PopulationFactory, UserFactory

pytestmark = pytest.mark.django_db
TEXTS = {"problem": "<p>Sorun</p>", "action": "<p>Yapılan</p>", "result": "<p>Sonuç</p>"}


@pytest.fixture
def index() -> PracticeIndexPage:
    turkish, _english = pair(PracticeIndexPage)
    return turkish


def practice(
    index: PracticeIndexPage, title: str, inhabitants: int = 0, theme: str = "İklim", **fields: Any
) -> PracticePage:
    """A practice of a municipality of its own."""
    house = fields.pop("organisation", None) or OrganisationFactory(
        name_tr=f"{title} Belediyesi", country=fields.pop("country", "TR")
    )
    if inhabitants:
        PopulationFactory(organisation=house, year=2020, count=inhabitants)
    about, _made = Theme.objects.get_or_create(name_tr=theme)
    page = PracticePage(title=title, organisation=house, theme=about, **{"year": 2025, **TEXTS, **fields})
    return published(page, index)


@pytest.fixture
def four(index: PracticeIndexPage) -> dict[str, PracticePage]:
    """Of four sizes, from two countries, on two themes."""
    plan = [
        ("Avlu", 41_000, "İklim", "TR"),
        ("Bahçe", 96_000, "İklim", "DE"),
        ("Çeşme", 312_000, "Su", "TR"),
        ("Ilıca", 1_240_000, "Su", "TR"),
    ]
    return {title: practice(index, title, size, theme, country=country) for title, size, theme, country in plan}


def listed(client: Client, query: str = "") -> list[str]:
    return [each.title for each, _key in client.get(f"/tr/liste/{query}").context["practices"]]


def compare(*practices: PracticePage, **more: str) -> str:
    parts = [("compare", each.translation_key.hex) for each in practices] + list(more.items())
    return "?" + "&".join(f"{name}={value}" for name, value in parts)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Avlu", "Bahçe", "Çeşme", "Ilıca"]),
        ("?country=DE", ["Bahçe"]),
        ("?size=small", ["Avlu"]),
        ("?size=medium", ["Bahçe"]),
        ("?size=large", ["Çeşme"]),
        ("?size=metropolis", ["Ilıca"]),
        ("?size=huge", ["Avlu", "Bahçe", "Çeşme", "Ilıca"]),
        ("?q=ILICA", ["Ilıca"]),
        ("?q=cesme+sonuc", ["Çeşme"]),
        ("?q=yok", []),
    ],
)
def test_readers_narrow_the_list(client: Client, four: dict[str, PracticePage], query: str, found: list[str]) -> None:
    assert listed(client, query) == found


def test_by_theme_and_the_newest_first(client: Client, index: PracticeIndexPage, four: dict[str, PracticePage]) -> None:
    newer = practice(index, "Zeytin", theme="Su", year=2026)
    assert listed(client, f"?theme={newer.theme_id}") == ["Zeytin", "Çeşme", "Ilıca"]


def test_two_to_four_are_seen_side_by_side(
    client: Client, index: PracticeIndexPage, four: dict[str, PracticePage]
) -> None:
    costly = practice(index, "Zeytin", cost=Decimal("1250000.00"), currency="TRY", reached=48_000, year=2026)
    answer = client.get("/tr/liste/" + compare(four["Avlu"], costly))
    assert answer.templates[0].name == "cms/practice_comparison.html"
    rows = {row.heading: [str(text) for _practice, text in row.cells] for row in answer.context["rows"]}
    assert rows == {
        "Belediye": ["Zeytin Belediyesi", "Avlu Belediyesi"],
        "Ülke": ["Türkiye", "Türkiye"],
        "Nüfus": ["", "41.000"],
        "Yıl": ["2026", "2025"],
        "Tema": ["İklim", "İklim"],
        "Çalışma alanı": ["Üyelere hizmet", "Üyelere hizmet"],
        "Sorun": ["<p>Sorun</p>", "<p>Sorun</p>"],
        "Yapılan": ["<p>Yapılan</p>", "<p>Yapılan</p>"],
        "Sonuç": ["<p>Sonuç</p>", "<p>Sonuç</p>"],
        "Maliyet": ["1.250.000\u00a0TRY", ""],
        "Ulaşılan nüfus": ["48.000", ""],
        "Ulaşılan kişi başına maliyet": ["26,04\u00a0TRY", ""],
    }
    assert not answer.context["head"].indexed


@pytest.mark.parametrize(
    ("titles", "more", "wrong"),
    [
        (["Avlu"], [], "Yan yana görmek için en az iki uygulama işaretleyin."),
        (["Avlu", "Bahçe"], ["compare=none"], "Uygulamalardan biri artık burada değil. Yeniden seçin."),
        (["Avlu", "Bahçe"], [f"compare={'0' * 32}"], "Uygulamalardan biri artık burada değil. Yeniden seçin."),
        (
            ["Avlu", "Bahçe", "Çeşme", "Ilıca", "Zeytin"],
            [],
            "Yan yana en çok dört uygulama sığar. Bazılarının işaretini kaldırın.",
        ),
        (["Avlu", "Bahçe"], ["choose=1"], ""),
    ],
)
def test_what_cannot_be_compared_is_said_and_ticks_are_kept(
    client: Client,
    index: PracticeIndexPage,
    four: dict[str, PracticePage],
    titles: list[str],
    more: list[str],
    wrong: str,
) -> None:
    four["Zeytin"] = practice(index, "Zeytin", year=2020)
    answer = client.get("/tr/liste/" + "&".join([compare(*(four[title] for title in titles)), *more]))
    assert (answer.context["wrong"], answer.status_code) == (wrong, 200)
    assert answer.content.decode().count(" checked") == len(titles)


def test_ticks_of_other_pages_and_filters_are_kept(client: Client, four: dict[str, PracticePage]) -> None:
    answer = client.get("/tr/liste/" + compare(four["Avlu"], four["Bahçe"], choose="1", country="DE"))
    assert [each.title for each in answer.context["ticked_elsewhere"]] == ["Avlu"]
    assert answer.context["still"] == [("country", "DE")]
    assert answer.content.decode().count(" checked") == 2


def test_a_comparison_is_the_same_in_the_other_language(client: Client, four: dict[str, PracticePage]) -> None:
    english = PracticeIndexPage.objects.get(locale__language_code="en")
    for each in (four["Avlu"], four["Bahçe"]):
        page = PracticePage(
            title=f"{each.title} in English", organisation=each.organisation, theme=each.theme, year=2025, **TEXTS
        )
        published(page, english, translation_of=each)
    query = compare(four["Avlu"], four["Bahçe"])
    context = client.get(f"/tr/liste/{query}").context
    there = client.get(f"{context['head'].other_path}?{context['other_query']}")
    assert [each.title for each in there.context["practices"]] == ["Avlu in English", "Bahçe in English"]


def test_a_draft_is_in_no_list_and_no_comparison(client: Client, four: dict[str, PracticePage]) -> None:
    four["Avlu"].unpublish()
    assert listed(client) == ["Bahçe", "Çeşme", "Ilıca"]
    assert client.get("/tr/liste/" + compare(four["Avlu"], four["Bahçe"])).context["wrong"]


def test_a_practice_offers_others_of_its_theme(client: Client, four: dict[str, PracticePage]) -> None:
    context = client.get(four["Avlu"].get_url() or "").context
    assert [each.title for each in context["others"]] == ["Bahçe"]
    assert ("Belediye", "Avlu Belediyesi") in context["facts"]


def test_what_a_practice_names_is_not_deleted(client: Client, four: dict[str, PracticePage]) -> None:
    client.force_login(UserFactory(admin=True))
    house, theme = four["Avlu"].organisation, four["Avlu"].theme
    for name, row in (("admin_organisation:delete", house), ("site_theme:delete", theme)):
        page = client.post(reverse(name, args=[row.pk]))
        assert (page.status_code, "Avlu" in page.content.decode()) == (200, True)
    assert (Organisation.objects.filter(pk=house.pk).exists(), Theme.objects.filter(pk=theme.pk).exists()) == (
        True,
        True,
    )


def test_nobody_is_reached_by_zero(four: dict[str, PracticePage]) -> None:
    four["Avlu"].reached = 0
    with pytest.raises(ValidationError) as refused:
        four["Avlu"].full_clean()
    assert refused.value.message_dict == {"reached": ["Sayım yoksa burayı boş bırakın."]}


@pytest.mark.parametrize("rows", [2, 4])
def test_more_practices_ask_no_more(
    client: Client, index: PracticeIndexPage, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = [practice(index, f"Uygulama {number}") for number in range(rows)]
    client.get("/tr/liste/")
    with django_assert_num_queries(17):
        client.get("/tr/liste/")
    with django_assert_num_queries(14):
        client.get("/tr/liste/" + compare(*made))
