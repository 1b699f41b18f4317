"""Pages in tests: made below the home of their language, published, and tied to their translation."""

from typing import Any, TypeVar

from django.test import TestCase
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.models import HomePage

P = TypeVar("P", bound=Page)


def home(language: str = "tr") -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


def published(page: P, parent: Page | None = None, language: str = "tr", translation_of: Page | None = None) -> P:
    """Put a page where it belongs and let the public see it."""
    parent = parent or home(language)
    page.locale = parent.locale
    if translation_of:
        page.translation_key = translation_of.translation_key
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def pair(model: type[P], slugs: tuple[str, str] = ("liste", "list"), **fields: Any) -> tuple[P, P]:
    """A page in Turkish and its translation, with the same fields."""
    turkish = published(model(title="Liste", slug=slugs[0], **fields))
    english = published(model(title="List", slug=slugs[1], **fields), language="en", translation_of=turkish)
    return turkish, english


def translated(page: Page, words: dict[str, str], *, publish: bool = True) -> Page:
    """The page's English as editors make it side by side: ``words`` says each text of it that is translated."""
    english = Locale.objects.get(language_code="en")
    if not Translation.objects.filter(source__object_id=page.translation_key).exists():
        translate_object(page, [english])
    translation = Translation.objects.get(source__object_id=page.translation_key)
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string"):
        if segment.string.data in words:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context_id=segment.context_id,
                locale=english,
                defaults={"data": words[segment.string.data], "translation_type": "manual"},
            )
    if publish:
        with TestCase.captureOnCommitCallbacks(execute=True):
            translation.save_target(publish=True)
    found: Page = page.get_translation(english)
    return found.specific
