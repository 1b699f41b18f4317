"""Pictures as browsers like them best: small formats first, a size for each screen, room kept before they come."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage, Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

from cms.pictures import specs

register = template.Library()

SIZES = "(min-width: 45rem) 42rem, calc(100vw - 2.5rem)"


@register.simple_tag
def site_picture(
    image: AbstractImage | None, *, crop: str = "", sizes: str = SIZES, eager: bool = False, alt: str | None = None
) -> SafeString | str:
    """A picture in AVIF, WebP and a format that everything reads.

    ``crop`` is a shape such as ``3x2``: the picture is cut to it around its focal point. ``eager`` is for the
    one picture that is there before anybody scrolls. ``alt`` is what it shows; without, what was said where it
    was placed, else the picture's own description.
    """
    if image is None:
        return ""
    attributes: dict[str, Any] = {"alt": _alt(image) if alt is None else alt, "sizes": sizes, "decoding": "async"}
    attributes |= {"fetchpriority": "high"} if eager else {"loading": "lazy"}
    return Picture(get_renditions_or_not_found(image, specs(image, crop)), attributes).__html__()


def _alt(image: AbstractImage) -> str:
    """Empty for what only decorates; otherwise what the editor said here, or of the picture itself."""
    if getattr(image, "decorative", False):
        return ""
    return getattr(image, "contextual_alt_text", None) or image.default_alt_text
