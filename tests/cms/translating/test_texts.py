"""What wagtail-localize asks translators for, what it copies, and where the translation lives."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import OverridableSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from cms.models import NewsIndexPage, NewsPage, SectionIndexPage, StandardPage
from events.release import release_programme
from tests.cms.factories import block, file, items, makes_pictures, picture
from tests.cms.pages import published
from tests.factories import DialogueProgrammeFactory, EventFactory

pytestmark = pytest.mark.django_db


def english() -> Locale:
    found: Locale = Locale.objects.get(language_code="en")
    return found


def sent(page: Page) -> Translation:
    """A page handed to the translators of English."""
    translate_object(page, [english()])
    found: Translation = Translation.objects.get(source__object_id=page.translation_key)
    return found


def asked(translation: Translation) -> list[str]:
    """Texts to translate, in their order."""
    segments = translation.source.stringsegment_set.select_related("string").order_by("order")
    return [segment.string.data for segment in segments]


def say(translation: Translation, said: dict[str, str], *, publish: bool = False) -> Page:
    """Translate the texts named and write the page."""
    for segment in translation.source.stringsegment_set.select_related("string"):
        if segment.string.data in said:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={"data": said[segment.string.data], "translation_type": "manual"},
            )
    page, _created = translation.source.create_or_update_translation(
        translation.target_locale, publish=False, fallback=True
    )
    if publish:
        page.latest_revision.publish()
    page = page.specific
    page.refresh_from_db()
    return page


TABLE = {
    "caption": "Yollar",
    "columns": [{"type": "text", "heading": "Kent"}, {"type": "number", "heading": "km"}],
    "rows": [{"values": ["Var", "58"]}, {"values": ["Var", "30"]}],
}


def of_every_kind(section: Page) -> list[dict[str, Any]]:
    """One of each block that holds anything to translate, or anything that must not be."""
    event, programme = EventFactory(), DialogueProgrammeFactory()
    release_programme(event=event)
    shown = {"image": picture().pk, "alt_text": "Köprü", "decorative": False}
    upcoming = {"title": "Sırada", "count": 3, "kind": "", "line": "", "programme": programme.pk, "organisation": None}
    return [
        block("heading", {"text": "Başlık", "level": "h2"}),
        block("text", "<p>Bir <b>söz</b></p>"),
        block("image", {"picture": shown, "caption": "Açılış"}),
        block("document", {"document": file().pk, "name": "Tüzük", "language": "tr"}),
        block("table", {"table": TABLE, "heads_rows": True, "source": "Üyeler"}),
        block("accordion", {"items": items({"title": "Kim?", "text": "<p>Üye</p>"})}),
        block("buttons", {"links": items({"text": "Git", "page": section.pk, "address": ""})}),
        block("embed", {"title": "Film", "kind": "video", "address": "https://video.example/1", "text": ""}),
        block("event", {"event": event.pk}),
        block("dialogue_programme", {"programme": programme.pk}),
        block("members", {"title": "Üyelerimiz", "show": "map", "on": "2027-01-01"}),
        block("upcoming_events", upcoming),
    ]


@makes_pictures
def test_translators_are_asked_for_texts_and_for_nothing_else(settings: Any, tmp_path: Path) -> None:
    """Not for addresses, levels, rows of the programme or the same cell twice; pages, files and pictures may differ."""
    settings.MEDIA_ROOT = str(tmp_path)
    section = published(SectionIndexPage(title="Kurumsal", slug="kurumsal"))
    body = of_every_kind(section)
    page = published(StandardPage(title="Hakkımızda", search_description="Kimiz", body=body), section)
    sent(section)
    translation = sent(page)
    assert asked(translation) == [
        "Hakkımızda", "Kimiz", "Başlık", "Bir <b>söz</b>", "Köprü", "Açılış", "Tüzük", "Yollar", "Kent", "km", "Var",
        "Üyeler", "Kim?", "Üye", "Git", "Film", "Üyelerimiz", "Sırada",
    ]  # fmt: skip
    paths = OverridableSegment.objects.filter(source=translation.source).values_list("context__path", flat=True)
    assert sorted(path.rpartition(".")[2] for path in paths) == ["address", "document", "image", "page", "slug"]


def test_a_translated_page_says_everything_in_its_language_and_keeps_the_rest() -> None:
    event = EventFactory()
    body = [
        block("heading", {"text": "Başlık", "level": "h3"}),
        block("table", {"table": TABLE, "heads_rows": True, "source": ""}),
        block("event", {"event": event.pk}),
        block("members", {"title": "", "show": "list", "on": "2027-01-01"}),
    ]
    page = published(StandardPage(title="Hakkımızda", body=body))
    said = {"Hakkımızda": "About us", "Başlık": "Heading", "Yollar": "Paths", "Kent": "City", "Var": "Yes"}
    other = say(sent(page), said)
    heading, table, chosen, members = (each.value for each in other.body)
    cells = [row["values"] for row in table["table"].row_data]
    assert (other.title, heading["text"], heading["level"]) == ("About us", "Heading", "h3")
    assert (table["table"].caption, [column["heading"] for column in table["table"].columns]) == (
        "Paths",
        ["City", "km"],
    )
    assert [[str(cell) for cell in row] for row in cells] == [["Yes", "58"], ["Yes", "30"]]
    assert (chosen["event"], members["show"], members["on"]) == (event, "list", dt.date(2027, 1, 1))
    assert other.live is False


def test_a_row_added_to_a_table_leaves_its_translations_alone() -> None:
    page = published(
        StandardPage(title="Sayfa", body=[block("table", {"table": TABLE, "heads_rows": True, "source": ""})])
    )
    translation = sent(page)
    say(translation, {"Var": "Yes", "Kent": "City"})
    raw = page.body.raw_data[0]
    raw["value"]["table"]["rows"].insert(0, {"values": ["Yeni", "1"]})
    page.body = [raw]
    page.save_revision().publish()
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation.source = source
    table = say(translation, {}).body[0].value["table"]
    assert [row["values"][0] for row in table.row_data] == ["Yeni", "Yes", "Yes"]
    assert [column["heading"] for column in table.columns] == ["City", "km"]
    assert translation.get_progress() == (6, 2)


def test_an_untranslated_page_is_not_public_and_its_address_not_yet_its_own() -> None:
    page = published(StandardPage(title="Hakkımızda"))
    sent(page)
    other = page.get_translation(english())
    assert (other.live, other.slug, other.title) == (False, "hakkimizda", "Hakkımızda")


def test_the_address_of_a_translation_is_made_of_its_own_title() -> None:
    page = published(StandardPage(title="Hakkımızda"))
    assert say(sent(page), {"Hakkımızda": "About us"}).slug == "about-us"


def test_an_address_that_the_public_has_seen_stays_whatever_the_title_becomes() -> None:
    page = published(StandardPage(title="Hakkımızda"))
    translation = sent(page)
    assert say(translation, {"Hakkımızda": "About us"}, publish=True).slug == "about-us"
    assert say(translation, {"Hakkımızda": "Who we are"}, publish=True).slug == "about-us"


def test_an_address_chosen_by_an_editor_stays() -> None:
    page = published(StandardPage(title="Hakkımızda"))
    translation = sent(page)
    other = say(translation, {"Hakkımızda": "About us"})
    other.slug = "kimiz-biz"
    other.save_revision().publish()
    assert say(translation, {"Hakkımızda": "Who we are"}).slug == "kimiz-biz"


def test_an_address_that_is_taken_gets_a_number() -> None:
    published(StandardPage(title="About us", slug="about-us"), language="en")
    page = published(StandardPage(title="Hakkımızda"))
    assert say(sent(page), {"Hakkımızda": "About us"}).slug == "about-us-1"


@makes_pictures
def test_news_keeps_its_date_and_picture_in_both_languages(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    index = published(NewsIndexPage(title="Haberler", slug="haberler"))
    image = picture()
    page = published(NewsPage(title="Haber", published_on=dt.date(2027, 6, 1), picture=image, picture_alt="Göl"), index)
    say(sent(index), {"Haberler": "News"})
    translation = sent(page)
    assert asked(translation) == ["Haber", "Göl"]
    other = say(translation, {"Haber": "News item", "Göl": "Lake"})
    found = (other.title, other.slug, other.published_on, other.picture, other.picture_alt, other.get_parent().slug)
    assert found == ("News item", "news-item", dt.date(2027, 6, 1), image, "Lake", "news")
