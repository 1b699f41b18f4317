"""Which pages lack their other language or are behind it: one question for all of them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, PageViewRestriction
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import StringSegment, StringTranslation, Translation

#: When what the public reads was written; pages that never had a version know only when they were published.
WRITTEN = Coalesce("live_revision__created_at", "last_published_at")


@dataclass(frozen=True)
class Lag:
    """What is wrong between a page and its other language, and where that is mended."""

    page: Page
    words: str
    url: str


def compared_pages(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Each page with what is known of it in the other language. An alias is a copy, no translation."""
    other = (
        Page.objects.filter(translation_key=OuterRef("translation_key"), alias_of=None)
        .exclude(locale_id=OuterRef("locale_id"))
        .annotate(written=WRITTEN)
    )
    kept = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), source__locale_id=OuterRef("locale_id"), enabled=True
    )
    led = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), target_locale_id=OuterRef("locale_id"), enabled=True
    )
    late = StringTranslation.objects.filter(
        context__object_id=OuterRef("translation_key"), updated_at__gt=OuterRef("other_written")
    )
    return (
        pages.annotate(written=WRITTEN, source_pk=_first(kept, "source_id"), led=Exists(led))
        .annotate(
            other_pk=_first(other, "pk"), other_live=_first(other, "live"), other_written=_first(other, "written")
        )
        .annotate(source_changed=_first(kept, "source__last_updated_at"), late=Exists(late))
        .annotate(total=_count(_segments()), waiting=_count(_segments().filter(~Exists(_translations()))))
        .annotate(closed=Exists(_restrictions("pk")), other_closed=Exists(_restrictions("other_pk")))
    )


def lagging_pages(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those public pages of which the other language is missing, not public or behind, the last changed first."""
    public = pages.filter(live=True, depth__gt=1, alias_of=None)
    lacking = Q(other_pk=None) | Q(other_live=False)
    behind = Q(waiting__gt=0) | Q(late=True) | Q(source_changed__gt=F("other_written"))
    kept = Q(source_pk__isnull=False) & behind
    # Nobody keeps this pair up: then the Turkish page is the one that is written first.
    loose = Q(source_pk=None, led=False, locale__language_code=settings.LANGUAGE_CODE, written__gt=F("other_written"))
    unlike = Q(led=False) & (Q(closed=True, other_closed=False) | Q(closed=False, other_closed=True))
    return (
        compared_pages(public)
        .filter(lacking | kept | loose | unlike)
        .select_related("locale")
        .order_by(F("written").desc(nulls_last=True), "pk")
    )


def pages_of(user: Any) -> QuerySet[Page]:
    """The pages that somebody may write or publish."""
    pages: QuerySet[Page] = PagePermissionPolicy().instances_user_has_any_permission_for(user, {"change", "publish"})
    return pages


def lag_of(page: Page) -> Lag | None:
    """What is wrong with one page of `compared_pages`; None where both languages agree."""
    language = page.locale.language_code
    if page.other_pk is None:
        words = _("no English page") if language == "tr" else _("no Turkish page")
        return Lag(page, words, reverse("wagtail_localize:submit_page_translation", args=[page.pk]))
    words = _difference(page)
    return Lag(page, words, reverse("wagtailadmin_pages:edit", args=[page.other_pk])) if words else None


def _difference(page: Page) -> str:
    turkish = page.locale.language_code == "tr"
    if page.source_pk and page.waiting:
        return _untranslated(page.waiting, page.total)
    if not page.other_live:
        return _("English page not public yet") if turkish else _("Turkish page not public yet")
    if page.source_pk and page.late:
        return _("translated, not published yet")
    if page.source_pk and page.source_changed > page.other_written:
        return _("changed since it was translated")
    if not page.led and page.closed != page.other_closed:
        return _("private in one language only")
    return _("changed after the English page") if _is_newer(page) else ""


def _untranslated(waiting: int, total: int) -> str:
    words = ngettext(
        "%(waiting)s of %(total)s texts to translate", "%(waiting)s of %(total)s texts to translate", waiting
    )
    return words % {"waiting": waiting, "total": total}


def _is_newer(page: Page) -> bool:
    if page.source_pk or page.led or page.locale.language_code != settings.LANGUAGE_CODE:
        return False
    return bool(page.written and page.other_written and page.written > page.other_written)


def _segments() -> QuerySet[StringSegment]:
    return StringSegment.objects.filter(
        source__object_id=OuterRef("translation_key"), source__locale_id=OuterRef("locale_id")
    )


def _translations() -> QuerySet[StringTranslation]:
    return StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), has_error=False
    )


def _restrictions(name: str) -> QuerySet[PageViewRestriction]:
    return PageViewRestriction.objects.filter(page_id=OuterRef(name))


def _first(rows: QuerySet[Any], name: str) -> Subquery:
    return Subquery(rows.values(name)[:1])


def _count(rows: QuerySet[Any]) -> Coalesce:
    # Grouped by nothing: one row, however many are counted.
    counted = rows.order_by().values(one=F("source__object_id")).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted[:1], output_field=IntegerField()), 0)
