"""What WeasyPrint 70 leaves undone for PDF/UA-1 (ISO 14289-1), mended in the process that sets the document.

Languages of parts (7.2), texts and print flags of links (7.18), one annotation a link, scopes of table headers
(7.5), running heads as pagination artifacts (7.8). Its own functions are kept and called; the tests ask two
checkers, so an upgrade that makes one of these needless or wrong shows.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pydyf
import tinycss2
import weasyprint.anchors
import weasyprint.document
import weasyprint.draw
import weasyprint.pdf.tags
from weasyprint.formatting_structure.boxes import MarginBox

_PRINTED = 4
_build = weasyprint.pdf.tags._build_box_tree
_gather = weasyprint.anchors.gather_anchors
_parse = lru_cache(maxsize=256)(tinycss2.parse_one_declaration)
_draw = weasyprint.draw.draw_stacking_context


def mend() -> None:
    """Put the mended functions in place; calling it again changes nothing."""
    weasyprint.pdf.tags._build_box_tree = _describe
    weasyprint.anchors.gather_anchors = weasyprint.document.gather_anchors = _gather_outermost
    weasyprint.draw.draw_stacking_context = _draw_as_artifact
    # Elements whose attributes were parsed to the same object share their style, and so do their descendants.
    tinycss2.parse_one_declaration = _parse
    weasyprint.HTML._ua_stylesheets = lambda page, forms=False: [_base_style()]


@lru_cache(maxsize=1)
def _base_style() -> Any:
    """WeasyPrint's own style sheet without the rules for notes, which make six more styles of every element."""
    sheet = (Path(weasyprint.__file__).parent / "css" / "html5_ua.css").read_text()
    return weasyprint.CSS(string="\n".join(line for line in sheet.split("\n") if not line.startswith("::")))


def _describe(box: Any, parent: Any, pdf: Any, *others: Any) -> Iterator[Any]:
    """Build a part of the structure tree and tell what HTML says of it."""
    if isinstance(box, MarginBox):
        return
    html = getattr(box, "element", None)
    if link := getattr(box, "link_annotation", None):
        link["F"] = _PRINTED
        if html is not None and html.get("title"):
            link["Contents"] = pydyf.String(html.get("title"))
    for element in _build(box, parent, pdf, *others):
        if html is not None and html.get("lang"):
            element["Lang"] = pydyf.String(html.get("lang"))
        if getattr(box, "element_tag", None) == "a::after":
            element["S"] = "/Span"
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Row" if html is not None and html.get("scope") == "row" else "/Column"
        yield element


def _gather_outermost(box: Any, anchors: Any, links: Any, bookmarks: Any, forms: Any, *others: Any) -> None:
    """Gather links without handing them down: parts of a link would get annotations of their own."""
    matrix_and_form = others[:2]
    _gather(box, anchors, links, bookmarks, forms, *matrix_and_form)


def _draw_as_artifact(stream: Any, context: Any) -> None:
    """Draw; a running head or folio as an artifact of pagination, outside the structure tree."""
    if stream._tags is None or not isinstance(context.box, MarginBox):
        _draw(stream, context)
        return
    tags, stream._tags = stream._tags, None
    stream.begin_marked_content("Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
    _draw(stream, context)
    stream.end_marked_content()
    stream._tags = tags
