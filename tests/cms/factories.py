"""Pictures, files and blocks for pages in tests."""

import io
import uuid
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images.models import Image

from cms.blocks import BodyBlock, HomeBlock

#: For tests that make pictures smaller: Wagtail leaves the file it writes them to for the garbage collector to close.
makes_pictures = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")


def picture(title: str = "Köprü", kind: str = "JPEG", **fields: Any) -> Image:
    """A plain picture of 1500 by 1000."""
    body = io.BytesIO()
    Drawing.new("RGB", (1500, 1000), (10, 90, 115)).save(body, kind)
    name = f"kopru.{kind.lower().replace('jpeg', 'jpg')}"
    made: Image = Image.objects.create(title=title, file=ContentFile(body.getvalue(), name), **fields)
    return made


def file(title: str = "Tüzük", size: int = 2048) -> Document:
    """A file that nobody opens."""
    made: Document = Document.objects.create(title=title, file=ContentFile(b"x" * size, "tuzuk.pdf"))
    return made


def block(kind: str, value: Any) -> dict[str, Any]:
    """A block as pages store it."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def items(*values: Any) -> list[dict[str, Any]]:
    """The entries of a list within a block, as pages store them."""
    return [block("item", value) for value in values]


def rendered(kind: str, value: Any, stream: type[BodyBlock] | type[HomeBlock] = BodyBlock, **context: Any) -> str:
    """One block as HTML, with single spaces."""
    blocks = stream()
    html = blocks.render(blocks.to_python([block(kind, value)]), context)
    return " ".join(html.replace(">\n", "> ").split())
