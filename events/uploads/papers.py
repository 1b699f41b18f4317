"""A PDF written anew: its pages as they look, without anything that runs, is attached, or leads elsewhere."""

import io
from typing import Any

import pikepdf

from .limits import MOST_PAGES

#: What of a page is kept: its size, its turn, and what is drawn on it.
_OF_A_PAGE = {
    *("/Type", "/Parent", "/Resources", "/Contents", "/Rotate", "/UserUnit", "/Group"),
    *("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"),
}
#: What a drawing may bring along beside its lines.
_BESIDE = ("/Metadata", "/PieceInfo", "/AF", "/Ref", "/OPI", "/Alternates", "/AA", "/A", "/Measure", "/PtData")
#: What must not be in what we give back, whoever put it where.
_ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/URI", "/Rendition"),
    *("/Movie", "/Sound", "/RichMediaExecute", "/Hide", "/ResetForm", "/GoTo3DView"),
}
_TYPES = {"/Filespec", "/F", "/EmbeddedFile", "/Action", "/Annot"}


class PaperError(Exception):
    """``code`` is a key of the reasons in ``refusals``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean_paper(data: bytes) -> bytes:
    """The pages, with what was filled in and noted on them drawn in place."""
    try:
        with pikepdf.open(io.BytesIO(data)) as source:
            if len(source.pages) > MOST_PAGES:
                raise PaperError("pages")
            if not len(source.pages):
                raise PaperError("damaged")
            return _written(source)
    except pikepdf.PasswordError:
        raise PaperError("locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError, OverflowError) as wrong:
        raise PaperError("damaged") from wrong


def _written(source: pikepdf.Pdf) -> bytes:
    if "/AcroForm" in source.Root:
        source.generate_appearance_streams()
    source.flatten_annotations("all")
    with pikepdf.new() as target:
        target.pages.extend(source.pages)
        for page in target.pages:
            _strip(page.obj, [key for key in page.obj.keys() if key not in _OF_A_PAGE])  # noqa: SIM118 - no dict
        for each in target.objects:
            if isinstance(each, pikepdf.Stream):
                _strip(each, [key for key in _BESIDE if key in each])
        out = io.BytesIO()
        target.save(out, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    paper = out.getvalue()
    _look_through(paper)
    return paper


def _strip(thing: Any, keys: list[str]) -> None:
    for key in keys:
        del thing[key]


def _look_through(paper: bytes) -> None:
    """The second wall: nothing that acts is among what was written, or it is not given back."""
    with pikepdf.open(io.BytesIO(paper)) as written:
        for each in written.objects:
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream) and _acts(each):
                raise PaperError("damaged")


def _acts(thing: Any) -> bool:
    kind, act = thing.get("/Type"), thing.get("/S")
    return (
        (isinstance(kind, pikepdf.Name) and str(kind) in _TYPES)
        or (isinstance(act, pikepdf.Name) and str(act) in _ACTIONS)
        or "/JS" in thing
        or "/EmbeddedFiles" in thing
    )
