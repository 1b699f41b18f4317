"""Pages in tests: made below the home of their language, published, and tied to their translation."""

from typing import Any, TypeVar

from wagtail.models import Page

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


def pair(model: type[P], **fields: Any) -> tuple[P, P]:
    """A page in Turkish and its translation, with the same fields."""
    turkish = published(model(title="Liste", slug="liste", **fields))
    english = published(model(title="List", slug="list", **fields), language="en", translation_of=turkish)
    return turkish, english
