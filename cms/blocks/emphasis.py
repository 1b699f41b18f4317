"""What asks to be pressed, and what opens when it is."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from . import groups
from .links import LinkBlock
from .text import TextBlock


class ButtonsBlock(blocks.StructBlock):
    links = blocks.ListBlock(LinkBlock(), label=_("Buttons"), min_num=1, max_num=3)

    class Meta:
        label = _("Buttons")
        icon = "link"
        group = groups.LAYOUT
        template = "cms/blocks/buttons.html"
        description = _("Up to three; the first is the one that counts.")
        preview_value = {
            "links": [
                {"text": _("Register"), "page": None, "address": "https://sample.example/"},
                {"text": _("Programme"), "page": None, "address": "https://sample.example/"},
            ]
        }


class CallToActionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)
    link = LinkBlock(label=_("Button"))

    class Meta:
        label = _("Call to action")
        icon = "pick"
        group = groups.LAYOUT
        template = "cms/blocks/call_to_action.html"
        description = _("One sentence and one button, on sand.")
        preview_value = {
            "title": _("Is your municipality a member yet?"),
            "text": _("Membership takes a decision of your council and a letter to us."),
            "link": {"text": _("Become a member"), "page": None, "address": "https://sample.example/"},
        }


class QuestionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Question or title"), max_length=160)
    text = TextBlock(label=_("Answer"))

    class Meta:
        icon = "help"


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(QuestionBlock(label=_("Entry")), label=_("Entries"), min_num=1)

    class Meta:
        label = _("Questions and answers")
        icon = "collapse-down"
        group = groups.LAYOUT
        template = "cms/blocks/accordion.html"
        description = _("Entries that open when they are pressed, for what only some readers look for.")
        preview_value = {
            "items": [
                {"title": _("Who may take part?"), "text": _("Members and their guests.")},
                {"title": _("Is there interpretation?"), "text": _("Into Turkish and English.")},
            ]
        }
