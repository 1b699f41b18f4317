"""Pictures with what they show or that they show nothing, and with their captions."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from . import groups


class FigureBlock(blocks.StructBlock):
    picture = ImageBlock(
        label=_("picture"),
        help_text=_("Say what the picture shows to whoever cannot see it, or tick that it only decorates."),
    )
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=250)

    class Meta:
        label = _("Picture")
        icon = "image"
        group = groups.MEDIA
        template = "cms/blocks/image.html"
        description = _("A picture over the whole column, with a caption if you like.")
