"""A page whose content is built of blocks."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from cms.blocks import BlocksField, BodyBlock
from cms.blocks.text import HeadingValue

from .base import SitePage

LEAD_HELP = _("One or two sentences: they stand below the title, in lists, and in search engines.")


def lead_panel() -> FieldPanel:
    """The description that search engines show is the lead that everybody reads: written once."""
    return FieldPanel("search_description", heading=_("Lead"), help_text=LEAD_HELP)


class BodyPage(SitePage):
    """A page with a title, a lead and a body of blocks."""

    body = BlocksField(BodyBlock(), verbose_name=_("content"), blank=True)

    content_panels = [*SitePage.content_panels, lead_panel(), FieldPanel("body")]
    promote_panels = [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("show_in_menus")]

    class Meta:
        abstract = True

    def search_texts(self) -> Iterator[str]:
        yield from super().search_texts()
        yield from block_texts(self.body)

    def pictures(self) -> Iterator[tuple[AbstractImage, str]]:
        """The pictures that stand on the page or in lists of it, each with the shape it is cut to (cms/pictures.py)."""
        for block in self.body:
            if block.block_type == "image" and block.value["picture"]:
                yield block.value["picture"], ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        sections = [heading for heading in numbered(self.body) if heading["level"] == "h2"]
        return {**context, "contents": sections if len(sections) > 2 else []}


def block_texts(blocks: StreamValue) -> Iterator[str]:
    """What blocks say, in their order."""
    for text in blocks.stream_block.get_searchable_content(blocks):
        yield str(text)


def numbered(body: StreamValue) -> list[HeadingValue]:
    """The headings of a body, told apart where two say the same: each has its own address."""
    seen: Counter[str] = Counter()
    headings: list[HeadingValue] = [block.value for block in body if block.block_type == "heading"]
    for heading in headings:
        heading.number = 1
        seen[heading.anchor] += 1
        heading.number = seen[heading.anchor]
    return headings


def listed_children(page: Page) -> Any:
    """The pages below one that the public can read, in the order of the tree."""
    return page.get_children().live().public()
