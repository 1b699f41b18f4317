"""The first page of each language."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail_localize.fields import BaseTranslatableField

from cms.blocks import BlocksField, HomeBlock
from cms.blocks.links import page_address
from events import addresses
from events.bilingual import active_language

from .base import SitePage
from .body import block_texts


class HomePage(SitePage):
    """What a visitor meets first; the root of one language's pages.

    Above the arc who this is, in one sentence and with one button; below it the sections.
    """

    hero_title = models.CharField(
        _("first sentence"), max_length=120, blank=True, help_text=_("Large, on top. Empty: the title of the page.")
    )
    hero_text = models.TextField(_("second sentence"), blank=True)
    button_text = models.CharField(_("button"), max_length=60, blank=True)
    button_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("where the button leads"),
        help_text=_("Empty: to the events."),
    )
    sections = BlocksField(HomeBlock(), verbose_name=_("sections"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    max_count = len(settings.LANGUAGES)
    template = "cms/home_page.html"
    # Nobody sees the address of a first page: each keeps its own.
    override_translatable_fields = [BaseTranslatableField("slug")]
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_title"),
                FieldPanel("hero_text"),
                FieldRowPanel([FieldPanel("button_text"), PageChooserPanel("button_page")]),
            ],
            heading=_("First screen"),
        ),
        FieldPanel("sections"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def search_texts(self) -> Iterator[str]:
        yield from super().search_texts()
        yield from (self.hero_title, self.hero_text)
        yield from block_texts(self.sections)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        path = page_address(self.button_page) if self.button_page else ""
        return {**context, "button_path": path or addresses.event_list_path(active_language())}
