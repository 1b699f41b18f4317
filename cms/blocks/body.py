"""The blocks of every page's content."""

from wagtail import blocks

from .contact import ContactBlock
from .emphasis import AccordionBlock, ButtonsBlock, CallToActionBlock
from .events import DialogueProgrammeBlock, EventBlock, UpcomingEventsBlock
from .media import DocumentBlock, EmbedBlock, FigureBlock
from .members import MembersBlock
from .tables import TableBlock
from .text import HeadingBlock, QuoteBlock, TextBlock


class BodyBlock(blocks.StreamBlock):
    """What all pages are built of, in the order in which editors need it."""

    heading = HeadingBlock()
    text = TextBlock()
    quote = QuoteBlock()
    image = FigureBlock()
    document = DocumentBlock()
    embed = EmbedBlock()
    table = TableBlock()
    accordion = AccordionBlock()
    buttons = ButtonsBlock()
    call_to_action = CallToActionBlock()
    upcoming_events = UpcomingEventsBlock()
    event = EventBlock()
    dialogue_programme = DialogueProgrammeBlock()
    members = MembersBlock()
    contact = ContactBlock()

    class Meta:
        required = False
