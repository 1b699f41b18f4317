"""The blocks of every page's content."""

from wagtail import blocks

from .media import FigureBlock
from .text import HeadingBlock, TextBlock


class BodyBlock(blocks.StreamBlock):
    """What all pages are built of."""

    heading = HeadingBlock()
    text = TextBlock()
    image = FigureBlock()

    class Meta:
        required = False
