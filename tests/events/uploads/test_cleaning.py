"""Files of strangers: known by what they are, written anew without anything but what is seen."""

import io
import zlib

import pikepdf
import pytest
from django.utils import translation
from PIL import Image

from events.uploads import limits
from events.uploads.process import clean_upload
from events.uploads.refusals import REASONS, FileNotTakenError
from tests.events.registration.files import CANARY, paper, picture


@pytest.mark.parametrize(("form", "kind"), [("JPEG", "jpeg"), ("PNG", "png")])
def test_a_picture_is_painted_anew_and_tells_nothing_beside(form: str, kind: str) -> None:
    data = picture(form)
    assert CANARY.encode() in data
    cleaned = clean_upload(data)
    found = Image.open(io.BytesIO(cleaned.data))
    assert (cleaned.kind, found.format, found.size) == (kind, form, (40, 60))  # turned as it was looked at
    assert (CANARY.encode() in cleaned.data, dict(found.getexif()), "comment" in found.info) == (False, {}, False)


def test_a_paper_keeps_its_pages_and_nothing_that_acts() -> None:
    data = paper(pages=2, hostile=True)
    assert b"JavaScript" in data
    cleaned = clean_upload(data)
    with pikepdf.open(io.BytesIO(cleaned.data)) as found:
        assert (cleaned.kind, len(found.pages), [float(each) for each in found.pages[0].mediabox]) == (
            "pdf",
            2,
            [0, 0, 200, 100],
        )
        everything = b"".join(repr(each).encode() for each in found.objects)
        assert (set(found.Root.keys()) <= {"/Type", "/Pages"}, dict(found.attachments)) == (True, {})
    for word in (b"JavaScript", b"Launch", b"URI", b"EmbeddedFile", b"OpenAction", b"/AA", CANARY.encode()):
        assert word not in everything
        assert word not in cleaned.data


def test_what_was_written_into_a_form_stays_to_be_read() -> None:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(200, 100))
    look = pdf.make_stream(b"0 0 m 5 5 l S", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 50, 20])
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=[0, 0, 50, 20],
        F=4,
        AP=pikepdf.Dictionary(N=look),
    )
    pdf.pages[0].Annots = pdf.make_indirect([pdf.make_indirect(note)])
    pdf.save(out)
    with pikepdf.open(io.BytesIO(clean_upload(out.getvalue()).data)) as found:
        page = found.pages[0]
        assert ("/Annots" in page, len(page.Resources.XObject.keys())) == (False, 1)


def bomb() -> bytes:
    """A PNG of 20,000 by 20,000 points in a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = (20_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 a program called passport.pdf", "kind"),
        (b"<html><script>alert(1)</script>", "kind"),
        (b"PK\x03\x04 a workbook", "kind"),
        (b"GIF89a" + b"\0" * 99, "kind"),
        (b"\0\0\0\x20ftypheic" + b"\0" * 99, "heic"),
        (picture()[:300], "damaged"),
        (b"\xff\xd8\xff" + b"\0" * 999, "damaged"),
        (b"%PDF-1.7\n" + b"x" * 999, "damaged"),
        (paper(password="secret"), "locked"),
        (paper(pages=101), "pages"),
        (bomb(), "pixels"),
        (b"\xff\xd8\xff" + b"\0" * limits.LARGEST, "too_big"),
    ],
)
def test_what_is_not_taken_is_said_in_words(data: bytes, code: str) -> None:
    with pytest.raises(FileNotTakenError) as refused:
        clean_upload(data)
    assert (refused.value.code, bool(refused.value.words), code in REASONS) == (code, True, True)


def test_a_question_may_allow_less() -> None:
    big = picture("PNG") + b"\0" * (2 * limits.MEBIBYTE)
    with pytest.raises(FileNotTakenError, match="too_big") as refused:
        clean_upload(big, megabytes=2)
    with translation.override("en"):
        assert "larger than 2 MB" in refused.value.words
    assert clean_upload(big, megabytes=3).kind == "png"


def test_forty_million_points_are_within_the_limits() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8000, 5000), (1, 2, 3)).save(out, "PNG", compress_level=1)
    assert clean_upload(out.getvalue()).kind == "png"
