"""English pages: the Turkish ones, translated text by text as in the side-by-side editor."""

from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.demo.sample import Data

from .edition import Edition
from .pages import Desk, build, publish


def translate(page: Page, told: Data, edition: Edition, desk: Desk) -> Page:
    """Translate a published page and publish that; both are then known to each other and up to date."""
    source, _made = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=_locale(edition))
    _write(source, _texts(told, edition), edition, desk.writer)
    translation.save_target(user=desk.writer, publish=False)
    english: Page = translation.get_target_instance()
    if page.go_live_at:
        publish(english, desk)
    else:
        english.get_latest_revision().publish(user=desk.publisher)
    return english


def _texts(told: Data, edition: Edition) -> list[str]:
    """What is to be translated, as the English page would say it, in the order of the page."""
    segments = extract_segments(build(told, edition))
    return [segment.string.data for segment in segments if isinstance(segment, StringSegmentValue)]


def _write(source: TranslationSource, texts: list[str], edition: Edition, writer: Any) -> None:
    """Each text beside its Turkish. What stands twice in one place of a page is translated once."""
    segments = source.stringsegment_set.order_by("order")
    rows = {
        (segment.string_id, segment.context_id): StringTranslation(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale=_locale(edition),
            data=text,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            last_translated_by=writer,
        )
        for segment, text in zip(segments, texts, strict=True)
    }
    StringTranslation.objects.bulk_create(rows.values())


def _locale(edition: Edition) -> Locale:
    return Locale.objects.get(language_code=edition.language)
