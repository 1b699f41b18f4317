"""How to reach somebody."""

import re

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from . import groups


class ContactValue(blocks.StructValue):
    """A contact as it is dialled."""

    @property
    def dialled(self) -> str:
        """The number without what is written for the eye."""
        return re.sub(r"[^\d+]", "", self.get("phone") or "")


class ContactBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Unit or subject"), max_length=120)
    name = blocks.CharBlock(label=_("Name"), required=False, max_length=120)
    position = blocks.CharBlock(label=_("Position"), required=False, max_length=160)
    address = blocks.TextBlock(label=_("Postal address"), required=False, rows=3)
    phone = blocks.CharBlock(
        label=_("Telephone"), required=False, max_length=40, help_text=_("With the country: +90 212 …")
    )
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    hours = blocks.CharBlock(label=_("When to reach"), required=False, max_length=120)

    class Meta:
        label = _("Contact")
        icon = "mail"
        group = groups.PEOPLE
        template = "cms/blocks/contact.html"
        value_class = ContactValue
        description = _("A name, a telephone number, an address.")
        preview_value = {
            "title": _("Secretariat"),
            "name": "Deniz Taslak",
            "position": _("Secretary General"),
            "address": "Örnek Cad. 1\nIşıklar",
            "phone": "+90 212 000 00 00",
            "email": "info@sample.example",
            "hours": _("Weekdays, 9–17"),
        }
