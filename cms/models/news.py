"""News: dated, the newest first, a page at a time."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.images.models import AbstractImage
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from cms.listing import listed_head
from cms.pictures import OPENING, ROW
from events import labels
from events.bilingual import active_language

from .body import BodyPage, lead_panel

PAGE_SIZE = 10


class ReadableQuerySet(PageQuerySet):
    def readable(self) -> "ReadableQuerySet":
        """What the public can read in the active language."""
        found: ReadableQuerySet = self.live().public().filter(locale__language_code=active_language())
        return found


class NewsQuerySet(ReadableQuerySet):
    def newest_first(self) -> "NewsQuerySet":
        """As lists show them, each with its picture: three questions, however many there are."""
        found: NewsQuerySet = self.order_by("-published_on", "-pk").prefetch_related("picture__renditions")
        return found


class NewsIndexPage(BodyPage):
    """All news, the newest first."""

    parent_page_types = ["cms.HomePage", "cms.SectionIndexPage"]
    subpage_types = ["cms.NewsPage"]
    max_count_per_parent = 1
    template = "cms/news_index_page.html"
    objects = PageManager.from_queryset(ReadableQuerySet)()

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        news = NewsPage.objects.child_of(self).live().public().newest_first()
        page = Paginator(news, PAGE_SIZE).get_page(request.GET.get("page"))
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "head": listed_head(context["head"], page),
            "news": page.object_list,
            "paginated": page,
            "previous_path": f"?page={page.previous_page_number()}" if page.has_previous() else "",
            "next_path": f"?page={page.next_page_number()}" if page.has_next() else "",
        }


class NewsPage(BodyPage):
    """One piece of news."""

    published_on = models.DateField(_("date"), default=timezone.localdate)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("For whoever cannot see it. Empty: the picture only decorates."),
    )
    picture_caption = models.CharField(_("caption"), max_length=250, blank=True)

    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "cms/news_page.html"
    objects = PageManager.from_queryset(NewsQuerySet)()
    search_fields = [*BodyPage.search_fields, index.FilterField("published_on")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("published_on"),
        lead_panel(),
        MultiFieldPanel(
            [FieldPanel("picture"), FieldRowPanel([FieldPanel("picture_alt"), FieldPanel("picture_caption")])],
            heading=_("Picture"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    @property
    def date_words(self) -> str:
        """“12 Haziran 2027”, “12 June 2027”."""
        return labels.date_words(self.published_on, weekday=False)

    def pictures(self) -> Iterator[tuple[AbstractImage, str]]:
        yield from super().pictures()
        if self.picture:
            yield from ((self.picture, OPENING), (self.picture, ROW))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        siblings = NewsPage.objects.sibling_of(self, inclusive=False).live().public().newest_first()
        context = super().get_context(request, *args, **kwargs)
        return {**context, "others": siblings[:3]}
