"""Headings, running text, quotations."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from events.turkish import slug

from . import groups

#: What running text may have. Headings are blocks of their own, so that their order can be checked.
FEATURES = ["bold", "italic", "superscript", "subscript", "ol", "ul", "hr", "link", "document-link"]
LEVELS = [("h2", _("Section")), ("h3", _("Part of a section")), ("h4", _("Smallest part"))]


class HeadingValue(blocks.StructValue):
    """A heading that others can link to; ``number`` tells it from one of the same name above it on the page."""

    number = 1

    @property
    def anchor(self) -> str:
        """What stands behind the ``#`` of its address."""
        name = slug(self.get("text") or "", length=60) or "section"
        return name if self.number == 1 else f"{name}-{self.number}"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=LEVELS,
        default="h2",
        search_index=False,
        help_text=_("A part follows a section: screen readers move by levels, and none may be left out."),
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        group = groups.TEXT
        template = "cms/blocks/heading.html"
        value_class = HeadingValue
        description = _("Opens a section or a part of one; sections are listed beside long pages.")
        preview_value = {"text": _("What changes for our cities"), "level": "h2"}


class TextBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})

    def get_preview_value(self) -> Any:
        sample = gettext("A paragraph with <b>emphasis</b>, a list and a link.")
        items = "".join(f"<li>{each}</li>" for each in (gettext("First"), gettext("Second")))
        return self.normalize(f"<p>{sample}</p><ul>{items}</ul>")

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        group = groups.TEXT
        template = "cms/blocks/text.html"
        description = _("Paragraphs, lists and links.")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), rows=3, help_text=_("Without quotation marks: the page sets them."))
    name = blocks.CharBlock(label=_("Who says it"), required=False, max_length=120)
    position = blocks.CharBlock(label=_("Position"), required=False, max_length=160)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        group = groups.TEXT
        template = "cms/blocks/quote.html"
        description = _("What somebody said, set apart from the text.")
        preview_value = {
            "text": _("A city learns fastest from another city that has made the same mistake."),
            "name": "Ayşe Örnek",
            "position": _("Mayor of Çınarlı"),
        }
