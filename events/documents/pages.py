"""Page numbers of the index, written in after the layout.

``target-counter`` lays out every page of an index twice, and a piece of text for each number. Here the text is
laid out once with a number of three digits in its place; digits are all of one width.
"""

from typing import Any

#: What stands in an index until the pages are known; the text of the link ends with it.
PLACE = "000"


def fill_in(document: Any) -> None:
    """Write the page numbers of their targets into the links of ``class="page"`` of a laid-out document."""
    numbers = {name: str(index) for index, page in enumerate(document.pages, start=1) for name in page.anchors}
    for page in document.pages:
        for box in page._page_box.descendants():
            html = box.element
            if html is not None and html.tag == "a" and html.get("class") == "page" and hasattr(box, "text"):
                _write(box, numbers[html.get("href").removeprefix("#")])


def _write(box: Any, number: str) -> None:
    if box.text.endswith(PLACE):
        box.text = box.pango_layout.text = box.text.removesuffix(PLACE) + number
