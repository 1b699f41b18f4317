"""A change of a page reaches its translation's editor as soon as it is public, without anybody asking for it."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

#: What Wagtail notes about a page that nobody translates. All other keys of a page's content are the page itself.
_NOTES = {field.name for field in Page._meta.get_fields()} | {"page_ptr", "wagtail_admin_comments", "comments"}
_TOLD = {"title", "slug", "seo_title", "search_description", "show_in_menus"}


@transaction.atomic
def follow_source(*, page: Page) -> None:
    """Bring what is to be translated up to a page that was just published; nothing where it has no translation.

    The moment of the change is kept only where something changed: publishing the same again makes nothing stale.
    The public sees nothing of it but who may read the page, which holds for both languages at once.
    """
    source = TranslationSource.objects.get_for_instance_or_none(page)
    translations = list(source.translations.filter(enabled=True).select_related("target_locale")) if source else []
    if source is None or not translations:
        return
    before, since = _told(source), source.last_updated_at
    source.update_from_db()
    if _told(source) == before:
        TranslationSource.objects.filter(pk=source.pk).update(last_updated_at=since)
    _share_privacy(source, translations)


@transaction.atomic
def follow_privacy(*, page: Page) -> None:
    """What one language keeps from the public, its translations keep too, and at once."""
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if source is not None:
        _share_privacy(source, source.translations.filter(enabled=True).select_related("target_locale"))


def _share_privacy(source: TranslationSource, translations: Iterable[Translation]) -> None:
    for translation in translations:
        source.update_target_view_restrictions(translation.target_locale)


def kept_up(page: Page) -> Translation | None:
    """What makes this page out of another, where it is one that wagtail-localize keeps up."""
    return (
        Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True)
        .select_related("source", "target_locale")
        .first()
    )


def _told(source: TranslationSource) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(source.content_json)
    return {name: value for name, value in content.items() if name in _TOLD or name not in _NOTES}
