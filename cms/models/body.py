"""A page whose content is built of blocks."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import BodyBlock

from .base import SitePage


class BodyPage(SitePage):
    """A page with a title and a body of blocks."""

    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        abstract = True

    def search_texts(self) -> Iterator[str]:
        yield from super().search_texts()
        yield from _texts(self.body)


def _texts(body: Any) -> Iterator[str]:
    """What the blocks say, in their order."""
    for text in body.stream_block.get_searchable_content(body):
        yield str(text)
