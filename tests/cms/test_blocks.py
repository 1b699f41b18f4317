"""Each block as readers get it, and as editors find it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail import blocks

from cms.blocks import BodyBlock, HomeBlock
from cms.blocks.body import TableBlock
from cms.blocks.links import LinkBlock
from cms.models import StandardPage
from tests.cms.factories import block, file, items, makes_pictures, picture, rendered
from tests.cms.pages import pair
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LINK = {"text": "Üye olun", "page": None, "address": "https://sample.example/uye"}
TABLE = {
    "caption": "Bisiklet yolu",
    "columns": [{"type": "text", "heading": "Kent"}, {"type": "number", "heading": "km"}],
    "rows": [{"values": ["Çınarlı", "58.50"]}, {"values": ["Şubatlı", "1240000"]}, {"values": ["Özbağ", None]}],
}
#: What a block is given, and what of it stands on the page, word for word.
SAID: dict[str, tuple[Any, list[str]]] = {
    "heading": ({"text": "Çalışma ağı", "level": "h3"}, ['<h3 id="calisma-agi">Çalışma ağı</h3>']),
    "text": ("<p>Bir <b>söz</b>.</p>", ['<div class="prose"><p>Bir <b>söz</b>.</p></div>']),
    "quote": (
        {"text": "Öğreniriz", "name": "Ayşe Örnek", "position": "Başkan"},
        [
            "<blockquote><p>Öğreniriz</p></blockquote>",
            '<figcaption> <strong>Ayşe Örnek</strong> <span class="quiet">Başkan</span> </figcaption>',
        ],
    ),
    "embed": (
        {"title": "Forum", "kind": "video", "address": "https://www.video.example/1", "text": "5 dakika"},
        [
            '<a href="https://www.video.example/1" rel="external noreferrer">Forum</a>',
            "video.example adresinde, o sitenin kurallarıyla açılır.",
        ],
    ),
    "table": (
        {"table": TABLE, "heads_rows": True, "source": "Üyeler"},
        [
            '<div class="table" role="region" tabindex="0" aria-label="Bisiklet yolu">',
            "<caption>Bisiklet yolu</caption>",
            '<th scope="col" class="text">Kent</th> <th scope="col" class="number">km</th>',
            '<th scope="row">Çınarlı</th> <td class="number">58,5</td>',
            '<th scope="row">Şubatlı</th> <td class="number">1.240.000</td>',
            '<th scope="row">Özbağ</th> <td class="number"></td>',
            "Kaynak: Üyeler",
        ],
    ),
    "accordion": (
        {"items": items({"title": "Kimler?", "text": "<p>Üyeler</p>"})},
        ["<details> <summary>Kimler?</summary>", "<p>Üyeler</p>"],
    ),
    "buttons": (
        {"links": items(LINK, {**LINK, "text": "Takvim", "address": "/tr/etkinlikler/"})},
        [
            '<a class="button" href="https://sample.example/uye" rel="external noreferrer" >Üye olun</a>',
            '<a class="button second" href="/tr/etkinlikler/" >Takvim</a>',
        ],
    ),
    "call_to_action": (
        {"title": "Üye misiniz?", "text": "Bir mektup yeter.", "link": LINK},
        ["<h2>Üye misiniz?</h2>", "<p>Bir mektup yeter.</p>", ">Üye olun</a>"],
    ),
    "contact": (
        {
            "title": "Sekreterlik",
            "name": "Deniz Taslak",
            "position": "",
            "address": "Örnek Cad. 1\nIşıklar",
            "phone": "+90 (212) 000 00 00",
            "email": "bilgi@sample.example",
            "hours": "",
        },
        [
            '<p class="name">Sekreterlik</p>',
            "<address>Örnek Cad. 1<br>Işıklar</address>",
            '<a href="tel:+902120000000">+90 (212) 000 00 00</a>',
            '<a href="mailto:bilgi@sample.example">bilgi@sample.example</a>',
        ],
    ),
}
#: Blocks that show rows have tests of their own.
OF_ROWS = {"image", "document", "upcoming_events", "event", "dialogue_programme", "members"}
ALL = [(BodyBlock, name) for name in BodyBlock().child_blocks] + [
    (HomeBlock, name) for name in HomeBlock().child_blocks
]


@pytest.mark.parametrize("kind", SAID)
def test_a_block_says_what_it_was_given(kind: str) -> None:
    value, parts = SAID[kind]
    with translation.override("tr"):
        html = rendered(kind, value)
    assert [part for part in parts if part not in html] == [], html


def test_no_block_is_left_out_here() -> None:
    assert set(BodyBlock().child_blocks) == set(SAID) | OF_ROWS


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize(("stream", "kind"), ALL)
def test_editors_see_what_a_block_looks_like_before_they_choose_it(
    stream: type[blocks.StreamBlock], kind: str, language: str, client: Client
) -> None:
    """With a label, an icon, a group, a sentence about it, and a preview in their language."""
    one = stream().child_blocks[kind]
    assert one.is_previewable
    assert one.meta.icon != "placeholder"
    client.force_login(UserFactory(editor=True))
    with translation.override(language):
        assert [str(one.label), str(one.meta.group), str(one.get_description())].count("") == 0
    answer = client.get(
        reverse("wagtailadmin_block_preview"), {"id": one.definition_prefix}, headers={"accept-language": language}
    )
    html = answer.content.decode()
    assert (answer.status_code, f'<html lang="{language}">' in html) == (200, True)
    body = html.partition('<div class="body">')[2]
    assert len(" ".join(body.split())) > 80


def test_a_block_of_a_stranger_asks_nobody_before_it_is_pressed() -> None:
    html = rendered("embed", SAID["embed"][0])
    assert [tag for tag in ("<iframe", "<script", "<img", "src=") if tag in html] == []


def test_headings_of_the_same_name_have_addresses_of_their_own(client: Client) -> None:
    sections = ["Üyeler", "Organlar", "Üyeler"]
    body = [block("heading", {"text": text, "level": "h2"}) for text in sections]
    pair(StandardPage, ("biz", "biz"), body=body)
    answer = client.get("/tr/biz/")
    html = answer.content.decode()
    assert [heading.anchor for heading in answer.context["contents"]] == ["uyeler", "organlar", "uyeler-2"]
    assert [f'<h2 id="{anchor}">' in html for anchor in ("uyeler", "organlar", "uyeler-2")] == [True] * 3
    assert [f'href="#{anchor}"' in html for anchor in ("uyeler", "organlar", "uyeler-2")] == [True] * 3


def test_a_short_page_lists_no_contents(client: Client) -> None:
    pair(
        StandardPage, ("biz", "biz"), body=[block("heading", {"text": text, "level": "h2"}) for text in ("Bir", "İki")]
    )
    assert 'id="contents"' not in client.get("/tr/biz/").content.decode()


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@makes_pictures
@pytest.mark.usefixtures("media")
@pytest.mark.parametrize(
    ("said", "alt"),
    [
        ({"alt_text": "Köprünün açılışı", "decorative": False}, 'alt="Köprünün açılışı"'),
        ({"alt_text": "", "decorative": True}, 'alt=""'),
        ({"alt_text": "", "decorative": False}, 'alt="Bir köprü"'),
    ],
)
def test_a_picture_says_what_it_shows_or_that_it_only_decorates(said: dict[str, Any], alt: str) -> None:
    image = picture(description="Bir köprü")
    html = rendered("image", {"picture": {"image": image.pk, **said}, "caption": "Açılış"})
    assert [html.count(part) for part in (alt, "alt=", "<figcaption>Açılış</figcaption>")] == [1, 1, 1]


@makes_pictures
@pytest.mark.usefixtures("media")
def test_a_picture_comes_small_and_late_and_keeps_its_room(client: Client) -> None:
    """AVIF, then WebP, then JPEG, each in three widths; wide and high before it is there; only when it is near."""
    value = {"picture": {"image": picture().pk, "alt_text": "Köprü", "decorative": False}, "caption": ""}
    html = rendered("image", value)
    parts = ['type="image/avif"', 'type="image/webp"', 'width="800"', 'height="533"', 'loading="lazy"', "<figcaption>"]
    assert [html.count(part) for part in parts] == [1, 1, 1, 1, 1, 0]
    assert [html.count(f" {width}w") for width in (480, 800, 1200)] == [3, 3, 3]
    assert "http" not in html
    address = html.partition('src="')[2].partition('"')[0]
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    answer.close()


@makes_pictures
@pytest.mark.usefixtures("media")
def test_a_drawing_with_clear_ground_keeps_it() -> None:
    value = {"picture": {"image": picture(kind="PNG").pk, "alt_text": "Mühür", "decorative": False}, "caption": ""}
    html = rendered("image", value)
    assert [part in html for part in (".png", ".jpg")] == [True, False]


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize(
    ("name", "language", "parts"),
    [
        ("", "", [">Tüzük</a>", "PDF, 2,0 KB"]),
        ("Statutes", "tr", ['hreflang="tr" >Statutes</a>', "PDF, 2,0 KB, Türkçe"]),
    ],
)
def test_a_file_tells_kind_size_and_language(name: str, language: str, parts: list[str]) -> None:
    document = file()
    with translation.override("tr"):
        html = rendered("document", {"document": document.pk, "name": name, "language": language})
    assert [part for part in [f'href="{document.url}"', *parts] if part not in html.replace("\xa0", " ")] == [], html


def test_a_link_finds_its_page_in_the_readers_language(client: Client) -> None:
    """The page of the link may be of either language; what nobody can read is no link."""
    turkish, english = pair(StandardPage, ("biz", "biz"))
    value = {"links": items(*({"text": "Biz", "page": page.pk, "address": ""} for page in (turkish, english)))}
    with translation.override("en"):
        assert rendered("buttons", value).count('href="/en/biz/"') == 2
    english.unpublish()
    with translation.override("en"):
        assert rendered("buttons", value).count('href="/tr/biz/"') == 2
    turkish.unpublish()
    assert "<a" not in rendered("buttons", value)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//elsewhere.example/", "elsewhere.example", "data:,x"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    one = LinkBlock()
    with pytest.raises(ValidationError):
        one.clean(one.to_python({"text": "Git", "page": None, "address": address}))


@pytest.mark.parametrize("address", ["https://sample.example/a?b=c", "/en/events/", "/tr/etkinlikler/?line=1"])
def test_an_address_here_or_elsewhere_is_kept(address: str) -> None:
    one = LinkBlock()
    assert one.clean(one.to_python({"text": "Git", "page": None, "address": address})).href == address


def test_a_link_leads_to_one_place() -> None:
    turkish, _english = pair(StandardPage, ("biz", "biz"))
    one = LinkBlock()
    for page, address in ((None, ""), (turkish.pk, "/tr/")):
        with pytest.raises(ValidationError):
            one.clean(one.to_python({"text": "Git", "page": page, "address": address}))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"caption": ""}, "Tabloya ne hakkında olduğunu söyleyen bir başlık verin."),
        (
            {"columns": [{"type": "text", "heading": ""}, TABLE["columns"][1]]},  # type: ignore[index]
            "Her sütuna bir başlık verin: ekran okuyucular onu her hücreyle birlikte okur.",
        ),
    ],
)
def test_a_table_that_cannot_be_read_aloud_is_refused(changed: dict[str, Any], message: str) -> None:
    one = TableBlock()
    with translation.override("tr"), pytest.raises(ValidationError) as refused:
        one.clean(one.to_python({"table": {**TABLE, **changed}, "heads_rows": True, "source": ""}))
    assert refused.value.block_errors["table"].non_block_errors.as_data()[0].message == message  # type: ignore[attr-defined]


def test_what_blocks_say_can_be_searched() -> None:
    """Texts, not the words of a choice."""
    stream = BodyBlock()
    raw = [block(kind, SAID[kind][0]) for kind in ("heading", "text", "table", "accordion")]
    found = [str(text) for text in stream.get_searchable_content(stream.to_python(raw))]
    assert found == [
        "Çalışma ağı",
        "Bir söz.",
        "Bisiklet yolu",
        "Kent",
        "km",
        "Çınarlı",
        "Şubatlı",
        "Özbağ",
        "Üyeler",
        "Kimler?",
        "Üyeler",
    ]
