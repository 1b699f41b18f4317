"""Pages of text, and the sections they stand in."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from events.turkish import by_alphabet

from .body import BodyPage, listed_children


class SectionIndexPage(BodyPage):
    """Opens a part of the site: what it is about, and the pages in it with their descriptions."""

    class Order(models.TextChoices):
        TREE = "tree", _("as they stand in the page tree")
        TITLE = "title", _("by title")

    order = models.CharField(_("order of the pages"), max_length=10, choices=Order.choices, default=Order.TREE)

    parent_page_types = ["cms.HomePage", "cms.SectionIndexPage"]
    content_panels = [*BodyPage.content_panels, FieldPanel("order")]
    template = "cms/section_index_page.html"

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def pages(self) -> list[Page]:
        """The pages of the section; by title means by the language's alphabet, whatever the database sorts by."""
        found = list(listed_children(self))
        if self.order != self.Order.TITLE:
            return found
        language = self.locale.language_code
        return sorted(found, key=lambda page: by_alphabet(page.title, language))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "pages": self.pages()}


class StandardPage(BodyPage):
    """A page of text: about us, statutes, legal notices."""

    parent_page_types = ["cms.HomePage", "cms.SectionIndexPage", "cms.StandardPage"]
    template = "cms/standard_page.html"

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the other pages of its section, so that nobody has to go back for them."""
        section = SectionIndexPage.objects.parent_of(self).first()
        pages = section.pages() if section else []
        context = super().get_context(request, *args, **kwargs)
        return {**context, "section": section, "section_pages": pages if len(pages) > 1 else []}
