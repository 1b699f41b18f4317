"""Pictures as browsers like them best: small formats first, a size for each screen, room kept before they come."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage, Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

register = template.Library()

#: The widths a picture is made in, the first for browsers that choose none themselves.
WIDTHS = (800, 480, 1200)
SIZES = "(min-width: 45rem) 42rem, calc(100vw - 2.5rem)"
#: Formats that may be transparent or move: they fall back to a format that may, too.
_KEPT = {"png": "png", "gif": "png"}


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
    fallback = _KEPT.get(image.filename.rsplit(".", 1)[-1].lower(), "jpeg")
    specs = [f"{_size(width, crop)}|format-{each}" for each in ("avif", "webp", fallback) for width in WIDTHS]
    attributes: dict[str, Any] = {"alt": _alt(image) if alt is None else alt, "sizes": sizes, "decoding": "async"}
    attributes |= {"fetchpriority": "high"} if eager else {"loading": "lazy"}
    return Picture(get_renditions_or_not_found(image, specs), attributes).__html__()


def _size(width: int, crop: str) -> str:
    if not crop:
        return f"width-{width}"
    across, down = map(int, crop.split("x"))
    return f"fill-{width}x{round(width * down / across)}"


def _alt(image: AbstractImage) -> str:
    """Empty for what only decorates; otherwise what the editor said here, or of the picture itself."""
    if getattr(image, "decorative", False):
        return ""
    return getattr(image, "contextual_alt_text", None) or image.default_alt_text
