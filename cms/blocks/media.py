"""Pictures, files, and what other sites hold."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from events.labels import language_name

from . import groups


class PictureBlock(ImageBlock):
    """A picture, read together with the sizes it was made in, one question for all pictures of a page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Wagtail names it by its column, in English.
        self.child_blocks["image"].label = _("Picture")

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        images: list[Any] = super().bulk_to_python(values)
        prefetch_related_objects([image for image in images if image], "renditions")
        return images


class FigureBlock(blocks.StructBlock):
    picture = PictureBlock(
        label=_("Picture"),
        help_text=_("Say what the picture shows to whoever cannot see it, or tick that it only decorates."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        label = _("Picture")
        icon = "image"
        group = groups.MEDIA
        template = "cms/blocks/image.html"
        preview_template = "cms/blocks/preview_image.html"
        description = _("A picture over the whole column, with a caption if you like.")
        preview_value = {"picture": None, "caption": _("The caption says who took it, and where.")}


class DocumentValue(blocks.StructValue):
    """A file as it is offered."""

    @property
    def title(self) -> str:
        document = self.get("document")
        return self.get("name") or (document.title if document else "")

    @property
    def language_name(self) -> str:
        """The language of the file in the reader's; empty where it is the page's."""
        return language_name(self["language"]) if self.get("language") else ""


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    name = blocks.CharBlock(
        label=_("Title"), required=False, max_length=160, help_text=_("Empty: the title that the file has already.")
    )
    language = blocks.ChoiceBlock(
        label=_("Language of the file"),
        choices=[("tr", _("Turkish")), ("en", _("English"))],
        required=False,
        search_index=False,
        help_text=_("Only where it is not the language of the page."),
    )

    class Meta:
        label = _("File to download")
        icon = "doc-full"
        group = groups.MEDIA
        template = "cms/blocks/document.html"
        preview_template = "cms/blocks/preview_document.html"
        value_class = DocumentValue
        description = _("With its kind and size, so that nobody is surprised.")
        preview_value = {"document": None, "name": _("Annual report"), "language": ""}


KINDS = [
    ("video", _("Video")),
    ("audio", _("Recording")),
    ("map", _("Map")),
    ("form", _("Form")),
    ("other", _("Other content")),
]


class EmbedValue(blocks.StructValue):
    """Something on another site."""

    @property
    def host(self) -> str:
        """Whose site it is, as people say it."""
        return (urlsplit(self.get("address") or "").hostname or "").removeprefix("www.")


class EmbedBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS, default="video", search_index=False)
    address = blocks.URLBlock(label=_("Address"))
    text = blocks.TextBlock(
        label=_("What it is about"), required=False, rows=2, help_text=_("How long it takes also helps.")
    )

    class Meta:
        label = _("Content of another site")
        icon = "media"
        group = groups.MEDIA
        template = "cms/blocks/embed.html"
        value_class = EmbedValue
        description = _(
            "A video, map or form elsewhere. Readers go there by pressing it; until then that site learns nothing."
        )
        preview_value = {
            "title": _("The forum in five minutes"),
            "kind": "video",
            "address": "https://video.example/forum",
            "text": _("5 minutes, Turkish with English subtitles"),
        }
