"""A picture painted anew: what is seen, and nothing beside it."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from .limits import MOST_PIXELS

FORMATS = {"jpeg": "JPEG", "png": "PNG"}


class PictureError(Exception):
    """``code`` is a key of the reasons in ``refusals``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean_picture(data: bytes, kind: str) -> bytes:
    """The picture without place, camera, comments, profiles or further frames, turned as it was looked at."""
    Image.MAX_IMAGE_PIXELS = None  # the limit below is lower, and refuses in words
    try:
        with Image.open(io.BytesIO(data), formats=(FORMATS[kind],)) as found:
            if found.width * found.height > MOST_PIXELS:
                raise PictureError("pixels")
            found.load()
            return _painted(found, kind)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError) as wrong:
        raise PictureError("damaged") from wrong


def _painted(found: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(found)
    mode = "RGB" if kind == "jpeg" or not upright.has_transparency_data else "RGBA"
    if upright.mode in ("1", "L", "I;16", "I"):
        mode = "L"
    plain = upright.convert(mode)
    # Only the points are taken over: whatever else the file said stays behind.
    anew = Image.new(mode, plain.size)
    anew.paste(plain)
    out = io.BytesIO()
    anew.save(out, FORMATS[kind], **({"quality": 88} if kind == "jpeg" else {"compress_level": 4}))
    return out.getvalue()
