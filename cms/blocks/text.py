"""Headings, running text, quotations."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from events.turkish import slug

from . import groups

#: What running text may have. Headings are blocks of their own, so that their order can be checked.
FEATURES = ["bold", "italic", "superscript", "subscript", "ol", "ul", "hr", "link", "document-link"]
LEVELS = [("h2", _("Section")), ("h3", _("Part of a section")), ("h4", _("Smallest part"))]


class HeadingValue(blocks.StructValue):
    """A heading; others can link to it."""

    @property
    def anchor(self) -> str:
        """What stands behind the ``#`` of its address."""
        return slug(self.get("text") or "", length=60) or "bolum"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("heading"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("level"),
        choices=LEVELS,
        default="h2",
        help_text=_("A part follows a section: screen readers move by levels, and none may be left out."),
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        group = groups.TEXT
        template = "cms/blocks/heading.html"
        value_class = HeadingValue
        form_classname = "struct-block heading-block"
        preview_value = {"text": _("What changes for our cities"), "level": "h2"}
        description = _("Opens a section or a part of one; sections are listed beside long pages.")


class TextBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        group = groups.TEXT
        template = "cms/blocks/text.html"
        preview_value = _(
            "<p>Paragraphs with <b>emphasis</b>, lists and links.</p><ul><li>First</li><li>Second</li></ul>"
        )
        description = _("Paragraphs, lists and links.")
